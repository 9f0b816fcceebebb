#include "services/reporting/forecast_methods.h"

#include <cstddef>
#include <string>
#include <utility>

#include "common/rpc/standard_methods.h"
#include "common/status/macros.h"
#include "concord/reporting/v1/reporting_service.pb.h"
#include "services/reporting/action_forecast.h"
#include "services/reporting/indicator_forecast.h"
#include "services/reporting/indicator_values.h"
#include "services/reporting/ordered_page.h"
#include "services/reporting/plan_reading.h"

namespace concord::reporting {
namespace {

using google::protobuf::Message;

// What both methods begin with, and end with.
template <typename Row, typename Request>
absl::StatusOr<OrderedPage<Row>> BeginPage(const rpc::PageTokens& tokens, const Request& request,
                                           rpc::Context& context) {
  const std::string& plan = request.parent();
  CONCORD_ASSIGN_OR_RETURN(const std::string last_key, tokens.Open(request, plan, context.Scope(plan)->position()));
  return OrderedPage<Row>::Begin(request, last_key);
}

template <typename Request, typename Response>
rpc::Reply EndPage(const rpc::PageTokens& tokens, const Request& request, rpc::Context& context,
                   const std::string& next_key, absl::CivilDay day, Response& response) {
  const std::string& plan = request.parent();
  SetPage(tokens, request, plan, context.Scope(plan)->position(), next_key, response);
  AddDayAndEdition(day, response);
  AddRevisions(context, response);
  return rpc::ReplyWith(response);
}

absl::StatusOr<rpc::Reply> ListActionForecasts(const rpc::PageTokens& tokens,
                                               const v1::ListActionForecastsRequest& request, rpc::Context& context) {
  CONCORD_ASSIGN_OR_RETURN(const PlanResources resources, ReadPlan(context, request.parent()));
  CONCORD_ASSIGN_OR_RETURN(auto page, BeginPage<v1::ActionForecast>(tokens, request, context));
  const absl::CivilDay day = DayOf(request, context);
  const ActionForecasts forecasts(resources, day);
  for (size_t i = 0; i < resources.actions.size(); ++i) {
    const std::string& name = resources.actions[i]->name();
    if (page.Wants(name)) page.Offer(name, forecasts.Of(i));
  }
  v1::ListActionForecastsResponse response;
  response.set_action_count(forecasts.action_count());
  response.set_forecast_action_count(forecasts.forecast_count());
  *response.mutable_method_error() = forecasts.method_error();
  response.set_duration_factor(forecasts.duration_factor());
  response.set_duration_factor_action_count(forecasts.duration_factor_count());
  if (const auto& stretches = forecasts.stretches(); stretches.has_value()) {
    response.set_earliest_ratio(stretches->earliest);
    response.set_median_ratio(stretches->expected);
    response.set_latest_ratio(stretches->latest);
  }
  const std::string next_key = page.MoveTo(response.mutable_action_forecasts());
  return EndPage(tokens, request, context, next_key, day, response);
}

// Of all indicators, for what the answer says of the method is about all of them.
absl::StatusOr<rpc::Reply> ListIndicatorForecasts(const rpc::PageTokens& tokens,
                                                  const v1::ListIndicatorForecastsRequest& request,
                                                  rpc::Context& context) {
  CONCORD_ASSIGN_OR_RETURN(const PlanResources resources, ReadIndicators(context, request.parent()));
  CONCORD_ASSIGN_OR_RETURN(auto page, BeginPage<v1::IndicatorForecast>(tokens, request, context));
  const absl::CivilDay day = DayOf(request, context);
  const IndicatorValues values(resources);
  const Period period = PeriodOf(*resources.plan);
  v1::ListIndicatorForecastsResponse response;
  response.mutable_method_error();
  for (const objective::v1::Indicator* indicator : values.indicators()) {
    v1::IndicatorForecast forecast = ForecastIndicator(*indicator, values, period, day);
    AddCounts(forecast.method_error(), *response.mutable_method_error());
    response.set_indicator_count(response.indicator_count() + 1);
    if (forecast.has_expected_value()) response.set_forecast_indicator_count(response.forecast_indicator_count() + 1);
    if (page.Wants(indicator->name())) page.Offer(indicator->name(), std::move(forecast));
  }
  const std::string next_key = page.MoveTo(response.mutable_indicator_forecasts());
  return EndPage(tokens, request, context, next_key, day, response);
}

template <typename Request, typename Row, typename Handler>
void AddList(rpc::Engine& engine, const std::string& name, const app::MethodParts& parts, Handler handler) {
  rpc::Method method =
      rpc::ReadMethod<Request>(name, [tokens = parts.tokens, handler](const Request& request, rpc::Context& context) {
        return handler(*tokens, request, context);
      });
  method.about = [](const Message& request) { return rpc::StringField(request, "parent"); };
  method.validate = [](const Message& message, Violations& violations) {
    const auto& request = static_cast<const Request&>(message);
    rpc::CheckName(PlanPattern(), request.parent(), "parent", violations);
    CheckDate(request, violations);
    rpc::CheckListing(request, *Row::descriptor(), violations);
  };
  // Forecasts are made anew on many past days to see how far they are out, which is worth keeping.
  method.memoize = true;
  method.lasting = true;
  engine.Add(kReportingService, std::move(method));
}

}  // namespace

void AddForecastMethods(rpc::Engine& engine, const app::MethodParts& parts) {
  AddList<v1::ListActionForecastsRequest, v1::ActionForecast>(engine, "ListActionForecasts", parts,
                                                              ListActionForecasts);
  AddList<v1::ListIndicatorForecastsRequest, v1::IndicatorForecast>(engine, "ListIndicatorForecasts", parts,
                                                                    ListIndicatorForecasts);
}

}  // namespace concord::reporting
