#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/types/optional.h"
#include "common/aip/date.h"
#include "services/concordctl/display_text.h"
#include "services/concordctl/report_parts.h"

namespace concord::ctl {
namespace {

using reporting::v1::Figure;
using reporting::v1::ObjectiveScore;
using reporting::v1::TrendPoint;

absl::optional<double> ValueOf(const Figure& figure) {
  if (!figure.has_value()) return absl::nullopt;
  return figure.value();
}

ReportChart DeliveryTrend(const reporting::v1::ListTrendPointsResponse& list) {
  ReportChart chart{"delivery-trend",
                    "Delivery: progress and what was planned",
                    "A line of the plan's progress beside a line of what was planned, by the end of each period.",
                    ReportChart::Kind::kLines,
                    true,
                    {},
                    {{"Progress", {}}, {"Planned", {}}}};
  for (const TrendPoint& point : list.trend_points()) {
    if (!point.code().empty()) continue;  // An objective's.
    chart.categories.push_back(aip::FormatDate(point.date()));
    chart.series[0].values.push_back(ValueOf(point.delivery().progress()));
    chart.series[1].values.push_back(ValueOf(point.delivery().planned_progress()));
  }
  return chart;
}

ReportChart OutcomeTrend(const reporting::v1::ListTrendPointsResponse& list) {
  ReportChart chart{"outcome-trend",
                    "Outcome: attainment of the indicators",
                    "A line of the mean attainment of the plan's indicators, by the end of each period.",
                    ReportChart::Kind::kLines,
                    true,
                    {},
                    {{"Attainment", {}}}};
  for (const TrendPoint& point : list.trend_points()) {
    if (!point.code().empty()) continue;
    chart.categories.push_back(aip::FormatDate(point.date()));
    chart.series[0].values.push_back(ValueOf(point.outcome().attainment()));
  }
  return chart;
}

ReportChart Objectives(const reporting::v1::Scorecard& card) {
  ReportChart chart{"objectives",
                    "Objectives: delivery beside outcome",
                    "Two bars for each objective, by its code: the progress of its work and the mean attainment of "
                    "its indicators.",
                    ReportChart::Kind::kBars,
                    true,
                    {},
                    {{"Progress", {}}, {"Attainment", {}}}};
  for (const ObjectiveScore& score : card.objective_scores()) {
    chart.categories.push_back(Printable(score.code().empty() ? score.title() : score.code()));
    chart.series[0].values.push_back(ValueOf(score.delivery().progress()));
    chart.series[1].values.push_back(ValueOf(score.outcome().attainment()));
  }
  return chart;
}

// Here "no data" is one of the things that are counted, and a zero is one.
ReportChart HealthOfActions(const reporting::v1::ActionCounts& counts) {
  return {"health-counts",
          "Health of the actions",
          "A bar for each health with how many actions have it; those without data are one of them.",
          ReportChart::Kind::kBars,
          false,
          {"on track", "at risk", "off track", kNoData},
          {{"Actions",
            {counts.on_track_count(), counts.at_risk_count(), counts.off_track_count(), counts.no_data_count()}}}};
}

// "2011-03-31 to 2011-12-31" where several in a row have a gap.
std::vector<std::string> GapsOfSeries(const ReportChart& chart, const ReportSeries& series) {
  std::vector<std::string> gaps;
  for (size_t begin = 0; begin < series.values.size(); ++begin) {
    if (series.values[begin]) continue;
    size_t end = begin;
    while (end + 1 < series.values.size() && !series.values[end + 1]) ++end;
    gaps.push_back(chart.categories[begin]);
    if (end > begin) absl::StrAppend(&gaps.back(), end > begin + 1 ? " to " : ", ", chart.categories[end]);
    begin = end;
  }
  return gaps;
}

}  // namespace

std::vector<ReportChart> ChartsOf(const ReportAnswers& answers) {
  return {DeliveryTrend(answers.trend), OutcomeTrend(answers.trend), Objectives(answers.card),
          HealthOfActions(answers.card.action_counts())};
}

std::string GapsOf(const ReportChart& chart) {
  std::string text;
  for (const ReportSeries& series : chart.series) {
    const std::vector<std::string> gaps = GapsOfSeries(chart, series);
    if (gaps.empty()) continue;
    absl::StrAppend(&text, text.empty() ? "" : "; ", series.name, ": ");
    for (size_t i = 0; i < gaps.size(); ++i) absl::StrAppend(&text, i == 0 ? "" : ", ", gaps[i]);
  }
  return text;
}

}  // namespace concord::ctl
