// What `report export` asks for, and where it writes.
#include <fstream>
#include <iterator>
#include <string>

#include "gmock/gmock.h"
#include "services/concordctl/concordctl_fixture.h"
#include "services/concordctl/failures.h"

namespace concord::ctl {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

using ::testing::StartsWith;

class ReportExport : public Concordctl {
 protected:
  void SetUp() override { Import(kPlan); }

  static std::string ContentOf(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }
};

TEST_F(ReportExport, ReadsEverythingAtTheRevisionsOfTheScorecard) {
  EXPECT_THAT(Run({"report", "export", "--format", "csv", "--table", "attention"}).out,
              HasSubstr("\"seen at revision 17\""));
  EXPECT_THAT(Run({"report", "export", "--format", "csv", "--table", "trend"}).out, HasSubstr(",2012-12-31,0.75,"));
  EXPECT_THAT(Run({"report", "export", "--format", "json"}).out,
              AllOf(HasSubstr("seen at revision 17"), HasSubstr("\"simulated\": false")));
}

TEST_F(ReportExport, IsAboutThePlanThatIsNamedAndTheDayThatIsAskedFor) {
  const Result result = Run({"report", "export", "p", "--format", "csv", "--on", "2012-06-30"});
  EXPECT_EQ(result.code, kDone) << result.err;
  EXPECT_THAT(result.out, HasSubstr("\"plans/p\",\"real\",2012-06-30,\"plans/p@17\","));
  EXPECT_EQ(Run({"report", "export", "q", "--format", "csv"}).code, kNotFound);
}

TEST_F(ReportExport, HasNoTrendOfADayBeforeThePlan) {
  EXPECT_THAT(Run({"report", "export", "--format", "json", "--on", "2010-12-31"}).out,
              HasSubstr("\"trendPoints\": []"));
  EXPECT_THAT(Run({"report", "export", "--format", "csv", "--table", "trend", "--on", "2020-01-01"}).out,
              HasSubstr(",2015-12-31,0.75,"))
      << "the plan's last day";
}

TEST_F(ReportExport, WritesToAFileAndSaysSo) {
  const std::string path = testing::TempDir() + "/concordctl_report.html";
  EXPECT_EQ(Run({"report", "export", "--format", "html", "--file", path}).out, "wrote " + path + "\n");
  EXPECT_THAT(ContentOf(path), AllOf(StartsWith("<!doctype html>"), HasSubstr("62.5 %")));
  EXPECT_THAT(Run({"report", "export", "--format", "xlsx", "--file", path, "--output", "json"}).out,
              HasSubstr("\"format\": \"xlsx\""));
  EXPECT_THAT(ContentOf(path), StartsWith("PK"));
  const Result refused = Run({"report", "export", "--format", "html", "--file", "/nonexistent/report.html"});
  EXPECT_EQ(refused.code, kUsage);
  EXPECT_THAT(refused.err, HasSubstr("/nonexistent/report.html cannot be written"));
}

TEST_F(ReportExport, ShowsAPublishedReportAsItWasPublished) {
  const Result result = Run({"report", "export", "--report", "y2012", "--format", "html"});
  EXPECT_EQ(result.code, kDone) << result.err;
  EXPECT_THAT(result.out, AllOf(HasSubstr("number 3, The year 2012"), HasSubstr("The plan as published"),
                                HasSubstr("plans/p@5"), HasSubstr("seen at revision 5"), HasSubstr("As known now")));
  EXPECT_THAT(Run({"report", "export", "--report", "y2012", "--format", "csv", "--table", "restatements"}).out,
              HasSubstr("\"the plan\",\"progress\",no data,\"62.5 %\""));
  EXPECT_EQ(Run({"report", "export", "--report", "y2013", "--format", "csv"}).code, kNotFound);
}

TEST_F(ReportExport, RefusesWhatContradictsItself) {
  const auto refused = [&](std::vector<std::string> flags) {
    flags.insert(flags.begin(), {"report", "export"});
    const Result result = Run(flags);
    EXPECT_EQ(result.code, kUsage);
    EXPECT_EQ(result.out, "");
    return result.err;
  };
  EXPECT_THAT(refused({}), HasSubstr("--format"));
  EXPECT_THAT(refused({"--format", "pdf"}), HasSubstr("pdf"));
  EXPECT_THAT(refused({"--format", "html", "--table", "trend"}), HasSubstr("--table is for --format csv"));
  EXPECT_THAT(refused({"--format", "csv", "--table", "restatements"}),
              HasSubstr("this report has scorecard, actions, indicators, attention, trend"));
  EXPECT_THAT(refused({"--format", "csv", "--by", "week"}), HasSubstr("give month, quarter, half-year or year"));
  EXPECT_THAT(refused({"--format", "csv", "--report", "y2012", "--on", "2012-01-01"}), HasSubstr("leave --on"));
}

TEST_F(ReportExport, AsksForTheLastPeriodsOfALongPlan) {
  PlanState state = services_.state();
  state.plan->mutable_period()->mutable_start_date()->set_year(1950);
  services_.SetState(state);
  const auto trend = [this](const char* by) {
    return Run({"report", "export", "--format", "csv", "--table", "trend", "--by", by}).out;
  };
  EXPECT_THAT(trend("month"), HasSubstr(",2003-01-01,0.75,")) << "120 months end with 2012-12";
  EXPECT_THAT(trend("quarter"), HasSubstr(",1983-03-01,0.75,"));
  EXPECT_THAT(trend("year"), HasSubstr(",2012-12-31,0.75,")) << "all of them";
}

TEST_F(ReportExport, SaysOfASimulatedPlanThatItIsOne) {
  PlanState state = services_.state();
  (*state.plan->mutable_labels())["simulated"] = "true";
  services_.SetState(state);
  EXPECT_THAT(Run({"report", "export", "--format", "csv"}).out, HasSubstr("\"SIMULATED\""));
  EXPECT_THAT(Run({"report", "export", "--format", "html"}).out, HasSubstr("SIMULATED: invented"));
  EXPECT_THAT(Run({"report", "export", "--format", "json"}).out, HasSubstr("\"simulated\": true"));
  const std::string path = testing::TempDir() + "/concordctl_simulated.xlsx";
  EXPECT_THAT(Run({"report", "export", "--format", "xlsx", "--file", path}).out, HasSubstr("a SIMULATED report"));
}

}  // namespace
}  // namespace concord::ctl
