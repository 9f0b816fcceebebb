#include "services/concordctl/requests.h"

#include <memory>
#include <string>

#include "absl/strings/ascii.h"

namespace concord::ctl {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::MethodDescriptor;

const FieldDescriptor* Find(const Message& message, absl::string_view field) {
  return message.GetDescriptor()->FindFieldByName(std::string(field));
}

}  // namespace

const MethodDescriptor* MethodOf(RequestType type) {
  for (int i = 0; i < type->file()->service_count(); ++i) {
    const auto* service = type->file()->service(i);
    for (int j = 0; j < service->method_count(); ++j) {
      if (service->method(j)->input_type() == type) return service->method(j);
    }
  }
  return nullptr;
}

std::unique_ptr<Message> NewMessage(const Descriptor* type) {
  return std::unique_ptr<Message>(google::protobuf::MessageFactory::generated_factory()->GetPrototype(type)->New());
}

std::unique_ptr<Message> NewResponse(RequestType type) {
  const MethodDescriptor* method = MethodOf(type);
  return method == nullptr ? nullptr : NewMessage(method->output_type());
}

std::unique_ptr<Message> Unpacked(const google::protobuf::Any& any) {
  const std::string type = any.type_url().substr(any.type_url().rfind('/') + 1);
  const auto* descriptor = google::protobuf::DescriptorPool::generated_pool()->FindMessageTypeByName(type);
  const auto* prototype =
      descriptor == nullptr ? nullptr : google::protobuf::MessageFactory::generated_factory()->GetPrototype(descriptor);
  if (prototype == nullptr) return nullptr;
  std::unique_ptr<Message> message(prototype->New());
  if (!any.UnpackTo(message.get())) return nullptr;
  return message;
}

std::string FieldOf(const Descriptor* resource) {
  std::string snake;
  for (const char c : resource->name()) {
    if (absl::ascii_isupper(static_cast<unsigned char>(c)) && !snake.empty()) snake.push_back('_');
    snake.push_back(absl::ascii_tolower(static_cast<unsigned char>(c)));
  }
  return snake;
}

bool HasField(const Message& message, absl::string_view field) { return Find(message, field) != nullptr; }

std::string GetText(const Message& message, absl::string_view field) {
  return message.GetReflection()->GetString(message, Find(message, field));
}

void SetText(Message& message, absl::string_view field, absl::string_view text) {
  message.GetReflection()->SetString(&message, Find(message, field), std::string(text));
}

void SetFlag(Message& message, absl::string_view field, bool value) {
  message.GetReflection()->SetBool(&message, Find(message, field), value);
}

void SetNumber(Message& message, absl::string_view field, int value) {
  message.GetReflection()->SetInt32(&message, Find(message, field), value);
}

void Clear(Message& message, absl::string_view field) {
  message.GetReflection()->ClearField(&message, Find(message, field));
}

Message& MutablePart(Message& message, absl::string_view field) {
  return *message.GetReflection()->MutableMessage(&message, Find(message, field));
}

Message& AddPart(Message& message, absl::string_view field) {
  return *message.GetReflection()->AddMessage(&message, Find(message, field));
}

}  // namespace concord::ctl
