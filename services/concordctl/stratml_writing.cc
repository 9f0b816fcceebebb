#include "services/concordctl/stratml_writing.h"

#include <algorithm>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/aip/date.h"
#include "common/aip/field_behavior.h"
#include "common/aip/resource_name.h"
#include "common/status/error.h"
#include "services/concordctl/simulated_plan.h"
#include "services/concordctl/stratml_names.h"
#include "services/concordctl/stratml_reading.h"

namespace concord::ctl {
namespace {

using objective::v1::Measurement;
using planfile::v1::PlanFile;

class PlanWriting {
 public:
  // Takes out of `rest` and `measurements` what it writes.
  PlanWriting(PlanFile& rest, std::vector<Measurement>& measurements, StratmlPart part)
      : rest_(rest), part_(part), plan_(rest.plan().name()) {
    for (Measurement& measurement : measurements) {
      measurements_[std::string(aip::ParentOf(measurement.name()))].push_back(&measurement);
    }
    std::set<std::string> objectives;
    for (const auto& objective : rest_.objectives()) objectives.insert(objective.name());
    for (auto& action : *rest_.mutable_actions()) {
      for (int i = 0; i < action.objective_links_size(); ++i) {
        const std::string& objective = action.objective_links(i).objective();
        if (!objectives.contains(objective)) continue;
        actions_[objective].push_back({&action, i});
        break;
      }
    }
    for (auto& indicator : *rest_.mutable_indicators()) {
      indicators_[std::string(aip::ParentOf(indicator.name()))].push_back(&indicator);
    }
  }

  std::string Write() {
    pugi::xml_document document;
    auto declaration = document.append_child(pugi::node_declaration);
    declaration.append_attribute("version") = "1.0";
    declaration.append_attribute("encoding") = "UTF-8";
    const bool performance = part_ == StratmlPart::kPerformance;
    auto root = document.append_child(performance ? "PerformancePlanOrReport" : "StrategicPlan");
    root.append_attribute("xmlns") = performance ? kStratmlPerformance : kStratmlCore;
    auto type = performance ? root.append_attribute("Type") : pugi::xml_attribute();
    auto& plan = *rest_.mutable_plan();
    AddStratml(root, "Name", TakeOut(plan.mutable_title()));
    AddSimulated(root);
    auto core = AddStratml(root, "StrategicPlanCore");
    AddOrganization(core);
    if (!plan.vision().empty()) AddStratml(AddStratml(core, "Vision"), "Description", TakeOut(plan.mutable_vision()));
    if (!plan.mission().empty())
      AddStratml(AddStratml(core, "Mission"), "Description", TakeOut(plan.mutable_mission()));
    AddValues(core);
    for (auto& objective : *rest_.mutable_objectives()) AddGoal(core, objective);
    AddAdministration(root);
    type = results_ == 0 ? "Performance_Plan" : "Performance_Report";
    std::ostringstream text;
    document.save(text, "  ", pugi::format_default, pugi::encoding_utf8);
    return text.str();
  }

  // The names of the resources that are in the document.
  const std::set<std::string>& written() const { return written_; }

 private:
  struct LinkedAction {
    action::v1::Action* action;
    int link;
  };

  void AddSimulated(pugi::xml_node root) {
    if (!IsSimulated(rest_.plan())) return;
    AddStratml(root, "OtherInformation", kStratmlSimulated);
    rest_.mutable_plan()->mutable_labels()->erase("simulated");
  }

  void AddOrganization(pugi::xml_node core) {
    auto& plan = *rest_.mutable_plan();
    auto organization = AddStratml(core, "Organization");
    AddStratml(organization, "Name", TakeOut(plan.mutable_organization()->mutable_title()));
    if (!plan.organization().acronym().empty()) {
      AddStratml(organization, "Acronym", TakeOut(plan.mutable_organization()->mutable_acronym()));
    }
    if (plan.organization().ByteSizeLong() == 0) plan.clear_organization();
    for (std::string& partner : *plan.mutable_partners()) {
      AddStakeholder(organization, TakeOut(&partner), "Organization", kStratmlPartner, kStratmlPerformer);
    }
    for (std::string& group : *plan.mutable_stakeholder_groups()) {
      AddStakeholder(organization, TakeOut(&group), "Generic_Group", kStratmlGroup, kStratmlBeneficiary);
    }
    ClearEmpty(*plan.mutable_partners());
    ClearEmpty(*plan.mutable_stakeholder_groups());
  }

