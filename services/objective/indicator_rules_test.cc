#include "services/objective/indicator_rules.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "concord/objective/v1/error_reason.pb.h"
#include "concord/objective/v1/indicator.pb.h"
#include "concord/objective/v1/measurement.pb.h"
#include "gmock/gmock.h"
#include "services/objective/objective_rules.h"
#include "services/objective/parse_fixture.h"
#include "tests/support/plan_state.h"
#include "tests/support/status_matchers.h"

namespace concord::objective {
namespace {

using absl::StatusCode;
using concord::testing::HasReason;
using concord::testing::IsOk;
using rpc::Parse;
using v1::Indicator;

std::string NameOf(const std::string& objective, const std::string& id) {
  return absl::StrCat("plans/p/objectives/", objective, "/indicators/", id);
}

// Objectives o and x; indicators a and b of o, u of x, a sum of a.
class IndicatorWrite : public ::testing::Test {
 protected:
  IndicatorWrite() {
    state_.Put(Parse<v1::Plan>("name: 'plans/p' state: STATE_ACTIVE"));
    for (const char* id : {"o", "x"}) {
      state_.Put(Parse<v1::Objective>(absl::StrCat("name: 'plans/p/objectives/", id, "' code: '", id, "'")));
    }
    state_.Put(Make("o", "a"));
    state_.Put(Make("o", "b"));
    state_.Put(Make("x", "u", SumOf("o", "a")));
  }

  static Indicator Make(const std::string& objective, const std::string& id, const std::string& more = "") {
    return ParseOver<Indicator>(absl::StrCat("name: '", NameOf(objective, id), "' code: '", id,
                                             "' unit: 'seats' scale: 1 kind: KIND_CUMULATIVE "
                                             "frequency: FREQUENCY_YEARLY dimensions { key: 'k' members: ['m', 'n'] }"),
                                more);
  }
  static std::string SumOf(const std::string& objective, const std::string& id) {
    return absl::StrCat("roll_up { method: METHOD_SUM inputs { indicator: '", NameOf(objective, id), "' } } ");
  }

  void Measure(const std::string& more) {
    state_.Put(Parse<v1::Measurement>(absl::StrCat("name: '", NameOf("o", "a"), "/measurements/m' ", more)));
  }

  absl::Status Write(const Indicator* before, Indicator after) {
    rpc::Context context = state_.Look();
    return IndicatorRules().write(context, before, after);
  }
  // A change of indicator a.
  absl::Status Change(const std::string& more) {
    const Indicator before = Make("o", "a");
    Indicator after = before;
    EXPECT_TRUE(google::protobuf::TextFormat::MergeFromString(more, &after)) << more;
    return Write(&before, after);
  }
  absl::Status Remove(const std::string& objective, const std::string& id) {
    rpc::Context context = state_.Look();
    return IndicatorRules().remove(context, *context.Find(NameOf(objective, id))->message);
  }
  void Delete(const std::string& objective, const std::string& id) {
    state_.Put(Make(objective, id, "delete_time { seconds: 1 }"));
  }
  v1::Objective Objective(const std::string& id, bool deleted) {
    return Parse<v1::Objective>(absl::StrCat("name: 'plans/p/objectives/", id, "' code: '", id, "' ",
                                             deleted ? "delete_time { seconds: 1 }" : ""));
  }

