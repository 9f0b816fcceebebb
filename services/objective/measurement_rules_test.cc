#include "services/objective/measurement_rules.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "concord/objective/v1/error_reason.pb.h"
#include "concord/objective/v1/indicator.pb.h"
#include "concord/rpc/v1/error_reason.pb.h"
#include "gmock/gmock.h"
#include "services/objective/parse_fixture.h"
#include "tests/support/plan_state.h"
#include "tests/support/status_matchers.h"

namespace concord::objective {
namespace {

using absl::StatusCode;
using concord::testing::HasReason;
using concord::testing::IsOk;
using rpc::Parse;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using v1::Measurement;

constexpr char kIndicator[] = "plans/p/objectives/o/indicators/i";
constexpr char kYear2011[] =
    "period { start_date { year: 2011 month: 1 day: 1 } end_date { year: 2011 month: 12 day: 31 } } ";
constexpr char kYear2012[] =
    "period { start_date { year: 2012 month: 1 day: 1 } end_date { year: 2012 month: 12 day: 31 } } ";

Measurement Make(const std::string& id, const std::string& more) {
  return ParseOver<Measurement>(absl::StrCat("name: '", kIndicator, "/measurements/", id, "'"), more);
}

std::vector<std::string> BadMeasurementFields(const std::string& more) {
  const Measurement measurement = Make("m", absl::StrCat(kYear2011, more));
  return concord::testing::BadFields(
      [&](Violations& violations) { CheckMeasurementValues(measurement, "measurement", violations); });
}

TEST(MeasurementValues, MayBeIncomplete) { EXPECT_THAT(BadMeasurementFields(""), IsEmpty()); }

TEST(MeasurementValues, TellZeroFromNoData) {
  EXPECT_THAT(BadMeasurementFields("value { value: '0' }"), IsEmpty());
  EXPECT_THAT(BadMeasurementFields("value { }"), ElementsAre("measurement.value"));
  EXPECT_THAT(BadMeasurementFields("value { value: 'none' }"), ElementsAre("measurement.value"));
  EXPECT_THAT(BadMeasurementFields("no_data { reason: 'nobody counted' }"), IsEmpty());
  EXPECT_THAT(BadMeasurementFields("no_data { reason: ' ' }"), ElementsAre("measurement.no_data.reason"));
  EXPECT_THAT(BadMeasurementFields(absl::StrCat("no_data { reason: '", std::string(501, 'r'), "' }")),
              ElementsAre("measurement.no_data.reason"));
}

TEST(MeasurementValues, AllThatIsWrongIsTold) {
  EXPECT_THAT(
      BadMeasurementFields(absl::StrCat("labels { key: '1' } evidence { } note: '", std::string(4'001, 'n'), "'")),
      ElementsAre("measurement.labels", "measurement.evidence[0].title", "measurement.note"));
  EXPECT_THAT(BadMeasurementFields("period { start_date { month: 13 } end_date { day: 32 } }"),
              ElementsAre("measurement.period.start_date", "measurement.period.end_date"));
}

TEST(MeasurementValues, SupersedeOnlyWithinTheIndicator) {
  EXPECT_THAT(BadMeasurementFields(absl::StrCat("supersedes: '", kIndicator, "/measurements/n'")), IsEmpty());
  EXPECT_THAT(BadMeasurementFields("supersedes: 'n'"), ElementsAre("measurement.supersedes"));
  EXPECT_THAT(BadMeasurementFields("supersedes: 'plans/p/objectives/o/indicators/j/measurements/n'"),
              ElementsAre("measurement.supersedes"));
}

// The state's today is 29 February 2012.
class MeasurementWrite : public ::testing::Test {
 protected:
  MeasurementWrite() {
    PutPlan("STATE_ACTIVE");
    state_.Put(Parse<v1::Objective>("name: 'plans/p/objectives/o' code: '1'"));
    PutIndicator("");
  }

  void PutPlan(const std::string& state) {
    state_.Put(Parse<v1::Plan>(absl::StrCat("name: 'plans/p' state: ", state,
                                            " period { start_date { year: 2011 month: 7 day: 1 } "
                                            "end_date { year: 2015 month: 6 day: 30 } }")));
  }
  void PutIndicator(const std::string& more) {
    state_.Put(ParseOver<v1::Indicator>(absl::StrCat("name: '", kIndicator,
                                                     "' scale: 1 kind: KIND_FLOW frequency: FREQUENCY_YEARLY "
                                                     "dimensions { key: 'group' members: 'ldc' } "),
                                        more));
  }

  absl::Status Write(const Measurement* before, Measurement* after) {
    rpc::Context context = state_.Look();
    return MeasurementRules().write(context, before, *after);
  }
  absl::Status Create(const std::string& more) {
    Measurement after = Make("new", more);
    return Write(nullptr, &after);
  }

  rpc::State state_{concord::testing::PlanTypes()};
};

#define EXPECT_REFUSED(status, reason) EXPECT_THAT(status, HasReason(StatusCode::kFailedPrecondition, v1::reason))

TEST_F(MeasurementWrite, BeginsAsADraft) {
  Measurement after = Make("new", absl::StrCat(kYear2011, "status: STATUS_APPROVED"));
  EXPECT_THAT(Write(nullptr, &after), IsOk());
  EXPECT_EQ(after.status(), Measurement::STATUS_DRAFT);
}

TEST_F(MeasurementWrite, ChangesOnlyWhatIsStillBeingWritten) {
  for (int status = Measurement::STATUS_DRAFT; status <= Measurement::STATUS_SUPERSEDED; ++status) {
    Measurement before = Make("m", kYear2011);
    before.set_status(static_cast<Measurement::Status>(status));
    Measurement after = before;
    after.set_note("N");
    const absl::Status result = Write(&before, &after);
    if (status == Measurement::STATUS_DRAFT || status == Measurement::STATUS_RETURNED) {
      EXPECT_THAT(result, IsOk());
      EXPECT_EQ(after.status(), before.status());
    } else {
      EXPECT_REFUSED(result, ERROR_REASON_WRONG_MEASUREMENT_STATUS);
    }
  }
}

TEST_F(MeasurementWrite, ComesBackAsSomethingThatIsStillBeingWritten) {
  for (const auto& [was, becomes] : {std::make_pair(Measurement::STATUS_DRAFT, Measurement::STATUS_DRAFT),
                                     std::make_pair(Measurement::STATUS_SUBMITTED, Measurement::STATUS_DRAFT),
                                     std::make_pair(Measurement::STATUS_RETURNED, Measurement::STATUS_RETURNED)}) {
    Measurement before = Make("m", absl::StrCat(kYear2011, "delete_time { seconds: 1 }"));
    before.set_status(was);
    Measurement after = before;
    after.clear_delete_time();
    EXPECT_THAT(Write(&before, &after), IsOk()) << was;
    EXPECT_EQ(after.status(), becomes);
  }
}

TEST_F(MeasurementWrite, ComesBackOnlyIfItStillFits) {
  const Measurement before = Make("m", absl::StrCat(kYear2011, "delete_time { seconds: 1 }"));
  Measurement after = before;
  PutIndicator("roll_up { method: METHOD_NONE }");
  EXPECT_REFUSED(Write(&before, &after), ERROR_REASON_INDICATOR_COMPUTED);
  PutIndicator("frequency: FREQUENCY_MONTHLY");
  EXPECT_REFUSED(Write(&before, &after), ERROR_REASON_PERIOD_UNKNOWN);
}

TEST_F(MeasurementWrite, IsRemovedUnlessItWasApproved) {
  const auto remove = [&](const std::string& status) {
    rpc::Context context = state_.Look();
    return MeasurementRules().remove(context, Make("m", absl::StrCat(kYear2011, "status: STATUS_", status)));
  };
  EXPECT_THAT(remove("DRAFT"), IsOk());
  EXPECT_THAT(remove("SUBMITTED"), IsOk());
  const absl::Status approved = remove("APPROVED");
  EXPECT_REFUSED(approved, ERROR_REASON_MEASUREMENT_APPROVED);
  EXPECT_EQ(MetadataOf(approved, "status"), "APPROVED");
  PutPlan("STATE_CLOSED");
  EXPECT_REFUSED(remove("DRAFT"), ERROR_REASON_PLAN_CLOSED);
}

TEST_F(MeasurementWrite, NeedsAPlanThatIsNotOver) {
  PutPlan("STATE_CLOSED");
  EXPECT_REFUSED(Create(kYear2011), ERROR_REASON_PLAN_CLOSED);
  PutPlan("STATE_DRAFT");
  EXPECT_THAT(Create(kYear2011), IsOk());
}

TEST_F(MeasurementWrite, IsOfAnIndicatorThatIsMeasured) {
  PutIndicator("roll_up { method: METHOD_NONE }");
  const absl::Status status = Create(kYear2011);
  EXPECT_REFUSED(status, ERROR_REASON_INDICATOR_COMPUTED);
  EXPECT_EQ(MetadataOf(status, "indicator"), kIndicator);
}

TEST_F(MeasurementWrite, IsOfAPeriodOfTheIndicatorThatHasBegun) {
  EXPECT_THAT(Create(kYear2011), IsOk()) << "the plan begins in its midst";
  EXPECT_THAT(Create(kYear2012), IsOk()) << "it has begun";
  const absl::Status future =
      Create("period { start_date { year: 2013 month: 1 day: 1 } end_date { year: 2013 month: 12 day: 31 } }");
  EXPECT_REFUSED(future, ERROR_REASON_PERIOD_UNKNOWN);
  EXPECT_REFUSED(
      Create("period { start_date { year: 2010 month: 1 day: 1 } end_date { year: 2010 month: 12 day: 31 } }"),
      ERROR_REASON_PERIOD_UNKNOWN);
  const absl::Status half =
      Create("period { start_date { year: 2011 month: 7 day: 1 } end_date { year: 2011 month: 12 day: 31 } }");
  EXPECT_REFUSED(half, ERROR_REASON_PERIOD_UNKNOWN);
  EXPECT_EQ(MetadataOf(half, "period"), "2011-07-01/2011-12-31");
  EXPECT_EQ(MetadataOf(half, "frequency"), "YEARLY");
  EXPECT_EQ(MetadataOf(half, "nearest"), "2011-01-01/2011-12-31");
}

TEST_F(MeasurementWrite, HasTheScaleAndTheDimensionsOfTheIndicator) {
  EXPECT_THAT(Create(absl::StrCat(kYear2011, "value { value: '1.5' } dimensions { key: 'group' value: 'ldc' }")),
              IsOk());
  const absl::Status status =
      Create(absl::StrCat(kYear2011, "value { value: '1.50' } dimensions { key: 'group' value: 'other' } ",
                          "dimensions { key: 'colour' value: 'red' }"));
  EXPECT_THAT(status, HasReason(StatusCode::kInvalidArgument, rpc::v1::ERROR_REASON_INVALID_REQUEST));
  std::vector<std::string> fields;
  for (const auto& [field, description] : ViolationsOf(status)) fields.push_back(field);
  EXPECT_THAT(fields, ElementsAre("measurement.value", "measurement.dimensions[\"colour\"]",
                                  "measurement.dimensions[\"group\"]"));
}

TEST_F(MeasurementWrite, SupersedesWhatIsInForceInItsPlace) {
  const std::string supersedes = absl::StrCat("supersedes: '", kIndicator, "/measurements/old' ");
  EXPECT_REFUSED(Create(absl::StrCat(kYear2011, supersedes)), ERROR_REASON_REFERENCE_BROKEN);
  state_.Put(Make("old", absl::StrCat(kYear2011, "status: STATUS_APPROVED")));
  EXPECT_THAT(Create(absl::StrCat(kYear2011, supersedes)), IsOk());
  EXPECT_REFUSED(Create(absl::StrCat(kYear2012, supersedes)), ERROR_REASON_REFERENCE_BROKEN);
  const absl::Status part = Create(absl::StrCat(kYear2011, supersedes, "dimensions { key: 'group' value: 'ldc' }"));
  EXPECT_REFUSED(part, ERROR_REASON_REFERENCE_BROKEN);
  EXPECT_EQ(MetadataOf(part, "reference"), absl::StrCat(kIndicator, "/measurements/old"));
  for (const char* status : {"DRAFT", "SUBMITTED", "RETURNED", "SUPERSEDED"}) {
    state_.Put(Make("old", absl::StrCat(kYear2011, "status: STATUS_", status)));
    EXPECT_REFUSED(Create(absl::StrCat(kYear2011, supersedes)), ERROR_REASON_REFERENCE_BROKEN) << status;
  }
}

}  // namespace
}  // namespace concord::objective
