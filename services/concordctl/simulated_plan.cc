#include "services/concordctl/simulated_plan.h"

#include <algorithm>
#include <functional>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "common/aip/date.h"
#include "common/aip/decimal.h"
#include "common/aip/resource_name.h"

namespace concord::ctl {
namespace {

using action::v1::Action;
using action::v1::Milestone;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using objective::v1::Indicator;
using planfile::v1::PlanFile;

constexpr char kMark[] = "Simulated: ";
constexpr int kMembers = 24;

// Calls `change` with each string in the message and below, but not with what stands in maps.
void ForEachString(Message& message, const std::function<void(const FieldDescriptor&, std::string&)>& change) {
  std::vector<const FieldDescriptor*> fields;
  const auto& reflection = *message.GetReflection();
  reflection.ListFields(message, &fields);
  for (const FieldDescriptor* field : fields) {
    if (field->is_map()) continue;
    const int size = field->is_repeated() ? reflection.FieldSize(message, field) : 1;
    for (int i = 0; i < size; ++i) {
      if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
        ForEachString(field->is_repeated() ? *reflection.MutableRepeatedMessage(&message, field, i)
                                           : *reflection.MutableMessage(&message, field),
                      change);
      } else if (field->cpp_type() == FieldDescriptor::CPPTYPE_STRING) {
        std::string text = field->is_repeated() ? reflection.GetRepeatedString(message, field, i)
                                                : reflection.GetString(message, field);
        change(*field, text);
        if (field->is_repeated()) reflection.SetRepeatedString(&message, field, i, text);
        if (!field->is_repeated()) reflection.SetString(&message, field, text);
      }
    }
  }
}

void PlanOut(Action& action, const objective::v1::Plan& plan, Chance& chance) {
  const absl::CivilDay first = FirstDayOf(plan);
  const int quarters = static_cast<int>((LastDayOf(plan) - first) / 91);
  const int length = std::min(quarters, 4 + chance.Below(9));
  const int begin = chance.Below(quarters - length + 1);
  *action.mutable_start_date() = aip::FromDay(absl::CivilDay(absl::CivilMonth(first) + 3 * begin));
  *action.mutable_due_date() = aip::FromDay(absl::CivilDay(absl::CivilMonth(first) + 3 * (begin + length)) - 1);
  action.set_lead(SimulatedMember(chance));
  for (int i = chance.Below(4); i > 0; --i) {
    const std::string member = SimulatedMember(chance);
    const auto& others = action.contributors();
    if (member == action.lead() || std::find(others.begin(), others.end(), member) != others.end()) continue;
    action.add_contributors(member);
  }
  action.set_report_frequency(Action::REPORT_FREQUENCY_QUARTERLY);
  action.set_report_due_days(30);
}

// Evenly over the time of the action; the last one is due with it.
void AddMilestones(const Action& action, Chance& chance, PlanFile& file) {
  constexpr const char* kTitles[] = {"Terms of reference agreed", "First results reviewed", "Trial with members ended",
                                     "Results handed over"};
  const absl::CivilDay first = aip::ToDay(action.start_date());
  const absl::CivilDay last = aip::ToDay(action.due_date());
  const int count = 3 + chance.Below(2);
  for (int i = 1; i <= count; ++i) {
    Milestone& milestone = *file.add_milestones();
    milestone.set_name(absl::StrCat(action.name(), "/milestones/m", i));
    milestone.set_title(kTitles[i == count ? 3 : i - 1]);
    *milestone.mutable_due_date() = aip::FromDay(first + (last - first) * i / count);
    milestone.set_weight(i == count ? 2 : 1);
    MarkSimulated(milestone);
  }
}

// Gives an indicator without a baseline one, and without targets a target for every year.
void SetUpIndicator(Indicator& indicator, const objective::v1::Plan& plan, Chance& chance) {
  const bool percent = indicator.unit() == "%" || indicator.guard_rails().has_upper();
  const bool decrease = indicator.direction() == Indicator::DIRECTION_DECREASE;
  int64_t unit = 1;
  for (int i = 0; i < indicator.scale(); ++i) unit *= 10;
  if (!indicator.has_baseline()) {
    const bool share = indicator.unit() != "%" && percent;  // An index from 0 to 1.
    int64_t start = share      ? 50
                    : decrease ? 45 * unit
                    : percent  ? (20 + chance.Below(20)) * unit
                               : (40 + chance.Below(60)) * unit;
    // No target may be worse than the baseline.
    if (!indicator.targets().empty()) {
      const int64_t first = UnitsOf(indicator.targets(0).value(), indicator.scale());
      start = decrease ? std::max(start, first) : std::min(start, first / 2);
    }
    indicator.mutable_baseline()->mutable_value()->set_value(DecimalText(start, indicator.scale()));
    *indicator.mutable_baseline()->mutable_date() = aip::FromDay(FirstDayOf(plan) - 1);
    indicator.mutable_baseline()->set_source("Made up");
  }
  if (!indicator.targets().empty()) return;
  const int64_t from = UnitsOf(indicator.baseline().value(), indicator.scale());
  const auto years = LastDayOf(plan).year() - FirstDayOf(plan).year() + 1;
  for (int i = 1; i <= years; ++i) {
    const int64_t rise = from == 0 ? 100 * unit * i : from * (indicator.unit() == "standards" ? 2 : 6) * i / 100;
    auto& target = *indicator.add_targets();
    *target.mutable_date() = aip::FromDay(absl::CivilDay(FirstDayOf(plan).year() + i - 1, 12, 31));
    target.mutable_value()->set_value(DecimalText(decrease ? from - rise : from + rise, indicator.scale()));
  }
}

}  // namespace

