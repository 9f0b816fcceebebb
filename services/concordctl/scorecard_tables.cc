#include "services/concordctl/scorecard_tables.h"

#include <map>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "common/aip/date.h"
#include "services/concordctl/field_text.h"
#include "services/concordctl/figure_words.h"
#include "services/concordctl/names.h"
#include "services/concordctl/periods.h"

namespace concord::ctl {
namespace {

using reporting::v1::ActionCounts;
using reporting::v1::ActionScore;
using reporting::v1::Delivery;
using reporting::v1::Duty;
using reporting::v1::Figure;
using reporting::v1::Health;
using reporting::v1::IndicatorScore;
using reporting::v1::ListActionScoresResponse;
using reporting::v1::ObjectiveScore;
using reporting::v1::Outcome;
using reporting::v1::Scorecard;

Cell FigureCell(const Figure& figure) {
  return figure.has_value() ? Cell(PercentText(figure.value())) : Cell("no data", Tone::kFaint);
}

// Of how many of the inputs the figure knows anything.
Cell CoverageCell(const Figure& figure) {
  return absl::StrCat(figure.counted_count(), " of ", figure.expected_count());
}

Cell HealthCell(const Health& health) {
  const std::string word = HealthWord(health.level());
  switch (health.level()) {
    case reporting::v1::HEALTH_LEVEL_ON_TRACK:
      return {word, Tone::kGood};
    case reporting::v1::HEALTH_LEVEL_AT_RISK:
      return {word, Tone::kWarning};
    case reporting::v1::HEALTH_LEVEL_OFF_TRACK:
      return {word, Tone::kBad};
    default:
      return {word, Tone::kFaint};
  }
}

Cell DoneCell(const ActionCounts& counts) {
  return absl::StrCat(counts.completed_count(), " of ", counts.total_count());
}

// What a row of the table is about: an objective, or the plan.
struct Whole {
  std::string code;
  std::string title;
  const Delivery* delivery;
  const Health* health;
  const ActionCounts* counts;
  const Outcome* outcome;
};

Whole WholeOf(const ObjectiveScore& score) {
  return {score.code(),           score.title(),   &score.delivery(), &score.computed_health(),
          &score.action_counts(), &score.outcome()};
}

Whole WholeOf(const Scorecard& card) {
  return {"", "the plan", &card.delivery(), &card.computed_health(), &card.action_counts(), &card.outcome()};
}

void AddRow(const Whole& now, const Whole* then, bool compared, Table& table) {
  std::vector<Cell> cells = {now.code, now.title};
  const Cell nothing("", Tone::kFaint);
  cells.push_back(FigureCell(now.delivery->progress()));
  if (compared) cells.push_back(then == nullptr ? nothing : FigureCell(then->delivery->progress()));
  cells.push_back(FigureCell(now.delivery->planned_progress()));
  cells.push_back(FigureCell(now.delivery->schedule_performance()));
  cells.push_back(HealthCell(*now.health));
  if (compared) cells.push_back(then == nullptr ? nothing : HealthCell(*then->health));
  cells.push_back(DoneCell(*now.counts));
  cells.push_back(CoverageCell(now.delivery->progress()));
  cells.push_back(FigureCell(now.outcome->attainment()));
  if (compared) cells.push_back(then == nullptr ? nothing : FigureCell(then->outcome->attainment()));
  cells.push_back(CoverageCell(now.outcome->attainment()));
  table.AddRow(std::move(cells));
}

// A decimal with the day that it is of.
Cell DecimalCell(bool known, const type::Decimal& decimal, const char* otherwise) {
  return known ? Cell(decimal.value()) : Cell(otherwise, Tone::kFaint);
}

std::string DateText(bool known, const google::type::Date& date) { return known ? aip::FormatDate(date) : ""; }

Cell GuardRailCell(reporting::v1::GuardRailState state) {
  const std::string word = GuardRailWord(state);
  if (word == "-") return {word, Tone::kFaint};
  return {word, state == reporting::v1::GUARD_RAIL_STATE_WITHIN ? Tone::kGood : Tone::kBad};
}

Cell TargetStateCell(reporting::v1::TargetState state) {
  const std::string word = TargetStateWord(state);
  if (state == reporting::v1::TARGET_STATE_ON_TARGET) return {word, Tone::kGood};
  return {word, state == reporting::v1::TARGET_STATE_BEHIND_TARGET ? Tone::kBad : Tone::kFaint};
}

std::string KindText(const Duty& duty) {
  const std::string word = FieldText(duty, *Duty::descriptor()->FindFieldByName("kind"));
  return absl::StrReplaceAll(absl::AsciiStrToLower(word), {{"_", " "}});
}

}  // namespace

Table ObjectivesTable(const Scorecard& card, const Scorecard* before) {
  const auto number = Column::kNumber;
  const bool compared = before != nullptr;
  std::vector<Column> columns = {{"CODE"}, {"TITLE", Column::kFlexible}, {"PROGRESS", number}};
  if (compared) columns.emplace_back("WAS", number);
  columns.insert(columns.end(), {{"PLANNED", number}, {"SCHEDULE", number}, {"HEALTH"}});
  if (compared) columns.emplace_back("WAS");
  columns.insert(columns.end(), {{"DONE", number}, {"DATA", number}, {"ATTAINMENT", number}});
  if (compared) columns.emplace_back("WAS", number);
  columns.emplace_back("MEASURED", number);
  std::map<std::string, Whole> then;
  if (compared) {
    for (const ObjectiveScore& score : before->objective_scores()) then.emplace(score.objective(), WholeOf(score));
  }
  Table table(columns);
  for (const ObjectiveScore& score : card.objective_scores()) {
    const auto found = then.find(score.objective());
    AddRow(WholeOf(score), found == then.end() ? nullptr : &found->second, compared, table);
  }
  const Whole plan_then = WholeOf(compared ? *before : card);
  AddRow(WholeOf(card), compared ? &plan_then : nullptr, compared, table);
  return table;
}

Table ActionsTable(const ListActionScoresResponse& scores) {
  const auto number = Column::kNumber;
  Table table({{"CODE"},
               {"TITLE", Column::kFlexible},
               {"STATE"},
               {"DUE"},
               {"PROGRESS", number},
               {"PLANNED", number},
               {"HEALTH"},
               {"WHY", Column::kFlexible}});
  for (const ActionScore& score : scores.action_scores()) {
    const Health& health = score.computed_health();
    table.AddRow({score.code(), score.title(), FieldText(score, *ActionScore::descriptor()->FindFieldByName("state")),
                  aip::FormatDate(score.due_date()), FigureCell(score.delivery().progress()),
                  FigureCell(score.delivery().planned_progress()), HealthCell(health),
                  health.explanation().empty() ? health.rule() : health.explanation()});
  }
  return table;
}

Table IndicatorsTable(const reporting::v1::ListIndicatorScoresResponse& scores) {
  const auto number = Column::kNumber;
  Table table({{"CODE"},
               {"TITLE", Column::kFlexible},
               {"UNIT", Column::kFlexible},
               {"BASELINE", number},
               {"VALUE", number},
               {"OF"},
               {"TARGET", number},
               {"BY"},
               {"ATTAINMENT", number},
               {"BY NOW"},
               {"LIMITS"}});
  for (const IndicatorScore& score : scores.indicator_scores()) {
    table.AddRow(
        {score.code(), score.title(), score.unit(), DecimalCell(score.has_baseline(), score.baseline(), "none yet"),
         DecimalCell(score.has_value(), score.value(), "no data"), DateText(score.has_value_date(), score.value_date()),
         DecimalCell(score.has_target(), score.target(), "none"),
         DateText(score.has_target_date(), score.target_date()), FigureCell(score.attainment()),
         TargetStateCell(score.target_state()), GuardRailCell(score.guard_rail_state())});
  }
  return table;
}

Table DutiesTable(const google::protobuf::RepeatedPtrField<Duty>& duties) {
  Table table({{"OWNER"}, {"DUE"}, {"STATE"}, {"WHAT"}, {"FOR"}, {"ABOUT"}, {"TITLE", Column::kFlexible}});
  for (const Duty& duty : duties) {
    objective::v1::Period period;
    *period.mutable_start_date() = duty.period_start_date();
    *period.mutable_end_date() = duty.period_end_date();
    table.AddRow({duty.owner().empty() ? "(strategy office)" : duty.owner(), aip::FormatDate(duty.due_date()),
                  duty.overdue() ? Cell("overdue", Tone::kBad) : Cell("to come"), KindText(duty), PeriodText(period),
                  ShortName(duty.resource()), duty.title()});
  }
  return table;
}

Table TrendTable(const reporting::v1::ListTrendPointsResponse& list, bool objectives) {
  Table table({{"DATE"},
               {"OF"},
               {"PROGRESS", Column::kNumber},
               {"PLANNED", Column::kNumber},
               {"SCHEDULE", Column::kNumber},
               {"HEALTH"},
               {"ATTAINMENT", Column::kNumber},
               {"ON TARGET", Column::kNumber}});
  for (const reporting::v1::TrendPoint& point : list.trend_points()) {
    if (!objectives && !point.code().empty()) continue;
    table.AddRow({aip::FormatDate(point.date()), point.code().empty() ? "the plan" : point.code(),
                  FigureCell(point.delivery().progress()), FigureCell(point.delivery().planned_progress()),
                  FigureCell(point.delivery().schedule_performance()), HealthCell(point.computed_health()),
                  FigureCell(point.outcome().attainment()),
                  absl::StrCat(point.outcome().on_target_count(), " of ", point.outcome().indicator_count())});
  }
  return table;
}

}  // namespace concord::ctl
