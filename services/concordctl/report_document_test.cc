#include "services/concordctl/report_document.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/concordctl/report_fixture.h"

namespace concord::ctl {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Pair;

// What the cell of that column says in that row.
std::string TextAt(const ReportTable& table, const std::string& heading, size_t row) {
  for (size_t i = 0; i < table.columns.size(); ++i) {
    if (table.columns[i].heading == heading) return CellText(table.rows.at(row).at(i));
  }
  return "no such column";
}

TEST(ReportDocument, TellsNoDataFromAZero) {
  const ReportDocument document = MakeReportDocument(AnswersForTest());
  const ReportTable& card = TableOf(document, "scorecard");
  EXPECT_EQ(TextAt(card, "Progress", 0), "0 %");
  EXPECT_EQ(TextAt(card, "Progress", 1), "no data");
  EXPECT_EQ(TextAt(card, "Attainment", 0), "-25 %");
  EXPECT_EQ(TextAt(card, "Health", 1), "no data");
  EXPECT_EQ(TextAt(card, "Data", 0), "2 of 3");
  EXPECT_EQ(TextAt(card, "Data", 1), "0 of 1");
  const ReportTable& indicators = TableOf(document, "indicators");
  EXPECT_EQ(TextAt(indicators, "Value", 0), "0.0");
  EXPECT_EQ(TextAt(indicators, "Value", 1), "no data");
  EXPECT_EQ(TextAt(indicators, "By now", 1), "no data");
  EXPECT_EQ(TextAt(indicators, "Of", 1), "") << "nothing belongs there";
}

TEST(ReportDocument, ShowsWhatIsComputedBesideWhatIsDeclared) {
  const ReportDocument document = MakeReportDocument(AnswersForTest());
  const ReportTable& actions = TableOf(document, "actions");
  EXPECT_EQ(TextAt(actions, "Health", 0), "no data");
  EXPECT_EQ(TextAt(actions, "Declared", 0), "on track");
  EXPECT_EQ(TextAt(actions, "Rule", 0), "no_progress_data");
  EXPECT_EQ(TextAt(actions, "State", 0), "in progress");
  EXPECT_EQ(TextAt(TableOf(document, "attention"), "Resource", 0), "actions/1-1");
  EXPECT_EQ(TextAt(TableOf(document, "attention"), "Since", 0), "not recorded");
}

TEST(ReportDocument, SaysWhatItIsMadeFrom) {
  const ReportDocument document = MakeReportDocument(PublishedAnswersForTest());
  EXPECT_EQ(document.revisions, "plans/p@17");
  EXPECT_EQ(absl::ToUnixSeconds(document.known_at), 1'357'000'000);
  EXPECT_THAT(document.facts, Contains(Pair("About", "2012-12-31")));
  EXPECT_THAT(document.facts, Contains(Pair("Formulas", "edition 2026-2")));
  EXPECT_THAT(document.facts,
              Contains(Pair("Published report", HasSubstr("number 3, The year 2012, published 2013-"))));
  EXPECT_THAT(document.facts, Contains(Pair("Restatements", "1, listed at the end")));
  const ReportTable& restatements = TableOf(document, "restatements");
  EXPECT_EQ(TextAt(restatements, "Of", 0), "the plan");
  EXPECT_EQ(TextAt(restatements, "Published", 0), "no data");
  EXPECT_EQ(TextAt(restatements, "As known now", 0), "62.5 %");
}

TEST(ReportDocument, SaysWhereAnotherEditionWentIn) {
  ReportAnswers answers = PublishedAnswersForTest();
  answers.actions.set_formula_edition("2027-1");
  EXPECT_THAT(MakeReportDocument(answers).facts,
              Contains(Pair("Formulas", "edition 2026-2 of the scorecard, 2027-1 of everything else")));
}

TEST(ReportDocument, LeavesGapsInChartsAndNamesThem) {
  const ReportDocument document = MakeReportDocument(AnswersForTest());
  ASSERT_EQ(document.charts.size(), 4U);
  const ReportChart& trend = document.charts[0];
  EXPECT_THAT(trend.categories, ElementsAre("2012-03-31", "2012-06-30", "2012-09-30", "2012-12-31"));
  EXPECT_THAT(trend.series[0].values, ElementsAre(0.0, absl::nullopt, absl::nullopt, 0.625));
  EXPECT_EQ(GapsOf(trend), "Progress: 2012-06-30, 2012-09-30");
  EXPECT_EQ(GapsOf(document.charts[1]), "Attainment: 2012-03-31 to 2012-12-31");
  EXPECT_EQ(GapsOf(document.charts[2]), "Progress: 2; Attainment: 2");
  EXPECT_THAT(document.charts[3].series[0].values, ElementsAre(0.0, 0.0, 0.0, 1.0));
  EXPECT_EQ(GapsOf(document.charts[3]), "") << "a count of none is a zero";
}

TEST(ReportDocument, PutsCountsApartForWhoComputes) {
  const ReportDocument document = MakeReportDocument(AnswersForTest());
  const ReportTable apart = WithCountsApart(TableOf(document, "scorecard"));
  EXPECT_EQ(TextAt(apart, "Data", 0), "2");
  EXPECT_EQ(TextAt(apart, "Data: of", 0), "3");
  EXPECT_EQ(TextAt(apart, "Progress", 1), "no data");
  for (const auto& row : apart.rows) EXPECT_EQ(row.size(), apart.columns.size());
}

TEST(ReportDocument, IsSimulatedIfThePlanSaysSo) {
  EXPECT_FALSE(MakeReportDocument(AnswersForTest()).simulated);
  EXPECT_TRUE(MakeReportDocument(SimulatedAnswersForTest()).simulated);
  EXPECT_THAT(ReportJson(SimulatedAnswersForTest()), HasSubstr("\"simulated\": true"));
  EXPECT_THAT(ReportJson(AnswersForTest()), HasSubstr("\"simulated\": false"));
}

TEST(ReportDocument, KeepsTextsInOnePrintableLine) {
  ReportAnswers answers = AnswersForTest();
  answers.card.mutable_objective_scores(1)->set_title("two\nlines\x1b[31m");
  const ReportDocument document = MakeReportDocument(answers);
  EXPECT_EQ(TextAt(TableOf(document, "scorecard"), "Objective", 1), "two lines?[31m");
}

TEST(ReportJson, HasAllAnswersAndNoFigureWhereThereIsNoData) {
  const std::string json = ReportJson(PublishedAnswersForTest());
  for (const char* key : {"plan", "scorecard", "actionScores", "indicatorScores", "attentionItems", "trendPoints",
                          "publishedReport", "restatements"}) {
    EXPECT_THAT(json, HasSubstr(std::string("\n  \"") + key + "\": ")) << key;
  }
  const std::string measured = "\"expectedCount\": 3,\n            \"value\": 0\n";
  EXPECT_THAT(json, HasSubstr(measured)) << "a zero is one";
  EXPECT_THAT(json, HasSubstr("\"progress\": {\n            \"expectedCount\": 1\n          }"));
}

}  // namespace
}  // namespace concord::ctl
