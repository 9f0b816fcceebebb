#include "services/concordctl/stratml_report.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/concordctl/display_text.h"

namespace concord::ctl {
namespace {

using google::protobuf::Struct;

constexpr size_t kAssumptionsShown = 20;
constexpr int kValueWidth = 60;  // Columns; enough to see what it is.

// The path without positions: "/StrategicPlan/Goal/Name" of "/StrategicPlan/Goal[2]/Name".
std::string KindOf(const std::string& path) {
  std::string kind;
  bool in_position = false;
  for (const char c : path) {
    in_position = in_position || c == '[';
    if (!in_position) kind.push_back(c);
    if (c == ']') in_position = false;
  }
  return kind;
}

struct Alike {
  int count = 0;
  const StratmlNote* first = nullptr;
};

google::protobuf::Map<std::string, google::protobuf::Value>& AddTo(Struct& document, const char* list) {
  auto& values = *(*document.mutable_fields())[list].mutable_list_value();
  return *values.add_values()->mutable_struct_value()->mutable_fields();
}

}  // namespace

std::string UnsaidText(const std::vector<UnsaidField>& unsaid, const Terminal& terminal) {
  if (unsaid.empty()) return "the document says all of the plan\n";
  Table table({{"FIELD"}, {"COUNT", Column::kNumber}, {"FIRST", Column::kFlexible}});
  for (const UnsaidField& field : unsaid) {
    table.AddRow(
        {field.field, absl::StrCat(field.count),
         absl::StrCat(absl::StrJoin(field.names, ", "),
                      field.count > static_cast<int>(field.names.size()) && !field.names.empty() ? ", ..." : "")});
  }
  return absl::StrCat("not in the document:\n", table.Format(terminal));
}

Struct UnsaidJson(const std::vector<UnsaidField>& unsaid) {
  Struct document;
  (*document.mutable_fields())["losses"].mutable_list_value();
  for (const UnsaidField& field : unsaid) {
    auto& item = AddTo(document, "losses");
    item["field"].set_string_value(field.field);
    item["count"].set_number_value(field.count);
    auto& names = *item["names"].mutable_list_value();
    for (const std::string& name : field.names) names.add_values()->set_string_value(name);
  }
  return document;
}

std::string StratmlNotesText(const StratmlPlan& plan, const Terminal& terminal) {
  std::map<std::pair<std::string, std::string>, Alike> by_kind;
  for (const StratmlNote& loss : plan.losses) {
    Alike& alike = by_kind[{KindOf(loss.path), loss.text}];
    if (alike.count++ == 0) alike.first = &loss;
  }
  std::string text = absl::StrCat("read as ", plan.document, "\n");
  if (!by_kind.empty()) {
    Table table({{"COUNT", Column::kNumber},
                 {"LINE", Column::kNumber},
                 {"WHERE"},
                 {"FIRST VALUE", Column::kFlexible},
                 {"WHY"}});
    for (const auto& [kind, alike] : by_kind) {
      table.AddRow({absl::StrCat(alike.count), absl::StrCat(alike.first->line), kind.first,
                    CutToWidth(Printable(alike.first->value), kValueWidth), kind.second});
    }
    absl::StrAppend(&text, "\nlost: ", plan.losses.size(), "; --output json has each of them\n",
                    table.Format(terminal));
  }
  if (!plan.assumptions.empty()) {
    Table table({{"LINE", Column::kNumber}, {"WHAT"}});
    const size_t shown = std::min(plan.assumptions.size(), kAssumptionsShown);
    for (size_t i = 0; i < shown; ++i) {
      table.AddRow({absl::StrCat(plan.assumptions[i].line), plan.assumptions[i].text});
    }
    absl::StrAppend(&text, "\nassumed: ", plan.assumptions.size(), "\n", table.Format(terminal));
    if (shown < plan.assumptions.size()) {
      absl::StrAppend(&text, "and ", plan.assumptions.size() - shown, " more; --output json has them all\n");
    }
  }
  return absl::StrCat(text, "\n");
}

Struct StratmlNotesJson(const StratmlPlan& plan) {
  Struct document;
  auto& fields = *document.mutable_fields();
  fields["document"].set_string_value(plan.document);
  for (const char* list : {"losses", "assumptions"}) fields[list].mutable_list_value();
  for (const StratmlNote& loss : plan.losses) {
    auto& item = AddTo(document, "losses");
    item["line"].set_number_value(loss.line);
    item["path"].set_string_value(loss.path);
    item["value"].set_string_value(loss.value);
    item["reason"].set_string_value(loss.text);
  }
  for (const StratmlNote& assumption : plan.assumptions) {
    auto& item = AddTo(document, "assumptions");
    item["line"].set_number_value(assumption.line);
    item["path"].set_string_value(assumption.path);
    item["what"].set_string_value(assumption.text);
  }
  return document;
}

}  // namespace concord::ctl
