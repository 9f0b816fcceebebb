#include "services/concordctl/report_formats.h"

#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/concordctl/report_fixture.h"
#include "services/concordctl/simulated_plan.h"

namespace concord::ctl {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::StartsWith;

std::vector<std::string> CsvLines(const ReportAnswers& answers, const std::string& table) {
  const ReportDocument document = MakeReportDocument(answers);
  std::vector<std::string> lines = absl::StrSplit(FormatCsv(document, TableOf(document, table)), "\r\n");
  EXPECT_EQ(lines.back(), "") << "the last line ends, too";
  lines.pop_back();
  return lines;
}

TEST(ReportAsCsv, WritesNoDataAsWordsAndAZeroAsANumber) {
  const std::vector<std::string> lines = CsvLines(AnswersForTest(), "scorecard");
  ASSERT_THAT(lines, SizeIs(4)) << "headings, two objectives, the plan";
  EXPECT_THAT(lines[0], StartsWith(R"("Plan","Record","About","Revisions","Formulas","Code","Objective","Progress")"));
  EXPECT_THAT(lines[1], HasSubstr(",0,0.5,no data,2,3,"));
  EXPECT_THAT(lines[1], HasSubstr(",-0.25,1,2,"));
  EXPECT_THAT(lines[2], HasSubstr(R"("Nothing is known",no data,no data,no data,0,1,no data,)"));
}

TEST(ReportAsCsv, QuotesAsRfc4180Says) {
  const std::vector<std::string> lines = CsvLines(AnswersForTest(), "indicators");
  EXPECT_THAT(lines[1], HasSubstr(R"("1.a","Two ""quoted"" words, and a comma",,"none yet",0.0,2012-12-31,52.5,)"));
}

TEST(ReportAsCsv, LetsNoTextBecomeAFormula) {
  ReportAnswers answers = AnswersForTest();
  EXPECT_THAT(CsvLines(answers, "actions")[1], HasSubstr(R"csv(,"'=HYPERLINK(""http://example.org"",""x"")",)csv"));
  for (const char* text : {"+1", "-A1", "@SUM(A1)", "  =1+1"}) {
    answers.actions.mutable_action_scores(0)->set_title(text);
    EXPECT_THAT(CsvLines(answers, "actions")[1], HasSubstr(std::string(",\"'") + text + "\",")) << text;
  }
  for (const char* text : {"a-b", "-12.5", "-12.5 %"}) {
    answers.actions.mutable_action_scores(0)->set_title(text);
    EXPECT_THAT(CsvLines(answers, "actions")[1], HasSubstr(std::string(",\"") + text + "\",")) << text;
  }
}

TEST(ReportAsCsv, SaysInEachRowWhatItIsOf) {
  EXPECT_THAT(CsvLines(AnswersForTest(), "trend")[1],
              StartsWith(R"("plans/p","real",2012-12-31,"plans/p@17","2026-2",)"));
  EXPECT_THAT(CsvLines(SimulatedAnswersForTest(), "trend")[1], StartsWith(R"("plans/p","SIMULATED",2012-12-31,)"));
}

TEST(ReportAsHtml, WritesNoDataApartFromAZero) {
  const std::string page = FormatHtml(MakeReportDocument(AnswersForTest()));
  EXPECT_THAT(page,
              HasSubstr(R"(<td class="right">0 %</td><td class="right">50 %</td><td class="right none">no data</td>)"));
  EXPECT_THAT(page, HasSubstr(R"(<td class="long">Nothing is known</td><td class="right none">no data</td>)"));
  EXPECT_THAT(page, HasSubstr(R"(<td class="right">0.0</td>)"));
  EXPECT_THAT(page, HasSubstr(R"(<p class="gaps">No data: Progress: 2012-06-30, 2012-09-30</p>)"));
  EXPECT_THAT(page, Not(HasSubstr("id=\"chart-outcome-trend\""))) << "there is nothing to draw";
}

TEST(ReportAsHtml, MakesTextsHarmless) {
  ReportAnswers answers = AnswersForTest();
  answers.card.set_title(kHarmfulTitle);
  answers.card.mutable_objective_scores(0)->set_code("</script>");
  const std::string page = FormatHtml(MakeReportDocument(answers));
  EXPECT_THAT(page, Not(HasSubstr("<script>alert")));
  EXPECT_THAT(page, HasSubstr("&lt;/script&gt;&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;more&#39;"));
  const std::vector<std::string> pieces = absl::StrSplit(page, "</script>");
  EXPECT_THAT(pieces, SizeIs(5)) << "the data, two libraries, the page's own, and the rest";
}

TEST(ReportAsHtml, AllowsNothingButItsOwnScriptsAndStyle) {
  const std::string page = FormatHtml(MakeReportDocument(AnswersForTest()));
  EXPECT_THAT(page, HasSubstr("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src "
                              "'sha256-"));
  EXPECT_THAT(page, Not(HasSubstr("unsafe-")));
  EXPECT_THAT(page, AllOf(Not(HasSubstr(" src=")), Not(HasSubstr("<link")), Not(HasSubstr("@import"))));
}

TEST(ReportAsHtml, SaysThatItIsSimulatedAboveEverySection) {
  const std::string page = FormatHtml(MakeReportDocument(SimulatedAnswersForTest()));
  EXPECT_THAT(page, HasSubstr(kSimulatedNotice));
  const std::vector<std::string> headings = absl::StrSplit(page, "<h2 ");
  EXPECT_THAT(headings, SizeIs(8));
  for (size_t i = 1; i < headings.size(); ++i) {
    EXPECT_TRUE(absl::StrContains(headings[i].substr(0, headings[i].find("</h2>")), "SIMULATED")) << headings[i];
  }
  EXPECT_THAT(FormatHtml(MakeReportDocument(AnswersForTest())), Not(HasSubstr("SIMULATED")));
}

TEST(ReportAsHtml, CarriesTheNoticesOfWhatItIsDrawnWith) {
  const std::string page = FormatHtml(MakeReportDocument(AnswersForTest()));
  EXPECT_THAT(page, AllOf(HasSubstr("Masayuki Tanaka"), HasSubstr("Michael Bostock"),
                          HasSubstr("Permission is hereby granted"), HasSubstr("Redistribution and use")));
}

TEST(ReportAsXlsx, IsAWorkbookWithTheSameBytesEachTime) {
  const ReportDocument document = MakeReportDocument(SimulatedAnswersForTest());
  const auto first = FormatXlsx(document);
  ASSERT_TRUE(first.ok()) << first.status();
  EXPECT_THAT(*first, StartsWith("PK"));
  const auto second = FormatXlsx(document);
  ASSERT_TRUE(second.ok()) << second.status();
  EXPECT_EQ(*first, *second);
}

TEST(ReportAsXlsx, TakesAPlanOfWhichNothingIsKnown) {
  ReportAnswers answers;
  answers.card.set_plan("plans/p");
  EXPECT_TRUE(FormatXlsx(MakeReportDocument(answers)).ok());
  EXPECT_THAT(FormatHtml(MakeReportDocument(answers)), HasSubstr("<p>None.</p>"));
}

}  // namespace
}  // namespace concord::ctl
