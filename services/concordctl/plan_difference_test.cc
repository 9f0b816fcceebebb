#include "services/concordctl/plan_difference.h"

#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "google/protobuf/util/message_differencer.h"
#include "gtest/gtest.h"
#include "services/concordctl/plan_model_for_test.h"

namespace concord::ctl {
namespace {

using action::v1::Action;
using action::v1::Milestone;
using google::protobuf::util::MessageDifferencer;
using objective::v1::Indicator;
using objective::v1::Objective;
using planfile::v1::PlanFile;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

Objective MakeObjective(const std::string& id, const std::string& code) {
  Objective objective;
  objective.set_name("plans/p/objectives/" + id);
  objective.set_code(code);
  objective.set_title("T");
  return objective;
}

Action MakeAction(const std::string& id, const std::string& code, const std::vector<std::string>& dependencies = {}) {
  Action action;
  action.set_name("plans/p/actions/" + id);
  action.set_code(code);
  action.set_title("T");
  auto* link = action.add_objective_links();
  link->set_objective("plans/p/objectives/o");
  link->set_kind(action::v1::ObjectiveLink::KIND_CONTRIBUTES);
  for (const std::string& dependency : dependencies) action.add_dependencies("plans/p/actions/" + dependency);
  return action;
}

PlanFile MakeFile(const std::vector<Action>& actions) {
  PlanFile file;
  file.set_format(kPlanFormat);
  file.mutable_plan()->set_name("plans/p");
  *file.add_objectives() = MakeObjective("o", "1");
  for (const Action& action : actions) *file.add_actions() = action;
  return file;
}

PlanState MakeServer(const std::vector<Action>& actions) {
  PlanState server;
  const PlanFile file = MakeFile({});
  server.plan = file.plan();
  server.objectives = {file.objectives(0)};
  server.actions = actions;
  return server;
}

Difference Compare(const PlanFile& file, const PlanState& server, bool prune = false) {
  Violations violations;
  Difference difference = FindDifference(file, server, prune, violations);
  EXPECT_TRUE(violations.empty()) << violations.ToStatus();
  return difference;
}

// "create a", "update b: code" and so on, so that a test can be read.
std::vector<std::string> Words(const Difference& difference) {
  std::vector<std::string> words;
  for (const Step& step : difference.steps) {
    constexpr const char* kVerbs[] = {"create", "update", "undelete", "delete"};
    const std::string& name = NameOf(step.resource);
    std::string text = absl::StrCat(kVerbs[static_cast<int>(step.kind)], " ", name.substr(name.rfind('/') + 1));
    for (const FieldChange& change : step.changes) absl::StrAppend(&text, " ", change.field, ":", change.after);
    words.push_back(text);
  }
  return words;
}

TEST(FindDifference, CreatesEverythingOnAnEmptyServerWithDependenciesFirst) {
  const auto difference = Compare(MakeFile({MakeAction("a", "1", {"b"}), MakeAction("b", "2")}), {});
  EXPECT_THAT(Words(difference), ElementsAre("create p", "create o", "create b", "create a"));
}

TEST(FindDifference, IsEmptyWhereNothingDiffersButWhatTheServicesSet) {
  PlanState server = MakeServer({MakeAction("a", "1")});
  server.plan->set_uid("u");
  server.actions[0].set_etag("e");
  server.actions[0].set_state(Action::STATE_APPROVED);
  const auto difference = Compare(MakeFile({MakeAction("a", "1")}), server);
  EXPECT_THAT(difference.steps, IsEmpty());
  EXPECT_EQ(difference.unchanged_plans, 1);
  EXPECT_EQ(difference.unchanged_objectives, 1);
  EXPECT_EQ(difference.unchanged_actions, 1);
}

TEST(FindDifference, UpdatesJustWhatDiffersUnderTheEtagThatWasCompared) {
  PlanState server = MakeServer({MakeAction("a", "1")});
  server.actions[0].set_etag("e7");
  auto wanted = MakeAction("a", "1");
  wanted.set_title("New");
  const auto difference = Compare(MakeFile({wanted}), server);
  EXPECT_THAT(Words(difference), ElementsAre("update a title:New"));
  EXPECT_EQ(difference.steps[0].etag, "e7");
  EXPECT_EQ(difference.steps[0].changes[0].before, "T");
}

TEST(FindDifference, BringsBackWhatWasDeletedAndChangesIt) {
  PlanState server = MakeServer({MakeAction("a", "1")});
  SetDeleted(server.actions[0], true);
  EXPECT_THAT(Words(Compare(MakeFile({MakeAction("a", "2")}), server)), ElementsAre("undelete a code:2"));
}

TEST(FindDifference, KeepsWhatOnlyTheServerHasUnlessAskedToPrune) {
  const PlanState server = MakeServer({MakeAction("a", "1"), MakeAction("x", "8"), MakeAction("y", "9", {"x"})});
  const auto kept = Compare(MakeFile({MakeAction("a", "1")}), server);
  EXPECT_THAT(kept.steps, IsEmpty());
  EXPECT_THAT(kept.kept, ElementsAre("plans/p/actions/x", "plans/p/actions/y"));
  EXPECT_THAT(Words(Compare(MakeFile({MakeAction("a", "1")}), server, true)), ElementsAre("delete y", "delete x"));
}

TEST(FindDifference, FreesACodeBeforeAnotherTakesIt) {
  const PlanState server = MakeServer({MakeAction("a", "1"), MakeAction("b", "2")});
  EXPECT_THAT(Words(Compare(MakeFile({MakeAction("a", "2"), MakeAction("b", "3")}), server)),
              ElementsAre("update b code:3", "update a code:2"));
}

TEST(FindDifference, LetsTwoActionsExchangeTheirCodes) {
  const PlanState server = MakeServer({MakeAction("a", "1"), MakeAction("b", "2")});
  const auto difference = Compare(MakeFile({MakeAction("a", "2"), MakeAction("b", "1")}), server);
  EXPECT_THAT(Words(difference), ElementsAre("update b code:interim-1", "update a code:2", "update b code:1"));
  EXPECT_TRUE(difference.steps[0].interim);
}

TEST(FindDifference, DeletesEarlyWhatHoldsACodeThatIsNeeded) {
  const PlanState server = MakeServer({MakeAction("x", "1"), MakeAction("y", "2")});
  EXPECT_THAT(Words(Compare(MakeFile({MakeAction("a", "1")}), server, true)),
              ElementsAre("delete x", "create a", "delete y"));
}

TEST(FindDifference, TurnsADependencyRoundWithoutACircleInBetween) {
  const PlanState server = MakeServer({MakeAction("a", "1"), MakeAction("b", "2", {"a"})});
  EXPECT_THAT(Words(Compare(MakeFile({MakeAction("a", "1", {"b"}), MakeAction("b", "2")}), server)),
              ElementsAre("update b dependencies:", "update a dependencies:plans/p/actions/b"));
}

TEST(FindDifference, BringsBackADeletedActionWhoseOldCodeAnotherHolds) {
  PlanState server = MakeServer({MakeAction("a", "1"), MakeAction("b", "1")});
  SetDeleted(server.actions[0], true);
  EXPECT_THAT(Words(Compare(MakeFile({MakeAction("a", "2"), MakeAction("b", "1")}), server)),
              ElementsAre("update b code:interim-1", "undelete a code:2", "update b code:1"));
}

Indicator MakeIndicator(const std::string& id, const std::string& code, const std::vector<std::string>& inputs = {}) {
  Indicator indicator;
  indicator.set_name("plans/p/objectives/o/indicators/" + id);
  indicator.set_code(code);
  indicator.set_title("T");
  for (const std::string& input : inputs) {
    indicator.mutable_roll_up()->add_inputs()->set_indicator("plans/p/objectives/o/indicators/" + input);
  }
  return indicator;
}

Milestone MakeMilestone(const std::string& action, const std::string& id) {
  Milestone milestone;
  milestone.set_name("plans/p/actions/" + action + "/milestones/" + id);
  milestone.set_title("T");
  return milestone;
}

TEST(FindDifference, PutsIndicatorsAfterTheirInputsAndMilestonesAfterTheirActions) {
  PlanFile file = MakeFile({MakeAction("a", "1")});
  *file.add_indicators() = MakeIndicator("i", "1.a", {"j"});
  *file.add_indicators() = MakeIndicator("j", "1.b");
  *file.add_milestones() = MakeMilestone("a", "m");
  EXPECT_THAT(Words(Compare(file, {})),
              ElementsAre("create p", "create o", "create j", "create i", "create a", "create m"));
}

TEST(FindDifference, PrunesWhatLiesUnderSomethingBeforeIt) {
  PlanState server = MakeServer({MakeAction("a", "1")});
  server.indicators = {MakeIndicator("i", "1.a"), MakeIndicator("j", "1.b", {"i"})};
  server.milestones = {MakeMilestone("a", "m")};
  PlanFile file = MakeFile({});
  file.clear_objectives();
  EXPECT_THAT(Words(Compare(file, server, true)),
              ElementsAre("delete m", "delete a", "delete j", "delete i", "delete o"));
}

TEST(FindDifference, LeavesAloneWhatLiesUnderSomethingDeleted) {
  PlanState server = MakeServer({MakeAction("a", "1")});
  SetDeleted(server.actions[0], true);
  server.milestones = {MakeMilestone("a", "m")};
  const auto difference = Compare(MakeFile({}), server, true);
  EXPECT_THAT(difference.steps, IsEmpty());
  EXPECT_THAT(difference.kept, IsEmpty());
}

TEST(FindDifference, TellsWhatNoOrderCanBringBack) {
  PlanState server = MakeServer({MakeAction("a", "1", {"gone"}), MakeAction("gone", "2")});
  SetDeleted(server.actions[0], true);
  SetDeleted(server.actions[1], true);
  Violations violations;
  FindDifference(MakeFile({MakeAction("a", "1")}), server, false, violations);
  const auto told = ViolationsOf(violations.ToStatus());
  ASSERT_EQ(told.size(), 1u);
  EXPECT_EQ(told[0].first, "plans/p/actions/a");
  EXPECT_THAT(told[0].second, testing::HasSubstr("plans/p/actions/gone"));
}

// Random sound plans of few resources and fewer codes, so that they collide.
class RandomPlan {
 public:
  explicit RandomPlan(std::mt19937& random) : random_(random) {}

