#include "services/objective/plan_methods.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/aip/resource_name.h"
#include "common/rpc/listing.h"
#include "common/rpc/standard_methods.h"
#include "common/status/macros.h"
#include "concord/objective/v1/plan.pb.h"
#include "concord/objective/v1/plan_service.pb.h"
#include "services/objective/plan_rules.h"

namespace concord::objective {
namespace {

using google::protobuf::Message;

constexpr char kCatalog[] = "catalog";
constexpr size_t kScopesAtOnce = 500;  // Asked for in one go, for many of them may not be shown.

// The plan's name is registered before its root is written. Where it is already, because a program ended in between,
// that commit changes nothing, but tells whether it was this request that had come so far.
rpc::Method WithRegistration(rpc::Method create) {
  const auto create_root = create.write;
  create.write = [create_root](const Message& request, rpc::Context& context) -> absl::StatusOr<rpc::Change> {
    CONCORD_ASSIGN_OR_RETURN(rpc::Change change, create_root(request, context));
    const std::string name =
        absl::StrCat("planRegistrations/", static_cast<const v1::CreatePlanRequest&>(request).plan_id());
    auto registration = std::make_unique<v1::PlanRegistration>();
    registration->set_name(name);
    registration->set_plan(change.puts.front().name);
    change.first = std::make_unique<rpc::Change>();
    change.first->scope = kCatalog;
    change.first->answers = {name};
    change.first->puts.push_back({name, std::move(registration)});
    return change;
  };
  return create;
}

// The registration of the plan of this name; empty for no name.
std::string RegistrationOf(absl::string_view plan) {
  return plan.empty() ? "" : absl::StrCat("planRegistrations/", aip::LastIdOf(plan));
}

// A page of plans. Plans' scopes that are not at hand yet are asked for, and the page is made
// again once they are there.
absl::StatusOr<rpc::Reply> ListPlans(const rpc::PageTokens& tokens, const v1::ListPlansRequest& request,
                                     rpc::Context& context) {
  const ledger::SnapshotPtr catalog = context.Scope(kCatalog);
  if (catalog == nullptr) return rpc::Reply();
  CONCORD_ASSIGN_OR_RETURN(const std::string last_key, tokens.Open(request, kCatalog, catalog->position()));
  CONCORD_ASSIGN_OR_RETURN(rpc::Listing listing, rpc::Listing::Begin(request, *v1::Plan::descriptor(), last_key));
  const size_t scopes_at_once = std::max(static_cast<size_t>(rpc::PageSizeOf(request)), kScopesAtOnce);
  // Registrations and plans have the same ids, and so the same order.
  const rpc::ResourceType& type = context.types().Of(v1::PlanRegistration::descriptor());
  context.ForEach(type, kCatalog, "", RegistrationOf(listing.after()), [&](const ledger::Resource& registration) {
    const ledger::Resource* plan = context.Find(static_cast<const v1::PlanRegistration&>(*registration.message).plan());
    if (!context.missing().empty()) return context.missing().size() < scopes_at_once;
    if (plan == nullptr) return true;
    const auto state = static_cast<const v1::Plan&>(*plan->message).state();
    if (state == v1::Plan::STATE_ARCHIVED && !request.show_archived()) return true;
    return listing.Offer(*plan);
  });
  rpc::ListReply reply(v1::ListPlansResponse::kPlansFieldNumber);
  listing.AddTo(reply);
  v1::ListPlansResponse rest;
  if (!listing.NextKey().empty()) {
    rest.set_next_page_token(tokens.Make(request, kCatalog, catalog->position(), listing.NextKey()));
  }
  for (concord::type::ScopeRevision& revision : context.Revisions()) *rest.add_revisions() = std::move(revision);
  return reply.Finish(rest);
}

rpc::Method ListPlansMethod(const rpc::PageTokens& tokens) {
  rpc::Method method = rpc::ReadMethod<v1::ListPlansRequest>(
      "ListPlans", [&tokens](const v1::ListPlansRequest& request, rpc::Context& context) {
        return ListPlans(tokens, request, context);
      });
  method.validate = [](const Message& request, Violations& violations) {
    rpc::CheckListing(request, *v1::Plan::descriptor(), violations);
  };
  return method;
}

}  // namespace

void AddPlanMethods(rpc::Engine& engine, const app::MethodParts& parts) {
  const rpc::StandardMethods plans(
      {&parts.types->Of(v1::Plan::descriptor()), PlanRules(), parts.stamper, parts.tokens});
  const auto move_to = [&plans](const Message& request, v1::Plan::State to) {
    return plans.Change(request, [to](rpc::Context& context, Message& plan) {
      return MovePlan(context, to, static_cast<v1::Plan&>(plan));
    });
  };
  const std::string service = "concord.objective.v1.PlanService";
  engine.Add(service, plans.Get(v1::GetPlanRequest::default_instance()));
  engine.Add(service, ListPlansMethod(*parts.tokens));
  engine.Add(service, WithRegistration(plans.Create(v1::CreatePlanRequest::default_instance())));
  engine.Add(service, plans.Update(v1::UpdatePlanRequest::default_instance()));
  engine.Add(service, move_to(v1::ActivatePlanRequest::default_instance(), v1::Plan::STATE_ACTIVE));
  engine.Add(service, move_to(v1::ClosePlanRequest::default_instance(), v1::Plan::STATE_CLOSED));
  engine.Add(service, move_to(v1::ArchivePlanRequest::default_instance(), v1::Plan::STATE_ARCHIVED));
}

}  // namespace concord::objective
