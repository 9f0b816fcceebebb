#include "services/objective/recorded_measurement_rules.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "concord/objective/v1/error_reason.pb.h"
#include "concord/objective/v1/indicator.pb.h"
#include "concord/objective/v1/measurement.pb.h"
#include "concord/objective/v1/objective.pb.h"
#include "concord/objective/v1/plan.pb.h"
#include "gmock/gmock.h"
#include "services/objective/measurement_rules.h"
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

constexpr char kShare[] = "plans/p/objectives/o/indicators/share";
constexpr char kComputed[] =
    "period { start_date { year: 2011 month: 1 day: 1 } end_date { year: 2011 month: 12 day: 31 } } "
    "value { value: '30.1' } computation { formula: 'formulas/liaisons' formula_edition: '2026-1' } ";

// The state's today is 29 February 2012.
class RecordedMeasurement : public ::testing::Test {
 protected:
  RecordedMeasurement() {
    state_.Put(
        Parse<v1::Plan>("name: 'plans/p' state: STATE_ACTIVE period { start_date { year: 2011 month: 1 day: 1 } "
                        "end_date { year: 2015 month: 12 day: 31 } }"));
    state_.Put(Parse<v1::Objective>("name: 'plans/p/objectives/o' code: '1'"));
    PutIndicator("source: SOURCE_FORMULA formula { formula: 'formulas/liaisons' }");
  }

  void PutIndicator(const std::string& more) {
    state_.Put(ParseOver<v1::Indicator>(
        absl::StrCat("name: '", kShare, "' scale: 1 kind: KIND_STOCK frequency: FREQUENCY_YEARLY "), more));
  }
  static Measurement Make(const std::string& more) {
    return ParseOver<Measurement>(absl::StrCat("name: '", kShare, "/measurements/2011' ", kComputed), more);
  }
  absl::Status Record(Measurement& measurement) {
    rpc::Context context = state_.Look();
    return RecordedMeasurementRules().write(context, nullptr, measurement);
  }
  absl::Status Record(const std::string& more) {
    Measurement measurement = Make(more);
    return Record(measurement);
  }
  static std::vector<std::string> BadFields(const Measurement& measurement) {
    return concord::testing::BadFields(
        [&](Violations& violations) { RecordedMeasurementRules().values(measurement, "measurement", violations); });
  }

  rpc::State state_{concord::testing::PlanTypes()};
};

#define EXPECT_REFUSED(status, reason) EXPECT_THAT(status, HasReason(StatusCode::kFailedPrecondition, v1::reason))

TEST_F(RecordedMeasurement, IsInForceAtOnce) {
  Measurement measurement = Make("");
  EXPECT_THAT(Record(measurement), IsOk());
  EXPECT_EQ(measurement.status(), Measurement::STATUS_APPROVED);
}

TEST_F(RecordedMeasurement, MaySayThatThereIsNoData) {
  EXPECT_THAT(Record("no_data { reason: 'there are none' }"), IsOk());
  Measurement nothing = Make("");
  nothing.clear_value();
  EXPECT_REFUSED(Record(nothing), ERROR_REASON_RESULT_MISSING);
}

TEST_F(RecordedMeasurement, IsOfTheIndicatorsOwnFormula) {
  EXPECT_REFUSED(Record("computation { formula: 'formulas/other' }"), ERROR_REASON_INDICATOR_WITHOUT_FORMULA);
  PutIndicator("source: SOURCE_PEOPLE");
  EXPECT_REFUSED(Record(""), ERROR_REASON_INDICATOR_WITHOUT_FORMULA);
}

TEST_F(RecordedMeasurement, IsOfAPeriodThatIsOver) {
  EXPECT_REFUSED(Record("period { start_date { year: 2012 } end_date { year: 2012 } }"), ERROR_REASON_PERIOD_NOT_OVER);
  EXPECT_REFUSED(Record("period { start_date { month: 2 } }"), ERROR_REASON_PERIOD_UNKNOWN);
}

TEST_F(RecordedMeasurement, ComesOnceForAPeriod) {
  state_.Put(Parse<Measurement>(
      absl::StrCat("name: '", kShare, "/measurements/first' ", kComputed, "status: STATUS_APPROVED")));
  EXPECT_REFUSED(Record(""), ERROR_REASON_MEASUREMENT_IN_FORCE);
}

TEST_F(RecordedMeasurement, HasNoMoreDigitsThanTheIndicator) {
  EXPECT_THAT(Record("value { value: '30.12' }"), ::testing::Not(IsOk()));
}

TEST_F(RecordedMeasurement, SaysHowItWasComputed) {
  EXPECT_THAT(BadFields(Make("")), IsEmpty());
  Measurement measurement = Make("dimensions { key: 'a' value: 'b' }");
  measurement.set_supersedes(absl::StrCat(kShare, "/measurements/first"));
  measurement.clear_computation();
  EXPECT_THAT(BadFields(measurement),
              ElementsAre("measurement.computation", "measurement.dimensions", "measurement.supersedes"));
  EXPECT_THAT(BadFields(Make("computation { formula: 'x' formula_edition: '' }")),
              ElementsAre("measurement.computation.formula", "measurement.computation.formula_edition"));
}

TEST_F(RecordedMeasurement, CannotComeFromPeople) {
  rpc::Context context = state_.Look();
  Measurement measurement = Make("");
  EXPECT_REFUSED(MeasurementRules().write(context, nullptr, measurement), ERROR_REASON_INDICATOR_COMPUTED);
  PutIndicator("source: SOURCE_PEOPLE");
  rpc::Context later = state_.Look();
  Measurement pretended = Make("");
  EXPECT_THAT(MeasurementRules().write(later, nullptr, pretended),
              ::testing::Property(&absl::Status::code, StatusCode::kInvalidArgument));
}

}  // namespace
}  // namespace concord::objective
