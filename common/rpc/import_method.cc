#include "common/rpc/import_method.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "common/aip/field_behavior.h"
#include "common/aip/field_mask.h"
#include "common/aip/limits.h"
#include "common/aip/resource_name.h"
#include "common/rpc/batch_create.h"
#include "common/rpc/failure.h"
#include "common/rpc/stamper.h"
#include "common/status/error.h"
#include "common/status/macros.h"
#include "concord/rpc/v1/error_reason.pb.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/field_mask.pb.h"

namespace concord::rpc {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

// The resources of a request.
class Rows {
 public:
  Rows(const Message& request, const std::string& field)
      : request_(request), field_(request.GetDescriptor()->FindFieldByName(field)) {}

  int size() const { return request_.GetReflection()->FieldSize(request_, field_); }
  const Message& operator[](int index) const {
    return request_.GetReflection()->GetRepeatedMessage(request_, field_, index);
  }
  // "members[3]".
  std::string PlaceOf(int index) const { return absl::StrCat(field_->name(), "[", index, "]"); }

 private:
  const Message& request_;
  const FieldDescriptor* field_;
};

// Of all resources as they would be, and so of the answer: more than a commit can hold, less than clients accept.
constexpr size_t kBytesLimit = 2 << 20;

absl::Status TooLarge(int rows, size_t bytes) {
  return MakeError(absl::StatusCode::kResourceExhausted, v1::ERROR_REASON_CHANGE_TOO_LARGE,
                   "the {resources} resources would have {size_bytes} bytes and more: at most 2 MiB at a time",
                   {{"resources", absl::StrCat(rows)}, {"size_bytes", absl::StrCat(bytes)}});
}

// What is set once for all may be said again, but not otherwise.
void CheckImmutable(const Message& row, const Message& resource, const std::string& place, Violations& violations) {
  const auto& descriptor = *row.GetDescriptor();
  google::protobuf::FieldMask fixed;
  for (int i = 0; i < descriptor.field_count(); ++i) {
    const FieldDescriptor& field = *descriptor.field(i);
    if (field.name() == "name" || field.is_repeated() || !aip::HasBehavior(field, google::api::IMMUTABLE)) continue;
    if (HasField(row, field.name())) fixed.add_paths(field.name());
  }
  if (fixed.paths_size() > 0) aip::ApplyUpdateMask(&fixed, row, *CopyOf(resource), place, violations);
}

// What the resource of a row becomes, held against what a resource must satisfy by itself.
absl::StatusOr<std::unique_ptr<Message>> Merge(const StandardParts& parts, const Message& row, const std::string& place,
                                               Context& context, Violations& violations) {
  const std::string name = StringField(row, "name");
  if (const absl::string_view parent = aip::ParentOf(name); !parent.empty()) {
    CONCORD_RETURN_IF_ERROR(FindOrNotFound(context, parent).status());
    if (const std::string deleted = DeletedAncestorOf(context, name); !deleted.empty()) return ResourceDeleted(deleted);
  }
  std::unique_ptr<Message> after;
  if (const ledger::Resource* resource = context.Find(name); resource != nullptr) {
    CONCORD_RETURN_IF_ERROR(parts.stamper->CheckEtag(StringField(row, "etag"), *resource, "etag"));
    if (resource->deleted) return ResourceDeleted(name);
    CheckImmutable(row, *resource->message, place, violations);
    after = CopyOf(*resource->message);
    aip::ApplyUpdateMask(nullptr, row, *after, place, violations);
  } else {
    after = CopyOf(row);
    aip::ClearOutputOnlyFields(*after);
    EtagStamper::Strip(*after);
    SetStringField(*after, "uid", context.NewUid(name));
  }
  aip::CheckRequiredFields(*after, place, violations);
  if (parts.rules.values) parts.rules.values(*after, place, violations);
  return after;
}

// Whether there is room for the resource among the others.
absl::Status Place(const StandardParts& parts, Context& context, Message& after) {
  CONCORD_RETURN_IF_ERROR(CheckUnique(*parts.type, context, after));
  const auto& rule = parts.rules.import ? parts.rules.import : parts.rules.write;
  if (!rule) return absl::OkStatus();
  const ledger::Resource* before = context.Find(StringField(after, "name"));
  return rule(context, before == nullptr ? nullptr : before->message.get(), after);
}

absl::StatusOr<std::vector<std::unique_ptr<Message>>> MergeAll(const StandardParts& parts, const Rows& rows,
                                                               Context& context) {
  std::vector<std::unique_ptr<Message>> merged;
  Violations violations;
  size_t bytes = 0;
  for (int i = 0; i < rows.size() && context.MayGoOn(); ++i) {
    auto after = Merge(parts, rows[i], rows.PlaceOf(i), context, violations);
    if (!after.ok()) return AtPlace(after.status(), rows.PlaceOf(i));
    bytes += (*after)->ByteSizeLong();
    if (bytes > kBytesLimit) return TooLarge(rows.size(), bytes);
    merged.push_back(*std::move(after));
  }
  CONCORD_RETURN_IF_ERROR(violations.ToStatus());
  return merged;
}

absl::StatusOr<Change> ImportAll(const StandardParts& parts, const std::string& field, const Message& request,
                                 Context& context) {
  const Rows rows(request, field);
  CONCORD_ASSIGN_OR_RETURN(auto merged, MergeAll(parts, rows, context));
  Change change;
  change.scope = parts.type->ScopeOf(StringField(rows[0], "name"));
  change.reason = StringField(request, "reason");
  Context::Ahead ahead(context);
  for (int i = 0; i < rows.size(); ++i) {
    if (!context.MayGoOn()) return change;
    std::unique_ptr<Message>& after = merged[static_cast<size_t>(i)];
    if (absl::Status status = Place(parts, context, *after); !status.ok()) return AtPlace(status, rows.PlaceOf(i));
    std::string name = StringField(*after, "name");
    ahead.Put(name, *after);
    change.answers.push_back(name);
    change.puts.push_back({std::move(name), std::move(after)});
  }
  return change;
}

void CheckRows(const StandardParts& parts, const Rows& rows, const std::string& field, Violations& violations) {
  const size_t before = violations.size();
  aip::CheckCount(rows.size(), field, kBatchLimit, violations);
  if (violations.size() > before) return;  // A list that is too long is not looked through.
  absl::flat_hash_set<std::string> seen;
  absl::flat_hash_set<std::string> scopes;
  for (int i = 0; i < rows.size(); ++i) {
    const std::string name = StringField(rows[i], "name");
    const std::string name_field = absl::StrCat(rows.PlaceOf(i), ".name");
    CheckName(parts.type->pattern(), name, name_field, violations);
    if (!seen.insert(name).second) violations.Add(name_field, "is named already: each resource once");
    if (!parts.type->pattern().Matches(name)) continue;
    scopes.insert(parts.type->ScopeOf(name));
    if (scopes.size() > 1) violations.Add(name_field, "must be of one scope with the first");
  }
}

}  // namespace

Method ImportMethod(const StandardParts& parts, const Message& request, const Message& response) {
  const std::string field = parts.type->pattern().CollectionField();
  Method method;
  method.name = MethodNameOf(request);
  method.prototype = &request;
  method.rows_field = response.GetDescriptor()->FindFieldByName(field)->number();
  method.about = [field](const Message& r) {
    const Rows rows(r, field);
    return rows.size() == 0 ? std::string() : StringField(rows[0], "name");
  };
  method.validate = [parts, field](const Message& r, Violations& violations) {
    CheckRows(parts, Rows(r, field), field, violations);
  };
  method.write = [parts, field](const Message& r, Context& context) { return ImportAll(parts, field, r, context); };
  return method;
}

}  // namespace concord::rpc
