// Published reports, what became of them, and how figures went on.
#include <string>

#include "absl/strings/str_cat.h"
#include "common/status/macros.h"
#include "concord/reporting/v1/published_report_service.pb.h"
#include "concord/reporting/v1/reporting_service.pb.h"
#include "services/concordctl/commands.h"
#include "services/concordctl/names.h"
#include "services/concordctl/report_reading.h"
#include "services/concordctl/resource_commands.h"
#include "services/concordctl/scorecard_tables.h"

namespace concord::ctl {
namespace {

using reporting::v1::ListTrendPointsRequest;

struct RestatementOptions {
  std::string name;
  std::string as_of;
};

absl::Status ShowRestatements(Session& session, const RestatementOptions& options) {
  reporting::v1::ListRestatementsRequest request;
  CONCORD_ASSIGN_OR_RETURN(*request.mutable_parent(), session.Name(options.name, "plans/publishedReports"));
  CONCORD_RETURN_IF_ERROR(SetAsOf(options.as_of, request));
  CONCORD_ASSIGN_OR_RETURN(const auto list, session.Call<reporting::v1::ListRestatementsResponse>(request));
  if (session.settings().json) {
    session.PrintJson(list);
  } else if (list.restatements().empty()) {
    session.Print("nothing is another figure now\n");
  } else {
    session.Print(RowsTable(list, {{{"OF"}, "resource"},
                                   {{"FIGURE"}, "figure"},
                                   {{"PUBLISHED", Column::kNumber}, "published"},
                                   {{"AS KNOWN NOW", Column::kNumber}, "current"}}));
  }
  return absl::OkStatus();
}

struct TrendOptions {
  std::string plan;
  std::string by = "quarter";
  std::string from;
  std::string to;
  std::string as_of;
  bool objectives = false;
};

absl::Status ShowTrend(Session& session, const TrendOptions& options) {
  ListTrendPointsRequest request;
  CONCORD_ASSIGN_OR_RETURN(*request.mutable_parent(), session.PlanOr(options.plan));
  CONCORD_ASSIGN_OR_RETURN(const ListTrendPointsRequest::Frequency frequency, FrequencyOf(options.by));
  request.set_frequency(frequency);
  if (!options.from.empty()) CONCORD_RETURN_IF_ERROR(FillDate(options.from, *request.mutable_start_date()));
  if (!options.to.empty()) CONCORD_RETURN_IF_ERROR(FillDate(options.to, *request.mutable_end_date()));
  CONCORD_RETURN_IF_ERROR(SetAsOf(options.as_of, request));
  CONCORD_ASSIGN_OR_RETURN(const auto list, session.Call<reporting::v1::ListTrendPointsResponse>(request));
  if (session.settings().json) {
    session.PrintJson(list);
  } else {
    // A simulated plan says by its name that it is one.
    session.Print(absl::StrCat(request.parent(), ", as it is known now, formulas ", list.formula_edition(), "\n\n"));
    session.Print(TrendTable(list, options.objectives));
  }
  return absl::OkStatus();
}

void AddTrend(CommandLine& line) {
  line.Add<TrendOptions>(
      line.app(),
      {"trend", "Show how the figures of a plan went on from period to period, as they are known now",
       "  concordctl trend\n  concordctl trend --by year --objectives\n"
       "  concordctl trend --by month --from 2012-01-01 --to 2012-12-31"},
      [](CLI::App& command, TrendOptions& options) {
        NameArgument{"plans"}.Declare(command, options.plan);
        command
            .add_option("--by", options.by, "How long a period is: month, quarter, half-year, year; default: quarter")
            ->type_name("WORD");
        command.add_option("--from", options.from, "A day of the first period; default: the plan's first")
            ->type_name("DATE");
        command.add_option("--to", options.to, "The last day; default: today, or the plan's last")->type_name("DATE");
        command.add_flag("--objectives", options.objectives, "The objectives, too");
        AddAsOf(command, options.as_of);
      },
      ShowTrend);
}

}  // namespace

void AddReportCommands(CommandLine& line) {
  const ResourceKind kind{"plans/publishedReports",
                          {{"--title", "title", "What people call it", "TEXT", true},
                           {"--date", "date", "The day it is about; default: today in UTC", "DATE"},
                           {"--note", "note", "What is worth saying", "TEXT"},
                           LabelOption()}};
  CLI::App& group = line.AddGroup("report", "Published reports: scorecards that are frozen under a number");
  AddCreate(line, group,
            {"publish", "Publish the scorecard of a plan, as it is known now; final",
             "  concordctl report publish y2012 --title \"The year 2012\" --date 2012-12-31"},
            kind, reporting::v1::CreatePublishedReportRequest::descriptor());
  AddList(line, group, {"list", "List the published reports of a plan", "  concordctl report list"}, "plans",
          reporting::v1::ListPublishedReportsRequest::descriptor(),
          {{{"NAME"}, "name"},
           {{"NUMBER", Column::kNumber}, "number"},
           {{"ABOUT"}, "date"},
           {{"TITLE", Column::kFlexible}, "title"},
           {{"PUBLISHED"}, "create_time"}});
  AddShow(line, group, {"show", "Show a published report in full", "  concordctl report show y2012"}, kind.path,
          reporting::v1::GetPublishedReportRequest::descriptor());
  line.Add<RestatementOptions>(
      group,
      {"restatements", "Show what of a published report is another figure as it is known now",
       "  concordctl report restatements y2012"},
      [](CLI::App& command, RestatementOptions& options) {
        NameArgument{"plans/publishedReports"}.Declare(command, options.name);
        AddAsOf(command, options.as_of);
      },
      ShowRestatements);
  AddReportExportCommand(line, group);
  AddTrend(line);
}

}  // namespace concord::ctl
