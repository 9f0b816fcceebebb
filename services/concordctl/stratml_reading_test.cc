#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "google/protobuf/util/message_differencer.h"
#include "gtest/gtest.h"
#include "services/concordctl/stratml_fixture.h"

namespace concord::ctl {
namespace {

using objective::v1::Indicator;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

StratmlPlan Read(const std::string& xml) { return ReadBack(xml, {.plan = "plans/t"}); }

std::string Times(const std::string& text, int count) {
  std::string all;
  for (int i = 0; i < count; ++i) absl::StrAppend(&all, text);
  return all;
}

TEST(StratmlReading, TakesBackWithoutASidecarAllThatWasNotSaidToBeLost) {
  const planfile::v1::PlanFile written = StratmlTestPlan();
  const planfile::v1::PlanFile read = ReadBack(WrittenAs(StratmlPart::kPerformance, written)).file;
  EXPECT_EQ(read.plan().name(), "plans/p");
  planfile::v1::PlanFile wanted = written;
  wanted.mutable_plan()->clear_sectors();
  EXPECT_EQ(read.plan().DebugString(), wanted.plan().DebugString());
  wanted.mutable_objectives(0)->clear_weight();
  EXPECT_EQ(read.objectives(0).DebugString(), wanted.objectives(0).DebugString());
  ASSERT_EQ(read.indicators_size(), 2);
  EXPECT_EQ(read.indicators(0).baseline().DebugString(), wanted.indicators(0).baseline().DebugString());
  EXPECT_EQ(read.indicators(0).targets_size(), 2);
  EXPECT_EQ(read.indicators(0).description(), "Who uses it.");
  ASSERT_EQ(read.actions_size(), 2);
  EXPECT_EQ(read.actions(1).lead(), "members/a");
  EXPECT_EQ(read.actions(1).contributors_size(), 2);
}

TEST(StratmlReading, TellsTheKindOfTheDocument) {
  EXPECT_EQ(Read(StratmlWith("")).document, "StratML Part 1");
  EXPECT_EQ(Read(PerformanceWith("")).document, "StratML Part 2, Performance_Plan");
}

TEST(StratmlReading, MakesNamesAndCodesOfSequenceIndicators) {
  const StratmlPlan plan =
      Read(StratmlWith("<Goal><Name>A</Name><SequenceIndicator>Goal 1</SequenceIndicator>"
                       "<Objective><Name>B</Name><SequenceIndicator>1.A</SequenceIndicator></Objective>"
                       "<Objective><Name>C</Name></Objective></Goal>"));
  EXPECT_EQ(plan.file.objectives(0).code(), "Goal-1");
  EXPECT_EQ(plan.file.objectives(0).name(), "plans/t/objectives/goal-1");
  EXPECT_EQ(plan.file.actions(0).name(), "plans/t/actions/1-a");
  EXPECT_EQ(plan.file.actions(1).code(), "Goal-1.2");
  EXPECT_THAT(LossesOf(plan), HasSubstr("/SequenceIndicator Goal 1: is no code; it is \"Goal-1\" in the plan"));
  EXPECT_THAT(AssumptionsOf(plan), HasSubstr("no SequenceIndicator; its code is \"Goal-1.2\""));
}

TEST(StratmlReading, GivesOneCodeToOneThingOnly) {
  const StratmlPlan plan =
      Read(StratmlWith(Times("<Goal><Name>A</Name><SequenceIndicator>1</SequenceIndicator>"
                             "<Objective><Name>B</Name><SequenceIndicator>1</SequenceIndicator></Objective></Goal>",
                             3)));
  EXPECT_EQ(plan.file.objectives(1).code(), "2");
  EXPECT_EQ(plan.file.objectives(2).code(), "3");
  EXPECT_EQ(plan.file.actions(1).code(), "2.1");
  EXPECT_THAT(LossesOf(plan), HasSubstr("Goal[2]/SequenceIndicator 1: is there already; it is \"2\" in the plan"));
}

TEST(StratmlReading, ListsWhateverHasNoPlaceWithLinePathAndValue) {
  const StratmlPlan plan = Read(StratmlWith(
      "<Goal mark=\"m\"><Name>A</Name><Name>Again</Name><Unheard>of <b>this</b></Unheard><!-- aside --></Goal>\n"
      "<Goal><Name>B</Name>loose</Goal>",
      "<Name>Theirs</Name><Description>What it is.</Description>"));
  EXPECT_THAT(LossesOf(plan), AllOf(HasSubstr("2 /StrategicPlan/Description What it is.: has no place in a plan\n"),
                                    HasSubstr("5 /StrategicPlan/StrategicPlanCore/Goal/@mark m: "),
                                    HasSubstr("5 /StrategicPlan/StrategicPlanCore/Goal/Name[2] Again: "),
                                    HasSubstr("5 /StrategicPlan/StrategicPlanCore/Goal/Unheard of: "),
                                    HasSubstr("5 /StrategicPlan/StrategicPlanCore/Goal/Unheard/b this: "),
                                    HasSubstr("/Goal/comment() aside: "),
                                    HasSubstr("6 /StrategicPlan/StrategicPlanCore/Goal[2] loose")));
}

TEST(StratmlReading, SaysWhatBecomesOfASecondLead) {
  const auto lead = [](const char* member) {
    return absl::StrCat("<Stakeholder><Name>members/", member, "</Name><Description>Lead</Description></Stakeholder>");
  };
  const StratmlPlan plan = Read(StratmlWith(
      absl::StrCat("<Goal><Name>A</Name><Objective><Name>B</Name>", lead("a"), lead("b"), "</Objective></Goal>")));
  EXPECT_EQ(plan.file.actions(0).lead(), "members/a");
  EXPECT_EQ(plan.file.actions(0).contributors(0), "members/b");
  EXPECT_THAT(AssumptionsOf(plan), HasSubstr("leads, too: an action has one lead, so it is a contributor"));
}

TEST(StratmlReading, PassesOverWhatIsLeftOverFromAForm) {
  const StratmlPlan plan = Read(StratmlWith(
      "<Goal><Name/><Description/><Objective><Name/><Stakeholder><Name/></Stakeholder></Objective></Goal>"));
  EXPECT_EQ(plan.file.objectives_size(), 0);
  EXPECT_EQ(LossesOf(plan), "");
}

TEST(StratmlReading, CallsWhatHasNoNameByItsDescriptionAndSaysSo) {
  const StratmlPlan plan = Read(StratmlWith("<Goal><Name/><Description>It is so.</Description></Goal>"));
  EXPECT_EQ(plan.file.objectives(0).title(), "It is so.");
  EXPECT_THAT(AssumptionsOf(plan), HasSubstr("plans/t/objectives/1: it has no Name; its title is \"It is so.\""));
}

TEST(StratmlReading, PutsOtherInformationBehindTheDescription) {
  const StratmlPlan plan = Read(StratmlWith(
      "<Goal><Name>A</Name><Description>One.</Description><OtherInformation>Two.</OtherInformation></Goal>"));
  EXPECT_EQ(plan.file.objectives(0).outcome(), "One.\n\nTwo.");
}

TEST(StratmlReading, NeverCutsATextSilently) {
  const StratmlPlan plan = Read(StratmlWith(absl::StrCat("<Goal><Name>", Times("é", 201), "</Name><Description>",
                                                         Times("x", 4001), "</Description></Goal>")));
  EXPECT_EQ(plan.file.objectives(0).title(), Times("é", 199) + "…");
  EXPECT_EQ(plan.file.objectives(0).outcome(), "");
  EXPECT_THAT(LossesOf(plan), AllOf(HasSubstr("has 201 characters, at most 200 are allowed: it was cut"),
                                    HasSubstr("has 4001 characters, at most 4000 are allowed")));
}

TEST(StratmlReading, AssumesAPeriodWhereTheDocumentSaysHalfOfIt) {
  const std::string xml =
      "<StrategicPlan><Name>A</Name><StrategicPlanCore/><AdministrativeInformation>"
      "<StartDate>2017-03-27</StartDate></AdministrativeInformation></StrategicPlan>";
  const StratmlPlan plan = Read(xml);
  EXPECT_EQ(plan.file.plan().period().end_date().year(), 2021);
  EXPECT_THAT(AssumptionsOf(plan), AllOf(HasSubstr("it has no EndDate"), HasSubstr("there is no namespace"),
                                         HasSubstr("its organization has no Name")));
  google::type::Date end;
  end.set_year(2018);
  end.set_month(1);
  end.set_day(31);
  EXPECT_EQ(ReadBack(xml, {.plan = "plans/t", .end_date = &end}).file.plan().period().end_date().year(), 2018);
}

TEST(StratmlReading, RefusesAPlanThatHasNoTimeAtAll) {
  EXPECT_EQ(
      RefusalOf("<StrategicPlan><Name>A</Name>\n<StrategicPlanCore/>\n<AdministrativeInformation/></StrategicPlan>"),
      "line 3: there is neither a StartDate nor an EndDate nor a PublicationDate: say --start-date and --end-date");
}

TEST(StratmlReading, ReadsElementsOfThePrefixOfTheRoot) {
  const StratmlPlan plan = Read(
      "<s:StrategicPlan xmlns:s=\"urn:ISO:std:iso:17469:tech:xsd:stratml_core\"><s:Name>A</s:Name><Name>B</Name>"
      "<s:StrategicPlanCore/><s:AdministrativeInformation><s:StartDate>2011-01-01</s:StartDate>"
      "</s:AdministrativeInformation></s:StrategicPlan>");
  EXPECT_EQ(plan.file.plan().title(), "A");
  EXPECT_THAT(LossesOf(plan), HasSubstr("/s:StrategicPlan/Name B"));
}

TEST(StratmlReading, TakesOrganizationsForPartnersAndGroupsForGroups) {
  const StratmlPlan plan = Read(
      absl::StrCat("<StrategicPlan><Name>A</Name><StrategicPlanCore><Organization><Name>Them</Name>",
                   "<Stakeholder StakeholderTypeType=\"Organization\"><Name>IEC</Name></Stakeholder>",
                   "<Stakeholder StakeholderTypeType=\"Generic_Group\"><Name>consumers</Name></Stakeholder>",
                   "<Stakeholder StakeholderTypeType=\"Person\"><Name>A. Person</Name></Stakeholder>",
                   "</Organization></StrategicPlanCore><AdministrativeInformation><StartDate>2011-01-01</StartDate>",
                   "</AdministrativeInformation></StrategicPlan>"));
  EXPECT_EQ(plan.file.plan().partners(0), "IEC");
  EXPECT_EQ(plan.file.plan().stakeholder_groups(0), "consumers");
  EXPECT_THAT(LossesOf(plan), AllOf(HasSubstr("A. Person"), Not(HasSubstr("consumers"))));
}

TEST(StratmlReading, MakesIndicatorsWithTargetsOfWhateverWayTheyGo) {
  const StratmlPlan plan = Read(PerformanceWith(
      "<PerformanceIndicator><SequenceIndicator>1.1.1</SequenceIndicator><MeasurementDimension>D</MeasurementDimension>"
      "<UnitOfMeasurement>days</UnitOfMeasurement><MeasurementInstance>"
      "<TargetResult><EndDate>2012-06-30</EndDate><NumberOfUnits>9.5</NumberOfUnits></TargetResult>"
      "<TargetResult><EndDate>2012-12-31</EndDate><NumberOfUnits>7</NumberOfUnits></TargetResult>"
      "</MeasurementInstance></PerformanceIndicator>"));
  ASSERT_EQ(plan.file.indicators_size(), 1);
  const Indicator& indicator = plan.file.indicators(0);
  EXPECT_EQ(indicator.name(), "plans/t/objectives/1/indicators/1-1-1");
  EXPECT_EQ(indicator.direction(), Indicator::DIRECTION_DECREASE);
  EXPECT_EQ(indicator.frequency(), Indicator::FREQUENCY_HALF_YEARLY);
  EXPECT_EQ(indicator.scale(), 1);
  EXPECT_EQ(indicator.targets(0).value().value(), "9.5");
  EXPECT_THAT(AssumptionsOf(plan), HasSubstr("less is better"));
}

TEST(StratmlReading, KeepsAllTargetsOrNoneForSomeTellAnotherStory) {
  const auto with = [](const char* first, const char* second, const char* third) {
    std::string targets;
    const char* const days[] = {"2011-12-31", "2012-12-31", "2013-12-31"};
    const char* const values[] = {first, second, third};
    for (int i = 0; i < 3; ++i) {
      absl::StrAppend(&targets, "<TargetResult><EndDate>", days[i], "</EndDate><NumberOfUnits>", values[i],
                      "</NumberOfUnits></TargetResult>");
    }
    return Read(PerformanceWith(absl::StrCat(
        "<PerformanceIndicator><MeasurementDimension>D</MeasurementDimension><UnitOfMeasurement>u</UnitOfMeasurement>",
        "<MeasurementInstance>", targets, "</MeasurementInstance></PerformanceIndicator>")));
  };
  EXPECT_EQ(with("1", "2", "2").file.indicators(0).targets_size(), 3);
  const StratmlPlan back_and_forth = with("1", "3", "2");
  EXPECT_EQ(back_and_forth.file.indicators(0).targets_size(), 0);
  EXPECT_THAT(LossesOf(back_and_forth), AllOf(HasSubstr("TargetResult[2]/NumberOfUnits 3: targets go one way")));
}

TEST(StratmlReading, TakesNoResultForAMeasurementAndNoQualityForANumber) {
  const StratmlPlan plan = Read(PerformanceWith(
      "<PerformanceIndicator PerformanceIndicatorType=\"Qualitative\"><MeasurementDimension>Q</MeasurementDimension>"
      "<UnitOfMeasurement/></PerformanceIndicator><PerformanceIndicator PerformanceIndicatorType=\"Quantitative\">"
      "<MeasurementDimension>D</MeasurementDimension><UnitOfMeasurement/><MeasurementInstance><ActualResult>"
      "<NumberOfUnits>0</NumberOfUnits></ActualResult></MeasurementInstance></PerformanceIndicator>"));
  ASSERT_EQ(plan.file.indicators_size(), 1);
  EXPECT_EQ(plan.file.indicators(0).unit(), "number");
  EXPECT_THAT(LossesOf(plan), AllOf(HasSubstr("Q: is qualitative"), HasSubstr("NumberOfUnits 0: results are no part")));
}

}  // namespace
}  // namespace concord::ctl
