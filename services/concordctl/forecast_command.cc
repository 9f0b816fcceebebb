// When actions are expected to be completed, and what indicators are expected to be.
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "common/aip/date.h"
#include "common/status/macros.h"
#include "concord/objective/v1/plan.pb.h"
#include "concord/objective/v1/plan_service.pb.h"
#include "concord/reporting/v1/reporting_service.pb.h"
#include "services/concordctl/commands.h"
#include "services/concordctl/display_text.h"
#include "services/concordctl/figure_words.h"
#include "services/concordctl/json.h"
#include "services/concordctl/names.h"
#include "services/concordctl/report_answers.h"
#include "services/concordctl/resource_commands.h"
#include "services/concordctl/simulated_plan.h"

namespace concord::ctl {
namespace {

using reporting::v1::ActionForecast;
using reporting::v1::IndicatorForecast;
using reporting::v1::ListActionForecastsRequest;
using reporting::v1::ListActionForecastsResponse;
using reporting::v1::ListIndicatorForecastsRequest;
using reporting::v1::ListIndicatorForecastsResponse;
using reporting::v1::MethodError;

struct ForecastOptions {
  std::string plan;
  std::string date;
  std::string as_of;
  std::string filter;
  std::string order_by;
  bool indicators = false;
};

const Cell& NoData() {
  static const auto& cell = *new Cell("no data", Tone::kFaint);
  return cell;
}

Cell OutlookCell(reporting::v1::Outlook outlook) {
  switch (outlook) {
    case reporting::v1::OUTLOOK_YES:
      return {"yes", Tone::kGood};
    case reporting::v1::OUTLOOK_NO:
      return {"no", Tone::kBad};
    case reporting::v1::OUTLOOK_UNCERTAIN:
      return {"uncertain", Tone::kWarning};
    default:
      return NoData();
  }
}

Cell DateCell(bool known, const google::type::Date& date) { return known ? Cell(aip::FormatDate(date)) : NoData(); }

Cell DecimalCell(bool known, const type::Decimal& decimal) { return known ? Cell(decimal.value()) : NoData(); }

Cell RateCell(bool known, double rate) { return known ? Cell(PercentText(rate)) : NoData(); }

// Both ends, or why there is none.
template <typename Forecast>
Cell IntervalCell(const Forecast& forecast, const std::string& low, const std::string& high) {
  if (forecast.interval_state() == reporting::v1::INTERVAL_STATE_GIVEN) return absl::StrCat(low, " to ", high);
  return {SpacedWord(forecast.interval_state()), Tone::kFaint};
}

Table ActionForecastsTable(const ListActionForecastsResponse& list) {
  const auto number = Column::kNumber;
  Table table({{"CODE"},
               {"TITLE", Column::kFlexible},
               {"FROM"},
               {"DUE"},
               {"EXPECTED"},
               {"4 OF 5 TIMES", Column::kFlexible},
               {"DAYS LATE", number},
               {"ON TIME"},
               {"IN THE PLAN"},
               {"30 DAYS MADE", number},
               {"NEEDED", number},
               {"HELD BY", Column::kFlexible}});
  for (const ActionForecast& forecast : list.action_forecasts()) {
    table.AddRow({forecast.code(), forecast.title(), SpacedWord(forecast.basis()), aip::FormatDate(forecast.due_date()),
                  DateCell(forecast.has_expected_end_date(), forecast.expected_end_date()),
                  IntervalCell(forecast, aip::FormatDate(forecast.earliest_end_date()),
                               aip::FormatDate(forecast.latest_end_date())),
                  forecast.has_delay_days() ? Cell(absl::StrCat(forecast.delay_days())) : NoData(),
                  OutlookCell(forecast.on_time()), OutlookCell(forecast.within_plan()),
                  RateCell(forecast.has_progress_per_30_days(), forecast.progress_per_30_days()),
                  RateCell(forecast.has_progress_needed_per_30_days(), forecast.progress_needed_per_30_days()),
                  ShortName(forecast.held_by())});
  }
  return table;
}

Table IndicatorForecastsTable(const ListIndicatorForecastsResponse& list) {
  const auto number = Column::kNumber;
  Table table({{"CODE"},
               {"TITLE", Column::kFlexible},
               {"UNIT", Column::kFlexible},
               {"FROM"},
               {"VALUE", number},
               {"EXPECTED", number},
               {"ON"},
               {"4 OF 5 TIMES", Column::kFlexible},
               {"TARGET", number},
               {"MET"},
               {"RATE", number},
               {"NEEDED", number},
               {"PAST ERROR", number}});
  for (const IndicatorForecast& forecast : list.indicator_forecasts()) {
    const MethodError& error = forecast.method_error();
    table.AddRow(
        {forecast.code(), forecast.title(), forecast.unit(), SpacedWord(forecast.basis()),
         DecimalCell(forecast.has_value(), forecast.value()),
         DecimalCell(forecast.has_expected_value(), forecast.expected_value()),
         aip::FormatDate(forecast.forecast_date()),
         IntervalCell(forecast, forecast.lower_value().value(), forecast.upper_value().value()),
         forecast.has_target() ? Cell(forecast.target().value()) : Cell("none", Tone::kFaint),
         OutlookCell(forecast.target_met()), DecimalCell(forecast.has_rate(), forecast.rate()),
         DecimalCell(forecast.has_rate_needed(), forecast.rate_needed()),
         error.has_mean_absolute_error() ? Cell(absl::StrFormat("%.4g", error.mean_absolute_error())) : NoData()});
  }
  return table;
}

// How far the method was out before, in a line.
std::string PastErrorText(const ListActionForecastsResponse& list) {
  const MethodError& error = list.method_error();
  if (error.forecast_count() == 0) return "the same method before: no data, for nothing that it forecast is completed";
  std::string text = absl::StrFormat(
      "the same method before: %d forecasts of %d actions, out by %.0f days in the mean, %.0f days too %s",
      error.forecast_count(), error.resource_count(), error.mean_absolute_error(),
      error.bias() < 0 ? -error.bias() : error.bias(), error.bias() < 0 ? "late" : "early");
  if (error.interval_count() > 0) {
    absl::StrAppend(&text, "; ", error.within_interval_count(), " of ", error.interval_count(),
                    " within their interval");
  }
  return text;
}

std::string PastErrorText(const ListIndicatorForecastsResponse& list) {
  const MethodError& error = list.method_error();
  if (error.forecast_count() == 0) return "the same method before: no data, for no indicator has more than 3 values";
  return absl::StrFormat("the same method before: %d forecasts of %d indicators, %d of them within their interval",
                         error.forecast_count(), error.resource_count(), error.within_interval_count());
}

std::string FactorText(const ListActionForecastsResponse& list) {
  if (list.duration_factor_action_count() == 0) return "what is not started is taken to last as long as planned";
  return absl::StrFormat(
      "what is not started is taken to last %.2f times as long as planned, as %d actions did or will",
      list.duration_factor(), list.duration_factor_action_count());
}

struct Forecasts {
  objective::v1::Plan plan;
  ListActionForecastsResponse actions;
  ListIndicatorForecastsResponse indicators;  // Only if asked for.
};

absl::StatusOr<Forecasts> AskForForecasts(Session& session, const ForecastOptions& options) {
  Forecasts forecasts;
  ListActionForecastsRequest request;
  CONCORD_ASSIGN_OR_RETURN(*request.mutable_parent(), session.PlanOr(options.plan));
  if (!options.date.empty()) CONCORD_RETURN_IF_ERROR(FillDate(options.date, *request.mutable_date()));
  CONCORD_RETURN_IF_ERROR(SetAsOf(options.as_of, request));
  request.set_filter(options.filter);
  request.set_order_by(options.order_by);
  CONCORD_ASSIGN_OR_RETURN(forecasts.actions, session.ListAll<ListActionForecastsResponse>(request));
  // What follows is about the very state and day that these are about.
  objective::v1::GetPlanRequest get;
  get.set_name(request.parent());
  *get.mutable_as_of()->mutable_revisions() = forecasts.actions.revisions();
  CONCORD_ASSIGN_OR_RETURN(forecasts.plan, session.Call<objective::v1::Plan>(get));
  if (!options.indicators) return forecasts;
  ListIndicatorForecastsRequest others;
  others.set_parent(request.parent());
  *others.mutable_date() = forecasts.actions.date();
  *others.mutable_as_of()->mutable_revisions() = forecasts.actions.revisions();
  CONCORD_ASSIGN_OR_RETURN(forecasts.indicators, session.ListAll<ListIndicatorForecastsResponse>(others));
  return forecasts;
}

void PrintForecastsJson(Session& session, const Forecasts& forecasts, bool indicators) {
  if (!indicators) return session.PrintJson(forecasts.actions);
  google::protobuf::Struct document;
  (*document.mutable_fields())["actions"] = ToJsonValue(forecasts.actions);
  (*document.mutable_fields())["indicators"] = ToJsonValue(forecasts.indicators);
  session.PrintJson(document);
}

absl::Status ShowForecast(Session& session, const ForecastOptions& options) {
  CONCORD_ASSIGN_OR_RETURN(const Forecasts forecasts, AskForForecasts(session, options));
  if (session.settings().json) {
    PrintForecastsJson(session, forecasts, options.indicators);
    return absl::OkStatus();
  }
  if (IsSimulated(forecasts.plan)) {
    session.Print(Toned(kSimulatedNotice, Tone::kWarning, session.surroundings().terminal) + "\n");
  }
  session.Print(absl::StrCat(Printable(forecasts.plan.name()), ", forecast on ",
                             aip::FormatDate(forecasts.actions.date()), ", formulas ",
                             forecasts.actions.formula_edition(), "\n\n"));
  session.Print(ActionForecastsTable(forecasts.actions));
  session.Print(absl::StrCat("\n", forecasts.actions.forecast_action_count(), " of ", forecasts.actions.action_count(),
                             " actions have a forecast\n", PastErrorText(forecasts.actions), "\n",
                             FactorText(forecasts.actions), "\n"));
  if (!options.indicators) return absl::OkStatus();
  session.Print("\n");
  session.Print(IndicatorForecastsTable(forecasts.indicators));
  session.Print(absl::StrCat("\n", forecasts.indicators.forecast_indicator_count(), " of ",
                             forecasts.indicators.indicator_count(), " indicators have a forecast\n",
                             PastErrorText(forecasts.indicators), "\n"));
  return absl::OkStatus();
}

}  // namespace

void AddForecastCommand(CommandLine& line) {
  line.Add<ForecastOptions>(
      line.app(),
      {"forecast", "Show when actions are expected to be completed, and how far such forecasts were out before",
       "  concordctl forecast\n"
       "  concordctl forecast iso-2011-2015 --on 2013-06-30 --indicators\n"
       "  concordctl forecast --filter 'within_plan = NO' --order-by 'expected_end_date desc'\n"
       "  concordctl forecast --as-of 2013-06-30T12:00:00Z --output json"},
      [](CLI::App& command, ForecastOptions& options) {
        NameArgument{"plans"}.Declare(command, options.plan);
        command.add_flag("--indicators", options.indicators,
                         "Too: what all indicators are expected to be at the end of the plan");
        command
            .add_option("--on,--date", options.date,
                        "The day it is made on, from nothing that is dated later; default: today in UTC")
            ->type_name("DATE");
        AddListFlags(command, options.filter, options.order_by);
        AddAsOf(command, options.as_of);
      },
      ShowForecast);
}

}  // namespace concord::ctl
