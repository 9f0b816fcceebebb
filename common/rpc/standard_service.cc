#include "common/rpc/standard_service.h"

#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/types/optional.h"
#include "google/protobuf/message.h"

namespace concord::rpc {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::MethodDescriptor;

const Message& PrototypeOf(const Descriptor* type) {
  return *google::protobuf::MessageFactory::generated_factory()->GetPrototype(type);
}

// Whether the answer has rows of this type, as those of lists and batches have.
bool HasRows(const Descriptor& response, const ResourceType& type) {
  const FieldDescriptor* rows = response.FindFieldByName(type.pattern().CollectionField());
  return rows != nullptr && rows->is_repeated() && rows->message_type() == type.collection().prototype->GetDescriptor();
}

// The handler of a method; nothing if it is no standard one.
absl::optional<Method> StandardMethodOf(const MethodDescriptor& method, const StandardMethods& methods) {
  const Message& request = PrototypeOf(method.input_type());
  const std::string& type = methods.type().collection().prototype->GetDescriptor()->name();
  const auto is = [&](absl::string_view verb) { return method.name() == absl::StrCat(verb, type); };
  if (is("Get")) return methods.Get(request);
  if (is("Create")) return methods.Create(request);
  if (is("Update")) return methods.Update(request);
  if (is("Delete")) return methods.Delete(request);
  if (is("Undelete")) return methods.Undelete(request);
  if (!HasRows(*method.output_type(), methods.type())) return absl::nullopt;
  const Message& response = PrototypeOf(method.output_type());
  if (absl::StartsWith(method.name(), "List")) return methods.List(request, response);
  if (absl::StartsWith(method.name(), "BatchCreate")) return methods.BatchCreate(request, response);
  if (absl::StartsWith(method.name(), "Import")) return methods.Import(request, response);
  return absl::nullopt;
}

}  // namespace

void AddStandardMethods(const google::protobuf::ServiceDescriptor& service, const StandardMethods& methods,
                        Engine& engine) {
  for (int i = 0; i < service.method_count(); ++i) {
    absl::optional<Method> method = StandardMethodOf(*service.method(i), methods);
    if (method.has_value()) engine.Add(service.full_name(), *std::move(method));
  }
}

}  // namespace concord::rpc
