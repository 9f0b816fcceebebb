#include "services/concordctl/report_document.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/aip/date.h"
#include "services/concordctl/display_text.h"
#include "services/concordctl/figure_words.h"
#include "services/concordctl/report_parts.h"
#include "services/concordctl/simulated_plan.h"

namespace concord::ctl {
namespace {

using reporting::v1::ActionCounts;
using reporting::v1::Scorecard;

std::string TimeText(absl::Time time) { return absl::FormatTime("%Y-%m-%d %H:%M:%S UTC", time, absl::UTCTimeZone()); }

absl::Time TimeOf(const google::protobuf::Timestamp& time) {
  return absl::FromUnixSeconds(time.seconds()) + absl::Nanoseconds(time.nanos());
}

void FillOrigin(const ReportAnswers& answers, ReportDocument& document) {
  document.known_at = absl::InfinitePast();
  for (const auto& revision : answers.card.revisions()) {
    absl::StrAppend(&document.revisions, document.revisions.empty() ? "" : " ", revision.scope(), "@",
                    revision.revision());
    if (revision.has_commit_time()) document.known_at = std::max(document.known_at, TimeOf(revision.commit_time()));
  }
  document.formula_edition = answers.card.formula_edition();
}

std::string CountsText(const ActionCounts& counts) {
  std::string text = absl::StrCat(counts.total_count(), ": ", counts.proposed_count(), " proposed, ",
                                  counts.approved_count(), " approved, ", counts.in_progress_count(), " in progress, ",
                                  counts.on_hold_count(), " on hold, ", counts.completed_count(), " completed");
  if (counts.cancelled_count() > 0) absl::StrAppend(&text, "; ", counts.cancelled_count(), " more cancelled");
  return text;
}

std::string HealthText(const ActionCounts& counts) {
  return absl::StrCat(counts.on_track_count(), " on track, ", counts.at_risk_count(), " at risk, ",
                      counts.off_track_count(), " off track, ", counts.no_data_count(), " without data");
}

void AddPublished(const ReportAnswers& answers, ReportDocument& document) {
  const auto& published = *answers.published;
  auto& facts = document.facts;
  facts.emplace_back("Published report", absl::StrCat("number ", published.number(), ", ", Printable(published.title()),
                                                      ", published ", TimeText(TimeOf(published.create_time()))));
  if (!published.note().empty()) facts.emplace_back("Note", Printable(published.note()));
  const int restated = answers.restatements.restatements_size();
  facts.emplace_back("Restatements", restated == 0 ? "nothing is another figure as it is known now"
                                                   : absl::StrCat(restated, ", listed at the end"));
}

void AddFacts(const ReportAnswers& answers, ReportDocument& document) {
  const Scorecard& card = answers.card;
  auto& facts = document.facts;
  facts.emplace_back("About", absl::FormatCivilTime(document.date));
  if (answers.published) AddPublished(answers, document);
  facts.emplace_back("Plan", document.plan);
  if (!answers.plan.organization().title().empty())
    facts.emplace_back("Organization", Printable(answers.plan.organization().title()));
  facts.emplace_back("Known at",
                     document.known_at == absl::InfinitePast() ? "nothing recorded" : TimeText(document.known_at));
  facts.emplace_back("Revisions", document.revisions);
  std::string edition = card.formula_edition();
  if (answers.actions.formula_edition() != edition && !answers.actions.formula_edition().empty())
    absl::StrAppend(&edition, " of the scorecard, ", answers.actions.formula_edition(), " of everything else");
  facts.emplace_back("Formulas", absl::StrCat("edition ", edition));
  facts.emplace_back("Actions", CountsText(card.action_counts()));
  facts.emplace_back("Their health", HealthText(card.action_counts()));
  facts.emplace_back("Owed", absl::StrCat(card.duty_counts().overdue_count(), " overdue, ",
                                          card.duty_counts().upcoming_count(), " more within 30 days"));
}

void AddHeading(const ReportAnswers& answers, ReportDocument& document) {
  const std::string& organization = answers.plan.organization().title();
  document.kind = organization.empty() ? "" : absl::StrCat(Printable(organization), ", ");
  if (answers.published) {
    absl::StrAppend(&document.kind, "report ", answers.published->number(), ": ",
                    Printable(answers.published->title()));
  } else {
    absl::StrAppend(&document.kind, "report on the plan");
  }
  document.about = absl::StrCat("About ", absl::FormatCivilTime(document.date));
  if (document.known_at != absl::InfinitePast())
    absl::StrAppend(&document.about, ", as known at ", TimeText(document.known_at));
  if (!document.revisions.empty()) absl::StrAppend(&document.about, " (", document.revisions, ")");
  absl::StrAppend(&document.about, ", by the formulas of edition ", document.formula_edition);
}

void AddHighlights(const Scorecard& card, ReportDocument& document) {
  const auto level = card.computed_health().level();
  ReportCell health = HealthWord(level);
  if (level == reporting::v1::HEALTH_LEVEL_NO_DATA) health = cell::NoData();
  auto& highlights = document.highlights;
  highlights.emplace_back("Progress", FigureCell(card.delivery().progress()));
  highlights.emplace_back("Planned", FigureCell(card.delivery().planned_progress()));
  highlights.emplace_back("Schedule", FigureCell(card.delivery().schedule_performance()));
  highlights.emplace_back("Health", health);
  highlights.emplace_back("Attainment", FigureCell(card.outcome().attainment()));
  highlights.emplace_back("On target",
                          cell::Coverage{card.outcome().on_target_count(), card.outcome().indicator_count()});
}

}  // namespace

ReportDocument MakeReportDocument(const ReportAnswers& answers) {
  ReportDocument document;
  document.title = Printable(answers.card.title());
  document.plan = answers.card.plan();
  document.date = aip::IsDay(answers.card.date()) ? aip::ToDay(answers.card.date()) : absl::CivilDay();
  document.simulated = IsSimulated(answers.plan);
  FillOrigin(answers, document);
  AddHeading(answers, document);
  AddFacts(answers, document);
  AddHighlights(answers.card, document);
  document.tables = TablesOf(answers);
  document.charts = ChartsOf(answers);
  return document;
}

ReportTable WithCountsApart(const ReportTable& table) {
  ReportTable apart = table;
  apart.columns.clear();
  for (auto& row : apart.rows) row.clear();
  for (size_t column = 0; column < table.columns.size(); ++column) {
    const ReportColumn& heading = table.columns[column];
    const bool split = heading.kind == ReportColumn::Kind::kCoverage;
    if (split) {
      apart.columns.push_back({heading.heading, ReportColumn::Kind::kCount, heading.on_paper});
      apart.columns.push_back({heading.heading + ": of", ReportColumn::Kind::kCount, heading.on_paper});
    } else {
      apart.columns.push_back(heading);
    }
    for (size_t row = 0; row < table.rows.size(); ++row) {
      const ReportCell& cell = table.rows[row][column];
      if (!split) {
        apart.rows[row].push_back(cell);
        continue;
      }
      const auto& coverage = absl::get<cell::Coverage>(cell);
      apart.rows[row].emplace_back(coverage.counted);
      apart.rows[row].emplace_back(coverage.expected);
    }
  }
  return apart;
}

std::string CellText(const ReportCell& cell) {
  struct ToText {
    std::string operator()(cell::NotApplicable) const { return ""; }
    std::string operator()(cell::NoData) const { return kNoData; }
    std::string operator()(const std::string& text) const { return text; }
    std::string operator()(absl::CivilDay day) const { return absl::FormatCivilTime(day); }
    std::string operator()(cell::Share share) const { return PercentText(share.value); }
    std::string operator()(int count) const { return absl::StrCat(count); }
    std::string operator()(const cell::DecimalText& decimal) const { return decimal.digits; }
    std::string operator()(cell::Coverage coverage) const {
      return absl::StrCat(coverage.counted, " of ", coverage.expected);
    }
  };
  return absl::visit(ToText(), cell);
}

}  // namespace concord::ctl
