// Past states that are kept in the store.
#include <functional>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/ledger/as_of.h"
#include "common/ledger/checkpoints.h"
#include "common/ledger/digest.h"
#include "common/ledger/ledger_fixture.h"
#include "common/ledger/verify.h"
#include "concord/ledger/v1/checkpoint.pb.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/redis_server.h"

namespace concord::ledger {
namespace {

constexpr int64_t kHead = 2 * kSegmentLength + 3;

class CheckpointsTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() { server_ = std::move(*testing::RedisServer::Start()).release(); }
  static void TearDownTestSuite() { delete server_; }

  // By a program that has never seen the scope.
  SnapshotPtr AtRevision(int64_t revision) {
    AsOf as_of([this](absl::string_view) { return program_.kinds().all(); }, program_.parts(), 2);
    auto state = Wait<SnapshotPtr>([&](auto callback) { as_of.AtRevision(scope_, revision, callback); });
    EXPECT_TRUE(state.ok()) << state.status();
    return state.ok() ? *state : program_.Nothing(scope_);
  }

  // How often such a program reads from the log for it: each answer holds up to kFenceEvents events.
  int64_t ReadsFor(int64_t revision) {
    const int64_t before = CallsOf(program_, "xrange");
    AtRevision(revision);
    return CallsOf(program_, "xrange") - before;
  }

  void ExpectRight(int64_t revision) {
    EXPECT_EQ(Print(*AtRevision(revision)), Print(*FoldLog(program_, scope_, revision)));
  }

  std::string Key(int64_t segment) const { return absl::StrCat("concord:{", scope_, "}:cache:checkpoint:", segment); }
  bool IsKept(int64_t segment) { return !program_.Raw({"HGET", Key(segment), "head"}).text.empty(); }
  // Waits until it is.
  bool IsKeptSoon(int64_t segment) {
    return Until([&] { return IsKept(segment); });
  }
  // By hand, and waits for it.
  void MakeAll() { EXPECT_TRUE(program_.checkpoints().Advance(scope_, kHead).ok()); }

  std::vector<std::string> FindingsOfProof() {
    VerifyOptions options;
    options.collections = program_.kinds().all();
    auto proof = VerifyScope(program_.store(), scope_, options, [](const Verification&) { return true; });
    EXPECT_TRUE(proof.ok()) << proof.status();
    return proof.ok() ? proof->findings : std::vector<std::string>();
  }

  // Changes a piece of the items, and its sum in the head.
  void Forge(int64_t segment, const std::function<void(v1::CheckpointPiece&)>& change) {
    v1::CheckpointPiece piece;
    ASSERT_TRUE(piece.ParseFromString(program_.Raw({"HGET", Key(segment), "items:0"}).text));
    change(piece);
    v1::CheckpointHead head;
    ASSERT_TRUE(head.ParseFromString(program_.Raw({"HGET", Key(segment), "head"}).text));
    ASSERT_EQ(head.collections(0).collection(), "items");
    const std::string text = piece.SerializeAsString();
    head.mutable_collections(0)->set_piece_sha256s(0, Sha256Hex(text));
    program_.Raw({"HSET", Key(segment), "items:0", text, "head", head.SerializeAsString()});
  }

