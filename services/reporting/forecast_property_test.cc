// What holds of the forecasts of every plan.
#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <map>
#include <random>
#include <string>

#include "absl/strings/str_cat.h"
#include "common/aip/date.h"
#include "services/reporting/action_forecast.h"
#include "services/reporting/random_test_plan.h"

namespace concord::reporting {
namespace {

using ::concord::action::v1::Action;
using ::concord::action::v1::Milestone;
using ::concord::action::v1::ProgressReport;

constexpr uint32_t kSeeds = 300;

// A random plan whose actions depend on each other, without a circle but in every seventh.
class LinkedPlan : public RandomPlan {
 public:
  explicit LinkedPlan(uint32_t seed) : RandomPlan(seed, 2, seed % 3 == 0 ? 150 : 25), random_(seed) {
    for (size_t i = 0; i < actions.size(); ++i) {
      if (actions[i].state() == Action::STATE_PROPOSED) actions[i].set_state(Action::STATE_APPROVED);
      const size_t others = seed % 7 == 0 ? actions.size() : i;
      for (int links = Below(3); links > 0 && others > 0; --links) {
        const Action& other = actions[static_cast<size_t>(Below(static_cast<int>(others)))];
        if (other.name() != actions[i].name()) actions[i].add_dependencies(other.name());
      }
    }
  }

  PlanResources Resources() const {
    PlanResources resources = ResourcesOf(plan, objectives, actions);
    resources.milestones = ByName(milestones);
    resources.progress_reports = ByName(reports);
    return resources;
  }

  // By name, as they are sent, and what the method says of itself.
  std::map<std::string, v1::ActionForecast> Forecasts() const {
    const PlanResources resources = Resources();
    const ActionForecasts forecasts(resources, day);
    std::map<std::string, v1::ActionForecast> by_name;
    for (size_t i = 0; i < resources.actions.size(); ++i) by_name[resources.actions[i]->name()] = forecasts.Of(i);
    return by_name;
  }

  std::string Text() const {
    std::string text;
    for (const auto& [name, forecast] : Forecasts()) absl::StrAppend(&text, forecast.ShortDebugString(), "\n");
    const PlanResources resources = Resources();
    return absl::StrCat(text, ActionForecasts(resources, day).method_error().ShortDebugString());
  }

  bool Learns() const {
    const PlanResources resources = Resources();
    return ActionForecasts(resources, day).stretches().has_value();
  }

  int Below(int limit) { return std::uniform_int_distribution<int>(0, limit - 1)(random_); }

