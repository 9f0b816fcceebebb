// The proof of a scope finds each kind of damage, and none where there is none.
#include <memory>
#include <random>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "common/ledger/ledger_fixture.h"
#include "common/ledger/verify.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/redis_server.h"

namespace concord::ledger {
namespace {

using ::testing::AnyOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class VerifyTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() { server_ = std::move(*testing::RedisServer::Start()).release(); }
  static void TearDownTestSuite() { delete server_; }

  // Five revisions with updates, ends and a second life.
  void SetUp() override {
    SnapshotPtr seen = program_.Nothing(scope_);
    seen = Must(program_, seen, Write(seen).Put("kept", "1", "code-kept").Put("ended", "1", "code-ended"));
    seen = Must(program_, seen, Write(seen).Put("kept", "2", "code-kept").Put("again", "1"));
    seen = Must(program_, seen, Write(seen).End("ended").End("again").Put("note", "", "", "notes"));
    seen = Must(program_, seen, Write(seen).Put("again", "2"));
    seen_ = Must(program_, seen, Write(seen).Put("again", "3").Put("other", "", "code-other"));
  }

  std::string Key(const std::string& rest) const { return absl::StrCat("concord:{", scope_, "}:", rest); }

  Verification Verify(std::vector<Anchor> anchors = {}) {
    const VerifyOptions options = {std::move(anchors), program_.kinds().all()};
    auto verification = VerifyScope(program_.store(), scope_, options, [](const Verification&) { return true; });
    EXPECT_TRUE(verification.ok()) << verification.status();
    return verification.ok() ? *verification : Verification();
  }
  std::vector<std::string> Findings() { return Verify().findings; }

  // Writes the log anew with one entry changed: streams take no change in place.
  void RewriteLog(int64_t revision, const std::string& body, absl::Duration later, const std::string& digest) {
    std::vector<Event> events = *program_.store().ReadEvents(scope_, 1, 100);
    program_.Raw({"DEL", Store::LogKey(scope_, 1)});
    for (Event& event : events) {
      if (event.revision == revision) {
        if (!body.empty()) event.raw_body = body;
        event.time += later;
        if (!digest.empty()) event.digest = digest;
      }
      program_.Raw({"XADD", Store::LogKey(scope_, 1), absl::StrCat(event.revision, "-0"), "b", event.raw_body, "t",
                    absl::StrCat(absl::ToUnixMicros(event.time)), "d", event.digest});
    }
  }

