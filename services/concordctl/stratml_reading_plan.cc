// What a StratML document says of the plan itself.
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/concordctl/plan_file.h"
#include "services/concordctl/stratml_names.h"
#include "services/concordctl/stratml_reading.h"

namespace concord::ctl {
namespace {

using objective::v1::Plan;
using planfile::v1::PlanFile;

// As the services have them.
constexpr int kAcronymLimit = 50;
constexpr int kValueTextLimit = 1'000;
constexpr int kListLimit = 50;

class PlanReading {
 public:
  PlanReading(StratmlDocument& document, const std::string& plan) : document_(document) {
    file_.set_format(kPlanFormat);
    file_.mutable_plan()->set_name(plan);
  }

  PlanFile Read() {
    const pugi::xml_node root = document_.root();
    file_.mutable_plan()->set_title(TakeStratmlTitle(document_, document_.Child(root, "Name"), kStratmlTitleLimit));
    ReadSimulated(document_.Child(root, "OtherInformation"));
    ReadCore(document_.Child(root, "StrategicPlanCore"));
    ReadAdministration(document_.Child(root, "AdministrativeInformation"));
    return std::move(file_);
  }

 private:
  std::string Text(pugi::xml_node parent, const char* name) const {
    return StratmlDocument::TextIn(document_.Child(parent, name));
  }

  void ReadSimulated(pugi::xml_node information) {
    if (StratmlDocument::TextIn(information) != kStratmlSimulated) return;
    document_.Take(information);
    (*file_.mutable_plan()->mutable_labels())["simulated"] = "true";
  }

  void ReadCore(pugi::xml_node core) {
    Plan& plan = *file_.mutable_plan();
    ReadOrganization(document_.Child(core, "Organization"), plan);
    plan.set_vision(
        TakeStratmlText(document_, document_.Child(document_.Child(core, "Vision"), "Description"), kStratmlTextLimit));
    plan.set_mission(TakeStratmlText(document_, document_.Child(document_.Child(core, "Mission"), "Description"),
                                     kStratmlTextLimit));
    for (const pugi::xml_node element : document_.Children(core, "Value")) ReadValue(element, plan);
  }

  void ReadOrganization(pugi::xml_node organization, Plan& plan) {
    const std::string title = TakeStratmlTitle(document_, document_.Child(organization, "Name"), kStratmlTitleLimit);
    const std::string acronym = TakeStratmlText(document_, document_.Child(organization, "Acronym"), kAcronymLimit);
    if (!title.empty()) plan.mutable_organization()->set_title(title);
    if (!acronym.empty()) plan.mutable_organization()->set_acronym(acronym);
    for (const pugi::xml_node stakeholder : document_.Children(organization, "Stakeholder")) {
      const pugi::xml_attribute type = stakeholder.attribute("StakeholderTypeType");
      const absl::string_view kind = type.value();
      if (kind == "Organization") {
        Add(stakeholder, type, {kStratmlPartner, kStratmlPerformer}, *plan.mutable_partners());
      } else if (kind == "Generic_Group") {
        Add(stakeholder, type, {kStratmlGroup, kStratmlBeneficiary}, *plan.mutable_stakeholder_groups());
      }
    }
  }

  struct Role {
    const char* name;
    const char* type;
  };

  void Add(pugi::xml_node stakeholder, pugi::xml_attribute type, const Role& role,
           google::protobuf::RepeatedPtrField<std::string>& list) {
    const pugi::xml_node name = document_.Child(stakeholder, "Name");
    if (StratmlDocument::TextIn(name).empty()) return;
    if (list.size() >= kListLimit) {
      document_.SayWhyLost(stakeholder, absl::StrCat("a plan has at most ", kListLimit, " of them"));
      return;
    }
    list.Add(TakeStratmlTitle(document_, name, kStratmlTitleLimit));
    document_.Take(type);
    TakeStratmlRole(document_, stakeholder, role.name, role.type);
  }

  void ReadValue(pugi::xml_node element, Plan& plan) {
    const pugi::xml_node description = document_.Child(element, "Description");
    if (Text(element, "Name").empty() && StratmlDocument::TextIn(description).empty()) return;
    if (plan.values_size() >= kListLimit) {
      document_.SayWhyLost(element, absl::StrCat("a plan has at most ", kListLimit, " values"));
      return;
    }
    auto& value = *plan.add_values();
    value.set_title(TakeStratmlTitle(document_, document_.Child(element, "Name"), kStratmlTitleLimit));
    if (value.title().empty()) {
      value.set_title(TakeStratmlTitle(document_, description, kStratmlTitleLimit));
      document_.Assume(element, "the value has no Name; it is called by its Description");
      return;
    }
    value.set_description(TakeStratmlText(document_, description, kValueTextLimit));
  }

  void ReadAdministration(pugi::xml_node administration) {
    auto& period = *file_.mutable_plan()->mutable_period();
    if (const auto day = TakeStratmlDate(document_, document_.Child(administration, "StartDate"))) {
      *period.mutable_start_date() = *day;
    }
    if (const auto day = TakeStratmlDate(document_, document_.Child(administration, "EndDate"))) {
      *period.mutable_end_date() = *day;
    }
    if (!period.has_start_date() && !period.has_end_date()) file_.mutable_plan()->clear_period();
    // Not taken: a file has it, but the services do not keep it.
    file_.set_source(Text(administration, "Source"));
    document_.SayWhyLost(document_.Child(administration, "Source"), "the services keep no source of a plan");
    const pugi::xml_node identifier = document_.Child(administration, "Identifier");
    if (NameOfIdentifier(StratmlDocument::TextIn(identifier)) == file_.plan().name()) document_.Take(identifier);
  }

  StratmlDocument& document_;
  PlanFile file_;
};

}  // namespace

PlanFile ReadStratmlPlan(StratmlDocument& document, const std::string& plan, const PlanFile* sidecar) {
  PlanFile file = PlanReading(document, plan).Read();
  ReadStratmlGoals(document, sidecar, file);
  return file;
}

}  // namespace concord::ctl
