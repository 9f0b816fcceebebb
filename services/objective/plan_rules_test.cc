#include "services/objective/plan_rules.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "concord/objective/v1/error_reason.pb.h"
#include "gmock/gmock.h"
#include "tests/support/plan_state.h"
#include "tests/support/status_matchers.h"

namespace concord::objective {
namespace {

using concord::testing::HasReason;
using concord::testing::IsOk;
using rpc::Parse;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using v1::Plan;

constexpr char kGoodPlan[] =
    "name: 'plans/p' title: 'T' organization { title: 'O' } period { start_date { year: 2011 month: 1 day: 1 } "
    "end_date { year: 2015 month: 12 day: 31 } } ";

std::vector<std::string> BadPlanFields(const Plan& plan) {
  return concord::testing::BadFields([&](Violations& violations) { CheckPlanValues(plan, "plan", violations); });
}

TEST(PlanValues, AreGoodUpToTheirLimits) {
  Plan plan = Parse<Plan>(kGoodPlan);
  EXPECT_THAT(BadPlanFields(plan), IsEmpty());
  const auto fill = [&](int more) {
    while (plan.values_size() < 50 + more) plan.add_values()->set_title("V");
    while (plan.language_codes_size() < 20 + more) plan.add_language_codes("fr-CH");
    while (plan.baseline_figures_size() < 50 + more) plan.add_baseline_figures()->set_title("F");
    while (plan.stakeholder_groups_size() < 50 + more) plan.add_stakeholder_groups("G");
    while (plan.sectors_size() < 100 + more) plan.add_sectors("S");
    while (plan.partners_size() < 50 + more) plan.add_partners("P");
    while (plan.strengths_size() < 50 + more) plan.add_strengths(std::string(500, 's'));
  };
  fill(0);
  EXPECT_THAT(BadPlanFields(plan), IsEmpty());
  fill(1);
  EXPECT_THAT(BadPlanFields(plan),
              ElementsAre("plan.values", "plan.language_codes", "plan.baseline_figures", "plan.stakeholder_groups",
                          "plan.sectors", "plan.partners", "plan.strengths"));
}

TEST(PlanValues, AllThatIsWrongIsTold) {
  EXPECT_THAT(
      BadPlanFields(
          Parse<Plan>("values { } period { start_date { year: 2012 month: 1 day: 1 } end_date { year: 2011 month: 1 "
                      "day: 1 } } language_codes: 'e' baseline_figures { qualifier: '\\001' as_of_date { } } "
                      "partners: ''")),
      ElementsAre("plan.title", "plan.organization.title", "plan.values[0].title", "plan.period.end_date",
                  "plan.language_codes[0]", "plan.baseline_figures[0].title", "plan.baseline_figures[0].qualifier",
                  "plan.baseline_figures[0].as_of_date", "plan.partners[0]"));
}

TEST(PlanValues, APeriodMayBeOneDay) {
  Plan plan = Parse<Plan>(kGoodPlan);
  *plan.mutable_period()->mutable_end_date() = plan.period().start_date();
  EXPECT_THAT(BadPlanFields(plan), IsEmpty());
}

class PlanMoves : public ::testing::Test {
 protected:
  PlanMoves() { state_.Put(Parse<Plan>(kGoodPlan)); }

  absl::Status Move(Plan::State from, Plan::State to, Plan* moved = nullptr) {
    Plan plan = Parse<Plan>(kGoodPlan);
    plan.set_state(from);
    rpc::Context context = state_.Look();
    const absl::Status status = MovePlan(context, to, plan);
    EXPECT_EQ(plan.state(), status.ok() ? to : from);
    if (moved != nullptr) *moved = plan;
    return status;
  }