  // Part 1 knows no roles.
  pugi::xml_node AddStakeholder(pugi::xml_node parent, absl::string_view name, const char* type, const char* role,
                                const char* role_type) const {
    auto stakeholder = AddStratml(parent, "Stakeholder");
    if (*type != '\0') stakeholder.append_attribute("StakeholderTypeType") = type;
    AddStratml(stakeholder, "Name", name);
    if (part_ == StratmlPart::kStrategicPlan) return stakeholder;
    auto element = AddStratml(stakeholder, "Role");
    AddStratml(element, "Name", role);
    AddStratml(element, "RoleType", role_type);
    return stakeholder;
  }

  template <typename List>
  static void ClearEmpty(List& list) {
    if (std::all_of(list.begin(), list.end(), [](const std::string& text) { return text.empty(); })) list.Clear();
  }

  void AddValues(pugi::xml_node core) {
    auto& values = *rest_.mutable_plan()->mutable_values();
    for (auto& value : values) {
      auto element = AddStratml(core, "Value");
      AddStratml(element, "Name", TakeOut(value.mutable_title()));
      if (!value.description().empty()) AddStratml(element, "Description", TakeOut(value.mutable_description()));
    }
    if (std::all_of(values.begin(), values.end(), [](const auto& value) { return value.ByteSizeLong() == 0; })) {
      values.Clear();
    }
  }

  void AddGoal(pugi::xml_node core, objective::v1::Objective& objective) {
    written_.insert(objective.name());
    auto goal = AddStratml(core, "Goal");
    AddStratml(goal, "Name", TakeOut(objective.mutable_title()));
    AddStratml(goal, "Description", TakeOut(objective.mutable_outcome()));
    AddStratml(goal, "Identifier", StratmlIdentifier(objective.name()));
    AddStratml(goal, "SequenceIndicator", TakeOut(objective.mutable_code()));
    if (!objective.owner().empty()) {
      AddStakeholder(goal, TakeOut(objective.mutable_owner()), "", kStratmlOwner, kStratmlPerformer);
    }
    pugi::xml_node first_contributing;
    for (const LinkedAction& linked : actions_[objective.name()]) {
      const bool contributes =
          linked.action->objective_links(linked.link).kind() == action::v1::ObjectiveLink::KIND_CONTRIBUTES;
      const auto element = AddAction(goal, linked);
      if (contributes && !first_contributing) first_contributing = element;
    }
    if (part_ == StratmlPart::kStrategicPlan) return;
    for (auto* indicator : indicators_[objective.name()]) {
      // An Objective that says nothing itself, and so is no action, where there is none that could hold it.
      if (!first_contributing) first_contributing = AddStratml(goal, "Objective");
      results_ += AddStratmlIndicator(first_contributing, *indicator, measurements_[indicator->name()]);
      written_.insert(indicator->name());
    }
  }

  pugi::xml_node AddAction(pugi::xml_node goal, const LinkedAction& linked) {
    action::v1::Action& action = *linked.action;
    written_.insert(action.name());
    auto element = AddStratml(goal, "Objective");
    AddStratml(element, "Name", TakeOut(action.mutable_title()));
    if (!action.description().empty()) AddStratml(element, "Description", TakeOut(action.mutable_description()));
    AddStratml(element, "Identifier", StratmlIdentifier(action.name()));
    AddStratml(element, "SequenceIndicator", TakeOut(action.mutable_code()));
    if (!action.lead().empty()) AddMember(element, TakeOut(action.mutable_lead()), kStratmlLead);
    for (const std::string& member : action.contributors()) AddMember(element, member, kStratmlContributor);
    action.clear_contributors();
    auto& link = *action.mutable_objective_links(linked.link);
    link.clear_objective();
    if (link.kind() == action::v1::ObjectiveLink::KIND_CONTRIBUTES) link.clear_kind();
    if (link.ByteSizeLong() == 0) {
      action.mutable_objective_links()->erase(action.mutable_objective_links()->begin() + linked.link);
    }
    return element;
  }

  void AddMember(pugi::xml_node element, absl::string_view member, const char* role) const {
    auto stakeholder = AddStakeholder(element, member, "Organization", role, kStratmlPerformer);
    if (part_ == StratmlPart::kStrategicPlan) AddStratml(stakeholder, "Description", role);
  }

