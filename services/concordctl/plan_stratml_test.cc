// Plans as StratML through the whole program, against services in memory.
#include <cstdio>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/concordctl/concordctl_fixture.h"
#include "services/concordctl/json.h"

namespace concord::ctl {
namespace {

using ::testing::AllOf;
using ::testing::ContainsRegex;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

constexpr char kTheirs[] = R"(<StrategicPlan xmlns="urn:ISO:std:iso:17469:tech:xsd:stratml_core">
  <Name>Theirs</Name>
  <StrategicPlanCore>
    <Organization><Name>Them</Name></Organization>
    <Goal><Name>A goal</Name><Description/><Identifier>theirs-1</Identifier><SequenceIndicator>1</SequenceIndicator></Goal>
  </StrategicPlanCore>
  <AdministrativeInformation><StartDate>2011-01-01</StartDate></AdministrativeInformation>
</StrategicPlan>
)";

class PlanStratml : public Concordctl {
 public:
  ~PlanStratml() override { std::remove(sidecar_.c_str()); }

 protected:
  Result ImportXml(const std::string& xml, const std::vector<std::string>& flags = {}) {
    std::vector<std::string> arguments = {"plan", "import", "-"};
    arguments.insert(arguments.end(), flags.begin(), flags.end());
    return Run(arguments, xml);
  }