  PlanState Make(bool with_deleted) {
    PlanState state;
    state.plan.emplace();
    state.plan->set_name("plans/p");
    state.plan->set_title(absl::StrCat(Below(3)));
    for (int i = 0; i < 3; ++i) {
      if (Below(4) > 0)
        Add(state, state.objectives, MakeObjective(absl::StrCat(i), absl::StrCat(Below(4))), with_deleted);
    }
    for (int i = 0; i < 6; ++i) {
      if (Below(4) == 0) continue;
      Action action = MakeAction(absl::StrCat(i), absl::StrCat(Below(7)));
      action.mutable_objective_links(0)->set_objective(absl::StrCat("plans/p/objectives/", Below(3)));
      for (int j = Below(3); j > 0; --j) action.add_dependencies(absl::StrCat("plans/p/actions/", Below(6)));
      Add(state, state.actions, action, with_deleted);
    }
    for (int i = 0; i < 4; ++i) {
      if (Below(4) == 0) continue;
      std::vector<std::string> inputs;
      for (int j = Below(2); j > 0; --j) inputs.push_back(absl::StrCat(Below(4)));
      Indicator indicator = MakeIndicator(absl::StrCat(i), absl::StrCat(Below(5)), inputs);
      // Ids say the objective, so that inputs have one name in every plan.
      const auto under = [](int id) { return absl::StrCat("plans/p/objectives/", id % 3, "/indicators/", id); };
      indicator.set_name(under(i));
      for (auto& input : *indicator.mutable_roll_up()->mutable_inputs()) {
        input.set_indicator(under(input.indicator().back() - '0'));
      }
      Add(state, state.indicators, indicator, with_deleted);
      if (Below(2) == 0) continue;
      Add(state, state.milestones, MakeMilestone(absl::StrCat(Below(6)), absl::StrCat(i)), with_deleted);
    }
    return state;
  }

