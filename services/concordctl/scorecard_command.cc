#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/aip/date.h"
#include "common/status/macros.h"
#include "concord/objective/v1/plan.pb.h"
#include "concord/reporting/v1/reporting_service.pb.h"
#include "services/concordctl/commands.h"
#include "services/concordctl/display_text.h"
#include "services/concordctl/failures.h"
#include "services/concordctl/json.h"
#include "services/concordctl/listening.h"
#include "services/concordctl/names.h"
#include "services/concordctl/report_answers.h"
#include "services/concordctl/report_reading.h"
#include "services/concordctl/resource_commands.h"
#include "services/concordctl/scorecard_tables.h"
#include "services/concordctl/simulated_plan.h"

namespace concord::ctl {
namespace {

using reporting::v1::ActionCounts;
using reporting::v1::ListDutiesRequest;
using reporting::v1::ListDutiesResponse;
using reporting::v1::Scorecard;

// How many of the overdue duties a scorecard shows.
constexpr int kFirstDuties = 5;

struct ScorecardOptions {
  std::string plan;
  std::string date;
  std::string as_of;
  std::string since;
  bool actions = false;
  bool indicators = false;
  bool watch = false;
};

// All that one scorecard shows.
struct Report {
  Scorecard card;
  bool simulated = false;
  absl::optional<reporting::v1::ListActionScoresResponse> actions;
  absl::optional<reporting::v1::ListIndicatorScoresResponse> indicators;
  ListDutiesResponse first_duties;