int Chance::Below(int limit) {
  // splitmix64: well known, short, and no different on any other machine.
  state_ += 0x9E3779B97F4A7C15;
  uint64_t mixed = state_;
  mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
  mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
  return static_cast<int>((mixed ^ (mixed >> 31)) % static_cast<uint64_t>(limit));
}

int64_t UnitsOf(const type::Decimal& decimal, int scale) {
  absl::int128 units = aip::ToNano(decimal);
  for (int i = 0; i < scale; ++i) units *= 10;
  return static_cast<int64_t>(units / 1'000'000'000);
}

std::string DecimalText(int64_t units, int scale) {
  absl::int128 nano = absl::int128(units) * 1'000'000'000;
  for (int i = 0; i < scale; ++i) nano /= 10;
  return aip::FormatDecimal(nano, scale);
}

bool IsSimulated(const objective::v1::Plan& plan) {
  const auto label = plan.labels().find("simulated");
  return label != plan.labels().end() && label->second == "true";
}

void MarkSimulated(Message& resource) {
  static const auto* const kReadByPeople =
      new std::set<std::string>{"title", "outcome", "description",       "vision",     "mission", "narrative",
                                "note",  "place",   "confidence_reason", "mitigation", "source",  "reason"};
  ForEachString(resource, [](const FieldDescriptor& field, std::string& text) {
    if (!kReadByPeople->contains(field.name()) || absl::StartsWithIgnoreCase(text, kMark)) return;
    text = kMark + text;
  });
  const FieldDescriptor* labels = resource.GetDescriptor()->FindFieldByName("labels");
  auto* map = labels == nullptr ? nullptr : resource.GetReflection()->AddMessage(&resource, labels);
  if (map == nullptr) return;
  map->GetReflection()->SetString(map, labels->message_type()->map_key(), "simulated");
  map->GetReflection()->SetString(map, labels->message_type()->map_value(), "true");
}

std::string SimulatedMember(Chance& chance) {
  return absl::StrFormat("members/simulated-%02d", 1 + chance.Below(kMembers));
}

absl::CivilDay FirstDayOf(const objective::v1::Plan& plan) { return aip::ToDay(plan.period().start_date()); }
absl::CivilDay LastDayOf(const objective::v1::Plan& plan) { return aip::ToDay(plan.period().end_date()); }

PlanFile MakeSimulatedPlan(const PlanFile& source, Chance& chance) {
  PlanFile file = source;
  objective::v1::Plan& plan = *file.mutable_plan();
  const std::string name = plan.name();
  ForEachString(file, [&](const FieldDescriptor&, std::string& text) {
    if (text == name || absl::StartsWith(text, name + "/"))
      text = absl::StrCat(name, "-simulated", text.substr(name.size()));
  });
  file.set_source("");
  file.clear_milestones();
  plan.set_title(absl::StrCat("SIMULATED: ", plan.title()));
  // What is said of the organisation itself is not for a simulation.
  plan.mutable_organization()->clear_acronym();
  plan.clear_values();
  plan.clear_baseline_figures();
  plan.clear_stakeholder_groups();
  plan.clear_sectors();
  plan.clear_partners();
  plan.clear_strengths();
  MarkSimulated(plan);
  for (auto& objective : *file.mutable_objectives()) MarkSimulated(objective);
  for (int i = 0; i < file.indicators_size(); ++i) {
    Indicator& indicator = *file.mutable_indicators(i);
    // One in seven stays as it is: "none yet" must be seen, too.
    if (i % 7 != 2 && !indicator.has_roll_up()) SetUpIndicator(indicator, plan, chance);
    MarkSimulated(indicator);
  }
  for (Action& action : *file.mutable_actions()) {
    PlanOut(action, plan, chance);
    MarkSimulated(action);
    AddMilestones(action, chance, file);
  }
  return file;
}

}  // namespace concord::ctl
