#include "services/reporting/trend_methods.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/aip/calendar.h"
#include "common/aip/date.h"
#include "common/aip/enum_words.h"
#include "common/rpc/standard_methods.h"
#include "common/status/macros.h"
#include "concord/reporting/v1/reporting_service.pb.h"
#include "services/reporting/delivery.h"
#include "services/reporting/plan_reading.h"
#include "services/reporting/trend.h"

namespace concord::reporting {
namespace {

using google::protobuf::Message;
using v1::ListTrendPointsRequest;

constexpr size_t kPeriodsLimit = 120;

int MonthsOf(ListTrendPointsRequest::Frequency frequency) {
  const int months = aip::MonthsOf(aip::WordOf(frequency));
  return months == 0 ? 3 : months;
}

absl::StatusOr<std::vector<absl::CivilDay>> DaysOf(const ListTrendPointsRequest& request, const Period& plan_period,
                                                   absl::CivilDay today) {
  const absl::CivilDay first = request.has_start_date() ? aip::ToDay(request.start_date()) : plan_period.first_day;
  const absl::CivilDay last =
      request.has_end_date() ? aip::ToDay(request.end_date()) : std::min(today, plan_period.last_day);
  const int months = MonthsOf(request.frequency());
  Violations violations;
  if (last < first) {
    violations.Add("end_date", absl::StrCat("must not be before ", aip::FormatDate(aip::FromDay(first))));
  } else if (static_cast<size_t>((last - first) / (28 * months)) > 2 * kPeriodsLimit ||
             TrendDays(first, last, months).size() > kPeriodsLimit) {
    violations.Add("end_date", absl::StrCat("must be at most ", kPeriodsLimit, " periods after the first"));
  }
  CONCORD_RETURN_IF_ERROR(violations.ToStatus());
  return TrendDays(first, last, months);
}

absl::StatusOr<rpc::Reply> ListTrendPoints(const ListTrendPointsRequest& request, rpc::Context& context) {
  CONCORD_ASSIGN_OR_RETURN(const PlanResources resources, ReadPlan(context, request.parent()));
  CONCORD_ASSIGN_OR_RETURN(const std::vector<absl::CivilDay> days,
                           DaysOf(request, PeriodOf(*resources.plan), context.today()));
  v1::ListTrendPointsResponse response;
  for (v1::TrendPoint& point : ComputeTrend(resources, days)) *response.add_trend_points() = std::move(point);
  AddRevisions(context, response);
  response.set_formula_edition(std::string(kFormulaEdition));
  return rpc::ReplyWith(response);
}

}  // namespace

void AddTrendMethods(rpc::Engine& engine, const app::MethodParts& /*parts*/) {
  rpc::Method trend = rpc::ReadMethod<ListTrendPointsRequest>("ListTrendPoints", ListTrendPoints);
  trend.about = [](const Message& request) { return rpc::StringField(request, "parent"); };
  trend.validate = [](const Message& message, Violations& violations) {
    const auto& request = static_cast<const ListTrendPointsRequest&>(message);
    rpc::CheckName(PlanPattern(), request.parent(), "parent", violations);
    if (request.has_start_date()) aip::CheckDay(request.start_date(), "start_date", violations);
    if (request.has_end_date()) aip::CheckDay(request.end_date(), "end_date", violations);
  };
  // A scorecard for each period is worth keeping.
  trend.memoize = true;
  trend.lasting = true;
  engine.Add(kReportingService, std::move(trend));
}

}  // namespace concord::reporting
