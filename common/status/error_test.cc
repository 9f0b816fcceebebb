#include "common/status/error.h"

#include <memory>

#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"
#include "common/status/macros.h"
#include "concord/action/v1/action_service.pb.h"
#include "concord/objective/v1/error_reason.pb.h"
#include "concord/rpc/v1/error_reason.pb.h"
#include "google/rpc/error_details.pb.h"
#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"

namespace concord {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::Gt;
using ::testing::IsEmpty;
using testing::IsOk;
using testing::IsOkAndHolds;
using ::testing::Lt;
using ::testing::Not;
using ::testing::Pair;
using ::testing::SizeIs;

constexpr auto kNotFound = absl::StatusCode::kNotFound;
constexpr auto kReason = rpc::v1::ERROR_REASON_RESOURCE_NOT_FOUND;

std::string Message(absl::string_view format, const ErrorMetadata& metadata) {
  return std::string(MakeError(kNotFound, kReason, format, metadata).message());
}

template <typename Detail>
Detail Parse(const absl::Status& status, absl::string_view url) {
  Detail detail;
  const auto payload = status.GetPayload(url);
  EXPECT_TRUE(payload.has_value()) << url;
  if (payload.has_value()) {
    EXPECT_TRUE(detail.ParseFromString(std::string(*payload)));
  }
  return detail;
}

TEST(Reason, IsThePackageAndTheValueWithoutItsPrefix) {
  const Reason reason = kReason;
  EXPECT_EQ(reason.domain, "concord.rpc.v1");
  EXPECT_EQ(reason.name, "RESOURCE_NOT_FOUND");
}

TEST(Reason, OfAnotherPackageIsAnotherReasonEvenUnderTheSameNumber) {
  const auto number = objective::v1::ErrorReason_MAX;
  EXPECT_EQ(Reason(number).domain, "concord.objective.v1");
  EXPECT_FALSE(Reason(number) == Reason(static_cast<rpc::v1::ErrorReason>(number)));
}

TEST(Reason, OfANumberThatTheEnumDoesNotDefineIsTheNumber) {
  EXPECT_EQ(Reason(static_cast<rpc::v1::ErrorReason>(9999)).name, "9999");
}

TEST(MakeError, ReplacesNamesInBracesByTheirValues) {
  EXPECT_EQ(Message("{a} and {b}, {a}", {{"a", "1"}, {"b", "2"}}), "1 and 2, 1");
}

TEST(MakeError, DoesNotReplaceWhatAValueBringsIn) {
  EXPECT_EQ(Message("{a}{b}", {{"a", "{b}"}, {"b", "{a}"}}), "{b}{a}");
  EXPECT_EQ(Message("{a}b}", {{"a", "{"}, {"b", "2"}}), "{b}");
}

TEST(MakeError, LeavesUnknownNamesAndLooseBracesVisible) {
  EXPECT_EQ(Message("no {c} but {a}", {{"a", "1"}}), "no {c} but 1");
  EXPECT_EQ(Message("{{a} {} } {a", {{"a", "1"}}), "{1 {} } {a");
}

TEST(MakeError, CarriesCodeReasonAndAllMetadata) {
  const absl::Status status = MakeError(kNotFound, kReason, "there is no {name}", {{"name", "plans/p"}, {"more", "x"}});
  EXPECT_THAT(status, testing::HasReason(kNotFound, kReason));
  EXPECT_EQ(status.message(), "there is no plans/p");
  EXPECT_EQ(MetadataOf(status, "name"), "plans/p");
  EXPECT_EQ(MetadataOf(status, "more"), "x");
  EXPECT_EQ(MetadataOf(status, "other"), "");
}

TEST(MakeError, StoresAnErrorInfoUnderItsTypeUrl) {
  const absl::Status status = MakeError(kNotFound, kReason, "{name}", {{"name", "plans/p"}});
  const auto info = Parse<google::rpc::ErrorInfo>(status, "type.googleapis.com/google.rpc.ErrorInfo");
  EXPECT_EQ(info.domain(), "concord.rpc.v1");
  EXPECT_EQ(info.reason(), "RESOURCE_NOT_FOUND");
  EXPECT_THAT(info.metadata(), ElementsAre(Pair("name", "plans/p")));
}

TEST(MakeError, GivesEqualErrorsForEqualArguments) {
  const ErrorMetadata metadata = {{"a", "1"}, {"b", "2"}, {"c", "3"}, {"d", "4"}};
  const ErrorMetadata reversed(metadata.rbegin(), metadata.rend());
  EXPECT_EQ(MakeError(kNotFound, kReason, "x", metadata), MakeError(kNotFound, kReason, "x", reversed));
}

TEST(MakeError, CutsALongValueBetweenCharacters) {
  std::string umlauts;
  for (int i = 0; i < 1000; ++i) umlauts += "\xC3\xA4";
  const absl::Status status = MakeError(kNotFound, kReason, "{name}", {{"name", umlauts}});
  const std::string value = MetadataOf(status, "name");
  EXPECT_THAT(value, AllOf(SizeIs(::testing::Le(512)), SizeIs(Gt(500)), EndsWith("\xC3\xA4...")));
  EXPECT_EQ(status.message(), value);
}

TEST(MakeError, IsNeverOk) {
  EXPECT_EQ(MakeError(absl::StatusCode::kOk, kReason, "x").code(), absl::StatusCode::kInternal);
}

TEST(WithRetryDelay, AddsARetryInfoAndKeepsTheReason) {
  const absl::Status status =
      WithRetryDelay(MakeError(absl::StatusCode::kResourceExhausted, kReason, "x"), absl::Milliseconds(1250));
  const auto info = Parse<google::rpc::RetryInfo>(status, "type.googleapis.com/google.rpc.RetryInfo");
  EXPECT_EQ(info.retry_delay().seconds(), 1);
  EXPECT_EQ(info.retry_delay().nanos(), 250'000'000);
  EXPECT_TRUE(HasReason(status, kReason));
}

TEST(WithRetryDelay, StaysWithinWhatADurationCanSay) {
  const absl::Status error = MakeError(absl::StatusCode::kResourceExhausted, kReason, "x");
  constexpr char kUrl[] = "type.googleapis.com/google.rpc.RetryInfo";
  const auto longest = Parse<google::rpc::RetryInfo>(WithRetryDelay(error, absl::InfiniteDuration()), kUrl);
  EXPECT_EQ(longest.retry_delay().seconds(), 315'576'000'000);
  const auto shortest = Parse<google::rpc::RetryInfo>(WithRetryDelay(error, -absl::Seconds(1)), kUrl);
  EXPECT_EQ(shortest.retry_delay().seconds(), 0);
}

TEST(WithRetryDelay, LeavesSuccessAlone) { EXPECT_THAT(WithRetryDelay(absl::OkStatus(), absl::Seconds(1)), IsOk()); }

TEST(ReasonOf, IsNothingForErrorsWithoutOne) {
  absl::Status foreign = absl::NotFoundError("x");
  EXPECT_FALSE(ReasonOf(foreign).has_value());
  EXPECT_FALSE(HasReason(foreign, kReason));
  EXPECT_FALSE(ReasonOf(absl::OkStatus()).has_value());
  foreign.SetPayload("type.googleapis.com/google.rpc.ErrorInfo", absl::Cord("\xFF no message"));
  EXPECT_FALSE(ReasonOf(foreign).has_value());
  EXPECT_EQ(MetadataOf(foreign, "name"), "");
}

TEST(HasReason, DistinguishesReasons) {
  const absl::Status status = MakeError(kNotFound, kReason, "x");
  EXPECT_TRUE(HasReason(status, kReason));
  EXPECT_FALSE(HasReason(status, rpc::v1::ERROR_REASON_RESOURCE_DELETED));
}

TEST(ViolationsToStatus, IsOkWithoutAny) {
  EXPECT_TRUE(Violations().empty());
  EXPECT_THAT(Violations().ToStatus(), IsOk());
}

TEST(ViolationsToStatus, ListsAllInTheOrderAdded) {
  Violations violations;
  violations.Add("action.title", "must be set");
  violations.Add("action.code", "has {braces}");
  violations.Add("action.code", "is too long");
  const absl::Status status = violations.ToStatus();
  EXPECT_THAT(status, testing::HasReason(absl::StatusCode::kInvalidArgument, rpc::v1::ERROR_REASON_INVALID_REQUEST));
  EXPECT_EQ(status.message(), "action.title: must be set (and 2 more)");
  EXPECT_EQ(MetadataOf(status, "violation_count"), "3");
  EXPECT_THAT(ViolationsOf(status),
              ElementsAre(Pair("action.title", "must be set"), Pair("action.code", "has {braces}"),
                          Pair("action.code", "is too long")));
}

TEST(ViolationsToStatus, SaysNothingOfMoreWhenThereIsOne) {
  Violations violations;
  violations.Add("{name}", "is {violation_count}");
  EXPECT_EQ(violations.ToStatus().message(), "{name}: is {violation_count}");
}

TEST(ViolationsToStatus, SaysNothingTwice) {
  Violations violations;
  violations.Add("mask", "has no a");
  violations.Add("mask", "has no b");
  violations.Add("mask", "has no a");
  EXPECT_THAT(ViolationsOf(violations.ToStatus()), ElementsAre(Pair("mask", "has no a"), Pair("mask", "has no b")));
  EXPECT_EQ(MetadataOf(violations.ToStatus(), "violation_count"), "2");
}

TEST(ViolationsToStatus, SaysOfAMissingFieldOnlyThatItIsMissing) {
  Violations violations;
  violations.Add("plan.period.end_date", "must be a date");
  violations.AddMissing("plan.period", "must be set");
  violations.AddMissing("plan.period", "is required");
  violations.AddMissing("plan.period.start_date", "must be set");
  violations.Add("plan.period", "must not end before it begins");
  violations.Add("plan.periods", "is another field");
  violations.AddMissing("plan.values", "must not be empty");
  violations.Add("plan.values[0].title", "must be set");
  violations.Add("plan", "is another field, too");
  EXPECT_THAT(ViolationsOf(violations.ToStatus()),
              ElementsAre(Pair("plan.period", "must be set"), Pair("plan.periods", "is another field"),
                          Pair("plan.values", "must not be empty"), Pair("plan", "is another field, too")));
}

TEST(ViolationsToStatus, ListsThemInTheOrderOfTheFieldsOfTheRequest) {
  Violations violations;
  for (const char* field :
       {"request_id", "strange", "requests[10].action.code", "requests[2].action.labels[\"k.x\"]",
        "requests[2].action_id", "requests[2].action.title", "requests", "requests[2].action.code", "parent"}) {
    violations.Add(field, "is wrong");
  }
  std::vector<std::string> fields;
  const auto& request = *action::v1::BatchCreateActionsRequest::descriptor();
  for (const auto& [field, description] : ViolationsOf(violations.ToStatus(request))) fields.push_back(field);
  EXPECT_THAT(fields, ElementsAre("parent", "requests", "requests[2].action.title",
                                  "requests[2].action.labels[\"k.x\"]", "requests[2].action.code",
                                  "requests[2].action_id", "requests[10].action.code", "request_id", "strange"));
  EXPECT_EQ(violations.ToStatus(request).message(), "parent: is wrong (and 8 more)");
  EXPECT_THAT(Violations().ToStatus(request), IsOk());
}

TEST(Violations, OfAPartAreToldWithItsPlace) {
  Violations part;
  part.AddMissing("action", "is required");
  part.Add("action.title", "must be set");
  Violations violations;
  violations.AddAll(part, "requests[3]");
  violations.AddAll(Violations(), "requests[4]");
  EXPECT_THAT(ViolationsOf(violations.ToStatus()), ElementsAre(Pair("requests[3].action", "is required")));
}

TEST(Violations, OfWhichThereAreVeryManyAreAllCounted) {
  Violations part;
  for (int i = 0; i < 5'000; ++i) part.Add(absl::StrCat("f", i), "is wrong");
  Violations violations;
  violations.AddAll(part, "requests[0]");
  violations.AddAll(part, "requests[1]");
  EXPECT_EQ(violations.size(), 10'000);
  EXPECT_EQ(MetadataOf(violations.ToStatus(), "violation_count"), "10000");
}

TEST(ViolationsToStatus, ListsAHundredAndCountsTheRest) {
  Violations violations;
  for (int i = 0; i < 150; ++i) violations.Add(absl::StrCat("f", i), "is wrong");
  const absl::Status status = violations.ToStatus();
  EXPECT_EQ(violations.size(), 150);
  EXPECT_EQ(MetadataOf(status, "violation_count"), "150");
  EXPECT_EQ(status.message(), "f0: is wrong (and 149 more)");
  ASSERT_THAT(ViolationsOf(status), SizeIs(100));
  EXPECT_THAT(ViolationsOf(status).back(), Pair("f99", "is wrong"));
}

TEST(ViolationsToStatus, FitsIntoTheTrailersThatClientsAccept) {
  Violations violations;
  for (int i = 0; i < 1000; ++i) violations.Add(absl::StrCat(i, std::string(1'000'000, 'f')), std::string(1'000, 'd'));
  violations.Add("short", "left out like all after the first that did not fit");
  const absl::Status status = violations.ToStatus();
  size_t bytes = status.message().size();
  status.ForEachPayload(
      [&bytes](absl::string_view url, const absl::Cord& payload) { bytes += url.size() + payload.size() * 4 / 3; });
  EXPECT_THAT(bytes, Lt(8192));
  EXPECT_EQ(MetadataOf(status, "violation_count"), "1001");
  EXPECT_THAT(ViolationsOf(status), Not(IsEmpty()));
  EXPECT_NE(ViolationsOf(status).back().first, "short");
}

TEST(ViolationsOf, IsEmptyForOtherErrors) { EXPECT_THAT(ViolationsOf(MakeError(kNotFound, kReason, "x")), IsEmpty()); }

absl::StatusOr<std::unique_ptr<int>> Half(int value) {
  if (value % 2 != 0) return absl::InvalidArgumentError("odd");
  return std::make_unique<int>(value / 2);
}

absl::StatusOr<int> Quarter(int value) {
  CONCORD_ASSIGN_OR_RETURN(const std::unique_ptr<int> half, Half(value));
  CONCORD_ASSIGN_OR_RETURN(const std::unique_ptr<int> quarter, Half(*half));
  return *quarter;
}

absl::Status Check(absl::Status status, bool& went_on) {
  CONCORD_RETURN_IF_ERROR(std::move(status));
  went_on = true;
  return absl::OkStatus();
}

TEST(Macros, GoOnWithTheValueOrReturnTheError) {
  EXPECT_THAT(Quarter(12), IsOkAndHolds(3));
  EXPECT_EQ(Quarter(6).status(), absl::InvalidArgumentError("odd"));
  EXPECT_THAT(Quarter(7), Not(IsOk()));
  bool went_on = false;
  EXPECT_EQ(Check(absl::AbortedError("x"), went_on), absl::AbortedError("x"));
  EXPECT_FALSE(went_on);
  EXPECT_THAT(Check(absl::OkStatus(), went_on), IsOk());
  EXPECT_TRUE(went_on);
}

TEST(AtPlace, PutsThePlaceBeforeTheFieldOfEveryViolation) {
  Violations violations;
  violations.Add("action.title", "is required");
  violations.Add("action.code", "is required");
  const absl::Status status = AtPlace(violations.ToStatus(), "requests[3]");
  EXPECT_EQ(status.message(), "requests[3].action.title: is required (and 1 more)");
  EXPECT_EQ(MetadataOf(status, "violation_count"), "2");
  EXPECT_THAT(ViolationsOf(status), ElementsAre(Pair("requests[3].action.title", "is required"),
                                                Pair("requests[3].action.code", "is required")));
}

TEST(AtPlace, NamesThePlaceInTheMetadataOfAnyOtherError) {
  const absl::Status status = AtPlace(MakeError(kNotFound, kReason, "no {name}", {{"name", "n"}}), "requests[0]");
  EXPECT_EQ(status.code(), kNotFound);
  EXPECT_EQ(status.message(), "requests[0]: no n");
  EXPECT_TRUE(HasReason(status, kReason));
  EXPECT_EQ(MetadataOf(status, "name"), "n");
  EXPECT_EQ(MetadataOf(status, "request"), "requests[0]");
}

TEST(AtPlace, LeavesSuccessAlone) { EXPECT_THAT(AtPlace(absl::OkStatus(), "requests[0]"), IsOk()); }

}  // namespace
}  // namespace concord
