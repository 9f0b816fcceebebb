// A document laid over its side-car, as a merge of three: the side-car, what a document written from it says, and what
// this document says. Where the two documents say the same, the side-car stays as it is, so that nothing can be lost on
// the way out and back but by an edit.
#include <algorithm>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/aip/field_behavior.h"
#include "common/aip/resource_name.h"
#include "google/protobuf/util/message_differencer.h"
#include "services/concordctl/stratml_reading.h"

namespace concord::ctl {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::util::MessageDifferencer;
using planfile::v1::PlanFile;

bool Same(const Message& a, const Message& b, const FieldDescriptor* field) {
  MessageDifferencer differencer;
  return differencer.CompareWithFields(a, b, {field}, {field});
}

bool Has(const Message& message, const FieldDescriptor* field) {
  if (field->is_repeated()) return message.GetReflection()->FieldSize(message, field) > 0;
  return message.GetReflection()->HasField(message, field);
}

void Copy(const Message& from, const FieldDescriptor* field, Message& to) {
  const std::unique_ptr<Message> copy(from.New());
  copy->CopyFrom(from);
  to.GetReflection()->ClearField(&to, field);
  to.GetReflection()->SwapFields(&to, copy.get(), {field});
}

// Puts into `result`, which is the side-car's, what `said` says otherwise than `base`.
void MergeFields(const Message& base, const Message& said, Message& result) {
  const auto* type = result.GetDescriptor();
  for (int i = 0; i < type->field_count(); ++i) {
    const FieldDescriptor* field = type->field(i);
    // Documents know one label only, and none of them makes a simulated plan a real one.
    if (field->name() == "labels" || Same(base, said, field)) continue;
    if (!Has(said, field)) {
      if (!aip::HasBehavior(*field, google::api::REQUIRED)) result.GetReflection()->ClearField(&result, field);
      continue;
    }
    const bool part =
        !field->is_repeated() && field->message_type() != nullptr && Has(base, field) && Has(result, field);
    if (part) {
      MergeFields(base.GetReflection()->GetMessage(base, field), said.GetReflection()->GetMessage(said, field),
                  *result.GetReflection()->MutableMessage(&result, field));
    } else {
      Copy(said, field, result);
    }
  }
}

// A document says one objective of an action; the other links, and how they count, are the side-car's.
void MergeLinks(const action::v1::Action& base, const action::v1::Action& said, action::v1::Action& result) {
  const std::string& before = base.objective_links(0).objective();
  const std::string& after = said.objective_links(0).objective();
  if (before == after) return;
  auto& links = *result.mutable_objective_links();
  links.erase(std::remove_if(links.begin(), links.end(), [&](const auto& link) { return link.objective() == after; }),
              links.end());
  for (auto& link : links) {
    if (link.objective() == before) link.set_objective(after);
  }
}

template <typename T>
void MergeResource(const T& base, const T& said, T& result) {
  MergeFields(base, said, result);
}

template <>
void MergeResource(const action::v1::Action& base, const action::v1::Action& said, action::v1::Action& result) {
  const auto links = result.objective_links();
  MergeFields(base, said, result);
  *result.mutable_objective_links() = links;
  MergeLinks(base, said, result);
}

template <typename List>
auto ByName(const List& list) {
  std::map<std::string, const typename List::value_type*> by_name;
  for (const auto& one : list) by_name.emplace(one.name(), &one);
  return by_name;
}

template <typename List>
List MergeLists(const List& sidecar, const List& base, const List& said) {
  const auto in_base = ByName(base);
  const auto in_said = ByName(said);
  List merged;
  for (const auto& one : sidecar) {
    const auto before = in_base.find(one.name());
    const auto now = in_said.find(one.name());
    if (before != in_base.end() && now == in_said.end()) continue;  // Gone.
    auto& result = *merged.Add() = one;
    if (before != in_base.end()) MergeResource(*before->second, *now->second, result);
  }
  const auto in_sidecar = ByName(sidecar);
  for (const auto& one : said) {
    if (!in_sidecar.contains(one.name())) *merged.Add() = one;
  }
  return merged;
}

template <typename List>
std::set<std::string> NamesIn(const List& list) {
  std::set<std::string> names;
  for (const auto& one : list) names.insert(one.name());
  return names;
}

// Takes what refers to something that went with the document out of what stayed.
class WithoutGone {
 public:
  WithoutGone(const PlanFile& sidecar, PlanFile& file, StratmlDocument& document)
      : sidecar_(sidecar), file_(file), document_(document) {}

  void Clear() {
    const std::set<std::string> objectives = Gone(sidecar_.objectives(), file_.objectives());
    Erase(*file_.mutable_indicators(),
          [&](const auto& indicator) { return objectives.contains(std::string(aip::ParentOf(indicator.name()))); });
    const std::set<std::string> actions = Gone(sidecar_.actions(), file_.actions());
    Erase(*file_.mutable_milestones(),
          [&](const auto& milestone) { return actions.contains(std::string(aip::ParentOf(milestone.name()))); });
    for (auto& action : *file_.mutable_actions()) {
      auto& links = *action.mutable_objective_links();
      Drop(action.name(), "its link to it", links,
           [&](const auto& link) { return objectives.contains(link.objective()); });
      Drop(action.name(), "its dependency", *action.mutable_dependencies(),
           [&](const std::string& name) { return actions.contains(name); });
    }
    const std::set<std::string> indicators = Gone(sidecar_.indicators(), file_.indicators());
    for (auto& indicator : *file_.mutable_indicators()) {
      if (!indicator.has_roll_up()) continue;
      auto& inputs = *indicator.mutable_roll_up()->mutable_inputs();
      Drop(indicator.name(), "an input of its roll-up", inputs,
           [&](const auto& input) { return indicators.contains(input.indicator()); });
      if (inputs.empty()) indicator.clear_roll_up();
    }
  }

 private:
  template <typename List>
  static std::set<std::string> Gone(const List& before, const List& after) {
    std::set<std::string> names = NamesIn(before);
    for (const auto& one : after) names.erase(one.name());
    return names;
  }

  template <typename List, typename Predicate>
  void Erase(List& list, const Predicate& predicate) {
    for (const auto& one : list) {
      if (predicate(one)) {
        document_.Assume(document_.root(), absl::StrCat(one.name(), " is gone with what it belongs to"));
      }
    }
    list.erase(std::remove_if(list.begin(), list.end(), predicate), list.end());
  }

  template <typename List, typename Predicate>
  void Drop(const std::string& name, const char* what, List& list, const Predicate& predicate) {
    const auto kept = std::remove_if(list.begin(), list.end(), predicate);
    if (kept == list.end()) return;
    list.erase(kept, list.end());
    document_.Assume(document_.root(), absl::StrCat("of ", name, " ", what, " is gone, for what it names is"));
  }

  const PlanFile& sidecar_;
  PlanFile& file_;
  StratmlDocument& document_;
};

}  // namespace

PlanFile LayOverSidecar(const PlanFile& sidecar, const PlanFile& base, const PlanFile& said,
                        StratmlDocument& document) {
  PlanFile file = sidecar;
  if (base.source() != said.source()) file.set_source(said.source());
  MergeFields(base.plan(), said.plan(), *file.mutable_plan());
  *file.mutable_objectives() = MergeLists(sidecar.objectives(), base.objectives(), said.objectives());
  *file.mutable_actions() = MergeLists(sidecar.actions(), base.actions(), said.actions());
  *file.mutable_indicators() = MergeLists(sidecar.indicators(), base.indicators(), said.indicators());
  WithoutGone(sidecar, file, document).Clear();
  return file;
}

}  // namespace concord::ctl
