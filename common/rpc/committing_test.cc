#include "common/rpc/committing.h"

#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "common/rpc/state_fixture.h"
#include "concord/action/v1/action_service.pb.h"
#include "concord/objective/v1/plan.pb.h"
#include "concord/rpc/v1/error_reason.pb.h"
#include "gmock/gmock.h"
#include "tests/support/status_matchers.h"

namespace concord::rpc {
namespace {

using action::v1::Action;
using concord::testing::HasReason;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;

constexpr char kA[] = "plans/p/actions/a";

class CommittingTest : public ::testing::Test {
 protected:
  CommittingTest() : state_({{Action::default_instance(), "plans/{plan}"}}) {
    state_.Put(Parse<Action>("name: 'plans/p/actions/a' title: 'A' code: '1'"));
  }

  static Change Putting(const std::string& text) {
    Change change;
    change.scope = "plans/p";
    auto action = std::make_unique<Action>(Parse<Action>(text));
    change.answers = {action->name()};
    change.puts.push_back({action->name(), std::move(action)});
    return change;
  }

  absl::StatusOr<ledger::Commit> Make(const Change& change) {
    Context context = state_.Look();
    return MakeCommit(change, "fingerprint", context);
  }

  State state_;
};

TEST_F(CommittingTest, WritesTheFullImageAndWhatWasThereBefore) {
  Change change = Putting("name: 'plans/p/actions/a' title: 'B' code: '1' etag: 'e' update_time { seconds: 9 }");
  change.reason = "why";
  const auto commit = Make(change);
  ASSERT_TRUE(commit.ok()) << commit.status();
  ASSERT_EQ(commit->body.changes_size(), 1);
  EXPECT_EQ(commit->body.changes(0).previous_revision(), 1);
  EXPECT_EQ(commit->body.changes(0).create_time_micros(), 1'000'001'000'000);
  Action image;
  ASSERT_TRUE(image.ParseFromString(commit->body.changes(0).image()));
  EXPECT_EQ(image.ShortDebugString(), R"(name: "plans/p/actions/a" title: "B" code: "1")");
  EXPECT_EQ(commit->body.reason(), "why");
  EXPECT_EQ(commit->body.principal(), "development:tester");
  EXPECT_EQ(commit->request_key, "key");
  EXPECT_EQ(commit->request_record.answers(0).revision(), 0) << "that of the commit itself";
  ASSERT_EQ(commit->preconditions.resources.size(), 1);
  EXPECT_EQ(commit->preconditions.resources[0].revision, 1);
}

TEST_F(CommittingTest, LeavesOutWhatChangesNothingButRemembersTheRequest) {
  const auto commit = Make(Putting("name: 'plans/p/actions/a' title: 'A' code: '1' etag: 'any'"));
  ASSERT_TRUE(commit.ok()) << commit.status();
  EXPECT_EQ(commit->body.changes_size(), 0);
  EXPECT_EQ(commit->request_record.answers(0).revision(), 1);
  EXPECT_EQ(commit->request_key, "key");
  EXPECT_EQ(commit->preconditions.resources.size(), 1) << "it must still be so";
}

TEST_F(CommittingTest, ReservesAndReleasesUniqueValues) {
  auto commit = Make(Putting("name: 'plans/p/actions/b' code: '2'"));
  EXPECT_THAT(commit->reservations, ElementsAre(Pair("actions.code=2", "plans/p/actions/b")));
  EXPECT_THAT(commit->releases, IsEmpty());
  commit = Make(Putting("name: 'plans/p/actions/a' code: '2'"));
  EXPECT_THAT(commit->reservations, ElementsAre(Pair("actions.code=2", kA)));
  EXPECT_THAT(commit->releases, ElementsAre(Pair("actions.code=1", kA)));
  commit = Make(Putting("name: 'plans/p/actions/a' code: '1' delete_time { seconds: 1 }"));
  EXPECT_THAT(commit->reservations, IsEmpty());
  EXPECT_THAT(commit->releases, ElementsAre(Pair("actions.code=1", kA)));
  Change end;
  end.scope = "plans/p";
  end.ends = {kA};
  commit = Make(end);
  ASSERT_EQ(commit->body.changes_size(), 1);
  EXPECT_TRUE(commit->body.changes(0).end());
  EXPECT_THAT(commit->releases, ElementsAre(Pair("actions.code=1", kA)));
}

TEST_F(CommittingTest, RefusesAChangeThatIsTooLarge) {
  Change many;
  many.scope = "plans/p";
  for (int i = 0; i <= ledger::kCommitResourceLimit; ++i) {
    const std::string name = absl::StrCat("plans/p/actions/n", i);
    auto action = std::make_unique<Action>();
    action->set_name(name);
    many.puts.push_back({name, std::move(action)});
  }
  EXPECT_THAT(Make(many), HasReason(absl::StatusCode::kResourceExhausted, v1::ERROR_REASON_CHANGE_TOO_LARGE));
  many.puts.pop_back();
  EXPECT_TRUE(Make(many).ok());
  Change big = Putting("name: 'plans/p/actions/big'");
  static_cast<Action&>(*big.puts[0].message).set_description(std::string(ledger::kCommitBytesLimit, 'd'));
  EXPECT_THAT(Make(big), HasReason(absl::StatusCode::kResourceExhausted, v1::ERROR_REASON_CHANGE_TOO_LARGE));
}

// What the caller cannot see he must not overwrite as if it were not there.
TEST_F(CommittingTest, DoesNotOverwriteWhatIsHidden) {
  state_.access().hidden = {kA};
  EXPECT_THAT(Make(Putting("name: 'plans/p/actions/a' title: 'Mine'")),
              HasReason(absl::StatusCode::kAlreadyExists, v1::ERROR_REASON_RESOURCE_ALREADY_EXISTS));
}

TEST(Fingerprint, DependsOnTheMethodAndAllFieldsButTheId) {
  auto request = Parse<action::v1::CreateActionRequest>("parent: 'plans/p' action { title: 'T' } request_id: 'one'");
  const std::string first = FingerprintOf("m", request);
  request.set_request_id("two");
  EXPECT_EQ(FingerprintOf("m", request), first);
  EXPECT_NE(FingerprintOf("n", request), first);
  request.mutable_action()->set_title("U");
  EXPECT_NE(FingerprintOf("m", request), first);
}

TEST(Fingerprint, IsTheSameInWhateverOrderAMapWasFilled) {
  action::v1::CreateActionRequest one, two;
  for (int i = 0; i < 40; ++i) (*one.mutable_action()->mutable_labels())[absl::StrCat("k", i)] = "v";
  for (int i = 39; i >= 0; --i) (*two.mutable_action()->mutable_labels())[absl::StrCat("k", i)] = "v";
  EXPECT_EQ(FingerprintOf("m", one), FingerprintOf("m", two));
}

TEST(RequestKey, KeepsCallersAndMethodsApart) {
  EXPECT_EQ(RequestKeyOf("a", "m", "1"), RequestKeyOf("a", "m", "1"));
  EXPECT_NE(RequestKeyOf("a", "m", "1"), RequestKeyOf("b", "m", "1"));
  EXPECT_NE(RequestKeyOf("a", "m", "1"), RequestKeyOf("a", "n", "1"));
  EXPECT_NE(RequestKeyOf("a", "m", "1"), RequestKeyOf("a", "m", "2"));
}

}  // namespace
}  // namespace concord::rpc
