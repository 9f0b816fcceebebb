// What a StratML document says of objectives, actions and indicators.
#include <algorithm>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/aip/limits.h"
#include "common/aip/resource_name.h"
#include "services/concordctl/stratml_names.h"
#include "services/concordctl/stratml_reading.h"

namespace concord::ctl {
namespace {

using planfile::v1::PlanFile;

// As the services have them.
constexpr int kContributorsLimit = 200;

class GoalReading {
 public:
  GoalReading(StratmlDocument& document, const PlanFile* sidecar, PlanFile& file)
      : document_(document),
        file_(file),
        objectives_(document, "plans/{plan}/objectives/{objective}", file.plan().name()),
        actions_(document, "plans/{plan}/actions/{action}", file.plan().name()),
        indicators_(document, "plans/{plan}/objectives/{objective}/indicators/{indicator}", file.plan().name()) {
    if (sidecar == nullptr) return;
    for (const auto& one : sidecar->objectives()) objectives_.AddOfSidecar(one.name(), one.code());
    for (const auto& one : sidecar->actions()) actions_.AddOfSidecar(one.name(), one.code());
    for (const auto& one : sidecar->indicators()) indicators_.AddOfSidecar(one.name(), one.code());
  }

  void Read() {
    const auto goals = document_.Children(document_.Child(document_.root(), "StrategicPlanCore"), "Goal");
    for (const pugi::xml_node goal : goals) {
      objectives_.AddOfDocument(goal);
      for (const pugi::xml_node objective : document_.Children(goal, "Objective")) {
        actions_.AddOfDocument(objective);
        for (const auto indicator : document_.Children(objective, "PerformanceIndicator")) {
          indicators_.AddOfDocument(indicator);
        }
      }
    }
    int position = 0;
    for (const pugi::xml_node goal : goals) ReadGoal(goal, ++position);
  }

 private:
  std::string Text(pugi::xml_node parent, const char* name) const {
    return StratmlDocument::TextIn(document_.Child(parent, name));
  }

  // Description, and OtherInformation behind it if there is room: a plan has one text for both.
  std::string Description(pugi::xml_node element) {
    std::string text = TakeStratmlText(document_, document_.Child(element, "Description"), kStratmlTextLimit);
    const pugi::xml_node more = document_.Child(element, "OtherInformation");
    const std::string other = StratmlDocument::TextIn(more);
    if (other.empty()) return text;
    if (aip::CountCharacters(text) + aip::CountCharacters(other) + 2 > kStratmlTextLimit) {
      document_.SayWhyLost(more, absl::StrCat("does not fit behind the Description: at most ", kStratmlTextLimit,
                                              " characters are allowed for both"));
      return text;
    }
    document_.Take(more);
    return absl::StrCat(text, text.empty() ? "" : "\n\n", other);
  }

  bool SaysSomething(pugi::xml_node element) const {
    return !Text(element, "Name").empty() || !Text(element, "Description").empty() ||
           !Text(element, "OtherInformation").empty() || !Text(element, "SequenceIndicator").empty() ||
           !NameOfIdentifier(Text(element, "Identifier")).empty();
  }

  bool HasIndicators(pugi::xml_node element) const {
    for (const pugi::xml_node indicator : document_.Children(element, "PerformanceIndicator")) {
      if (IsIndicator(indicator)) return true;
    }
    return false;
  }

  static bool IsQualitative(pugi::xml_node element) {
    return absl::string_view(element.attribute("PerformanceIndicatorType").value()) == "Qualitative";
  }

  // Those without a name and a unit are left over from a form; those that are no numbers are none of ours.
  bool IsIndicator(pugi::xml_node element) const {
    return !IsQualitative(element) &&
           (!Text(element, "MeasurementDimension").empty() || !Text(element, "UnitOfMeasurement").empty());
  }

  void ReadGoal(pugi::xml_node goal, int position) {
    const auto elements = document_.Children(goal, "Objective");
    bool says_something = SaysSomething(goal);
    for (const pugi::xml_node element : elements) {
      says_something = says_something || SaysSomething(element) || HasIndicators(element);
    }
    if (!says_something) return;  // Left over from a form.
    objective::v1::Objective objective;
    objective.set_name(objectives_.KnownName(goal));
    objective.set_code(objectives_.CodeOf(goal, objective.name(), absl::StrCat(position)));
    if (objective.name().empty()) objective.set_name(objectives_.NewName(file_.plan().name(), objective.code()));
    objective.set_title(TakeStratmlTitle(document_, document_.Child(goal, "Name"), kStratmlTitleLimit));
    objective.set_outcome(Description(goal));
    ReadOwner(goal, objective);
    *file_.add_objectives() = objective;
    int element_position = 0;
    for (const pugi::xml_node element : elements) ReadObjective(element, objective, ++element_position);
  }

