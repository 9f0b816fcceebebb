// The steps of reading a StratML document, each a pass over what the one before has made.
#ifndef SERVICES_CONCORDCTL_STRATML_READING_H_
#define SERVICES_CONCORDCTL_STRATML_READING_H_

#include <map>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "concord/planfile/v1/plan_file.pb.h"
#include "services/concordctl/stratml_document.h"

namespace concord::ctl {

// What "ActualResult" is about, where it tells the value before the plan.
inline constexpr char kStratmlBaseline[] = "Baseline";
// What a plan that is not real says of itself, in OtherInformation.
inline constexpr char kStratmlSimulated[] = "Simulated: invented for trying things out, not a real plan.";
// What people are to an action.
inline constexpr char kStratmlLead[] = "Lead";
inline constexpr char kStratmlContributor[] = "Contributor";
// What organisations and groups are to a plan, and a person to an objective.
inline constexpr char kStratmlPartner[] = "Partner";
inline constexpr char kStratmlGroup[] = "Stakeholder group";
inline constexpr char kStratmlOwner[] = "Owner";
inline constexpr char kStratmlPerformer[] = "Performer";
inline constexpr char kStratmlBeneficiary[] = "Beneficiary";

// Of what the services take, in characters.
inline constexpr int kStratmlTitleLimit = 200;
inline constexpr int kStratmlTextLimit = 4'000;

// The text of an element as it is, if it has at most `limit` characters; else none, and why it is lost is said.
std::string TakeStratmlText(StratmlDocument& document, pugi::xml_node element, int limit);

// The text in one line. A longer one is cut with "…" at its end; then it stays a loss, which says so.
std::string TakeStratmlTitle(StratmlDocument& document, pugi::xml_node element, int limit);

// The day in an element; none, with the reason said, if it is no day.
absl::optional<google::type::Date> TakeStratmlDate(StratmlDocument& document, pugi::xml_node element);

// Takes the Role of a stakeholder as far as it says no more than `name` and `type`; true if it says `name`.
bool TakeStratmlRole(StratmlDocument& document, pugi::xml_node stakeholder, absl::string_view name,
                     absl::string_view type);

// Just what the document says: fields that a plan needs may be missing. What was taken is taken from `document`.
planfile::v1::PlanFile ReadStratmlPlan(StratmlDocument& document, const std::string& plan,
                                       const planfile::v1::PlanFile* sidecar);

// The part of that which stands under the goals: added to `file`, which has the plan's name.
void ReadStratmlGoals(StratmlDocument& document, const planfile::v1::PlanFile* sidecar, planfile::v1::PlanFile& file);

// The indicator that an element tells; `name` and `code` are set by the caller.
objective::v1::Indicator ReadStratmlIndicator(StratmlDocument& document, pugi::xml_node element);

// The side-car's plan with what `said` says otherwise than `base`, which is what a document that was written from the
// side-car says. What is gone from the document is gone, with what hung on it; that is told in `document`.
planfile::v1::PlanFile LayOverSidecar(const planfile::v1::PlanFile& sidecar, const planfile::v1::PlanFile& base,
                                      const planfile::v1::PlanFile& said, StratmlDocument& document);

// Sets what a plan needs and does not have to something that makes sense, and says so. INVALID_ARGUMENT if nothing
// does.
absl::Status CompleteStratmlPlan(const StratmlOptions& options, StratmlDocument& document,
                                 planfile::v1::PlanFile& file);

}  // namespace concord::ctl

#endif  // SERVICES_CONCORDCTL_STRATML_READING_H_
