#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/concordctl/stratml_fixture.h"

namespace concord::ctl {
namespace {

using planfile::v1::PlanFile;
using ::testing::HasSubstr;

PlanFile IsoPlan() {
  const char* source = std::getenv("CONCORD_SOURCE");
  std::ifstream file(absl::StrCat(source == nullptr ? "." : source, "/deploy/plans/iso-2011-2015/plan.json"));
  std::stringstream text;
  text << file.rdbuf();
  const auto plan = ParsePlanFile(text.str());
  EXPECT_TRUE(plan.ok()) << plan.status();
  return *plan;
}

class StratmlSidecar : public testing::TestWithParam<StratmlPart> {
 protected:
  // What comes back of the test's plan when its document was edited so.
  PlanFile Edited(const std::vector<std::pair<const char*, const char*>>& edits) {
    const std::string xml = WrittenAs(GetParam(), sidecar_);
    for (const auto& [before, after] : edits) EXPECT_THAT(xml, HasSubstr(before));
    read_ = ReadBack(absl::StrReplaceAll(xml, edits), {.sidecar = &sidecar_});
    return read_.file;
  }

  PlanFile sidecar_ = StratmlTestPlan();
  StratmlPlan read_;
};

INSTANTIATE_TEST_SUITE_P(BothParts, StratmlSidecar,
                         testing::Values(StratmlPart::kStrategicPlan, StratmlPart::kPerformance), [](const auto& part) {
                           return part.param == StratmlPart::kStrategicPlan ? "StrategicPlan" : "Performance";
                         });

TEST_P(StratmlSidecar, BringsTheIsoPlanBackUnchanged) {
  const PlanFile plan = IsoPlan();
  const StratmlPlan read = ReadBack(WrittenAs(GetParam(), plan), {.sidecar = &plan});
  EXPECT_EQ(FormatPlanFile(read.file), FormatPlanFile(plan));
  EXPECT_EQ(LossesOf(read), "");
  EXPECT_EQ(AssumptionsOf(read), "");
}

TEST_P(StratmlSidecar, BringsAPlanBackThatHasAllThatCanBeLost) {
  EXPECT_EQ(FormatPlanFile(Edited({})), FormatPlanFile(sidecar_));
  EXPECT_EQ(LossesOf(read_), "");
}

TEST_P(StratmlSidecar, TakesWhatTheDocumentSaysOtherwiseAndNothingElse) {
  PlanFile wanted = sidecar_;
  wanted.mutable_objectives(0)->set_title("Changed");
  wanted.mutable_plan()->set_vision("Another.");
  wanted.mutable_actions(1)->set_lead("members/z");
  EXPECT_EQ(FormatPlanFile(Edited({{"<Name>First</Name>", "<Name>Changed</Name>"},
                                   {"A &lt;better&gt; world.\n\nFor all.", "Another."},
                                   {"members/a", "members/z"}})),
            FormatPlanFile(wanted));
}

TEST_P(StratmlSidecar, EmptiesWhatTheDocumentNoLongerSaysUnlessItIsRequired) {
  PlanFile wanted = sidecar_;
  wanted.mutable_plan()->clear_mission();
  wanted.mutable_plan()->clear_partners();
  EXPECT_EQ(
      FormatPlanFile(Edited({{"To do.", ""}, {"<Name>IEC</Name>", "<Name/>"}, {"<Name>First</Name>", "<Name/>"}})),
      FormatPlanFile(wanted));
}

TEST_P(StratmlSidecar, KnowsAnElementByItsCodeWhenItsIdentifierIsGone) {
  PlanFile wanted = sidecar_;
  wanted.mutable_objectives(0)->set_title("Changed");
  EXPECT_EQ(FormatPlanFile(Edited({{"<Identifier>_plans.p.objectives.one</Identifier>", ""},
                                   {"<Identifier>_plans.p.actions.1-1</Identifier>", ""},
                                   {"<Name>First</Name>", "<Name>Changed</Name>"}})),
            FormatPlanFile(wanted));
}

TEST_P(StratmlSidecar, LetsGoWhatTheDocumentNoLongerHasAndWhatHungOnIt) {
  const std::string xml = WrittenAs(GetParam(), sidecar_);
  const size_t begin = xml.find("      <Objective>\n        <Name>Supports</Name>");
  const size_t end = xml.find("</Objective>\n", begin) + std::string("</Objective>\n").size();
  ASSERT_NE(begin, std::string::npos);
  const StratmlPlan read = ReadBack(xml.substr(0, begin) + xml.substr(end), {.sidecar = &sidecar_});
  PlanFile wanted = sidecar_;
  wanted.mutable_actions()->DeleteSubrange(0, 1);
  wanted.mutable_actions(0)->clear_dependencies();
  EXPECT_EQ(FormatPlanFile(read.file), FormatPlanFile(wanted));
  EXPECT_THAT(AssumptionsOf(read), HasSubstr("its dependency is gone"));
}

TEST_P(StratmlSidecar, MovesAnActionToTheGoalUnderWhichItStandsAndKeepsItsWeight) {
  const std::string xml = WrittenAs(GetParam(), sidecar_);
  const size_t begin = xml.find("      <Objective>\n        <Name>Supports</Name>");
  const size_t end = xml.find("</Objective>\n", begin) + std::string("</Objective>\n").size();
  std::string moved = xml.substr(0, begin) + xml.substr(end);
  moved.insert(moved.rfind("    </Goal>"), xml.substr(begin, end - begin));
  PlanFile wanted = sidecar_;
  wanted.mutable_actions(0)->mutable_objective_links(0)->set_objective("plans/p/objectives/2");
  EXPECT_EQ(FormatPlanFile(ReadBack(moved, {.sidecar = &sidecar_}).file), FormatPlanFile(wanted));
}

TEST_P(StratmlSidecar, AddsWhatIsNewBehindWhatIsThere) {
  const PlanFile file = Edited({{"</StrategicPlanCore>",
                                 "<Goal><Name>New</Name><Description/><Objective><Name>Also</Name></Objective>"
                                 "</Goal></StrategicPlanCore>"}});
  ASSERT_EQ(file.objectives_size(), 3);
  EXPECT_EQ(file.objectives(2).name(), "plans/p/objectives/3");
  EXPECT_EQ(file.objectives(2).code(), "3");
  ASSERT_EQ(file.actions_size(), 3);
  EXPECT_EQ(file.actions(2).code(), "3.1");
  EXPECT_EQ(file.actions(2).objective_links(0).objective(), "plans/p/objectives/3");
}

TEST_P(StratmlSidecar, IsRefusedForAnotherPlan) {
  EXPECT_THAT(RefusalOf(WrittenAs(GetParam(), sidecar_), {.plan = "plans/q", .sidecar = &sidecar_}),
              HasSubstr("the side-car is of plans/p, not of plans/q"));
}

TEST(StratmlSidecarOfPart2, TakesAnotherTargetAndLeavesTheRestOfTheIndicator) {
  const PlanFile sidecar = StratmlTestPlan();
  const std::string xml = absl::StrReplaceAll(WrittenAs(StratmlPart::kPerformance, sidecar), {{">12.5<", ">13.25<"}});
  PlanFile wanted = sidecar;
  wanted.mutable_indicators(0)->mutable_targets(0)->mutable_value()->set_value("13.25");
  wanted.mutable_indicators(0)->set_scale(2);
  const StratmlPlan read = ReadBack(xml, {.sidecar = &sidecar});
  EXPECT_EQ(FormatPlanFile(read.file), FormatPlanFile(wanted));
  EXPECT_THAT(AssumptionsOf(read), HasSubstr("2 digits after the point"));
}

TEST(StratmlSidecarOfPart2, CopiesAPlanUnderAnotherNameWithItsIds) {
  const StratmlPlan read = ReadBack(WrittenAs(StratmlPart::kPerformance, StratmlTestPlan()), {.plan = "plans/copy"});
  EXPECT_EQ(read.file.objectives(0).name(), "plans/copy/objectives/one");
  EXPECT_EQ(read.file.indicators(1).name(), "plans/copy/objectives/2/indicators/2-a");
}

}  // namespace
}  // namespace concord::ctl
