// Answers for the tests of reports: an objective about which something is known, one about which nothing is, a
// measured zero, and texts that mean harm.
#ifndef SERVICES_CONCORDCTL_REPORT_FIXTURE_H_
#define SERVICES_CONCORDCTL_REPORT_FIXTURE_H_

#include <string>

#include "common/aip/date.h"
#include "services/concordctl/report_answers.h"
#include "services/concordctl/report_document.h"

namespace concord::ctl {

inline constexpr char kHarmfulTitle[] = "</script><script>alert(\"1\")</script> & 'more'";
inline constexpr char kFormula[] = "=HYPERLINK(\"http://example.org\",\"x\")";

inline google::type::Date DateOf(int year, int month, int day) {
  return aip::FromDay(absl::CivilDay(year, month, day));
}

inline void SetFigure(double value, int counted, int expected, reporting::v1::Figure& figure) {
  figure.set_value(value);
  figure.set_counted_count(counted);
  figure.set_expected_count(expected);
}

inline void AddObjectives(reporting::v1::Scorecard& card) {
  auto& known = *card.add_objective_scores();
  known.set_objective("plans/p/objectives/1");
  known.set_code("1");
  known.set_title(kHarmfulTitle);
  SetFigure(0, 2, 3, *known.mutable_delivery()->mutable_progress());
  SetFigure(0.5, 3, 3, *known.mutable_delivery()->mutable_planned_progress());
  known.mutable_computed_health()->set_level(reporting::v1::HEALTH_LEVEL_AT_RISK);
  SetFigure(-0.25, 1, 2, *known.mutable_outcome()->mutable_attainment());
  auto& unknown = *card.add_objective_scores();
  unknown.set_objective("plans/p/objectives/2");
  unknown.set_code("2");
  unknown.set_title("Nothing is known");
  unknown.mutable_delivery()->mutable_progress()->set_expected_count(1);
  unknown.mutable_computed_health()->set_level(reporting::v1::HEALTH_LEVEL_NO_DATA);
}

inline void AddTrend(reporting::v1::ListTrendPointsResponse& trend) {
  for (int quarter = 1; quarter <= 4; ++quarter) {
    auto& point = *trend.add_trend_points();
    *point.mutable_date() = aip::FromDay(absl::CivilDay(2012, 3 * quarter + 1, 1) - 1);
    point.set_resource("plans/p");
    SetFigure(0.25 * quarter, 1, 1, *point.mutable_delivery()->mutable_planned_progress());
    if (quarter == 1) SetFigure(0, 1, 2, *point.mutable_delivery()->mutable_progress());
    if (quarter == 4) SetFigure(0.625, 1, 2, *point.mutable_delivery()->mutable_progress());
    auto& of_objective = *trend.add_trend_points();
    *of_objective.mutable_date() = point.date();
    of_objective.set_resource("plans/p/objectives/1");
    of_objective.set_code("1");
  }
}

inline ReportAnswers AnswersForTest() {
  ReportAnswers answers;
  answers.plan.set_name("plans/p");
  answers.plan.set_title("The plan");
  answers.plan.set_state(objective::v1::Plan::STATE_ACTIVE);
  answers.plan.mutable_organization()->set_title("O & Co");
  reporting::v1::Scorecard& card = answers.card;
  card.set_plan("plans/p");
  card.set_title("The plan");
  *card.mutable_date() = DateOf(2012, 12, 31);
  card.set_formula_edition("2026-2");
  auto& revision = *card.add_revisions();
  revision.set_scope("plans/p");
  revision.set_revision(17);
  revision.mutable_commit_time()->set_seconds(1'357'000'000);
  card.mutable_action_counts()->set_total_count(3);
  card.mutable_action_counts()->set_no_data_count(1);
  AddObjectives(card);
  AddTrend(answers.trend);
  auto& action = *answers.actions.add_action_scores();
  action.set_action("plans/p/actions/1-1");
  action.set_code("1.1");
  action.set_title(kFormula);
  action.set_state(action::v1::Action::STATE_IN_PROGRESS);
  *action.mutable_due_date() = DateOf(2013, 6, 30);
  action.mutable_computed_health()->set_level(reporting::v1::HEALTH_LEVEL_NO_DATA);
  action.mutable_computed_health()->set_rule("no_progress_data");
  action.set_declared_health(reporting::v1::HEALTH_LEVEL_ON_TRACK);
  auto& measured = *answers.indicators.add_indicator_scores();
  measured.set_code("1.a");
  measured.set_title("Two \"quoted\" words, and a comma");
  measured.mutable_value()->set_value("0.0");
  *measured.mutable_value_date() = DateOf(2012, 12, 31);
  measured.mutable_target()->set_value("52.5");
  measured.set_target_state(reporting::v1::TARGET_STATE_BEHIND_TARGET);
  auto& unmeasured = *answers.indicators.add_indicator_scores();
  unmeasured.set_code("1.b");
  unmeasured.set_title("Never measured");
  unmeasured.mutable_attainment()->set_expected_count(2);
  auto& item = *answers.attention.add_attention_items();
  item.set_reason(reporting::v1::AttentionItem::REASON_BLOCKED);
  item.set_resource("plans/p/actions/1-1");
  item.set_explanation("waits for 1.2");
  return answers;
}

inline ReportAnswers SimulatedAnswersForTest() {
  ReportAnswers answers = AnswersForTest();
  (*answers.plan.mutable_labels())["simulated"] = "true";
  return answers;
}

inline ReportAnswers PublishedAnswersForTest() {
  ReportAnswers answers = AnswersForTest();
  answers.published.emplace();
  answers.published->set_name("plans/p/publishedReports/y2012");
  answers.published->set_title("The year 2012");
  answers.published->set_number(3);
  answers.published->mutable_create_time()->set_seconds(1'357'100'000);
  *answers.published->mutable_scorecard() = answers.card;
  auto& restatement = *answers.restatements.add_restatements();
  restatement.set_resource("plans/p");
  restatement.set_figure("progress");
  restatement.set_published(kNoData);
  restatement.set_current("62.5 %");
  return answers;
}

inline const ReportTable& TableOf(const ReportDocument& document, const std::string& id) {
  for (const ReportTable& table : document.tables) {
    if (table.id == id) return table;
  }
  return document.tables.at(document.tables.size());  // Says that there is none.
}

}  // namespace concord::ctl

#endif  // SERVICES_CONCORDCTL_REPORT_FIXTURE_H_
