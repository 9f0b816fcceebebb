#include "common/rpc/stamper.h"

#include "common/rpc/state_fixture.h"
#include "concord/action/v1/action.pb.h"
#include "concord/rpc/v1/error_reason.pb.h"
#include "gmock/gmock.h"
#include "tests/support/status_matchers.h"

namespace concord::rpc {
namespace {

using absl::StatusCode;
using action::v1::Action;
using concord::testing::HasReason;
using concord::testing::IsOk;

ledger::Resource ResourceAt(int64_t revision, const std::string& name = "plans/p/actions/a",
                            const std::string& epoch = "epoch", const std::string& digest = "0123456789abcdef") {
  ledger::Resource resource;
  resource.name = name;
  resource.stamp = {
      "plans/p", epoch, revision, digest, absl::FromUnixMicros(1'500'000), absl::FromUnixMicros(2'000'001)};
  auto action = std::make_unique<Action>();
  action->set_name(name);
  EtagStamper(TestSealer()).Apply(resource.stamp, *action);
  resource.message = std::move(action);
  return resource;
}

std::string EtagOf(const ledger::Resource& resource) { return StringField(*resource.message, "etag"); }

absl::Status Check(const std::string& etag, const ledger::Resource& resource) {
  return EtagStamper(TestSealer()).CheckEtag(etag, resource, "action.etag");
}

TEST(Stamper, WritesTimesToTheMicrosecond) {
  const ledger::Resource resource = ResourceAt(1);
  const auto& action = static_cast<const Action&>(*resource.message);
  EXPECT_EQ(action.create_time().seconds(), 1);
  EXPECT_EQ(action.create_time().nanos(), 500'000'000);
  EXPECT_EQ(action.update_time().seconds(), 2);
  EXPECT_EQ(action.update_time().nanos(), 1'000);
}

TEST(Stamper, StripsWhatItWrote) {
  Action action = static_cast<const Action&>(*ResourceAt(1).message);
  EtagStamper::Strip(action);
  EXPECT_EQ(action.DebugString(), Parse<Action>("name: 'plans/p/actions/a'").DebugString());
}

TEST(Etag, OfTheResourceAsItIsAgrees) {
  EXPECT_THAT(Check("", ResourceAt(7)), IsOk());
  EXPECT_THAT(Check(EtagOf(ResourceAt(7)), ResourceAt(7)), IsOk());
}

TEST(Etag, OfAnEarlierVersionIsStale) {
  const absl::Status status = Check(EtagOf(ResourceAt(6)), ResourceAt(7));
  EXPECT_THAT(status, HasReason(StatusCode::kAborted, v1::ERROR_REASON_ETAG_MISMATCH));
  EXPECT_EQ(MetadataOf(status, "current_etag"), EtagOf(ResourceAt(7)));
}

TEST(Etag, OfAnotherHistoryIsToldAsSuch) {
  const auto diverged = HasReason(StatusCode::kFailedPrecondition, v1::ERROR_REASON_HISTORY_DIVERGED);
  EXPECT_THAT(Check(EtagOf(ResourceAt(8)), ResourceAt(7)), diverged) << "a revision that has not been";
  EXPECT_THAT(Check(EtagOf(ResourceAt(7, "plans/p/actions/a", "epoch", "fedcba9876543210")), ResourceAt(7)), diverged);
  EXPECT_THAT(Check(EtagOf(ResourceAt(6, "plans/p/actions/a", "before the restore")), ResourceAt(7)), diverged);
}

TEST(Etag, OfAnotherResourceOrChangedIsNone) {
  const auto invalid = HasReason(StatusCode::kInvalidArgument, v1::ERROR_REASON_TOKEN_INVALID);
  EXPECT_THAT(Check(EtagOf(ResourceAt(7, "plans/p/actions/b")), ResourceAt(7)), invalid);
  EXPECT_THAT(Check("etag", ResourceAt(7)), invalid);
  EXPECT_THAT(Check(EtagOf(ResourceAt(6)) + "A", ResourceAt(7)), invalid);
}

}  // namespace
}  // namespace concord::rpc
