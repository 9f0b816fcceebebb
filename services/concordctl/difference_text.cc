// How the difference between a file and a server is shown.
#include <string>

#include "absl/strings/str_cat.h"
#include "services/concordctl/display_text.h"
#include "services/concordctl/plan_import.h"

namespace concord::ctl {
namespace {

using google::protobuf::Struct;

// The beginning of a text that may be long.
std::string Brief(const std::string& text, const Terminal& terminal) {
  const int width = terminal.width > 0 ? terminal.width / 2 - 16 : 60;
  return text.empty() ? "(nothing)" : absl::StrCat("\"", CutToWidth(Printable(text), width < 20 ? 20 : width), "\"");
}

std::string TitleOf(const Resource& resource) {
  return absl::visit([](const auto& one) { return one.title(); }, resource);
}

std::string LineOf(const char* verb, const std::string& name, Tone tone, const Terminal& terminal) {
  return absl::StrCat(Toned(verb, tone, terminal), "  ", Printable(name));
}

std::string StepText(const Step& step, const Terminal& terminal) {
  const std::string& name = NameOf(step.resource);
  std::string text;
  switch (step.kind) {
    case StepKind::kCreate:
      text = LineOf("create", name, Tone::kGood, terminal) + "  " + Brief(TitleOf(step.resource), terminal);
      break;
    case StepKind::kUpdate:
      text = LineOf("change", name, Tone::kWarning, terminal);
      break;
    case StepKind::kUndelete:
      text = LineOf("bring back", name, Tone::kGood, terminal);
      break;
    case StepKind::kDelete:
      text = LineOf("delete", name, Tone::kBad, terminal);
      break;
  }
  if (step.interim) text += "  (for a moment, so that codes can change places)";
  text += "\n";
  for (const FieldChange& change : step.changes) {
    absl::StrAppend(&text, "          ", change.field, ": ", Brief(change.before, terminal), " -> ",
                    Brief(change.after, terminal), "\n");
  }
  return text;
}

void AppendText(Struct& document, const char* list, const std::string& text) {
  (*document.mutable_fields())[list].mutable_list_value()->add_values()->set_string_value(text);
}

Struct ChangeJson(const FieldChange& change) {
  Struct json;
  (*json.mutable_fields())["field"].set_string_value(change.field);
  (*json.mutable_fields())["before"].set_string_value(change.before);
  (*json.mutable_fields())["after"].set_string_value(change.after);
  return json;
}

// Updates, and the changes that follow an undelete.
void AppendUpdate(Struct& document, const Step& step) {
  Struct& json = *(*document.mutable_fields())["updated"].mutable_list_value()->add_values()->mutable_struct_value();
  (*json.mutable_fields())["name"].set_string_value(NameOf(step.resource));
  auto& changes = *(*json.mutable_fields())["changes"].mutable_list_value();
  for (const FieldChange& change : step.changes) *changes.add_values()->mutable_struct_value() = ChangeJson(change);
}

}  // namespace

std::string DifferenceText(const Difference& difference, const Terminal& terminal) {
  std::string text;
  for (const Step& step : difference.steps) text += StepText(step, terminal);
  for (const std::string& name : difference.kept) {
    text += LineOf("keep", name, Tone::kFaint, terminal) + "  (only on the server; --prune would delete it)\n";
  }
  return text;
}

Struct DifferenceJson(const Difference& difference, bool dry_run) {
  Struct document;
  // Always there, so that a program need not ask.
  for (const char* list : {"created", "updated", "undeleted", "deleted", "kept"}) {
    (*document.mutable_fields())[list].mutable_list_value();
  }
  for (const Step& step : difference.steps) {
    const std::string& name = NameOf(step.resource);
    if (step.kind == StepKind::kCreate) AppendText(document, "created", name);
    if (step.kind == StepKind::kUndelete) AppendText(document, "undeleted", name);
    if (step.kind == StepKind::kDelete) AppendText(document, "deleted", name);
    if (!step.changes.empty()) AppendUpdate(document, step);
  }
  for (const std::string& name : difference.kept) AppendText(document, "kept", name);
  auto& counts = *(*document.mutable_fields())["unchangedCount"].mutable_struct_value()->mutable_fields();
  counts["plans"].set_number_value(difference.unchanged_plans);
  counts["objectives"].set_number_value(difference.unchanged_objectives);
  counts["indicators"].set_number_value(difference.unchanged_indicators);
  counts["milestones"].set_number_value(difference.unchanged_milestones);
  counts["actions"].set_number_value(difference.unchanged_actions);
  (*document.mutable_fields())["dryRun"].set_bool_value(dry_run);
  return document;
}

}  // namespace concord::ctl
