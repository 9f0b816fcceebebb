#include "services/reporting/plan_change_methods.h"

#include <string>
#include <utility>
#include <vector>

#include "common/rpc/request_checks.h"
#include "common/rpc/standard_methods.h"
#include "common/status/macros.h"
#include "concord/action/v1/activity.pb.h"
#include "concord/action/v1/contribution.pb.h"
#include "concord/reporting/v1/reporting_service.pb.h"
#include "services/reporting/ordered_page.h"
#include "services/reporting/plan_changes.h"
#include "services/reporting/plan_reading.h"

namespace concord::reporting {
namespace {

using google::protobuf::Message;

// Times that a Timestamp may say: 0001-01-01 to 9999-12-31.
constexpr int64_t kFirstSecond = -62'135'596'800;
constexpr int64_t kLastSecond = 253'402'300'799;
constexpr int kNanosPerSecond = 1'000'000'000;

const std::vector<const google::protobuf::Descriptor*>& ChildTypes() {
  static const auto& types =
      *new std::vector<const google::protobuf::Descriptor*>{objective::v1::Objective::descriptor(),
                                                            objective::v1::Indicator::descriptor(),
                                                            objective::v1::Measurement::descriptor(),
                                                            action::v1::Action::descriptor(),
                                                            action::v1::Milestone::descriptor(),
                                                            action::v1::ProgressReport::descriptor(),
                                                            action::v1::Contribution::descriptor(),
                                                            action::v1::Activity::descriptor(),
                                                            action::v1::Risk::descriptor()};
  return types;
}

// Its own title, or that of what it belongs to.
std::string TitleOf(rpc::Context& context, const ledger::Resource& resource) {
  std::string title = rpc::StringField(*resource.message, "title");
  if (!title.empty()) return title;
  const ledger::Resource* parent = context.Find(aip::ParentOf(resource.name));
  return parent == nullptr ? "" : rpc::StringField(*parent->message, "title");
}

ChangedResource ChangeOf(const ledger::Resource& resource) {
  ChangedResource changed;
  changed.name = resource.name;
  changed.update_time = resource.stamp.update_time;
  changed.create_time = resource.stamp.create_time;
  changed.deleted = resource.deleted;
  return changed;
}

absl::StatusOr<rpc::Reply> ListPlanChanges(const rpc::PageTokens& tokens, const v1::ListPlanChangesRequest& request,
                                           rpc::Context& context) {
  const std::string& plan = request.parent();
  CONCORD_ASSIGN_OR_RETURN(const ledger::Resource* root, rpc::FindOrNotFound(context, plan));
  const ledger::Position& position = context.Scope(plan)->position();
  CONCORD_ASSIGN_OR_RETURN(const std::string last_key, tokens.Open(request, plan, position));
  CONCORD_ASSIGN_OR_RETURN(auto page, OrderedPage<v1::PlanChange>::Begin(request, last_key));
  const absl::Time since = rpc::TimeOf(request.since());
  const auto consider = [&](const ledger::Resource& resource) {
    ChangedResource changed = ChangeOf(resource);
    std::string place = PlaceOf(changed);
    if (changed.update_time < since || !page.Wants(place)) return true;
    // As in lists: under what is deleted there is nothing to see but that it is.
    if (!rpc::DeletedAncestorOf(context, resource.name).empty()) return true;
    changed.title = TitleOf(context, resource);
    page.Offer(std::move(place), ToPlanChange(changed));
    return true;
  };
  consider(*root);
  for (const auto* type : ChildTypes()) context.ForEach(context.types().Of(type), plan, "", "", consider);
  v1::ListPlanChangesResponse response;
  SetPage(tokens, request, plan, position, page.MoveTo(response.mutable_plan_changes()), response);
  AddRevisions(context, response);
  return rpc::ReplyWith(response);
}

void CheckSince(const google::protobuf::Timestamp& since, Violations& violations) {
  const bool is_time = since.seconds() >= kFirstSecond && since.seconds() <= kLastSecond && since.nanos() >= 0 &&
                       since.nanos() < kNanosPerSecond;
  if (!is_time) violations.Add("since", "must be a time between the years 1 and 9999");
}

}  // namespace

void AddPlanChangeMethods(rpc::Engine& engine, const app::MethodParts& parts) {
  rpc::Method changes = rpc::ReadMethod<v1::ListPlanChangesRequest>(
      "ListPlanChanges", [tokens = parts.tokens](const v1::ListPlanChangesRequest& request, rpc::Context& context) {
        return ListPlanChanges(*tokens, request, context);
      });
  changes.about = [](const Message& request) { return rpc::StringField(request, "parent"); };
  changes.validate = [](const Message& message, Violations& violations) {
    const auto& request = static_cast<const v1::ListPlanChangesRequest&>(message);
    rpc::CheckName(PlanPattern(), request.parent(), "parent", violations);
    CheckSince(request.since(), violations);
    rpc::CheckListing(request, *v1::PlanChange::descriptor(), violations);
  };
  engine.Add(kReportingService, std::move(changes));
}

}  // namespace concord::reporting