  rpc::State state_{concord::testing::PlanTypes()};
};

#define EXPECT_REFUSED(status, reason) EXPECT_THAT(status, HasReason(StatusCode::kFailedPrecondition, v1::reason))

TEST_F(IndicatorWrite, NeedsAPlanThatIsNotOver) {
  EXPECT_THAT(Write(nullptr, Make("o", "new")), IsOk());
  state_.Put(Parse<v1::Plan>("name: 'plans/p' state: STATE_CLOSED"));
  EXPECT_REFUSED(Write(nullptr, Make("o", "new")), ERROR_REASON_PLAN_CLOSED);
  EXPECT_REFUSED(Change("title: 'T'"), ERROR_REASON_PLAN_CLOSED);
  EXPECT_REFUSED(Remove("o", "b"), ERROR_REASON_PLAN_CLOSED);
}

TEST_F(IndicatorWrite, RollsUpLivingIndicatorsOnly) {
  EXPECT_THAT(Write(nullptr, Make("x", "new", SumOf("o", "b"))), IsOk());
  EXPECT_REFUSED(Write(nullptr, Make("x", "new", SumOf("o", "none"))), ERROR_REASON_REFERENCE_BROKEN);
  Delete("o", "b");
  EXPECT_REFUSED(Write(nullptr, Make("x", "new", SumOf("o", "b"))), ERROR_REASON_REFERENCE_BROKEN);
  state_.Put(Objective("o", true));
  EXPECT_REFUSED(Write(nullptr, Make("x", "new", SumOf("o", "a"))), ERROR_REASON_REFERENCE_BROKEN)
      << "what is under something deleted does not live";
}

TEST_F(IndicatorWrite, RollsUpNothingOfWhichItIsAPart) {
  EXPECT_REFUSED(Change(SumOf("x", "u")), ERROR_REASON_ROLL_UP_CYCLE);
  EXPECT_REFUSED(Change(SumOf("o", "a")), ERROR_REASON_ROLL_UP_CYCLE);
  EXPECT_REFUSED(Write(nullptr, Make("o", "new", SumOf("o", "new"))), ERROR_REASON_ROLL_UP_CYCLE);
}

TEST_F(IndicatorWrite, StaysWhatOthersRollUp) {
  const absl::Status status = Change("unit: 'courses'");
  EXPECT_REFUSED(status, ERROR_REASON_ROLL_UP_MISMATCH);
  EXPECT_EQ(MetadataOf(status, "name"), NameOf("x", "u"));
  EXPECT_EQ(MetadataOf(status, "input"), NameOf("o", "a"));
  EXPECT_REFUSED(Change("kind: KIND_STOCK"), ERROR_REASON_ROLL_UP_MISMATCH);
  EXPECT_REFUSED(Change("frequency: FREQUENCY_MONTHLY"), ERROR_REASON_ROLL_UP_MISMATCH);
  Delete("x", "u");
  EXPECT_THAT(Change("unit: 'courses'"), IsOk());
}

TEST_F(IndicatorWrite, KeepsTheMeaningOfWhatWasMeasured) {
  Delete("x", "u");
  EXPECT_THAT(Change("unit: 'courses' scale: 0 kind: KIND_STOCK frequency: FREQUENCY_MONTHLY"), IsOk());
  Measure("status: STATUS_DRAFT");
  for (const char* change : {"unit: 'courses'", "scale: 0", "kind: KIND_STOCK", "frequency: FREQUENCY_MONTHLY"}) {
    const absl::Status status = Change(change);
    EXPECT_REFUSED(status, ERROR_REASON_INDICATOR_MEASURED) << change;
    EXPECT_EQ(MetadataOf(status, "field"), std::string(change, std::string(change).find(':')));
  }
  EXPECT_EQ(MetadataOf(Change(SumOf("o", "b")), "field"), "roll_up");
  EXPECT_EQ(MetadataOf(Change("source: SOURCE_FORMULA formula { formula: 'formulas/liaisons' }"), "field"), "formula");
  EXPECT_THAT(Change("scale: 2"), IsOk()) << "what is written stays readable";
  EXPECT_THAT(Change("direction: DIRECTION_DECREASE title: 'T' due_days: 3"), IsOk());
  Measure("status: STATUS_DRAFT delete_time { seconds: 1 }");
  EXPECT_THAT(Change("unit: 'courses'"), IsOk()) << "what is deleted fixes nothing";
}

TEST_F(IndicatorWrite, KeepsTheMembersThatAreUsed) {
  Measure("status: STATUS_SUPERSEDED dimensions { key: 'k' value: 'm' }");
  const Indicator before = Make("o", "a");
  Indicator after = before;
  after.mutable_dimensions(0)->mutable_members()->DeleteSubrange(1, 1);
  EXPECT_THAT(Write(&before, after), IsOk()) << "nobody uses n";
  after = before;
  after.mutable_dimensions(0)->mutable_members()->DeleteSubrange(0, 1);
  EXPECT_EQ(MetadataOf(Write(&before, after), "field"), "dimensions");
  after.clear_dimensions();
  EXPECT_REFUSED(Write(&before, after), ERROR_REASON_INDICATOR_MEASURED);
}

TEST_F(IndicatorWrite, HasNoBaselineAboveWhatIsInForce) {
  Measure("status: STATUS_APPROVED value { value: '10' }");
  EXPECT_THAT(Change("baseline { value { value: '10' } }"), IsOk());
  const absl::Status status = Change("baseline { value { value: '10.1' } }");
  EXPECT_REFUSED(status, ERROR_REASON_CUMULATIVE_FALLS);
  EXPECT_EQ(MetadataOf(status, "other"), "baseline");
  Measure("status: STATUS_SUBMITTED value { value: '10' }");
  EXPECT_THAT(Change("baseline { value { value: '10.1' } }"), IsOk()) << "it enters no figure yet";
}

TEST_F(IndicatorWrite, RemovesNothingThatOthersRollUp) {
  EXPECT_THAT(Remove("o", "b"), IsOk());
  EXPECT_THAT(Remove("x", "u"), IsOk());
  const absl::Status status = Remove("o", "a");
  EXPECT_REFUSED(status, ERROR_REASON_INDICATOR_IN_USE);
  EXPECT_EQ(MetadataOf(status, "name"), NameOf("o", "a"));
  EXPECT_EQ(MetadataOf(status, "indicator"), NameOf("x", "u"));
  EXPECT_EQ(MetadataOf(status, "count"), "1");
  state_.Put(Objective("x", true));
  EXPECT_THAT(Remove("o", "a"), IsOk()) << "who uses it is hidden with his objective";
}

class ObjectiveWithIndicators : public IndicatorWrite {
 protected:
  absl::Status RemoveObjective(const std::string& id) {
    rpc::Context context = state_.Look();
    return ObjectiveRules().remove(context, Objective(id, false));
  }
  absl::Status BringBack(const std::string& id) {
    rpc::Context context = state_.Look();
    const v1::Objective before = Objective(id, true);
    v1::Objective after = Objective(id, false);
    return ObjectiveRules().write(context, &before, after);
  }
};

TEST_F(ObjectiveWithIndicators, GoesUnlessOthersAreComputedFromThem) {
  EXPECT_THAT(RemoveObjective("x"), IsOk());
  const absl::Status status = RemoveObjective("o");
  EXPECT_REFUSED(status, ERROR_REASON_INDICATOR_IN_USE);
  EXPECT_EQ(MetadataOf(status, "name"), NameOf("o", "a"));
  Delete("x", "u");
  EXPECT_THAT(RemoveObjective("o"), IsOk());
  state_.Put(Make("o", "c", SumOf("o", "a")));
  EXPECT_THAT(RemoveObjective("o"), IsOk()) << "they go together";
}

TEST_F(ObjectiveWithIndicators, ComesBackIfWhatTheyAreComputedFromIsThere) {
  state_.Put(Objective("x", true));
  EXPECT_THAT(BringBack("x"), IsOk());
  state_.Put(Make("o", "a", "unit: 'courses'"));
  EXPECT_REFUSED(BringBack("x"), ERROR_REASON_ROLL_UP_MISMATCH);
  Delete("o", "a");
  EXPECT_REFUSED(BringBack("x"), ERROR_REASON_REFERENCE_BROKEN);
}

// While they were hidden, the plan's period left what was measured of a behind.
TEST_F(ObjectiveWithIndicators, ComesBackIfWhatWasMeasuredIsWithinThePlan) {
  state_.Put(
      Parse<v1::Plan>("name: 'plans/p' state: STATE_ACTIVE period { start_date { year: 2012 month: 1 day: 1 } "
                      "end_date { year: 2015 month: 12 day: 31 } }"));
  Measure(
      "status: STATUS_APPROVED period { start_date { year: 2011 month: 1 day: 1 } end_date { year: 2011 month: 12 "
      "day: 31 } }");
  state_.Put(Objective("o", true));
  EXPECT_REFUSED(BringBack("o"), ERROR_REASON_PERIOD_BREAKS_MEASUREMENT);
  const Indicator before = Make("o", "a", "delete_time { seconds: 1 }");
  state_.Put(before);
  EXPECT_THAT(BringBack("o"), IsOk()) << "the indicator itself stays hidden";
  state_.Put(Objective("o", false));
  EXPECT_REFUSED(Write(&before, Make("o", "a")), ERROR_REASON_PERIOD_BREAKS_MEASUREMENT);
  Measure("delete_time { seconds: 1 }");
  EXPECT_THAT(Write(&before, Make("o", "a")), IsOk());
}

}  // namespace
}  // namespace concord::objective