  rpc::State state_{concord::testing::PlanTypes()};
};

TEST_F(PlanMoves, LeadOneStateOnAndNowhereElse) {
  state_.Put(Parse<v1::Objective>("name: 'plans/p/objectives/o' code: '1'"));
  const Plan::State states[] = {Plan::STATE_DRAFT, Plan::STATE_ACTIVE, Plan::STATE_CLOSED, Plan::STATE_ARCHIVED};
  for (int from = 0; from < 4; ++from) {
    for (int to = 1; to < 4; ++to) {
      const absl::Status status = Move(states[from], states[to]);
      if (to == from + 1) {
        EXPECT_THAT(status, IsOk());
      } else {
        EXPECT_THAT(status, HasReason(absl::StatusCode::kFailedPrecondition, v1::ERROR_REASON_WRONG_PLAN_STATE));
      }
    }
  }
}

TEST_F(PlanMoves, PutNoPlanInForceWithoutALivingObjective) {
  EXPECT_THAT(Move(Plan::STATE_DRAFT, Plan::STATE_ACTIVE),
              HasReason(absl::StatusCode::kFailedPrecondition, v1::ERROR_REASON_PLAN_WITHOUT_OBJECTIVES));
  state_.Put(Parse<v1::Objective>("name: 'plans/p/objectives/gone' code: '1' delete_time { seconds: 1 }"));
  EXPECT_THAT(Move(Plan::STATE_DRAFT, Plan::STATE_ACTIVE),
              HasReason(absl::StatusCode::kFailedPrecondition, v1::ERROR_REASON_PLAN_WITHOUT_OBJECTIVES));
  state_.Put(Parse<v1::Objective>("name: 'plans/p/objectives/o' code: '1'"));
  EXPECT_THAT(Move(Plan::STATE_DRAFT, Plan::STATE_ACTIVE), IsOk());
}

TEST_F(PlanMoves, BeginAsADraftAndEndWithNoChangeAtAll) {
  rpc::Context context = state_.Look();
  Plan plan = Parse<Plan>(absl::StrCat(kGoodPlan, "state: STATE_ACTIVE"));
  ASSERT_THAT(PlanRules().write(context, nullptr, plan), IsOk());
  EXPECT_EQ(plan.state(), Plan::STATE_DRAFT);
  for (const Plan::State over : {Plan::STATE_CLOSED, Plan::STATE_ARCHIVED}) {
    plan.set_state(over);
    EXPECT_THAT(PlanRules().write(context, &plan, plan),
                HasReason(absl::StatusCode::kFailedPrecondition, v1::ERROR_REASON_PLAN_CLOSED));
  }
}

// plans/p runs from 2011 to 2015 and has an action that begins in its midst and one that ends there.
class PlanPeriods : public PlanMoves {
 protected:
  PlanPeriods() {
    state_.Put(Parse<action::v1::Action>("name: 'plans/p/actions/begins' start_date { year: 2013 month: 6 day: 1 }"));
    state_.Put(Parse<action::v1::Action>("name: 'plans/p/actions/ends' due_date { year: 2013 month: 6 day: 1 }"));
    state_.Put(Parse<action::v1::Action>("name: 'plans/p/actions/neither'"));
    state_.Put(
        Parse<action::v1::Action>("name: 'plans/p/actions/both' start_date { year: 2001 month: 1 day: 1 } due_date { "
                                  "year: 2001 month: 1 day: 2 }"));
  }

