#include "services/concordctl/details.h"

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "services/concordctl/display_text.h"
#include "services/concordctl/field_text.h"

namespace concord::ctl {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

// The items of a field, each to stand on a line of its own.
std::vector<std::string> ItemsOf(const Message& message, const FieldDescriptor& field) {
  if (!field.is_repeated() || field.is_map()) return {FieldText(message, field)};
  std::vector<std::string> items;
  for (int i = 0; i < message.GetReflection()->FieldSize(message, &field); ++i) {
    // A copy that holds one item only, so that there is one way to write a field.
    const std::unique_ptr<Message> one(message.New());
    one->CopyFrom(message);
    for (int last = message.GetReflection()->FieldSize(message, &field) - 1; last > i; --last) {
      one->GetReflection()->RemoveLast(one.get(), &field);
    }
    one->GetReflection()->SwapElements(one.get(), &field, 0, i);
    while (one->GetReflection()->FieldSize(*one, &field) > 1) one->GetReflection()->RemoveLast(one.get(), &field);
    items.push_back(FieldText(*one, field));
  }
  return items;
}

std::string TextOf(const Message& message, const char* field_name) {
  const FieldDescriptor* field = message.GetDescriptor()->FindFieldByName(field_name);
  return field == nullptr ? "" : FieldText(message, *field);
}

}  // namespace

std::string DetailsText(const Message& message, const Terminal& terminal) {
  std::vector<const FieldDescriptor*> fields;
  message.GetReflection()->ListFields(message, &fields);
  size_t label_width = 0;
  for (const FieldDescriptor* field : fields) label_width = std::max(label_width, field->name().size());
  const int margin = static_cast<int>(label_width) + 2;
  const int width = terminal.width > 0 ? std::max(terminal.width - margin, 20) : 1 << 20;
  std::string text;
  for (const FieldDescriptor* field : fields) {
    std::string label = absl::StrReplaceAll(field->name(), {{"_", " "}});
    for (const std::string& item : ItemsOf(message, *field)) {
      for (const std::string& line : Wrapped(Printable(item), width)) {
        const std::string padding(margin - label.size(), ' ');
        absl::StrAppend(&text, Toned(label, Tone::kHeading, terminal), padding, line, "\n");
        label.clear();
      }
    }
  }
  return text;
}

std::string WrittenText(absl::string_view done, const Message& message, bool dry_run) {
  std::string state = TextOf(message, "state");
  for (const char* field : {"status", "stage"}) {
    if (state.empty()) state = TextOf(message, field);
  }
  return absl::StrCat(dry_run ? "nothing was written; this would have " : "", done, " ", TextOf(message, "name"),
                      state.empty() ? "" : absl::StrCat(", now ", state), "\n");
}

}  // namespace concord::ctl