  absl::optional<Scorecard> before;  // With --since.
  bool before_was_recorded = true;   // Else it is what is known now about that day.
  int change_count = 0;
};

std::string Heading(const Scorecard& card, const Terminal& terminal) {
  std::string text = Toned(Printable(card.title()), Tone::kHeading, terminal) + "\n";
  absl::StrAppend(&text, card.plan(), " on ", aip::FormatDate(card.date()));
  for (const auto& revision : card.revisions())
    absl::StrAppend(&text, ", revision ", revision.revision(), " of ", revision.scope());
  const ActionCounts& counts = card.action_counts();
  absl::StrAppend(&text, ", formulas ", card.formula_edition(), "\n", counts.total_count(),
                  " actions: ", counts.proposed_count(), " proposed, ", counts.approved_count(), " approved, ",
                  counts.in_progress_count(), " in progress, ", counts.on_hold_count(), " on hold, ",
                  counts.completed_count(), " completed");
  if (counts.cancelled_count() > 0) absl::StrAppend(&text, "; ", counts.cancelled_count(), " more cancelled");
  return text + "\n\n";
}

// A day, or a time: where "since" begins.
absl::StatusOr<type::Moment> ToBeginning(const std::string& text) {
  google::type::Date date;
  return ToMoment(FillDate(text, date).ok() ? text + "T00:00:00Z" : text);
}

absl::Status AddWhatWasBefore(Session& session, const std::string& since, Report& report) {
  CONCORD_ASSIGN_OR_RETURN(const type::Moment beginning, ToBeginning(since));
  reporting::v1::GetScorecardRequest request;
  request.set_name(report.card.plan() + "/scorecard");
  *request.mutable_date() = aip::FromDay(aip::DayOf(absl::FromUnixSeconds(beginning.time().seconds())));
  *request.mutable_as_of() = beginning;
  auto before = session.Call<Scorecard>(request);
  if (absl::IsNotFound(before.status())) {
    report.before_was_recorded = false;
    *request.mutable_as_of()->mutable_revisions() = report.card.revisions();
    request.mutable_as_of()->clear_time();
    before = session.Call<Scorecard>(request);
  }
  CONCORD_RETURN_IF_ERROR(before.status());
  report.before = *before;
  reporting::v1::ListPlanChangesRequest list;
  list.set_parent(report.card.plan());
  *list.mutable_since() = beginning.time();
  *list.mutable_as_of()->mutable_revisions() = report.card.revisions();
  CONCORD_ASSIGN_OR_RETURN(const auto changes, session.ListAll<reporting::v1::ListPlanChangesResponse>(list));
  report.change_count = changes.plan_changes_size();
  return absl::OkStatus();
}

absl::StatusOr<Report> Ask(Session& session, const ScorecardOptions& options) {
  Report report;
  reporting::v1::GetScorecardRequest request;
  CONCORD_ASSIGN_OR_RETURN(const std::string plan, session.PlanOr(options.plan));
  request.set_name(plan + "/scorecard");
  if (!options.date.empty()) CONCORD_RETURN_IF_ERROR(FillDate(options.date, *request.mutable_date()));
  CONCORD_RETURN_IF_ERROR(SetAsOf(options.as_of, request));
  CONCORD_ASSIGN_OR_RETURN(report.card, session.Call<Scorecard>(request));
  const Scorecard& card = report.card;
  CONCORD_ASSIGN_OR_RETURN(const objective::v1::Plan its_plan, PlanOfCard(session, card));
  report.simulated = IsSimulated(its_plan);
  if (options.actions) {
    CONCORD_ASSIGN_OR_RETURN(report.actions, session.ListAll<reporting::v1::ListActionScoresResponse>(
                                                 AboutTheSame<reporting::v1::ListActionScoresRequest>(card)));
  }
  if (options.indicators) {
    CONCORD_ASSIGN_OR_RETURN(report.indicators, session.ListAll<reporting::v1::ListIndicatorScoresResponse>(
                                                    AboutTheSame<reporting::v1::ListIndicatorScoresRequest>(card)));
  }
  if (card.duty_counts().overdue_count() > 0) {
    auto duties = AboutTheSame<ListDutiesRequest>(card);
    duties.set_page_size(kFirstDuties);  // They come in the order of due dates.
    CONCORD_ASSIGN_OR_RETURN(report.first_duties, session.Call<ListDutiesResponse>(duties));
  }
  if (!options.since.empty()) CONCORD_RETURN_IF_ERROR(AddWhatWasBefore(session, options.since, report));
  return report;
}

// The card alone, or with what else was asked for.
void PrintReportJson(Session& session, const Report& report) {
  if (!report.actions && !report.indicators && !report.before) return session.PrintJson(report.card);
  google::protobuf::Struct document;
  auto& fields = *document.mutable_fields();
  fields["scorecard"] = ToJsonValue(report.card);
  if (report.actions) {
    auto& list = *fields["actionScores"].mutable_list_value();
    for (const auto& score : report.actions->action_scores()) *list.add_values() = ToJsonValue(score);
  }
  if (report.indicators) {
    auto& list = *fields["indicatorScores"].mutable_list_value();
    for (const auto& score : report.indicators->indicator_scores()) *list.add_values() = ToJsonValue(score);
  }
  if (report.before) {
    fields["before"] = ToJsonValue(*report.before);
    fields["beforeWasRecorded"].set_bool_value(report.before_was_recorded);
    fields["changeCount"].set_number_value(report.change_count);
  }
  session.PrintJson(document);
}

void PrintDuties(Session& session, const Report& report) {
  const auto& counts = report.card.duty_counts();
  session.Print(absl::StrCat("\nowed: ", counts.overdue_count(), " overdue, ", counts.upcoming_count(),
                             " more within 30 days\n"));
  if (report.first_duties.duties().empty()) return;
  session.Print(DutiesTable(report.first_duties.duties()));
  const int rest = counts.overdue_count() - report.first_duties.duties_size();
  if (rest > 0)
    session.Print(absl::StrCat("and ", rest, " more: concordctl duties ", Printable(report.card.plan()),
                               " --overdue --date ", aip::FormatDate(report.card.date()), "\n"));
}

void PrintReport(Session& session, const ScorecardOptions& options, const Report& report) {
  if (report.simulated) {
    session.Print(Toned(kSimulatedNotice, Tone::kWarning, session.surroundings().terminal) + "\n");
  }
  session.Print(Heading(report.card, session.surroundings().terminal));
  session.Print(ObjectivesTable(report.card, report.before ? &*report.before : nullptr));
  if (report.before) {
    session.Print(absl::StrCat(
        "\nWAS: on ", aip::FormatDate(report.before->date()),
        report.before_was_recorded ? ", as it was known then" : ", as it is known now, for nothing was recorded then",
        "; since ", Printable(options.since), " ", report.change_count, " resources have changed\n"));
  }
  if (report.indicators) {
    session.Print("\n");
    session.Print(IndicatorsTable(*report.indicators));
  }
  if (report.actions) {
    session.Print("\n");
    session.Print(ActionsTable(*report.actions));
  }
  PrintDuties(session, report);
}

// Each in full; beside the figures, where there are such, those of the one before.
void PrintTold(Session& session, const Scorecard& card, const Scorecard* before) {
  if (session.settings().json) {
    session.Print(ToJsonLine(card));
  } else {
    session.Print(absl::StrCat(before == nullptr ? "" : "\n", Heading(card, session.surroundings().terminal)));
    session.Print(ObjectivesTable(card, before));
  }
  session.surroundings().out << std::flush;
}

bool SameFigures(Scorecard a, Scorecard b) {
  a.clear_revisions();
  b.clear_revisions();
  return ToJson(a) == ToJson(b);
}

absl::Status WatchCard(Session& session, const ScorecardOptions& options) {
  if (!options.date.empty() || !options.as_of.empty() || !options.since.empty() || options.actions ||
      options.indicators) {
    return UsageError(
        "--watch shows the scorecard of today: give none of --date, --as-of, --since, --actions, "
        "--indicators with it");
  }
  reporting::v1::WatchScorecardRequest request;
  CONCORD_ASSIGN_OR_RETURN(const std::string plan, session.PlanOr(options.plan));
  request.set_name(plan + "/scorecard");
  reporting::v1::WatchScorecardResponse message;
  absl::optional<Scorecard> last;
  return KeepListening(session, "reporting", request, message, [&] {
    // One that has not changed comes again after an interruption, perhaps of another revision.
    if (!message.has_scorecard() || (last && SameFigures(*last, message.scorecard()))) return;
    PrintTold(session, message.scorecard(), last ? &*last : nullptr);
    last = message.scorecard();
  });
}

absl::Status ShowScorecard(Session& session, const ScorecardOptions& options) {
  if (options.watch) return WatchCard(session, options);
  CONCORD_ASSIGN_OR_RETURN(const Report report, Ask(session, options));
  if (session.settings().json) {
    PrintReportJson(session, report);
  } else {
    PrintReport(session, options, report);
  }
  return absl::OkStatus();
}

struct DutiesOptions {
  std::string plan;
  std::string owner;
  std::string date;
  std::string as_of;
  std::string filter;
  std::string order_by;
  int days = 30;
  bool overdue = false;
};

absl::Status ShowDuties(Session& session, const DutiesOptions& options) {
  ListDutiesRequest request;
  CONCORD_ASSIGN_OR_RETURN(*request.mutable_parent(), session.PlanOr(options.plan));
  if (!options.date.empty()) CONCORD_RETURN_IF_ERROR(FillDate(options.date, *request.mutable_date()));
  CONCORD_RETURN_IF_ERROR(SetAsOf(options.as_of, request));
  request.set_days_ahead(options.overdue ? 0 : options.days);
  std::vector<std::string> conditions;
  if (!options.owner.empty()) {
    conditions.push_back(absl::StrCat("owner = \"", options.owner == "office" ? "" : options.owner, "\""));
  }
  if (options.overdue) conditions.emplace_back("overdue = true");
  if (!options.filter.empty()) conditions.push_back(absl::StrCat("(", options.filter, ")"));
  request.set_filter(absl::StrJoin(conditions, " AND "));
  request.set_order_by(options.order_by);
  CONCORD_ASSIGN_OR_RETURN(ListDutiesResponse list, session.ListAll<ListDutiesResponse>(request));
  // By owner; each with the oldest first, as they come.
  const auto by_owner = [](const auto& a, const auto& b) { return a.owner() < b.owner(); };
  if (options.order_by.empty())
    std::stable_sort(list.mutable_duties()->begin(), list.mutable_duties()->end(), by_owner);
  if (session.settings().json) {
    session.PrintJson(list);
  } else {
    session.Print(DutiesTable(list.duties()));
  }
  return absl::OkStatus();
}

struct ChangesOptions {
  std::string plan;
  std::string since;
  std::string filter;
  std::string order_by;
};

absl::Status ShowChanges(Session& session, const ChangesOptions& options) {
  reporting::v1::ListPlanChangesRequest request;
  CONCORD_ASSIGN_OR_RETURN(*request.mutable_parent(), session.PlanOr(options.plan));
  CONCORD_ASSIGN_OR_RETURN(const type::Moment beginning, ToBeginning(options.since));
  *request.mutable_since() = beginning.time();
  request.set_filter(options.filter);
  request.set_order_by(options.order_by);
  CONCORD_ASSIGN_OR_RETURN(const auto list, session.ListAll<reporting::v1::ListPlanChangesResponse>(request));
  if (session.settings().json) {
    session.PrintJson(list);
  } else {
    session.Print(RowsTable(list, {{{"WHEN"}, "update_time"},
                                   {{"WHAT"}, "kind"},
                                   {{"RESOURCE"}, "resource"},
                                   {{"TITLE", Column::kFlexible}, "title"}}));
  }
  return absl::OkStatus();
}

void AddRowFlags(CLI::App& command, const std::string& usual_order, std::string& filter, std::string& order_by) {
  command.add_option("--filter", filter, "Only rows for which this holds")->type_name("FILTER");
  command
      .add_option("--order-by", order_by, "Fields, each perhaps with desc, as 'title desc'; default: " + usual_order)
      ->type_name("FIELDS");
}

}  // namespace

void AddScorecardCommand(CommandLine& line) {
  line.Add<ScorecardOptions>(
      line.app(),
      {"scorecard", "Show how a plan and its objectives are doing",
       "  concordctl scorecard\n"
       "  concordctl scorecard iso-2011-2015 --date 2012-12-31 --actions --indicators\n"
       "  concordctl scorecard --since 2012-01-01\n"
       "  concordctl scorecard --as-of 2011-06-30T12:00:00Z --output json\n"
       "  concordctl scorecard --watch"},
      [](CLI::App& command, ScorecardOptions& options) {
        NameArgument{"plans"}.Declare(command, options.plan);
        command.add_option("--date", options.date, "The day it is about; default: today in UTC")->type_name("DATE");
        AddAsOf(command, options.as_of);
        command.add_option("--since", options.since, "Beside it what was so then, and how much has changed")
            ->type_name("DATE|TIME");
        command.add_flag("--actions", options.actions, "The figures of each action, too");
        command.add_flag("--indicators", options.indicators, "The figures of each indicator, too");
        command.add_flag("--watch", options.watch, "Again whenever a figure has become another, until Ctrl-C");
      },
      ShowScorecard);
}

void AddDutyCommands(CommandLine& line) {
  line.Add<DutiesOptions>(
      line.app(),
      {"duties", "Show who owes what by when, by owner, the oldest first",
       "  concordctl duties\n"
       "  concordctl duties --owner members/afnor --days 90\n"
       "  concordctl duties --owner office --overdue --date 2012-04-30"},
      [](CLI::App& command, DutiesOptions& options) {
        NameArgument{"plans"}.Declare(command, options.plan);
        command.add_option("--owner", options.owner, "Only of this one: members/ID, or office for the strategy office")
            ->type_name("OWNER");
        command.add_option("--date", options.date, "The day it is about; default: today in UTC")->type_name("DATE");
        command.add_option("--days", options.days, "Also what comes due within so many days; default: 30")
            ->type_name("NUMBER");
        command.add_flag("--overdue", options.overdue, "Only what is late");
        AddRowFlags(command, "by owner, each with the oldest first", options.filter, options.order_by);
        AddAsOf(command, options.as_of);
      },
      ShowDuties);
  line.Add<ChangesOptions>(
      line.app(),
      {"changes", "Show what of a plan has changed since a day or a time, the newest first",
       "  concordctl changes --since 2012-01-01\n"
       "  concordctl changes iso-2011-2015 --since 2012-01-01T12:00:00Z --filter 'kind = DELETED'"},
      [](CLI::App& command, ChangesOptions& options) {
        NameArgument{"plans"}.Declare(command, options.plan);
        command.add_option("--since", options.since, "A day, from its beginning in UTC, or a time")
            ->required()
            ->type_name("DATE|TIME");
        AddRowFlags(command, "the newest first", options.filter, options.order_by);
      },
      ShowChanges);
}

}  // namespace concord::ctl
