#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/aip/date.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/concordctl/stratml_fixture.h"

namespace concord::ctl {
namespace {

using objective::v1::Measurement;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kIndicatorName[] = "plans/p/objectives/one/indicators/1-a";

Measurement MeasuredIn(int year, const std::string& value) {
  Measurement measurement;
  measurement.set_name(absl::StrCat(kIndicatorName, "/measurements/m", year));
  measurement.set_status(Measurement::STATUS_APPROVED);
  *measurement.mutable_period()->mutable_start_date() = aip::FromDay(absl::CivilDay(year, 1, 1));
  *measurement.mutable_period()->mutable_end_date() = aip::FromDay(absl::CivilDay(year, 12, 31));
  measurement.mutable_value()->set_value(value);
  return measurement;
}

// The text without white space between elements.
std::string Packed(const std::string& xml) {
  std::string packed;
  for (const char c : xml) {
    if (c == '\n' || (c == ' ' && (packed.empty() || packed.back() == '>' || packed.back() == ' '))) continue;
    packed.push_back(c);
  }
  return packed;
}

std::vector<std::string> UnsaidFields(StratmlPart part, const planfile::v1::PlanFile& file,
                                      const std::vector<Measurement>& measurements = {}) {
  const auto text = WriteStratml(file, part, measurements);
  std::vector<std::string> fields;
  for (const UnsaidField& field : text->unsaid) fields.push_back(absl::StrCat(field.field, " ", field.count));
  return fields;
}

TEST(StratmlWriting, GivesEachObjectiveAGoalAndEachActionAnObjectiveUnderItsFirstLink) {
  const std::string xml = Packed(WrittenAs(StratmlPart::kStrategicPlan, StratmlTestPlan()));
  EXPECT_THAT(xml, HasSubstr("<Goal><Name>First</Name><Description>It is so.</Description>"
                             "<Identifier>_plans.p.objectives.one</Identifier><SequenceIndicator>1</SequenceIndicator>"
                             "<Stakeholder><Name>A. Person</Name></Stakeholder>"
                             "<Objective><Name>Supports</Name>"));
  EXPECT_THAT(xml, HasSubstr("<Name>Contributes</Name><Description>At length.</Description>"
                             "<Identifier>_plans.p.actions.1-1</Identifier><SequenceIndicator>1.1</SequenceIndicator>"
                             "<Stakeholder StakeholderTypeType=\"Organization\"><Name>members/a</Name>"
                             "<Description>Lead</Description></Stakeholder>"));
  EXPECT_THAT(xml, HasSubstr("<Goal><Name>Second</Name><Description />")) << "the schema wants a description";
}

TEST(StratmlWriting, EscapesWhatXmlWouldTakeForMarkup) {
  EXPECT_THAT(WrittenAs(StratmlPart::kStrategicPlan, StratmlTestPlan()),
              AllOf(HasSubstr("A plan &amp; more"), HasSubstr("A &lt;better&gt; world.\n\nFor all.")));
}

TEST(StratmlWriting, PutsIndicatorsUnderTheFirstContributingActionAndElseUnderANamelessOne) {
  const std::string xml = Packed(WrittenAs(StratmlPart::kPerformance, StratmlTestPlan()));
  const size_t contributes = xml.find("<Name>Contributes</Name>");
  const size_t users = xml.find("<MeasurementDimension>Users</MeasurementDimension>");
  ASSERT_NE(users, std::string::npos);
  EXPECT_LT(contributes, users);
  EXPECT_LT(users, xml.find("<Name>Second</Name>"));
  EXPECT_THAT(xml, HasSubstr("<Objective><PerformanceIndicator PerformanceIndicatorType=\"Quantitative\">"
                             "<SequenceIndicator>2.a</SequenceIndicator>"));
}

TEST(StratmlWriting, TellsBaselineTargetsAndResultsByTheirDays) {
  const std::string xml = Packed(WrittenAs(StratmlPart::kPerformance, StratmlTestPlan(), {MeasuredIn(2012, "0")}));
  EXPECT_THAT(xml, HasSubstr("<ActualResult><EndDate>2010-12-31</EndDate><NumberOfUnits>0</NumberOfUnits><Descriptor>"
                             "<DescriptorName>Baseline</DescriptorName></Descriptor><Description>A survey"));
  EXPECT_THAT(xml, HasSubstr("<TargetResult><EndDate>2012-12-31</EndDate><NumberOfUnits>12.5</NumberOfUnits>"
                             "</TargetResult><ActualResult><StartDate>2012-01-01</StartDate>"
                             "<EndDate>2012-12-31</EndDate><NumberOfUnits>0</NumberOfUnits></ActualResult>"));
}

TEST(StratmlWriting, NeverTakesNoDataForZero) {
  Measurement nothing = MeasuredIn(2012, "0");
  nothing.mutable_no_data()->set_reason("nobody asked");
  EXPECT_THAT(Packed(WrittenAs(StratmlPart::kPerformance, StratmlTestPlan(), {nothing})),
              HasSubstr("<EndDate>2012-12-31</EndDate><NumberOfUnits /><Descriptor>"
                        "<DescriptorName>Status</DescriptorName><DescriptorValue>no data</DescriptorValue></Descriptor>"
                        "<Description>nobody asked</Description></ActualResult>"));
}

TEST(StratmlWriting, IsAReportOnlyWithResultsInForce) {
  const auto type_with = [](const Measurement& measurement) {
    const std::string xml = WrittenAs(StratmlPart::kPerformance, StratmlTestPlan(), {measurement});
    return xml.find("Type=\"Performance_Report\"") != std::string::npos;
  };
  EXPECT_TRUE(type_with(MeasuredIn(2012, "3")));
  Measurement draft = MeasuredIn(2012, "3");
  draft.set_status(Measurement::STATUS_SUBMITTED);
  EXPECT_FALSE(type_with(draft));
  Measurement part = MeasuredIn(2012, "3");
  (*part.mutable_dimensions())["income"] = "low";
  EXPECT_FALSE(type_with(part));
}

TEST(StratmlWriting, ListsEveryFieldThatPart1DoesNotCarry) {
  EXPECT_THAT(UnsaidFields(StratmlPart::kStrategicPlan, StratmlTestPlan()),
              ElementsAre("plan.sectors 1", "objectives.weight 1", "actions.objective_links.kind 2",
                          "actions.objective_links.weight 2", "actions.objective_links.objective 1",
                          "actions.due_date 1", "actions.dependencies 1", "indicators 2", "milestones 1"));
}

TEST(StratmlWriting, ListsEveryFieldThatPart2DoesNotCarry) {
  Measurement measured = MeasuredIn(2012, "3");
  measured.add_evidence()->set_title("A report");
  Measurement part = MeasuredIn(2013, "3");
  (*part.mutable_dimensions())["income"] = "low";
  EXPECT_THAT(UnsaidFields(StratmlPart::kPerformance, StratmlTestPlan(), {measured, part}),
              ElementsAre("plan.sectors 1", "objectives.weight 1", "actions.objective_links.kind 2",
                          "actions.objective_links.weight 2", "actions.objective_links.objective 1",
                          "actions.due_date 1", "actions.dependencies 1", "indicators.labels 1", "indicators.scale 1",
                          "indicators.direction 2", "indicators.kind 2", "indicators.frequency 2",
                          "indicators.source 2", "indicators.roll_up.method 1", "indicators.roll_up.inputs.indicator 1",
                          "milestones 1", "measurements.evidence 1", "measurements.period.start_date 1",
                          "measurements.period.end_date 1", "measurements.value 1", "measurements.dimensions 1"));
}

TEST(StratmlWriting, LeavesOutWhatXmlCannotHoldAndSaysSo) {
  planfile::v1::PlanFile file = StratmlTestPlan();
  file.mutable_plan()->set_mission("To\x01 do.");
  const auto text = WriteStratml(file, StratmlPart::kStrategicPlan);
  ASSERT_TRUE(text.ok());
  EXPECT_THAT(text->xml, AllOf(HasSubstr("To do."), Not(HasSubstr("&#1;"))));
  EXPECT_EQ(text->unsaid[0].field, "plan.mission");
}

TEST(StratmlWriting, SaysOfASimulatedPlanThatItIsNotReal) {
  planfile::v1::PlanFile file = StratmlTestPlan();
  (*file.mutable_plan()->mutable_labels())["simulated"] = "true";
  const std::string xml = WrittenAs(StratmlPart::kPerformance, file);
  EXPECT_THAT(xml, HasSubstr("<OtherInformation>Simulated: invented"));
  EXPECT_EQ(ReadBack(xml).file.plan().labels().at("simulated"), "true");
}

TEST(StratmlWriting, RefusesAPlanWithoutObjectives) {
  planfile::v1::PlanFile file = StratmlTestPlan();
  file.clear_objectives();
  EXPECT_EQ(WriteStratml(file, StratmlPart::kStrategicPlan).status().code(), absl::StatusCode::kFailedPrecondition);
}

}  // namespace
}  // namespace concord::ctl
