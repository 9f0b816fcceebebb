// Past states that are kept in the store.
#include <memory>
#include <string>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/ledger/as_of.h"
#include "common/ledger/checkpoints.h"
#include "common/ledger/digest.h"
#include "common/ledger/ledger_fixture.h"
#include "common/ledger/verify.h"
#include "concord/ledger/v1/checkpoint.pb.h"
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

  // How many events such a program reads for it. Each answer of the log holds up to kFenceEvents.
  int64_t ReadsFor(int64_t revision) {
    const int64_t before = CallsOf(program_, "xrange");
    AtRevision(revision);
    return CallsOf(program_, "xrange") - before;
  }

  void ExpectRight(int64_t revision) {
    EXPECT_EQ(Print(*AtRevision(revision)), Print(*FoldLog(program_, scope_, revision)));
  }

  std::string Key(int64_t segment, const std::string& collection = "items") const {
    return absl::StrCat("concord:{", scope_, "}:cache:checkpoint:", segment, ":", collection);
  }
  bool IsKept(int64_t segment, const std::string& collection = "items") {
    return program_.Raw({"HEXISTS", Key(segment, collection), "head"}).integer == 1;
  }

  std::vector<std::string> FindingsOfProof() {
    VerifyOptions options;
    options.collections = program_.kinds().all();
    auto proof = VerifyScope(program_.store(), scope_, options, [](const Verification&) { return true; });
    EXPECT_TRUE(proof.ok()) << proof.status();
    return proof.ok() ? proof->findings : std::vector<std::string>();
  }

  // Changes a piece, and its sum in the head.
  void Forge(int64_t segment, const std::function<void(v1::CheckpointPiece&)>& change) {
    v1::CheckpointPiece piece;
    ASSERT_TRUE(piece.ParseFromString(program_.Raw({"HGET", Key(segment), "0"}).text));
    change(piece);
    v1::CheckpointHead head;
    ASSERT_TRUE(head.ParseFromString(program_.Raw({"HGET", Key(segment), "head"}).text));
    const std::string text = piece.SerializeAsString();
    head.set_piece_sha256s(0, Sha256Hex(text));
    program_.Raw({"HSET", Key(segment), "0", text, "head", head.SerializeAsString()});
  }

  static testing::RedisServer* server_;
  const std::string scope_ = ::testing::UnitTest::GetInstance()->current_test_info()->name();
  Program program_{server_->address()};
};
testing::RedisServer* CheckpointsTest::server_ = nullptr;

TEST_F(CheckpointsTest, AreLeftByWhoeverFoldsTheLogAndSpareTheNextOneThat) {
  WriteMany(program_, scope_, kHead);
  EXPECT_FALSE(IsKept(1));
  const int64_t whole = ReadsFor(kHead);
  EXPECT_GE(whole, kHead / kFenceEvents);
  EXPECT_TRUE(IsKept(1) && IsKept(2) && IsKept(1, "notes"));
  EXPECT_LE(ReadsFor(kHead), 3) << "the checkpoint's event, and those behind it";
  EXPECT_LE(ReadsFor(2 * kSegmentLength), 2);
  for (const int64_t revision :
       {kHead, 2 * kSegmentLength, 2 * kSegmentLength - 1, kSegmentLength + 1, kSegmentLength, kSegmentLength - 1}) {
    ExpectRight(revision);
  }
}

TEST_F(CheckpointsTest, AreLeftByAViewThatFollowsTheLog) {
  WriteMany(program_, scope_, kSegmentLength - 1);
  auto view = program_.NewView(scope_);
  ASSERT_TRUE(program_.Fence(view).ok());
  WriteMany(program_, scope_, 2, kSegmentLength);
  ASSERT_TRUE(program_.Fence(view).ok());
  EXPECT_TRUE(Until([&] { return IsKept(1) && IsKept(1, "notes"); }));
  ExpectRight(kSegmentLength + 1);
}

TEST_F(CheckpointsTest, OfALargeStateAreFewer) {
  SnapshotPtr seen = program_.Nothing(scope_);
  for (const char* name : {"large-1", "large-2"}) {
    seen = Must(program_, seen, Write(seen).Put(name, std::string(600'000, 'x')));
  }
  WriteMany(program_, scope_, 2 * kSegmentLength);
  AtRevision(2 * kSegmentLength + 1);
  EXPECT_FALSE(IsKept(1));
  EXPECT_TRUE(IsKept(2));
  EXPECT_EQ(program_.Raw({"HEXISTS", Key(2), "2"}).integer, 1) << "it is kept in pieces";
  ExpectRight(2 * kSegmentLength + 2);
}

TEST_F(CheckpointsTest, ThatAreDamagedOrGoneInPartArePassedOver) {
  WriteMany(program_, scope_, kHead);
  AtRevision(kHead);
  program_.Raw({"HSET", Key(2), "0", "not what it was"});
  ExpectRight(kHead);
  EXPECT_GT(ReadsFor(kHead), 8) << "from the one before";
  EXPECT_EQ(FindingsOfProof().size(), 1u);
  program_.Raw({"DEL", Key(2)});
  program_.Raw({"DEL", Key(1, "notes")});
  ExpectRight(kHead);
  program_.Raw({"HSET", Key(2), "head", "not a head"});
  ExpectRight(kHead);
  EXPECT_TRUE(IsKept(1, "notes")) << "who folds past it mends it";
}

TEST_F(CheckpointsTest, OfAHistoryThatIsGoneAreNotUsed) {
  WriteMany(program_, scope_, kSegmentLength + 1);
  AtRevision(kSegmentLength + 1);
  const std::string head = program_.Raw({"HGET", Key(1), "head"}).text;
  const std::string piece = program_.Raw({"HGET", Key(1), "0"}).text;
  program_.Raw({"FLUSHALL"});
  WriteMany(program_, scope_, kSegmentLength + 1, 100'000);
  const std::string epoch = program_.store().ReadHead(scope_)->epoch;
  program_.Raw({"HSET", Key(1), "head", head, "0", piece});
  program_.Raw({"HSET", Key(1, "notes"), "head", head});
  ExpectRight(kSegmentLength + 1);

  // The same life, but another revision in its place.
  v1::CheckpointHead other;
  ASSERT_TRUE(other.ParseFromString(head));
  other.set_epoch(epoch);
  program_.Raw({"HSET", Key(1), "head", other.SerializeAsString(), "0", piece});
  ExpectRight(kSegmentLength + 1);
}

TEST_F(CheckpointsTest, AreHeldAgainstTheLogByTheProofOfTheScope) {
  WriteMany(program_, scope_, kSegmentLength + 1);
  AtRevision(kSegmentLength + 1);
  EXPECT_TRUE(FindingsOfProof().empty());
  Forge(1, [](v1::CheckpointPiece& piece) { piece.mutable_rows(3)->set_image(piece.rows(4).image()); });
  auto findings = FindingsOfProof();
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_TRUE(absl::StrContains(findings[0], "checkpoint at revision 4096 is not what the log says")) << findings[0];
  Forge(1, [](v1::CheckpointPiece& piece) { piece.mutable_rows()->DeleteSubrange(3, 2); });
  findings = FindingsOfProof();
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_TRUE(absl::StrContains(findings[0], "are 4094, the log has 4096")) << findings[0];
}

}  // namespace
}  // namespace concord::ledger
