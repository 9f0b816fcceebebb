#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/aip/date.h"
#include "services/concordctl/display_text.h"
#include "services/concordctl/figure_words.h"
#include "services/concordctl/report_parts.h"

namespace concord::ctl {
namespace {

using reporting::v1::ActionCounts;
using reporting::v1::ActionScore;
using reporting::v1::AttentionItem;
using reporting::v1::Delivery;
using reporting::v1::Health;
using reporting::v1::HealthLevel;
using reporting::v1::IndicatorScore;
using reporting::v1::ObjectiveScore;
using reporting::v1::Outcome;
using reporting::v1::TrendPoint;
using Kind = ReportColumn::Kind;

// What needs room that paper does not have.
constexpr bool kNotOnPaper = false;

ReportCell Words(const std::string& text) {
  if (text.empty()) return cell::NotApplicable();
  return Printable(text);
}

ReportCell HealthCell(HealthLevel level) {
  if (level == reporting::v1::HEALTH_LEVEL_NO_DATA) return cell::NoData();
  if (level == reporting::v1::HEALTH_LEVEL_NOT_APPLICABLE) return cell::NotApplicable();
  return HealthWord(level);
}

ReportCell DayCell(bool known, const google::type::Date& date) {
  if (!known || !aip::IsDay(date)) return cell::NotApplicable();
  return aip::ToDay(date);
}

ReportCell DecimalCell(bool known, const type::Decimal& decimal, ReportCell otherwise) {
  if (!known) return otherwise;
  return cell::DecimalText{decimal.value()};
}

// "IN_PROGRESS" as "in progress".
template <typename Enum>
ReportCell WordCell(Enum value) {
  return SpacedWord(value);
}

// "actions/3-1" of "plans/p/actions/3-1"; "the plan" of the plan itself.
ReportCell WithinPlan(const std::string& name) {
  const std::vector<std::string> parts = absl::StrSplit(name, absl::MaxSplits('/', 2));
  if (parts.size() < 2 || parts[0] != "plans") return Words(name);
  return parts.size() == 2 ? std::string("the plan") : Words(parts[2]);
}

std::string WhyOf(const Health& health) { return health.explanation().empty() ? health.rule() : health.explanation(); }

std::vector<ReportCell> ScoreRow(const std::string& code, const std::string& title, const Delivery& delivery,
                                 const Health& health, const ActionCounts& counts, const Outcome& outcome) {
  return {Words(code),
          Words(title),
          FigureCell(delivery.progress()),
          FigureCell(delivery.planned_progress()),
          FigureCell(delivery.schedule_performance()),
          CoverageOf(delivery.progress()),
          HealthCell(health.level()),
          Words(health.rule()),
          Words(WhyOf(health)),
          cell::Coverage{counts.completed_count(), counts.total_count()},
          FigureCell(outcome.attainment()),
          CoverageOf(outcome.attainment()),
          outcome.on_target_count(),
          outcome.behind_target_count(),
          outcome.no_data_count(),
          outcome.guard_rail_count()};
}

ReportTable ScorecardTable(const reporting::v1::Scorecard& card) {
  ReportTable table{"scorecard",
                    "The plan and its objectives",
                    "Delivery says whether the work is done, outcome whether it works. Data and measured say of how "
                    "many of the expected inputs something is known; the rest has no data, and is not counted as zero.",
                    {{"Code"},
                     {"Objective", Kind::kLongText},
                     {"Progress", Kind::kShare},
                     {"Planned", Kind::kShare},
                     {"Schedule", Kind::kShare},
                     {"Data", Kind::kCoverage},
                     {"Health"},
                     {"Rule", Kind::kText, kNotOnPaper},
                     {"Why", Kind::kLongText, kNotOnPaper},
                     {"Completed", Kind::kCoverage},
                     {"Attainment", Kind::kShare},
                     {"Measured", Kind::kCoverage},
                     {"On target", Kind::kCount},
                     {"Behind", Kind::kCount},
                     {"Without data", Kind::kCount},
                     {"Outside limits", Kind::kCount, kNotOnPaper}},
                    {},
                    true};
  for (const ObjectiveScore& score : card.objective_scores()) {
    table.rows.push_back(ScoreRow(score.code(), score.title(), score.delivery(), score.computed_health(),
                                  score.action_counts(), score.outcome()));
  }
  table.rows.push_back(
      ScoreRow("", "The plan", card.delivery(), card.computed_health(), card.action_counts(), card.outcome()));
  return table;
}

ReportTable ActionsTable(const reporting::v1::ListActionScoresResponse& scores) {
  ReportTable table{"actions",
                    "Actions",
                    "Health is computed from dates and progress by the rule named; declared is what the people of the "
                    "action said themselves. Neither enters the other.",
                    {{"Code"},
                     {"Action", Kind::kLongText},
                     {"State"},
                     {"Begins", Kind::kDate, kNotOnPaper},
                     {"Due", Kind::kDate},
                     {"Progress", Kind::kShare},
                     {"Planned", Kind::kShare},
                     {"Schedule", Kind::kShare, kNotOnPaper},
                     {"Data", Kind::kCoverage, kNotOnPaper},
                     {"Health"},
                     {"Declared"},
                     {"Rule", Kind::kText, kNotOnPaper},
                     {"Why", Kind::kLongText},
                     {"Milestones reached", Kind::kCoverage, kNotOnPaper}},
                    {}};
  for (const ActionScore& score : scores.action_scores()) {
    const Health& health = score.computed_health();
    table.rows.push_back(
        {Words(score.code()), Words(score.title()), WordCell(score.state()),
         DayCell(score.has_start_date(), score.start_date()), DayCell(score.has_due_date(), score.due_date()),
         FigureCell(score.delivery().progress()), FigureCell(score.delivery().planned_progress()),
         FigureCell(score.delivery().schedule_performance()), CoverageOf(score.delivery().progress()),
         HealthCell(health.level()), HealthCell(score.declared_health()), Words(health.rule()), Words(WhyOf(health)),
         cell::Coverage{score.reached_milestone_count(), score.milestone_count()}});
  }
  return table;
}

ReportTable IndicatorsTable(const reporting::v1::ListIndicatorScoresResponse& scores) {
  ReportTable table{"indicators",
                    "Indicators",
                    "Attainment is the way from the baseline to the target that is behind us; it may be below 0 % and "
                    "above 100 %. Measured says of how many of the periods that are over there is a value.",
                    {{"Code"},
                     {"Indicator", Kind::kLongText},
                     {"Unit"},
                     {"Baseline", Kind::kDecimal},
                     {"Value", Kind::kDecimal},
                     {"Of", Kind::kDate},
                     {"Target", Kind::kDecimal},
                     {"By", Kind::kDate},
                     {"Attainment", Kind::kShare},
                     {"Measured", Kind::kCoverage},
                     {"By now"},
                     {"Limits", Kind::kText, kNotOnPaper}},
                    {}};
  for (const IndicatorScore& score : scores.indicator_scores()) {
    const std::string by_now = TargetStateWord(score.target_state());
    table.rows.push_back({Words(score.code()), Words(score.title()), Words(score.unit()),
                          DecimalCell(score.has_baseline(), score.baseline(), std::string("none yet")),
                          DecimalCell(score.has_value(), score.value(), cell::NoData()),
                          DayCell(score.has_value_date(), score.value_date()),
                          DecimalCell(score.has_target(), score.target(), std::string("none")),
                          DayCell(score.has_target_date(), score.target_date()), FigureCell(score.attainment()),
                          CoverageOf(score.attainment()), by_now == kNoData ? ReportCell(cell::NoData()) : by_now,
                          GuardRailWord(score.guard_rail_state()) == "-" ? ReportCell(cell::NotApplicable())
                                                                         : GuardRailWord(score.guard_rail_state())});
  }
  return table;
}

ReportTable AttentionTable(const ReportAnswers& answers) {
  const bool active = answers.plan.state() == objective::v1::Plan::STATE_ACTIVE;
  ReportTable table{"attention",
                    "What should be looked at",
                    active ? "What is overdue, blocked, red, slipping, silent or stale; one thing may be there twice."
                           : "The plan is not active: nobody is asked to look at anything.",
                    {{"Reason"},
                     {"Since", Kind::kDate},
                     {"Resource"},
                     {"Title", Kind::kLongText},
                     {"Owner"},
                     {"Why", Kind::kLongText}},
                    {}};
  for (const AttentionItem& item : answers.attention.attention_items()) {
    table.rows.push_back({WordCell(item.reason()),
                          item.has_since_date() ? DayCell(true, item.since_date()) : std::string("not recorded"),
                          WithinPlan(item.resource()), Words(item.title()),
                          Words(item.owner().empty() ? "strategy office" : item.owner()), Words(item.explanation())});
  }
  return table;
}

ReportTable TrendTable(const reporting::v1::ListTrendPointsResponse& list) {
  ReportTable table{"trend",
                    "How the plan went on",
                    "The figures of the end of each period, as they were known when the report was made.",
                    {{"Date", Kind::kDate},
                     {"Progress", Kind::kShare},
                     {"Planned", Kind::kShare},
                     {"Schedule", Kind::kShare},
                     {"Data", Kind::kCoverage},
                     {"Health"},
                     {"Attainment", Kind::kShare},
                     {"Measured", Kind::kCoverage},
                     {"On target", Kind::kCoverage}},
                    {}};
  for (const TrendPoint& point : list.trend_points()) {
    if (!point.code().empty()) continue;  // An objective's.
    table.rows.push_back({DayCell(true, point.date()), FigureCell(point.delivery().progress()),
                          FigureCell(point.delivery().planned_progress()),
                          FigureCell(point.delivery().schedule_performance()), CoverageOf(point.delivery().progress()),
                          HealthCell(point.computed_health().level()), FigureCell(point.outcome().attainment()),
                          CoverageOf(point.outcome().attainment()),
                          cell::Coverage{point.outcome().on_target_count(), point.outcome().indicator_count()}});
  }
  return table;
}

ReportTable RestatementsTable(const reporting::v1::ListRestatementsResponse& list) {
  ReportTable table{"restatements",
                    "Restatements",
                    list.restatements().empty()
                        ? "Nothing of this report is another figure as it is known now."
                        : "Figures of this report that are others as they are known now, about the same day.",
                    {{"Of"}, {"Figure"}, {"Published"}, {"As known now"}},
                    {}};
  for (const auto& restatement : list.restatements()) {
    const auto value = [](const std::string& text) {
      return text == kNoData ? ReportCell(cell::NoData()) : Words(text);
    };
    table.rows.push_back({WithinPlan(restatement.resource()), Words(restatement.figure()),
                          value(restatement.published()), value(restatement.current())});
  }
  return table;
}

}  // namespace

ReportCell FigureCell(const reporting::v1::Figure& figure) {
  if (!figure.has_value()) return cell::NoData();
  return cell::Share{figure.value()};
}

cell::Coverage CoverageOf(const reporting::v1::Figure& figure) {
  return {figure.counted_count(), figure.expected_count()};
}

std::vector<ReportTable> TablesOf(const ReportAnswers& answers) {
  std::vector<ReportTable> tables = {ScorecardTable(answers.card), ActionsTable(answers.actions),
                                     IndicatorsTable(answers.indicators), AttentionTable(answers),
                                     TrendTable(answers.trend)};
  if (answers.published) tables.push_back(RestatementsTable(answers.restatements));
  return tables;
}

}  // namespace concord::ctl