  static testing::RedisServer* server_;
  const std::string scope_ = ::testing::UnitTest::GetInstance()->current_test_info()->name();
  Program program_{server_->address()};
  SnapshotPtr seen_;
};
testing::RedisServer* VerifyTest::server_ = nullptr;

TEST_F(VerifyTest, FindsNothingInASoundLedger) {
  const Verification verification = Verify();
  EXPECT_THAT(verification.findings, IsEmpty());
  EXPECT_EQ(verification.revision, 5);
  EXPECT_EQ(verification.head_revision, 5);
  EXPECT_EQ(verification.resources, 4);
  EXPECT_EQ(verification.digest, seen_->position().digest);
}

TEST_F(VerifyTest, FindsThatAScopeDoesNotExistOrIsLost) {
  program_.Raw({"FLUSHALL"});
  EXPECT_THAT(Findings(), ElementsAre(HasSubstr("has no head")));
}

TEST_F(VerifyTest, FindsAHeadThatIsGone) {
  program_.Raw({"DEL", Key("head")});
  EXPECT_THAT(Findings(), Contains(HasSubstr("has no head")));
  EXPECT_THAT(Findings(), Contains(HasSubstr("revision 1 is in the log beyond the head")));
}

TEST_F(VerifyTest, FindsAChangedBody) {
  v1::EventBody body = program_.store().ReadEvent(scope_, 2)->body;
  body.set_principal("somebody else");
  RewriteLog(2, body.SerializeAsString(), absl::ZeroDuration(), "");
  EXPECT_THAT(Findings(), Contains(HasSubstr("revision 2")));
}

TEST_F(VerifyTest, FindsABodyThatIsNotReadable) {
  RewriteLog(2, "nonsense", absl::ZeroDuration(), "");
  EXPECT_THAT(Findings(), Contains(HasSubstr("revision 2")));
}

TEST_F(VerifyTest, FindsAChangedTime) {
  RewriteLog(2, "", absl::Microseconds(1), "");
  EXPECT_THAT(Findings(), Contains(HasSubstr("revision 2")));
}

TEST_F(VerifyTest, FindsATimeThatDoesNotGrow) {
  RewriteLog(3, "", -absl::Hours(1), "");
  EXPECT_THAT(Findings(), Contains(HasSubstr("the time of revision 3")));
}

TEST_F(VerifyTest, FindsAChangedDigest) {
  RewriteLog(2, "", absl::ZeroDuration(), std::string(40, 'a'));
  EXPECT_THAT(Findings(), Contains(HasSubstr("revision 2")));
}

TEST_F(VerifyTest, FindsEveryDeletedEntry) {
  for (const std::string revision : {"5", "3", "1"}) {
    program_.Raw({"XDEL", Store::LogKey(scope_, 1), revision + "-0"});
    EXPECT_THAT(Findings(), Contains(HasSubstr("revision " + revision + " is missing"))) << revision;
  }
}

TEST_F(VerifyTest, FindsALogThatIsGone) {
  program_.Raw({"DEL", Store::LogKey(scope_, 1)});
  EXPECT_THAT(Findings(), Contains(HasSubstr("revision 1 is missing")));
}

TEST_F(VerifyTest, FindsAnEntryBeyondTheHead) {
  program_.Raw({"XADD", Store::LogKey(scope_, 6), "6-0", "b", "", "t", "1", "d", "x"});
  EXPECT_THAT(Findings(), Contains(HasSubstr("revision 6")));
}

TEST_F(VerifyTest, FindsAChangedImage) {
  const std::string record = program_.Raw({"HGET", Key("state:items"), "kept"}).text;
  program_.Raw({"HSET", Key("state:items"), "kept", record + std::string("\x0a\x01x", 3)});
  EXPECT_THAT(Findings(), Contains(HasSubstr("the state of kept")));
}

TEST_F(VerifyTest, FindsEachChangedPartOfARecordsHeader) {
  const std::string record = program_.Raw({"HGET", Key("state:items"), "kept"}).text;
  const size_t end = record.find('\n');
  std::vector<std::string> parts;
  for (size_t begin = 0; begin < end;) {
    const size_t next = std::min(end, record.find(' ', begin));
    parts.push_back(record.substr(begin, next - begin));
    begin = next + 1;
  }
  ASSERT_EQ(parts.size(), 4u);
  for (size_t i = 0; i < parts.size(); ++i) {
    std::vector<std::string> changed = parts;
    changed[i].back() = changed[i].back() == '1' ? '2' : '1';
    program_.Raw({"HSET", Key("state:items"), "kept",
                  absl::StrCat(changed[0], " ", changed[1], " ", changed[2], " ", changed[3], record.substr(end))});
    EXPECT_THAT(Findings(), Contains(HasSubstr("the state of kept"))) << "part " << i;
  }
  program_.Raw({"HSET", Key("state:items"), "kept", "nonsense"});
  EXPECT_THAT(Findings(), Contains(HasSubstr("kept"))) << "no header at all";
}

TEST_F(VerifyTest, FindsARecordThatNoEventExplains) {
  program_.Raw({"HSET", Key("state:items"), "extra", "1 1 1 0123456789abcdef\n"});
  EXPECT_THAT(Findings(), Contains(HasSubstr("extra is in the state")));
}

TEST_F(VerifyTest, FindsARecordOfAResourceThatEnded) {
  program_.Raw({"HSET", Key("state:items"), "ended", "1 1 1 0123456789abcdef\n"});
  EXPECT_THAT(Findings(), Contains(HasSubstr("ended is in the state")));
}

TEST_F(VerifyTest, FindsARemovedRecord) {
  program_.Raw({"HDEL", Key("state:items"), "kept"});
  EXPECT_THAT(Findings(), Contains(HasSubstr("kept is in the log but not in the state")));
}

TEST_F(VerifyTest, FindsWrongLastChangesOfCollections) {
  program_.Raw({"HSET", Key("collections"), "notes", "2"});
  EXPECT_THAT(Findings(), Contains(HasSubstr("the collection notes")));
  program_.Raw({"HSET", Key("collections"), "notes", "9"});
  EXPECT_THAT(Findings(), Contains(HasSubstr("the collection notes")));
  program_.Raw({"HDEL", Key("collections"), "notes"});
  EXPECT_THAT(Findings(), Contains(HasSubstr("the collection notes")));
  program_.Raw({"HSET", Key("collections"), "invented", "1"});
  EXPECT_THAT(Findings(), Contains(HasSubstr("the collection invented")));
}

TEST_F(VerifyTest, FindsAUniqueValueHeldByWhatDoesNotExist) {
  program_.Raw({"HSET", Key("unique"), "code-x", "nobody"});
  program_.Raw({"HSET", Key("unique"), "code-y", "ended"});
  EXPECT_THAT(Findings(), Contains(HasSubstr("held by nobody")));
  EXPECT_THAT(Findings(), Contains(HasSubstr("held by ended")));
}

TEST_F(VerifyTest, FindsAReservationThatItsHolderDoesNotHave) {
  program_.Raw({"HSET", Key("unique"), "code-x", "kept"});
  EXPECT_THAT(Findings(), ElementsAre("the unique value code-x is reserved for kept, which does not have it"));
}

TEST_F(VerifyTest, FindsAValueThatIsReservedForNobodyOrSomebodyElse) {
  program_.Raw({"HDEL", Key("unique"), "code-kept"});
  EXPECT_THAT(Findings(), ElementsAre("kept has the unique value code-kept, which is reserved for nobody"));
  program_.Raw({"HSET", Key("unique"), "code-kept", "other"});
  EXPECT_THAT(Findings(), Contains("kept has the unique value code-kept, which is reserved for other"));
  EXPECT_THAT(Findings(), Contains("the unique value code-kept is reserved for other, which does not have it"));
}

TEST_F(VerifyTest, LeavesToOthersTheValuesOfCollectionsThatItDoesNotKnow) {
  program_.Raw({"HSET", Key("unique"), "code-x", "kept"});
  const auto verification =
      VerifyScope(program_.store(), scope_, VerifyOptions(), [](const Verification&) { return true; });
  ASSERT_TRUE(verification.ok()) << verification.status();
  EXPECT_THAT(verification->findings, IsEmpty());
}

TEST_F(VerifyTest, FindsItsAnchorsInTheLog) {
  const std::string second = program_.store().ReadEvent(scope_, 2)->digest;
  EXPECT_THAT(Verify({{2, second}, {5, seen_->position().digest}, {2, second.substr(0, 16)}}).findings, IsEmpty());
}

TEST_F(VerifyTest, FindsThatAnAnchorIsNotInTheLog) {
  const std::string second = program_.store().ReadEvent(scope_, 2)->digest;
  EXPECT_THAT(Verify({{3, second}}).findings, ElementsAre(HasSubstr("the anchor at revision 3")));
  EXPECT_THAT(Verify({{6, second}}).findings, ElementsAre(HasSubstr("the log has no such revision")));
  program_.Raw({"FLUSHALL"});
  EXPECT_THAT(Verify({{2, second}}).findings, Contains(HasSubstr("the anchor at revision 2"))) << "all is lost";
}

// The whole history was made anew and fits together: only what was noted elsewhere tells.
TEST_F(VerifyTest, FindsByAnAnchorThatTheWholeHistoryWasMadeAnew) {
  const Anchor anchor = {2, program_.store().ReadEvent(scope_, 2)->digest};
  program_.Raw({"FLUSHALL"});
  SetUp();
  EXPECT_THAT(Findings(), IsEmpty());
  EXPECT_THAT(Verify({anchor}).findings, ElementsAre(HasSubstr("the anchor at revision 2")));
}

TEST_F(VerifyTest, FindsAWrongHead) {
  const std::vector<std::pair<std::string, std::string>> damages = {
      {"digest", std::string(40, 'a')}, {"revision", "4"}, {"revision", "6"}, {"time", "1"}, {"revision", "many"}};
  for (const auto& [field, value] : damages) {
    const std::string sound = program_.Raw({"HGET", Key("head"), field}).text;
    program_.Raw({"HSET", Key("head"), field, value});
    EXPECT_THAT(Findings(), Contains(AnyOf(HasSubstr("head"), HasSubstr("revision 6 is missing"))))
        << field << " " << value;
    program_.Raw({"HSET", Key("head"), field, sound});
  }
  EXPECT_THAT(Findings(), IsEmpty());
}

TEST_F(VerifyTest, FindsAPreviousRevisionThatIsNotTheOneBefore) {
  Write write = Write(seen_).Put("again", "4");
  write.commit().body.mutable_changes(0)->set_previous_revision(2);
  Must(program_, seen_, write);
  EXPECT_THAT(Findings(), Contains(HasSubstr("the previous revision of again")));
}

TEST_F(VerifyTest, TellsOfAtMostSoManyFindings) {
  std::vector<std::string> command = {"HSET", Key("state:items")};
  for (int i = 0; i < 300; ++i) {
    command.push_back(absl::StrCat("extra-", i));
    command.push_back("1 1 1 0123456789abcdef\n");
  }
  program_.Raw(command);
  EXPECT_EQ(Findings().size(), kFindingsLimit);
}

TEST_F(VerifyTest, TellsOfItsProgressAndCanBeGivenUp) {
  WriteMany(program_, scope_, 10'500);
  std::vector<int64_t> told;
  auto verification = VerifyScope(program_.store(), scope_, {}, [&](const Verification& now) {
    told.push_back(now.revision);
    EXPECT_EQ(now.head_revision, 10'505);
    return true;
  });
  ASSERT_TRUE(verification.ok()) << verification.status();
  EXPECT_THAT(verification->findings, IsEmpty());
  EXPECT_GE(told.size(), 7u);
  int64_t before = 0;
  for (const int64_t revision : told) {
    EXPECT_LE(revision - before, 2 * kProgressEvents) << "a deadline is looked at often";
    before = revision;
  }
  EXPECT_EQ(before, 10'505) << "and once more while the state is compared";
  for (size_t give_up_at = 0; give_up_at < told.size(); ++give_up_at) {
    size_t calls = 0;
    const auto given_up =
        VerifyScope(program_.store(), scope_, {}, [&](const Verification&) { return calls++ < give_up_at; });
    EXPECT_TRUE(absl::IsCancelled(given_up.status())) << give_up_at;
  }
}

TEST_F(VerifyTest, FindsNothingWhileCommitsGoOn) {
  const unsigned seed = Seed();
  SCOPED_TRACE(absl::StrCat("seed ", seed));
  Program other(server_->address());
  std::atomic<bool> ending{false};
  std::thread writer([&] {
    std::mt19937 random(seed);
    SnapshotPtr seen = seen_;
    while (!ending) {
      // Collections that change only now and then, and values that move.
      const bool note = random() % 50 == 0;
      const std::string name = absl::StrCat(note ? "note-" : "item-", random() % 50);
      const std::string collection = note ? "notes" : "items";
      if (seen->Find(collection, name) != nullptr && random() % 2 == 0) {
        seen = Must(other, seen, Write(seen).End(name, collection));
      } else {
        const std::string code = collection == "items" ? absl::StrCat(name, "-", random() % 3) : "";
        seen = Must(other, seen, Write(seen).Put(name, absl::StrCat(random()), code, collection));
      }
    }
  });
  for (int i = 0; i < 40; ++i) EXPECT_THAT(Findings(), IsEmpty());
  ending = true;
  writer.join();
  EXPECT_THAT(Findings(), IsEmpty());
}

}  // namespace
}  // namespace concord::ledger
