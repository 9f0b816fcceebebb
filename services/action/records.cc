#include "services/action/records.h"

#include "absl/strings/str_cat.h"
#include "common/aip/date.h"
#include "common/aip/enum_words.h"
#include "common/aip/resource_name.h"
#include "common/rpc/failure.h"
#include "common/rpc/stamper.h"
#include "common/status/error.h"
#include "common/status/macros.h"
#include "concord/action/v1/error_reason.pb.h"
#include "concord/action/v1/milestone.pb.h"
#include "concord/action/v1/progress_report.pb.h"
#include "concord/objective/v1/plan.pb.h"
#include "services/action/action_states.h"

namespace concord::action {

absl::StatusOr<const v1::Action*> OpenActionOf(rpc::Context& context, const std::string& record) {
  const std::string action_name(aip::ParentOf(record));
  const std::string plan_name(aip::ParentOf(action_name));
  const auto* plan = context.Get<objective::v1::Plan>(plan_name);
  if (plan == nullptr) return rpc::NotFound(plan_name);
  CONCORD_RETURN_IF_ERROR(CheckPlanOpen(*plan));
  const auto* action = context.Get<v1::Action>(action_name);
  if (action == nullptr) return rpc::NotFound(action_name);
  return action;
}

absl::Status CheckNotEnded(const v1::Action& action, const std::string& record) {
  if (action.state() != v1::Action::STATE_COMPLETED && action.state() != v1::Action::STATE_CANCELLED) {
    return absl::OkStatus();
  }
  return MakeError(absl::StatusCode::kFailedPrecondition, v1::ERROR_REASON_ACTION_ENDED,
                   "{name} cannot be written: {action} is {state}, and its milestones and reports are closed",
                   {{"name", record}, {"action", action.name()}, {"state", aip::WordOf(action.state())}});
}

absl::Status CheckBegun(const v1::Action& action, const std::string& record) {
  CONCORD_RETURN_IF_ERROR(CheckNotEnded(action, record));
  if (action.state() == v1::Action::STATE_IN_PROGRESS || action.state() == v1::Action::STATE_ON_HOLD) {
    return absl::OkStatus();
  }
  return MakeError(absl::StatusCode::kFailedPrecondition, v1::ERROR_REASON_ACTION_NOT_BEGUN,
                   "{name} can be neither reached nor reported: {action} is {state}, start it first",
                   {{"name", record}, {"action", action.name()}, {"state", aip::WordOf(action.state())}});
}

absl::Status CheckSinceStart(const v1::Action& action, absl::CivilDay day, absl::string_view field) {
  if (!action.has_actual_start_date() || day >= aip::ToDay(action.actual_start_date())) return absl::OkStatus();
  Violations violations;
  violations.Add(field, absl::StrCat("must not be before ", aip::FormatDate(action.actual_start_date()),
                                     ", when the action was started"));
  return violations.ToStatus();
}

absl::Status CheckRecordsUntil(rpc::Context& context, const v1::Action& action, absl::CivilDay day) {
  const std::string plan(aip::ParentOf(action.name()));
  std::string latest;
  absl::CivilDay latest_day = day;
  const auto look = [&](const ledger::Resource& resource, const google::type::Date& date) {
    if (resource.deleted || aip::ToDay(date) <= latest_day) return;
    latest = resource.name;
    latest_day = aip::ToDay(date);
  };
  context.ForEach(context.types().Of(v1::ProgressReport::descriptor()), plan, action.name(), "",
                  [&](const ledger::Resource& resource) {
                    look(resource, static_cast<const v1::ProgressReport&>(*resource.message).date());
                    return true;
                  });
  context.ForEach(context.types().Of(v1::Milestone::descriptor()), plan, action.name(), "",
                  [&](const ledger::Resource& resource) {
                    const auto& milestone = static_cast<const v1::Milestone&>(*resource.message);
                    if (milestone.has_reached_date()) look(resource, milestone.reached_date());
                    return true;
                  });
  if (latest.empty()) return absl::OkStatus();
  return MakeError(absl::StatusCode::kFailedPrecondition, v1::ERROR_REASON_ENDS_BEFORE_RECORD,
                   "{name} cannot have ended on {date}, for {record} is of {record_date}",
                   {{"name", action.name()},
                    {"date", aip::FormatDate(aip::FromDay(day))},
                    {"record", latest},
                    {"record_date", aip::FormatDate(aip::FromDay(latest_day))}});
}

absl::Status CheckRemovable(rpc::Context& context, const google::protobuf::Message& record) {
  return OpenActionOf(context, rpc::StringField(record, "name")).status();
}

std::string FieldPath(absl::string_view prefix, absl::string_view field) { return absl::StrCat(prefix, ".", field); }

}  // namespace concord::action
