#include "common/rpc/batch_create.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/aip/limits.h"
#include "common/aip/resource_name.h"
#include "common/rpc/request_checks.h"
#include "common/rpc/stamper.h"
#include "common/rpc/standard_methods.h"
#include "google/protobuf/descriptor.h"

namespace concord::rpc {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

std::string PlaceOf(int index) { return absl::StrCat("requests[", index, "]"); }

// The requests within a batch.
class Parts {
 public:
  explicit Parts(const Message& batch) : batch_(batch), field_(batch.GetDescriptor()->FindFieldByName("requests")) {}

  int size() const { return batch_.GetReflection()->FieldSize(batch_, field_); }
  const Message& operator[](int index) const {
    return batch_.GetReflection()->GetRepeatedMessage(batch_, field_, index);
  }

 private:
  const Message& batch_;
  const FieldDescriptor* field_;
};

// `parent` is the batch's own; empty if it is none.
void CheckPart(const Message& part, const std::string& parent, const Method& create, Violations& violations) {
  CheckRequiredFieldsOf(part, violations);
  create.validate(part, violations);
  if (!parent.empty() && !aip::IsOneOf(StringField(part, "parent"), parent)) {
    violations.Add("parent", absl::StrCat("must be the batch's own, ", parent));
  }
  for (const char* field : {"request_id", "validate_only"}) {
    if (HasField(part, field)) violations.Add(field, "must not be set: the batch's own is for all of it");
  }
}

void CheckParts(const Message& batch, const std::string& parent, const Method& create, Violations& violations) {
  const Parts parts(batch);
  const size_t before = violations.size();
  aip::CheckCount(parts.size(), "requests", kBatchLimit, violations);
  // A list that is too long is not looked through.
  if (violations.size() > before) return;
  for (int i = 0; i < parts.size(); ++i) {
    Violations of_part;
    CheckPart(parts[i], parent, create, of_part);
    violations.AddAll(of_part, PlaceOf(i));
  }
}

absl::StatusOr<Change> CreateAll(const Message& batch, const Method& create, Context& context) {
  const Parts parts(batch);
  Change all;
  Context::Ahead ahead(context);
  for (int i = 0; i < parts.size(); ++i) {
    if (!context.MayGoOn()) return all;
    absl::StatusOr<Change> change = create.write(parts[i], context);
    if (!change.ok()) return AtPlace(change.status(), PlaceOf(i));
    if (change->first != nullptr || (i > 0 && change->scope != all.scope)) {
      return absl::InternalError("a batch of what cannot be created in one commit");
    }
    all.scope = std::move(change->scope);
    for (Change::Put& put : change->puts) {
      ahead.Put(put.name, *put.message);
      all.puts.push_back(std::move(put));
    }
    all.answers.insert(all.answers.end(), change->answers.begin(), change->answers.end());
  }
  return all;
}

}  // namespace

Method BatchCreateMethod(const ResourceType& type, const Method& create, const Message& request,
                         const Message& response) {
  Method method;
  method.name = MethodNameOf(request);
  method.prototype = &request;
  method.rows_field = response.GetDescriptor()->FindFieldByName(type.pattern().CollectionField())->number();
  method.about = [create](const Message& batch) { return create.about(Parts(batch)[0]); };
  method.validate = [&type, create](const Message& batch, Violations& violations) {
    std::string parent = StringField(batch, "parent");
    Violations of_parent;
    CheckParentOf(type, parent, of_parent);
    if (!of_parent.empty()) {
      CheckParentOf(type, parent, violations);
      parent.clear();
    }
    CheckParts(batch, parent, create, violations);
  };
  method.write = [create](const Message& batch, Context& context) { return CreateAll(batch, create, context); };
  return method;
}

}  // namespace concord::rpc