  void AddAdministration(pugi::xml_node root) {
    auto administration = AddStratml(root, "AdministrativeInformation");
    if (part_ == StratmlPart::kPerformance) AddStratml(administration, "Identifier", StratmlIdentifier(plan_));
    auto& period = *rest_.mutable_plan()->mutable_period();
    if (IsStratmlDate(period.start_date())) {
      AddStratml(administration, "StartDate", aip::FormatDate(period.start_date()));
      period.clear_start_date();
    }
    if (IsStratmlDate(period.end_date())) {
      AddStratml(administration, "EndDate", aip::FormatDate(period.end_date()));
      period.clear_end_date();
    }
    if (period.ByteSizeLong() == 0) rest_.mutable_plan()->clear_period();
    const std::string& source = rest_.source();
    const bool is_address =
        (absl::StartsWith(source, "http://") || absl::StartsWith(source, "https://")) &&
        std::all_of(source.begin(), source.end(), [](unsigned char c) {
          return absl::ascii_isalnum(c) ||
                 absl::string_view("-._~:/?&=+,;@").find(static_cast<char>(c)) != absl::string_view::npos;
        });
    if (is_address) AddStratml(administration, "Source", TakeOut(rest_.mutable_source()));
  }

  PlanFile& rest_;
  StratmlPart part_;
  std::string plan_;
  std::map<std::string, std::vector<LinkedAction>> actions_;  // By the objective under which they are written.
  std::map<std::string, std::vector<objective::v1::Indicator*>> indicators_;
  std::map<std::string, std::vector<Measurement*>> measurements_;
  std::set<std::string> written_;
  int results_ = 0;
};

// Those that figures are made of.
std::vector<Measurement> InForce(const std::vector<Measurement>& measurements) {
  std::vector<Measurement> in_force;
  for (const Measurement& measurement : measurements) {
    if (measurement.status() != Measurement::STATUS_APPROVED || measurement.has_delete_time()) continue;
    in_force.push_back(measurement);
    aip::ClearOutputOnlyFields(in_force.back());
    in_force.back().clear_etag();
  }
  return in_force;
}

}  // namespace

pugi::xml_node AddStratml(pugi::xml_node parent, const char* name, absl::string_view text) {
  auto element = parent.append_child(name);
  if (!text.empty()) element.append_child(pugi::node_pcdata).set_value(std::string(text).c_str());
  return element;
}

std::string TakeOut(std::string* text) {
  std::string allowed;
  for (const char c : *text) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte >= 0x20 && byte != 0x7f) || c == '\n' || c == '\t') allowed.push_back(c);
  }
  for (const char* beyond : {"\xEF\xBF\xBE", "\xEF\xBF\xBF"}) {
    for (size_t at = allowed.find(beyond); at != std::string::npos; at = allowed.find(beyond)) allowed.erase(at, 3);
  }
  if (allowed == *text) text->clear();
  return allowed;
}

bool IsStratmlDate(const google::type::Date& date) { return aip::IsDay(date); }

absl::StatusOr<StratmlText> WriteStratml(const PlanFile& file, StratmlPart part,
                                         const std::vector<Measurement>& measurements) {
  if (file.objectives().empty()) {
    return MakeError(absl::StatusCode::kFailedPrecondition, Reason("concord.ctl", "PLAN_WITHOUT_OBJECTIVES"),
                     "{plan} has no objective, and StratML wants one: create it first", {{"plan", file.plan().name()}});
  }
  PlanFile rest = file;
  std::vector<Measurement> results =
      part == StratmlPart::kPerformance ? InForce(measurements) : std::vector<Measurement>();
  StratmlText text;
  PlanWriting writing(rest, results, part);
  text.xml = writing.Write();
  rest.clear_format();
  if (!rest.source().empty()) text.unsaid.push_back({"source", 1, {}});
  AddUnsaid("plan", rest.plan().name(), rest.plan(), text.unsaid);
  const auto add = [&](const char* collection, const auto& resources) {
    for (const auto& one : resources) {
      if (writing.written().contains(one.name())) {
        AddUnsaid(collection, one.name(), one, text.unsaid);
      } else {
        NoteUnsaid(collection, one.name(), text.unsaid);
      }
    }
  };
  add("objectives", rest.objectives());
  add("actions", rest.actions());
  add("indicators", rest.indicators());
  add("milestones", rest.milestones());
  for (const auto& one : results) AddUnsaid("measurements", one.name(), one, text.unsaid);
  return text;
}

}  // namespace concord::ctl
