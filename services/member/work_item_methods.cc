#include "services/member/work_item_methods.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "common/aip/date.h"
#include "common/rpc/standard_service.h"
#include "common/status/error.h"
#include "common/status/macros.h"
#include "concord/member/v1/work_item.pb.h"
#include "concord/member/v1/work_programme_service.pb.h"
#include "services/member/stage_codes.h"
#include "services/member/work_item_rules.h"

namespace concord::member {
namespace {

// Whether the work item may have come to a further stage on this day.
absl::Status CheckNext(const v1::WorkItem& item, absl::CivilDay day, absl::CivilDay today) {
  Violations violations;
  aip::CheckNotInFuture(aip::FromDay(day), today, "date", violations);
  const int count = item.stage_events_size();
  if (count > 0 && day < aip::ToDay(item.stage_events(count - 1).date())) {
    violations.Add("date", absl::StrCat("must not be before ", aip::FormatDate(item.stage_events(count - 1).date()),
                                        ", the day of the last event"));
  }
  if (count >= kStageEventsLimit) {
    violations.Add("name", absl::StrCat("is a work item with ", count, " events already, more are not allowed"));
  }
  return violations.ToStatus(*v1::AdvanceWorkItemRequest::descriptor());
}

}  // namespace

rpc::Method AdvanceWorkItemMethod(const rpc::StandardMethods& work_items) {
  using Request = v1::AdvanceWorkItemRequest;
  rpc::Method method = work_items.Change<Request, v1::WorkItem>(
      [write = WorkItemRules().write](const Request& request, rpc::Context& context,
                                      v1::WorkItem& item) -> absl::Status {
        const absl::CivilDay day = request.has_date() ? aip::ToDay(request.date()) : context.today();
        CONCORD_RETURN_IF_ERROR(CheckNext(item, day, context.today()));
        const v1::WorkItem before = item;
        v1::StageEvent& event = *item.add_stage_events();
        event.set_stage(request.stage());
        *event.mutable_date() = aip::FromDay(day);
        return write(context, &before, item);
      });
  method.validate = [validate = std::move(method.validate)](const rpc::Method::Request& message,
                                                            Violations& violations) {
    validate(message, violations);
    const auto& request = static_cast<const Request&>(message);
    CheckStageCode(request.stage(), "stage", violations);
    if (request.has_date()) aip::CheckDay(request.date(), "date", violations);
  };
  return method;
}

void AddWorkItemMethods(rpc::Engine& engine, const app::MethodParts& parts) {
  const rpc::StandardMethods work_items(
      {&parts.types->Of(v1::WorkItem::descriptor()), WorkItemRules(), parts.stamper, parts.tokens});
  const auto& service = *v1::GetWorkItemRequest::descriptor()->file()->service(0);
  rpc::AddStandardMethods(service, work_items, engine);
  engine.Add(service.full_name(), AdvanceWorkItemMethod(work_items));
}

}  // namespace concord::member
