// How long standards take, and whether they come in time.
#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/aip/date.h"
#include "services/reporting/formulas/formula.h"
#include "services/reporting/formulas/formula_values.h"
#include "services/reporting/formulas/time_to_event.h"
#include "services/reporting/formulas/work_item_on_day.h"

namespace concord::reporting {
namespace {

using member::v1::WorkItem;

// Where work items are that have come to no end, and to none that is waited for.
constexpr char kOpen[] = "open";
constexpr char kGivenUp[] = "given-up";

// The value, and how many went into it in which way.
FormulaAnswer AnswerOf(const std::vector<TimeSpan>& spans, int percent, absl::string_view what,
                       absl::string_view reached) {
  const auto count = [&](TimeSpan::End end) {
    return std::count_if(spans.begin(), spans.end(), [end](const TimeSpan& span) { return span.end == end; });
  };
  const std::string all =
      absl::StrCat(spans.size(), " ", what, ": ", count(TimeSpan::End::kReached), " ", reached, ", ",
                   count(TimeSpan::End::kOpen), " open, ", count(TimeSpan::End::kGivenUp), " given up");
  const absl::optional<int64_t> days = DaysUntil(spans, percent);
  if (!days.has_value()) return NoData(absl::StrCat("less than ", percent, " % have come so far, of ", all));
  return {absl::StrCat(*days), absl::StrCat(percent, " % within ", *days, " days, of ", all), {}};
}

void AddPercentiles(const std::map<std::string, std::vector<int64_t>>& days_by_part, int percent,
                    FormulaAnswer& answer) {
  for (const auto& [part, days] : days_by_part) {
    const auto count = static_cast<int64_t>(days.size());
    answer.parts.push_back(PartOf(part, absl::StrCat(*NearestRank(days, percent)), "days", count, count));
  }
}

// Whether a day lies in the window that parameters give; both ends belong to it.
bool IsInWindow(absl::CivilDay date, const FormulaArguments& arguments) {
  const absl::optional<absl::CivilDay> from = arguments.Day("from");
  const absl::optional<absl::CivilDay> to = arguments.Day("to");
  return (!from.has_value() || *from <= date) && (!to.has_value() || date <= *to);
}

// Whether a work item whose beginning is not known may have begun within the window: it had not been published before,
// and it had begun at all.
bool MayBeInWindow(const WorkItemOnDay& state, const FormulaArguments& arguments) {
  const absl::optional<absl::CivilDay> from = arguments.Day("from");
  if (from.has_value() && state.publication().has_value() && *state.publication() < *from) return false;
  return state.IsActive() || state.IsPublished();
}

FormulaAnswer ComputeDevelopmentTime(const FormulaRecords& records, const FormulaArguments& arguments,
                                     FormulaInputs& inputs) {
  std::vector<TimeSpan> spans;
  std::map<std::string, std::vector<int64_t>> days_by_year;
  ForEachWorkItem(records, arguments, [&](const WorkItem& item) {
    const WorkItemOnDay state(item, arguments.day());
    if (!state.registration().has_value()) {
      if (MayBeInWindow(state, arguments)) inputs.Missing(item);
      return;
    }
    const absl::CivilDay begin = *state.registration();
    if (!IsInWindow(begin, arguments)) return;
    if (state.publication().has_value() && *state.publication() >= begin) {
      const int64_t days = *state.publication() - begin;
      const std::string year = absl::StrCat(state.publication()->year());
      spans.push_back({days, TimeSpan::End::kReached});
      days_by_year[year].push_back(days);
      inputs.In(item, year, days);
    } else if (state.IsPublished()) {
      inputs.Missing(item);  // It does not say when, or that it was before it began.
    } else if (state.IsGivenUp()) {
      const int64_t days = *state.stage_day() - begin;
      spans.push_back({days, TimeSpan::End::kGivenUp});
      inputs.Out(item, kGivenUp, days);
    } else {
      const int64_t days = arguments.day() - begin;
      spans.push_back({days, TimeSpan::End::kOpen});
      inputs.Out(item, kOpen, days);
    }
  });
  if (spans.empty()) return NoData("no work item says when it began");
  FormulaAnswer answer = AnswerOf(spans, arguments.Number("percentile"), "work items", "published");
  AddPercentiles(days_by_year, arguments.Number("percentile"), answer);
  return answer;
}

absl::string_view StageOf(absl::string_view code) { return code.substr(0, 2); }

// The first stay of a work item in a stage, up to a day.
struct Stay {
  absl::string_view stage;
  TimeSpan span;
};

std::vector<Stay> FirstStaysOf(const WorkItem& item, absl::CivilDay day) {
  std::vector<Stay> stays;
  absl::string_view last_code;
  absl::CivilDay begin;
  const auto end_stay = [&](TimeSpan::End end, absl::CivilDay date) {
    const absl::string_view stage = StageOf(last_code);
    const bool is_first = std::none_of(stays.begin(), stays.end(), [&](const Stay& s) { return s.stage == stage; });
    if (is_first) stays.push_back({stage, {date - begin, end}});
  };
  for (const member::v1::StageEvent& event : item.stage_events()) {
    const absl::CivilDay date = aip::ToDay(event.date());
    if (date > day) break;
    if (!last_code.empty() && StageOf(event.stage()) != StageOf(last_code)) end_stay(TimeSpan::End::kReached, date);
    if (last_code.empty() || StageOf(event.stage()) != StageOf(last_code)) begin = date;
    last_code = event.stage();
  }
  if (last_code.empty()) return stays;
  const WorkItemOnDay state(item, day);
  if (state.IsGivenUp()) {
    end_stay(TimeSpan::End::kGivenUp, *state.stage_day());
  } else {
    end_stay(TimeSpan::End::kOpen, day);
  }
  return stays;
}

FormulaAnswer ComputeStageTime(const FormulaRecords& records, const FormulaArguments& arguments,
                               FormulaInputs& inputs) {
  const std::string& wanted = arguments.Text("stage");
  const int percent = arguments.Number("percentile");
  std::map<std::string, std::vector<TimeSpan>> spans_by_stage;
  ForEachWorkItem(records, arguments, [&](const WorkItem& item) {
    const std::vector<Stay> stays = FirstStaysOf(item, arguments.day());
    if (stays.empty() && StageOf(WorkItemOnDay(item, arguments.day()).stage()) >= wanted) inputs.Missing(item);
    for (const Stay& stay : stays) {
      spans_by_stage[std::string(stay.stage)].push_back(stay.span);
      if (stay.stage != wanted) continue;
      const bool went_on = stay.span.end == TimeSpan::End::kReached;
      const char* part = went_on ? "" : (stay.span.end == TimeSpan::End::kOpen ? kOpen : kGivenUp);
      inputs.InOrOut(went_on, item, part, stay.span.days);
    }
  });
  FormulaAnswer answer = NoData(absl::StrCat("no work item says when it came to stage ", wanted));
  if (const auto found = spans_by_stage.find(wanted); found != spans_by_stage.end()) {
    answer = AnswerOf(found->second, percent, absl::StrCat("work items in stage ", wanted), "left it");
  }
  for (const auto& [stage, spans] : spans_by_stage) {
    const absl::optional<int64_t> days = DaysUntil(spans, percent);
    const auto count = static_cast<int64_t>(spans.size());
    answer.parts.push_back(PartOf(stage, days.has_value() ? absl::StrCat(*days) : "", "days", count, count));
  }
  return answer;
}

struct InTime {
  int64_t in = 0;
  int64_t counted = 0;
};

FormulaAnswer ComputeInsideLimits(const FormulaRecords& records, const FormulaArguments& arguments,
                                  FormulaInputs& inputs) {
  const Committees committees = Committees::Ever(records, "");
  std::map<std::string, InTime> by_holder;
  ForEachWorkItem(records, arguments, [&](const WorkItem& item) {
    const WorkItemOnDay state(item, arguments.day());
    if (!item.has_publication_limit_date()) {
      if (state.IsActive()) inputs.Missing(item);
      return;
    }
    const absl::CivilDay limit = aip::ToDay(item.publication_limit_date());
    if (limit > arguments.day() || !IsInWindow(limit, arguments)) return;
    if (state.IsGivenUp() && *state.stage_day() <= limit) return;  // It needed no more time.
    const auto* period = SecretariatOn(*committees.OfChild(item.name()), limit);
    const std::string holder = period == nullptr ? "" : period->member();
    const bool in_time = state.publication().has_value() && *state.publication() <= limit;
    ++by_holder[holder].counted;
    if (in_time) ++by_holder[holder].in;
    inputs.InOrOut(in_time, item, holder);
  });
  FormulaAnswer answer = ShareOf(inputs, "work items whose time was up");
  for (const auto& [holder, count] : by_holder) {
    answer.parts.push_back(ShareWithInterval(holder, count.in, count.counted, count.counted));
  }
  return answer;
}

ParameterDefinition PercentileParameter() {
  return {.key = "percentile",
          .description = "Within how many days so many percent come, 1 to 99",
          .standard = "50",
          .least = 1,
          .most = 99};
}

}  // namespace

std::vector<FormulaDefinition> DevelopmentFormulas() {
  return {
      {.id = "development-time",
       .edition = "2026-1",
       .title = "Time from registration to publication",
       .description =
           "Within how many days so many percent of the projects that begin are published, counted from their approval "
           "(10.99), or else registration (20.00), to their publication (60.60). Projects still open on the day are "
           "known to take longer than until then; those given up (xx.98) before publication will never come, and lower "
           "the share that does (estimate of Aalen and Johansen; where nothing is given up it is that of Kaplan and "
           "Meier). If so many percent have not come, there is no data. Missing are those under way or published that "
           "do "
           "not say when they began or came out. Parts: by year of publication the percentile of those published in "
           "it, "
           "by the nearest rank. The input's value is its days, its part the year, open or given-up.\n\n"
           "Example: of four projects one is published after 700 days, one given up after 100, one published after 900 "
           "and one open since 800: after 700 days 1/4 of all, and the last two at risk; the one open leaves only one; "
           "after 900 days 3/4. Half of them come within 900 days.",
       .unit = "days",
       .scale = 0,
       .objective_codes = {"1", "6"},
       .parameters = {CommitteeParameter(), DayParameter("from", "Only projects that began on this day or later"),
                      IcsParameter(), PercentileParameter(), SecretariatParameter(),
                      DayParameter("to", "Only projects that began on this day or before"), TrackParameter()},
       .needs = {.directory = true, .work_items = true},
       .compute = ComputeDevelopmentTime},
      {.id = "inside-limit-dates",
       .edition = "2026-1",
       .title = "Share of projects published within their limit date",
       .description =
           "Of the projects whose limit date for publication had come by the day, those that were published by it. A "
           "project given up before its limit is not counted. Missing are projects under way without a limit date: "
           "those "
           "on no track. Parts: by who held the secretariat at the limit, with the 95 % interval after Wilson.\n\n"
           "Example: limits 2012-03-01 (published 2012-02-15), 2012-06-01 (published 2012-07-01) and 2013-01-01, on "
           "2012-12-31: 1 of 2, 50.0 %.",
       .unit = "%",
       .scale = 1,
       .objective_codes = {"6"},
       .parameters = {CommitteeParameter(), DayParameter("from", "Only projects whose limit was on this day or later"),
                      IcsParameter(), SecretariatParameter(),
                      DayParameter("to", "Only projects whose limit was on this day or before"), TrackParameter()},
       .needs = {.directory = true, .work_items = true},
       .compute = ComputeInsideLimits},
      {.id = "stage-time",
       .edition = "2026-1",
       .title = "Time that work items stay in a stage",
       .description =
           "Within how many days so many percent of the work items that come to a stage leave it for another one; "
           "their "
           "first stay counts. Those still in it on the day, and those given up in it, go in as in development-time. "
           "Missing are those in this stage or a later one that know of no event. Parts: the same for each stage.\n\n"
           "Example: two work items left stage 40 after 150 and 200 days, one came to it 100 days ago: half of them "
           "leave it within 150 days.",
       .unit = "days",
       .scale = 0,
       .objective_codes = {"6"},
       .parameters = {CommitteeParameter(),
                      IcsParameter(),
                      PercentileParameter(),
                      {.key = "stage",
                       .description = "Which stage: 00, 10, 20, 30, 40, 50, 60, 90 or 95",
                       .kind = ParameterDefinition::Kind::kWord,
                       .standard = "40",
                       .words = "00|10|20|30|40|50|60|90|95"},
                      TrackParameter()},
       .needs = {.directory = true, .work_items = true},
       .compute = ComputeStageTime},
  };
}

}  // namespace concord::reporting