  absl::Status MoveTo(const std::string& start, const std::string& end, const std::string& more = "") {
    const Plan before = Parse<Plan>(absl::StrCat(kGoodPlan, "state: STATE_ACTIVE"));
    Plan after = Parse<Plan>(absl::StrCat("period { start_date { ", start, " } end_date { ", end, " } } ", more));
    after.set_name(before.name());
    after.set_state(before.state());
    rpc::Context context = state_.Look();
    return PlanRules().write(context, &before, after);
  }
};

TEST_F(PlanPeriods, MayMoveAsFarAsTheActionsLetThem) {
  EXPECT_THAT(MoveTo("year: 2013 month: 6 day: 1", "year: 2013 month: 6 day: 1"), IsOk());
  EXPECT_THAT(MoveTo("year: 1990 month: 1 day: 1", "year: 2020 month: 1 day: 1"), IsOk());
}

TEST_F(PlanPeriods, MustNotMakeAnActionEndBeforeItBegins) {
  const auto refused = HasReason(absl::StatusCode::kFailedPrecondition, v1::ERROR_REASON_PERIOD_BREAKS_ACTION);
  const absl::Status early = MoveTo("year: 2011 month: 1 day: 1", "year: 2013 month: 5 day: 31");
  EXPECT_THAT(early, refused);
  EXPECT_EQ(MetadataOf(early, "name"), "plans/p");
  EXPECT_EQ(MetadataOf(early, "action"), "plans/p/actions/begins");
  EXPECT_EQ(MetadataOf(early, "count"), "1");
  const absl::Status late = MoveTo("year: 2013 month: 6 day: 2", "year: 2015 month: 12 day: 31");
  EXPECT_THAT(late, refused);
  EXPECT_EQ(MetadataOf(late, "action"), "plans/p/actions/ends");

  state_.Put(
      Parse<action::v1::Action>("name: 'plans/p/actions/begins' start_date { year: 2013 month: 6 day: 1 } "
                                "delete_time { seconds: 1 }"));
  EXPECT_THAT(MoveTo("year: 2011 month: 1 day: 1", "year: 2013 month: 5 day: 31"), IsOk()) << "that one is deleted";
}

// plans/p with one measured year.
class PlanOfMeasurements : public PlanPeriods {
 protected:
  static constexpr char kIndicator[] = "plans/p/objectives/o/indicators/i";

  PlanOfMeasurements() {
    state_.Put(Parse<v1::Objective>("name: 'plans/p/objectives/o' code: '1'"));
    state_.Put(Parse<v1::Indicator>(absl::StrCat("name: '", kIndicator, "' code: '1.a'")));
    Measure("status: STATUS_APPROVED value { value: '7' }");
  }
  void Measure(const std::string& more) {
    state_.Put(Parse<v1::Measurement>(absl::StrCat("name: '", kIndicator,
                                                   "/measurements/m' period { start_date { year: 2011 month: 1 day: 1 "
                                                   "} end_date { year: 2011 month: 12 day: 31 } } ",
                                                   more)));
  }
  absl::Status BeginIn2012() { return MoveTo("year: 2012 month: 1 day: 1", "year: 2015 month: 12 day: 31"); }
};

TEST_F(PlanOfMeasurements, LeavesNoneOfThemOutside) {
  const absl::Status status = BeginIn2012();
  EXPECT_THAT(status, HasReason(absl::StatusCode::kFailedPrecondition, v1::ERROR_REASON_PERIOD_BREAKS_MEASUREMENT));
  EXPECT_EQ(MetadataOf(status, "name"), "plans/p");
  EXPECT_EQ(MetadataOf(status, "measurement"), absl::StrCat(kIndicator, "/measurements/m"));
  EXPECT_EQ(MetadataOf(status, "period"), "2011-01-01/2011-12-31");
  EXPECT_EQ(MetadataOf(status, "count"), "1");
  EXPECT_THAT(MoveTo("year: 2011 month: 12 day: 31", "year: 2015 month: 12 day: 31"), IsOk())
      << "a part of the year is in it";
  Measure("status: STATUS_DRAFT");
  EXPECT_FALSE(BeginIn2012().ok()) << "it could come to count";
  Measure("status: STATUS_DRAFT delete_time { seconds: 1 }");
  EXPECT_THAT(BeginIn2012(), IsOk());
}

TEST_F(PlanOfMeasurements, IsNotHeldAgainstWhatIsHidden) {
  state_.Put(Parse<v1::Indicator>(absl::StrCat("name: '", kIndicator, "' code: '1.a' delete_time { seconds: 1 }")));
  EXPECT_THAT(BeginIn2012(), IsOk());
}

TEST_F(PlanPeriods, AreNotHeldAgainstActionsWhereTheyStay) {
  // As it could have come about before there was this rule.
  state_.Put(Parse<action::v1::Action>("name: 'plans/p/actions/broken' start_date { year: 2016 month: 1 day: 1 }"));
  EXPECT_THAT(MoveTo("year: 2011 month: 1 day: 1", "year: 2015 month: 12 day: 31", "title: 'New'"), IsOk());
}

}  // namespace
}  // namespace concord::objective