  static testing::RedisServer* server_;
  const std::string scope_ = ::testing::UnitTest::GetInstance()->current_test_info()->name();
  Program program_{server_->address()};
};
testing::RedisServer* CheckpointsTest::server_ = nullptr;

TEST_F(CheckpointsTest, AreMadeForWhoeverFoldsTheLogAndSpareTheNextOneThat) {
  WriteMany(program_, scope_, kHead);
  EXPECT_FALSE(IsKept(1));
  AtRevision(kHead);
  EXPECT_TRUE(IsKeptSoon(1) && IsKeptSoon(2));
  EXPECT_LE(ReadsFor(kHead), 3) << "the checkpoint's event, and those behind it";
  EXPECT_LE(ReadsFor(2 * kSegmentLength), 2);
  for (const int64_t revision :
       {kHead, 2 * kSegmentLength, 2 * kSegmentLength - 1, kSegmentLength + 1, kSegmentLength, kSegmentLength - 1}) {
    ExpectRight(revision);
  }
}

TEST_F(CheckpointsTest, AreReadOnceByWhoeverAsksForTheirVeryRevisionAgain) {
  WriteMany(program_, scope_, kHead);
  MakeAll();
  AsOf as_of([this](absl::string_view) { return program_.kinds().all(); }, program_.parts(), 2);
  const auto reads = [&] {
    const int64_t before = CallsOf(program_, "hget");
    const auto state =
        Wait<SnapshotPtr>([&](auto callback) { as_of.AtRevision(scope_, 2 * kSegmentLength, callback); });
    EXPECT_TRUE(state.ok()) << state.status();
    return CallsOf(program_, "hget") - before;
  };
  EXPECT_GT(reads(), 0);
  EXPECT_EQ(reads(), 0);
}

TEST_F(CheckpointsTest, AreMadeForAViewThatFollowsTheLogWhateverItHolds) {
  const Kinds& kinds = program_.kinds();
  Must(program_, program_.Nothing(scope_), Write(program_.Nothing(scope_)).Put("n", "a note", "", "notes"));
  WriteMany(program_, scope_, kSegmentLength - 2);
  auto view = std::make_shared<View>(scope_, std::vector<const Collection*>{&kinds.items}, program_.parts());
  ASSERT_TRUE(program_.Fence(view).ok());
  WriteMany(program_, scope_, 2, kSegmentLength);
  ASSERT_TRUE(program_.Fence(view).ok());
  EXPECT_TRUE(IsKeptSoon(1));
  ExpectRight(kSegmentLength + 1);
}

TEST_F(CheckpointsTest, OfEverythingThatHappensToResourcesAreRight) {
  SnapshotPtr seen = program_.Nothing(scope_);
  std::mt19937 random(Seed());
  for (int i = 0; i < 300; ++i) {
    const std::string name = absl::StrCat("item-", random() % 40);
    const std::string collection = random() % 2 == 0 ? "items" : "notes";
    const bool end = random() % 3 == 0 && seen->Find(collection, collection + name) != nullptr;
    seen = Must(program_, seen,
                end ? Write(seen).End(collection + name, collection)
                    : Write(seen).Put(collection + name, absl::StrCat(i), "", collection));
  }
  WriteMany(program_, scope_, kSegmentLength);
  MakeAll();
  ASSERT_TRUE(IsKept(1));
  ExpectRight(kSegmentLength);
  ExpectRight(kSegmentLength + 100);
  EXPECT_THAT(FindingsOfProof(), ::testing::IsEmpty());
}

TEST_F(CheckpointsTest, OfALargeStateAreFewer) {
  SnapshotPtr seen = program_.Nothing(scope_);
  for (const char* name : {"large-1", "large-2"}) {
    seen = Must(program_, seen, Write(seen).Put(name, std::string(600'000, 'x')));
  }
  WriteMany(program_, scope_, 3 * kSegmentLength);
  ASSERT_TRUE(program_.checkpoints().Advance(scope_, 3 * kSegmentLength + 2).ok());
  EXPECT_TRUE(IsKept(1));
  EXPECT_FALSE(IsKept(2)) << "the first takes more than a segment's share";
  EXPECT_TRUE(IsKept(3));
  EXPECT_EQ(program_.Raw({"HEXISTS", Key(3), "items:1"}).integer, 1) << "it is kept in pieces";
  ExpectRight(2 * kSegmentLength + 2);
  ExpectRight(3 * kSegmentLength + 2);
}

TEST_F(CheckpointsTest, ThatAreDamagedArePassedOverAndMadeAnew) {
  WriteMany(program_, scope_, kHead);
  MakeAll();
  // A piece that can be read, but is of another state: two who write at once may leave one.
  v1::CheckpointPiece piece;
  ASSERT_TRUE(piece.ParseFromString(program_.Raw({"HGET", Key(2), "items:0"}).text));
  piece.mutable_rows()->RemoveLast();
  program_.Raw({"HSET", Key(2), "items:0", piece.SerializeAsString()});
  EXPECT_EQ(FindingsOfProof().size(), 1u);
  ExpectRight(kHead);
  EXPECT_TRUE(IsKeptSoon(2)) << "who folds past it has it made again";
  EXPECT_THAT(FindingsOfProof(), ::testing::IsEmpty());
  program_.Raw({"HSET", Key(2), "head", "not a head"});
  ExpectRight(kHead);
  program_.Raw({"DEL", Key(1), Key(2)});
  ExpectRight(kHead);
}

TEST_F(CheckpointsTest, AreMadeByOneOfAllWhoComeByAtATime) {
  WriteMany(program_, scope_, kSegmentLength);
  ASSERT_TRUE(*program_.store().ClaimCached(scope_, "checkpoint-claim", absl::Minutes(1)));
  EXPECT_FALSE(*program_.store().ClaimCached(scope_, "checkpoint-claim", absl::Minutes(1)));
  Program other(server_->address());
  other.checkpoints().Offer(scope_, kSegmentLength);
  // The next one of it comes only after that.
  const std::string next = scope_ + "-next";
  WriteMany(program_, next, kSegmentLength);
  other.checkpoints().Offer(next, kSegmentLength);
  EXPECT_TRUE(Until([&] {
    return !program_.Raw({"HGET", absl::StrCat("concord:{", next, "}:cache:checkpoint:1"), "head"}).text.empty();
  }));
  EXPECT_FALSE(IsKept(1)) << "somebody else is at it";
  ASSERT_TRUE(program_.store().DropCached(scope_, "checkpoint-claim").ok());
  other.checkpoints().Offer(scope_, kSegmentLength);
  EXPECT_TRUE(IsKeptSoon(1));
}

TEST_F(CheckpointsTest, ThatAreMadeAnewLeaveNothingOfTheOldOnes) {
  WriteMany(program_, scope_, kSegmentLength);
  program_.Raw({"HSET", Key(1), "items:7", "of another one"});
  MakeAll();
  ASSERT_TRUE(IsKept(1));
  EXPECT_EQ(program_.Raw({"HLEN", Key(1)}).integer, 2) << "the head and one piece";
}

TEST_F(CheckpointsTest, OfAHistoryThatIsGoneAreNotUsed) {
  WriteMany(program_, scope_, kSegmentLength + 1);
  MakeAll();
  const std::string head = program_.Raw({"HGET", Key(1), "head"}).text;
  const std::string piece = program_.Raw({"HGET", Key(1), "items:0"}).text;
  program_.Raw({"FLUSHALL"});
  WriteMany(program_, scope_, kSegmentLength + 1, 100'000);
  const std::string epoch = program_.store().ReadHead(scope_)->epoch;
  program_.Raw({"HSET", Key(1), "head", head, "items:0", piece});
  ExpectRight(kSegmentLength + 1);

  // The same life, but another revision in its place.
  v1::CheckpointHead other;
  ASSERT_TRUE(other.ParseFromString(head));
  other.set_epoch(epoch);
  program_.Raw({"HSET", Key(1), "head", other.SerializeAsString(), "items:0", piece});
  ExpectRight(kSegmentLength + 1);
}

TEST_F(CheckpointsTest, AreHeldAgainstTheLogByTheProofOfTheScope) {
  WriteMany(program_, scope_, kSegmentLength + 1);
  MakeAll();
  EXPECT_THAT(FindingsOfProof(), ::testing::IsEmpty());
  Forge(1, [](v1::CheckpointPiece& piece) { piece.mutable_rows(3)->set_image(piece.rows(4).image()); });
  auto findings = FindingsOfProof();
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_TRUE(absl::StrContains(findings[0], "checkpoint at revision 4096 is not what the log says")) << findings[0];
  Forge(1, [](v1::CheckpointPiece& piece) { piece.mutable_rows()->DeleteSubrange(3, 2); });
  findings = FindingsOfProof();
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_TRUE(absl::StrContains(findings[0], "has 4094 resources, the log 4096")) << findings[0];
}

}  // namespace
}  // namespace concord::ledger