 private:
  std::mt19937 random_;
};

TEST(EveryForecast, DoesNotDependOnWhatIsDatedLater) {
  int changed = 0;
  for (uint32_t seed = 1; seed <= kSeeds; ++seed) {
    LinkedPlan plan(seed);
    const std::string before = plan.Text();
    const auto later = [&](const google::type::Date& date) { return aip::ToDay(date) > plan.day; };
    for (ProgressReport& report : plan.reports) {
      if (!later(report.date())) continue;
      report.mutable_percent()->set_value(absl::StrCat(plan.Below(100)));
      ++changed;
    }
    for (Milestone& milestone : plan.milestones) {
      if (milestone.state() != Milestone::STATE_REACHED || !milestone.has_reached_date()) continue;
      if (later(milestone.reached_date())) *milestone.mutable_reached_date() = DateOf(plan.day + 1 + plan.Below(90));
    }
    for (Action& action : plan.actions) {
      if (!action.has_actual_end_date() || !later(action.actual_end_date())) continue;
      *action.mutable_actual_end_date() = DateOf(plan.day + 1 + plan.Below(400));
      ++changed;
      // That it is completed is known from that day on, too.
      if (action.state() == Action::STATE_COMPLETED && action.has_actual_start_date()) {
        action.set_state(Action::STATE_IN_PROGRESS);
        action.clear_actual_end_date();
      }
    }
    EXPECT_EQ(plan.Text(), before) << "seed " << seed;
  }
  EXPECT_GT(changed, 100);
}

TEST(EveryForecast, DoesNotDependOnTheOrderOfRows) {
  for (uint32_t seed = 1; seed <= kSeeds; ++seed) {
    LinkedPlan plan(seed);
    const std::string before = plan.Text();
    plan.Shuffle();
    EXPECT_EQ(plan.Text(), before) << "seed " << seed;
  }
}

// Whoever reports less progress ends later, and so does all that depends on him; unless it is learnt from the past that
// such reports are too low.
TEST(EveryForecast, MovesNothingForwardWhenSomethingIsDelayed) {
  int moved = 0;
  for (uint32_t seed = 1; seed <= kSeeds; ++seed) {
    LinkedPlan plan(seed);
    if (plan.Learns()) continue;
    const auto before = plan.Forecasts();
    for (ProgressReport& report : plan.reports) {
      if (plan.Below(4) > 0) continue;
      const double percent = std::stod(report.percent().value());
      report.mutable_percent()->set_value(absl::StrCat(1 + static_cast<int>(percent) / 2));
      if (percent < 1) report.mutable_percent()->set_value("0.01");
    }
    if (plan.Learns()) continue;
    for (const auto& [name, after] : plan.Forecasts()) {
      const v1::ActionForecast& was = before.at(name);
      if (!was.has_expected_end_date() || !after.has_expected_end_date()) continue;
      EXPECT_GE(aip::ToDay(after.expected_end_date()), aip::ToDay(was.expected_end_date())) << name << " " << seed;
      moved += aip::ToDay(after.expected_end_date()) > aip::ToDay(was.expected_end_date()) ? 1 : 0;
    }
  }
  EXPECT_GT(moved, 50);
}

TEST(EveryForecast, IsThereOrSaysWhyNot) {
  std::map<v1::ActionForecast::Basis, int> seen;
  int intervals = 0;
  for (uint32_t seed = 1; seed <= kSeeds; ++seed) {
    LinkedPlan plan(seed);
    for (const auto& [name, forecast] : plan.Forecasts()) {
      ++seen[forecast.basis()];
      const bool given = forecast.basis() == v1::ActionForecast::BASIS_ACTUAL_END ||
                         forecast.basis() == v1::ActionForecast::BASIS_RATE_SO_FAR ||
                         forecast.basis() == v1::ActionForecast::BASIS_PLANNED_DURATION;
      EXPECT_EQ(forecast.has_expected_end_date(), given) << forecast.ShortDebugString();
      EXPECT_NE(forecast.interval_state(), v1::INTERVAL_STATE_UNSPECIFIED);
      EXPECT_NE(forecast.within_plan(), v1::OUTLOOK_UNSPECIFIED);
      if (given && forecast.basis() != v1::ActionForecast::BASIS_ACTUAL_END) {
        EXPECT_GT(aip::ToDay(forecast.expected_end_date()), plan.day) << forecast.ShortDebugString();
      }
      if (forecast.interval_state() == v1::INTERVAL_STATE_GIVEN) {
        EXPECT_LE(aip::ToDay(forecast.earliest_end_date()), aip::ToDay(forecast.expected_end_date()));
        EXPECT_LE(aip::ToDay(forecast.expected_end_date()), aip::ToDay(forecast.latest_end_date()));
        ++intervals;
      }
    }
  }
  EXPECT_EQ(seen.count(v1::ActionForecast::BASIS_UNSPECIFIED), 0);
  EXPECT_GT(intervals, 20);
  EXPECT_GT(seen[v1::ActionForecast::BASIS_RATE_SO_FAR], 50);
  EXPECT_GT(seen[v1::ActionForecast::BASIS_PLANNED_DURATION], 50);
  EXPECT_GT(seen[v1::ActionForecast::BASIS_CIRCLE], 10);
  EXPECT_GT(seen[v1::ActionForecast::BASIS_DEPENDENCY], 50);
}

}  // namespace
}  // namespace concord::reporting
