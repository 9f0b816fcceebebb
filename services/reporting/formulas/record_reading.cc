#include "services/reporting/formulas/record_reading.h"

#include <algorithm>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "common/aip/resource_name.h"
#include "common/rpc/failure.h"
#include "common/status/macros.h"
#include "services/reporting/plan_reading.h"

namespace concord::reporting {
namespace {

// Those of living parents.
template <typename Child, typename Parent>
std::vector<const Child*> OfLiving(rpc::Context& context, const std::string& scope,
                                   const std::vector<const Parent*>& parents) {
  absl::flat_hash_set<absl::string_view> living;
  for (const Parent* parent : parents) living.insert(parent->name());
  std::vector<const Child*> children = Living<Child>(context, scope);
  children.erase(std::remove_if(children.begin(), children.end(),
                                [&](const Child* child) { return !living.contains(aip::ParentOf(child->name())); }),
                 children.end());
  return children;
}

}  // namespace

absl::Status CheckLives(rpc::Context& context, const std::string& name) {
  const ledger::Resource* resource = context.Find(name);
  return resource == nullptr || resource->deleted ? rpc::NotFound(name) : absl::OkStatus();
}

absl::StatusOr<FormulaRecords> ReadRecords(rpc::Context& context, const RecordNeeds& needs, const std::string& plan) {
  FormulaRecords records;
  if (needs.directory) {
    records.members = Living<member::v1::Member>(context, kDirectoryScope);
    records.committees = Living<member::v1::Committee>(context, kDirectoryScope);
  }
  if (needs.participations) records.participations = Living<member::v1::Participation>(context, kDirectoryScope);
  if (needs.experts) records.experts = Living<member::v1::ExpertDelegation>(context, kDirectoryScope);
  if (needs.liaisons) records.liaisons = Living<member::v1::Liaison>(context, kDirectoryScope);
  if (needs.ballots) {
    records.ballots = Living<member::v1::Ballot>(context, kDirectoryScope);
    records.votes = Living<member::v1::Vote>(context, kDirectoryScope);
  }
  if (needs.work_items) records.work_items = Living<member::v1::WorkItem>(context, kWorkScope);
  if (needs.adoptions) records.adoptions = OfLiving<member::v1::Adoption>(context, kWorkScope, records.work_items);
  if (needs.plan) {
    CONCORD_ASSIGN_OR_RETURN(records.plan, ReadPlan(context, plan));
    records.activities = OfLiving<action::v1::Activity>(context, plan, records.plan.actions);
    records.contributions = OfLiving<action::v1::Contribution>(context, plan, records.plan.actions);
  }
  return records;
}

}  // namespace concord::reporting