 private:
  int Below(int limit) { return static_cast<int>(random_() % limit); }

  // Adds it if the state stays sound; deleted it always does.
  template <typename T>
  void Add(PlanState& state, std::vector<T>& list, T resource, bool with_deleted) {
    list.push_back(resource);
    if (Unsoundness(state).empty() && (!with_deleted || Below(5) != 0)) return;
    list.pop_back();
    if (!with_deleted) return;
    SetDeleted(resource, true);
    list.push_back(resource);
  }

  std::mt19937& random_;
};

// Applies the steps to the server's state and compares it with the file; then
// the second comparison must be empty.
void CheckStepsLeadToTheFile(const PlanFile& file, PlanState server, bool prune, int& compared) {
  Violations violations;
  CheckAgainstServer(file, server, prune, violations);
  if (!violations.empty()) return;  // Refused before anything is written.
  const Difference difference = FindDifference(file, server, prune, violations);
  if (!violations.empty()) return;  // A deleted one with references to deleted ones.
  for (const Step& step : difference.steps) ASSERT_NO_FATAL_FAILURE(Apply(step, server));
  ++compared;
  const PlanFile after = ToPlanFile(server);
  if (prune) {
    EXPECT_TRUE(MessageDifferencer::Equals(after, file)) << after.DebugString() << file.DebugString();
  }
  const Difference second = FindDifference(file, server, prune, violations);
  EXPECT_THAT(Words(second), IsEmpty());
  EXPECT_EQ(second.kept, difference.kept);
  EXPECT_EQ(second.unchanged_actions, file.actions_size());
}

TEST(FindDifference, LeadsFromAnyPlanToAnyOtherInStepsThatAreAllowed) {
  const unsigned seed = std::random_device()();
  RecordProperty("seed", absl::StrCat(seed));
  std::mt19937 random(seed);
  RandomPlan plans(random);
  int compared = 0;
  for (int i = 0; i < 5000 && !testing::Test::HasFailure(); ++i) {
    SCOPED_TRACE(absl::StrCat("seed ", seed, " round ", i));
    const PlanFile file = ToPlanFile(plans.Make(false));
    CheckStepsLeadToTheFile(file, plans.Make(true), i % 2 == 0, compared);
  }
  EXPECT_GT(compared, 1000) << "too few plans came through: the property says little";
}

}  // namespace
}  // namespace concord::ctl
