#include "services/concordctl/stratml_reading.h"

#include <algorithm>
#include <memory>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/aip/resource_name.h"
#include "common/status/macros.h"
#include "services/concordctl/plan_file.h"
#include "services/concordctl/stratml_names.h"

namespace concord::ctl {
namespace {

using planfile::v1::PlanFile;

// "plans/p" of the Identifier of an element, if it is one of ours.
std::string PlanOf(const StratmlDocument& document, pugi::xml_node element) {
  std::string name = NameOfIdentifier(StratmlDocument::TextIn(document.Child(element, "Identifier")));
  name.resize(std::min(name.find('/', sizeof("plans/") - 1), name.size()));
  return aip::NamePattern("plans/{plan}").Matches(name) ? name : "";
}

// What the plan is called: as the caller says, as the side-car is, or as the document was when it was ours.
absl::StatusOr<std::string> PlanNameFor(const StratmlDocument& document, const StratmlOptions& options) {
  if (!options.plan.empty()) return options.plan;
  if (options.sidecar != nullptr) return options.sidecar->plan().name();
  std::string name = PlanOf(document, document.Child(document.root(), "AdministrativeInformation"));
  for (const pugi::xml_node goal : document.Children(document.Child(document.root(), "StrategicPlanCore"), "Goal")) {
    if (name.empty()) name = PlanOf(document, goal);
  }
  if (!name.empty()) return name;
  return StratmlRefusal(document.LineOf(document.root()),
                        "the document does not say what the plan is called here: say --plan");
}

std::string TakeKind(StratmlDocument& document) {
  if (document.part() == StratmlPart::kStrategicPlan) return "StratML Part 1";
  const pugi::xml_attribute type = document.root().attribute("Type");
  const absl::string_view kind = type.value();
  if (kind != "Strategic_Plan" && kind != "Performance_Plan" && kind != "Performance_Report") return "StratML Part 2";
  document.Take(type);
  return absl::StrCat("StratML Part 2, ", kind);
}

absl::StatusOr<PlanFile> ReadWithSidecar(StratmlDocument& document, const std::string& plan, const PlanFile& sidecar) {
  if (sidecar.plan().name() != plan) {
    return StratmlRefusal(document.LineOf(document.root()),
                          absl::StrCat("the side-car is of ", sidecar.plan().name(), ", not of ", plan));
  }
  const PlanFile said = ReadStratmlPlan(document, plan, &sidecar);
  CONCORD_ASSIGN_OR_RETURN(const StratmlText text, WriteStratml(sidecar, document.part()));
  CONCORD_ASSIGN_OR_RETURN(const std::unique_ptr<StratmlDocument> written, StratmlDocument::Parse(text.xml));
  return LayOverSidecar(sidecar, ReadStratmlPlan(*written, plan, &sidecar), said, document);
}

}  // namespace

absl::StatusOr<StratmlPlan> ReadStratml(absl::string_view xml, const StratmlOptions& options) {
  CONCORD_ASSIGN_OR_RETURN(const std::unique_ptr<StratmlDocument> document, StratmlDocument::Parse(xml));
  if (!document->Child(document->root(), "StrategicPlanCore")) {
    return StratmlRefusal(document->LineOf(document->root()), "there is no StrategicPlanCore, so there is no plan");
  }
  CONCORD_ASSIGN_OR_RETURN(const std::string plan, PlanNameFor(*document, options));
  StratmlPlan read;
  read.document = TakeKind(*document);
  if (options.sidecar == nullptr) {
    read.file = ReadStratmlPlan(*document, plan, nullptr);
  } else {
    CONCORD_ASSIGN_OR_RETURN(read.file, ReadWithSidecar(*document, plan, *options.sidecar));
  }
  CONCORD_RETURN_IF_ERROR(CompleteStratmlPlan(options, *document, read.file));
  Violations violations;
  CheckPlanFile(read.file, violations);
  CONCORD_RETURN_IF_ERROR(violations.ToStatus());
  read.losses = document->Losses();
  read.assumptions = document->TakeAssumptions();
  return read;
}

}  // namespace concord::ctl
