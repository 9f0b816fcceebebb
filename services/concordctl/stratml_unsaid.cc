// What is left of a plan when everything that a document says has been taken out of it.
#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/concordctl/stratml_writing.h"

namespace concord::ctl {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

constexpr size_t kNamesLimit = 3;

// What is one thing to those who read it.
bool IsWhole(const FieldDescriptor& field) {
  return field.message_type() == nullptr || field.is_map() ||
         field.message_type()->file()->package() != field.file()->package();
}

void Collect(const std::string& path, absl::string_view name, const Message& message,
             std::vector<UnsaidField>& unsaid) {
  std::vector<const FieldDescriptor*> fields;
  message.GetReflection()->ListFields(message, &fields);
  for (const FieldDescriptor* field : fields) {
    const std::string inner = absl::StrCat(path, ".", field->name());
    if (IsWhole(*field)) {
      NoteUnsaid(inner, name, unsaid);
    } else if (field->is_repeated()) {
      for (int i = 0; i < message.GetReflection()->FieldSize(message, field); ++i) {
        Collect(inner, name, message.GetReflection()->GetRepeatedMessage(message, field, i), unsaid);
      }
    } else {
      const Message& part = message.GetReflection()->GetMessage(message, field);
      // That it is there can be all that it says.
      if (part.ByteSizeLong() == 0) NoteUnsaid(inner, name, unsaid);
      Collect(inner, name, part, unsaid);
    }
  }
}

}  // namespace

void NoteUnsaid(const std::string& field, absl::string_view name, std::vector<UnsaidField>& unsaid) {
  auto found = std::find_if(unsaid.begin(), unsaid.end(), [&](const UnsaidField& one) { return one.field == field; });
  if (found == unsaid.end()) found = unsaid.insert(unsaid.end(), {field, 0, {}});
  ++found->count;
  const bool named = !found->names.empty() && found->names.back() == name;
  if (!named && found->names.size() < kNamesLimit) found->names.emplace_back(name);
}

void AddUnsaid(absl::string_view collection, absl::string_view name, const Message& message,
               std::vector<UnsaidField>& unsaid) {
  const std::unique_ptr<Message> rest(message.New());
  rest->CopyFrom(message);
  rest->GetReflection()->ClearField(rest.get(), rest->GetDescriptor()->FindFieldByName("name"));
  Collect(std::string(collection), name, *rest, unsaid);
}

}  // namespace concord::ctl