  void ReadOwner(pugi::xml_node goal, objective::v1::Objective& objective) {
    for (const pugi::xml_node stakeholder : document_.Children(goal, "Stakeholder")) {
      const pugi::xml_node name = document_.Child(stakeholder, "Name");
      const std::string role = Text(document_.Child(stakeholder, "Role"), "RoleType");
      if (StratmlDocument::TextIn(name).empty() || role == kStratmlBeneficiary) continue;
      if (!objective.owner().empty()) {
        document_.SayWhyLost(stakeholder, "an objective has one owner, the first");
        continue;
      }
      objective.set_owner(TakeStratmlTitle(document_, name, kStratmlTitleLimit));
      TakeStratmlRole(document_, stakeholder, kStratmlOwner, kStratmlPerformer);
      document_.SayWhyLost(stakeholder, "of the owner of an objective the name is kept");
    }
  }

  void ReadObjective(pugi::xml_node element, const objective::v1::Objective& objective, int position) {
    const std::string above =
        objective.code().empty() ? std::string(aip::LastIdOf(objective.name())) : objective.code();
    const std::string fallback = absl::StrCat(above, ".", position);
    if (SaysSomething(element)) {
      action::v1::Action& action = *file_.add_actions();
      action.set_name(actions_.KnownName(element));
      action.set_code(actions_.CodeOf(element, action.name(), fallback));
      if (action.name().empty()) action.set_name(actions_.NewName(file_.plan().name(), action.code()));
      action.set_title(TakeStratmlTitle(document_, document_.Child(element, "Name"), kStratmlTitleLimit));
      action.set_description(Description(element));
      auto& link = *action.add_objective_links();
      link.set_objective(objective.name());
      link.set_kind(action::v1::ObjectiveLink::KIND_CONTRIBUTES);
      for (const auto stakeholder : document_.Children(element, "Stakeholder")) ReadMember(stakeholder, action);
    }
    int indicator_position = 0;
    for (const pugi::xml_node indicator : document_.Children(element, "PerformanceIndicator")) {
      ReadIndicator(indicator, objective, absl::StrCat(fallback, ".", ++indicator_position));
    }
  }

  void ReadMember(pugi::xml_node stakeholder, action::v1::Action& action) {
    const pugi::xml_node name = document_.Child(stakeholder, "Name");
    const std::string member = StratmlDocument::TextIn(name);
    if (!aip::NamePattern("members/{member}").Matches(member)) return;
    // Part 1 has no roles: there the Description says it.
    const pugi::xml_node description = document_.Child(stakeholder, "Description");
    const std::string described = StratmlDocument::TextIn(description);
    const bool leads = Text(document_.Child(stakeholder, "Role"), "Name") == kStratmlLead || described == kStratmlLead;
    const auto& contributors = action.contributors();
    const bool there =
        member == action.lead() || std::find(contributors.begin(), contributors.end(), member) != contributors.end();
    if (there || contributors.size() >= kContributorsLimit) {
      document_.SayWhyLost(stakeholder, "is there already, or one too many");
      return;
    }
    if (leads && action.lead().empty()) {
      action.set_lead(member);
      TakeStratmlRole(document_, stakeholder, kStratmlLead, kStratmlPerformer);
    } else {
      if (leads) document_.Assume(stakeholder, "leads, too: an action has one lead, so it is a contributor");
      action.add_contributors(member);
      TakeStratmlRole(document_, stakeholder, leads ? kStratmlLead : kStratmlContributor, kStratmlPerformer);
    }
    document_.Take(name);
    if (described == kStratmlLead || described == kStratmlContributor) document_.Take(description);
    const pugi::xml_attribute type = stakeholder.attribute("StakeholderTypeType");
    if (absl::string_view(type.value()) == "Organization") document_.Take(type);
    document_.SayWhyLost(stakeholder, "of a member the name is kept");
  }

  void ReadIndicator(pugi::xml_node element, const objective::v1::Objective& objective, const std::string& fallback) {
    if (!IsIndicator(element)) {
      document_.SayWhyLost(element, IsQualitative(element) ? "is qualitative, and indicators are numbers"
                                                           : "has neither a MeasurementDimension nor a unit");
      return;
    }
    std::string known = indicators_.KnownName(element);
    // It stands under an action only for want of a better place: its name says whose it is, while that is there.
    if (!known.empty() && !objectives_.Has(std::string(aip::ParentOf(known)))) {
      document_.Assume(element,
                       absl::StrCat("the objective of ", known, " is gone; it now belongs to ", objective.name()));
      known.clear();
    }
    const std::string code = indicators_.CodeOf(element, known, fallback);
    objective::v1::Indicator indicator = ReadStratmlIndicator(document_, element);
    indicator.set_code(code);
    indicator.set_name(known.empty() ? indicators_.NewName(objective.name(), code) : known);
    *file_.add_indicators() = std::move(indicator);
  }

  StratmlDocument& document_;
  PlanFile& file_;
  StratmlNames objectives_;
  StratmlNames actions_;
  StratmlNames indicators_;
};

}  // namespace

void ReadStratmlGoals(StratmlDocument& document, const PlanFile* sidecar, PlanFile& file) {
  GoalReading(document, sidecar, file).Read();
}

}  // namespace concord::ctl