  const std::string sidecar_ =
      absl::StrCat(testing::TempDir(), "/", testing::UnitTest::GetInstance()->current_test_info()->name(), ".json");
};

TEST_F(PlanStratml, ExportsADocumentAndSaysOnTheSideWhatItDoesNotSay) {
  Import(kPlan);
  const Result result = Run({"plan", "export", "--format", "stratml"});
  ASSERT_EQ(result.code, kDone) << result.err;
  EXPECT_THAT(result.out, AllOf(StartsWith("<?xml"), HasSubstr("<StrategicPlan xmlns="), Not(HasSubstr("FIELD"))));
  EXPECT_THAT(result.err, AllOf(StartsWith("not in the document:\n"),
                                ContainsRegex("actions.dependencies +1 +plans/p/actions/1-1")));
}

TEST_F(PlanStratml, TellsProgramsTheLossesOfAnExportAsJson) {
  Import(kPlan);
  const Result result = Run({"plan", "export", "--format", "stratml-performance", "--output", "json"});
  EXPECT_THAT(result.out, HasSubstr("<PerformancePlanOrReport"));
  google::protobuf::Struct document;
  ASSERT_TRUE(FromJson(result.err, false, document).ok()) << result.err;
  EXPECT_EQ(document.fields().at("losses").list_value().values_size(), 2) << result.err;
}

TEST_F(PlanStratml, ReportsTheMeasurementsInForce) {
  Import(kPlan);
  PlanState state = services_.state();
  auto& indicator = state.indicators.emplace_back();
  indicator.set_name("plans/p/objectives/1/indicators/1-a");
  indicator.set_title("Users");
  for (const char* value : {"7", "8", "9"}) {
    auto& measurement = state.measurements.emplace_back();
    measurement.set_name(absl::StrCat(indicator.name(), "/measurements/m", value));
    measurement.mutable_value()->set_value(value);
    measurement.mutable_period()->mutable_start_date()->set_year(2012);
    measurement.mutable_period()->mutable_start_date()->set_month(1);
    measurement.mutable_period()->mutable_start_date()->set_day(1);
    *measurement.mutable_period()->mutable_end_date() = measurement.period().start_date();
    measurement.mutable_period()->mutable_end_date()->set_month(12);
    measurement.set_status(objective::v1::Measurement::STATUS_SUPERSEDED);
  }
  state.measurements[2].set_status(objective::v1::Measurement::STATUS_APPROVED);
  services_.SetState(state);
  const Result result = Run({"plan", "export", "--format", "stratml-performance"});
  EXPECT_THAT(result.out, AllOf(HasSubstr("Type=\"Performance_Report\""), HasSubstr("<NumberOfUnits>9<"),
                                Not(HasSubstr("<NumberOfUnits>7<")), Not(HasSubstr("<NumberOfUnits>8<"))));
  EXPECT_THAT(Run({"plan", "export", "--format", "stratml"}).out, Not(HasSubstr("NumberOfUnits")));
}

TEST_F(PlanStratml, GoesOutAndComesBackUnchangedWithTheSidecar) {
  Import(kPlan);
  for (const char* format : {"stratml", "stratml-performance"}) {
    const Result out = Run({"plan", "export", "--format", format, "--sidecar", sidecar_});
    ASSERT_EQ(out.code, kDone) << out.err;
    EXPECT_THAT(ImportXml(out.out, {"--sidecar", sidecar_, "--prune"}).out, HasSubstr("nothing to change"));
    const std::string edited = absl::StrReplaceAll(out.out, {{">Third<", ">Drei<"}});
    EXPECT_THAT(ImportXml(edited, {"--sidecar", sidecar_, "--dry-run"}).out,
                AllOf(HasSubstr("title: \"Third\" -> \"Drei\""), HasSubstr("0 created, 1 changed")));
  }
}

TEST_F(PlanStratml, WritesThePlanFileBesideTheDocument) {
  Import(kPlan);
  ASSERT_EQ(Run({"plan", "export", "--format", "stratml", "--sidecar", sidecar_}).code, kDone);
  std::ifstream file(sidecar_);
  std::stringstream text;
  text << file.rdbuf();
  EXPECT_EQ(text.str(), Run({"plan", "export"}).out);
}

TEST_F(PlanStratml, TakesAForeignDocumentAndTellsLossesAndAssumptions) {
  const Result dry = ImportXml(kTheirs, {"--plan", "theirs", "--dry-run"});
  EXPECT_EQ(dry.code, kDone) << dry.err;
  EXPECT_THAT(dry.out, AllOf(HasSubstr("read as StratML Part 1\n"), HasSubstr("lost: 1; "),
                             ContainsRegex("1 +5 +/StrategicPlan/StrategicPlanCore/Goal/Identifier +theirs-1 +ident"),
                             HasSubstr("until 2015-12-31"), HasSubstr("dry run, nothing was written: 2 created")));
  EXPECT_FALSE(services_.state().plan.has_value());
  ASSERT_EQ(ImportXml(kTheirs, {"--plan", "theirs", "--end-date", "2013-12-31"}).code, kDone);
  EXPECT_EQ(services_.state().plan->name(), "plans/theirs");
  EXPECT_EQ(services_.state().plan->period().end_date().year(), 2013);
  EXPECT_EQ(services_.state().objectives[0].title(), "A goal");
}

TEST_F(PlanStratml, TellsProgramsAllLossesInTheDocumentOfTheImport) {
  const Result result = ImportXml(kTheirs, {"--plan", "theirs", "--output", "json"});
  ASSERT_EQ(result.code, kDone) << result.err;
  EXPECT_THAT(result.out, AllOf(HasSubstr("\"dryRun\": false"), HasSubstr("\"document\": \"StratML Part 1\""),
                                HasSubstr("\"path\": \"/StrategicPlan/StrategicPlanCore/Goal/Identifier\""),
                                HasSubstr("\"value\": \"theirs-1\"")));
}

TEST_F(PlanStratml, RefusesABadDocumentWithLineAndReason) {
  const Result result = ImportXml("<StrategicPlan>\n<Name>A</Nam>\n</StrategicPlan>", {"--plan", "theirs"});
  EXPECT_EQ(result.code, kRefused);
  EXPECT_THAT(result.err, HasSubstr("line 2: the document is not well formed"));
  EXPECT_TRUE(services_.request_ids().empty());
}

TEST_F(PlanStratml, TellsMistakesInTheCommandLine) {
  Import(kPlan);
  EXPECT_EQ(Run({"plan", "export", "--format", "yaml"}).code, kUsage);
  EXPECT_EQ(Run({"plan", "export", "--sidecar", sidecar_}).code, kUsage) << "a plan file needs none";
  EXPECT_EQ(Run({"plan", "export", "--format", "stratml", "--sidecar", "/nonexistent/x.json"}).code, kUsage);
  EXPECT_EQ(Import(kPlan, {"--sidecar", sidecar_}).code, kUsage);
  EXPECT_EQ(ImportXml(kTheirs, {"--plan", "theirs", "--sidecar", "/nonexistent/x.json"}).code, kUsage);
  EXPECT_EQ(ImportXml(kTheirs, {"--plan", "theirs", "--end-date", "soon"}).code, kUsage);
  EXPECT_THAT(ImportXml(kTheirs).err, HasSubstr("say --plan"));
}

}  // namespace
}  // namespace concord::ctl
