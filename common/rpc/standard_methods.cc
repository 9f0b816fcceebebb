#include "common/rpc/standard_methods.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "common/aip/field_behavior.h"
#include "common/aip/field_mask.h"
#include "common/rpc/batch_create.h"
#include "common/rpc/failure.h"
#include "common/rpc/import_method.h"
#include "common/rpc/listing.h"
#include "common/status/error.h"
#include "common/status/macros.h"
#include "concord/rpc/v1/error_reason.pb.h"
#include "google/protobuf/field_mask.pb.h"
#include "google/protobuf/timestamp.pb.h"

namespace concord::rpc {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

struct StandardMethods::State {
  StandardParts parts;
  std::string field;  // "action": of the resource in requests.

  const aip::NamePattern& pattern() const { return parts.type->pattern(); }

  std::string NameUnder(const std::string& parent, const std::string& id) const {
    return absl::StrCat(parent, parent.empty() ? "" : "/", pattern().CollectionId(), "/", id);
  }

  // The resource within a create or update request.
  const Message& ResourceIn(const Message& request) const {
    return request.GetReflection()->GetMessage(request, request.GetDescriptor()->FindFieldByName(field));
  }

  // What a complete resource must satisfy by itself.
  void CheckValues(const Message& resource, Violations& violations) const {
    aip::CheckRequiredFields(resource, field, violations);
    if (parts.rules.values) parts.rules.values(resource, field, violations);
  }

  // The same of what a request would make of a resource.
  absl::Status CheckValues(const Message& resource, const Message& request) const {
    Violations violations;
    CheckValues(resource, violations);
    return violations.ToStatus(*request.GetDescriptor());
  }

  // Whether there is room for the resource among the others.
  absl::Status CheckSurroundings(Context& context, const Message* before, Message& after) const {
    CONCORD_RETURN_IF_ERROR(CheckUnique(*parts.type, context, after));
    if (!parts.rules.write) return absl::OkStatus();
    return parts.rules.write(context, before, after);
  }

  rpc::Change PutOne(std::unique_ptr<Message> message, const Message& request) const {
    const std::string name = StringField(*message, "name");
    rpc::Change change;
    change.scope = parts.type->ScopeOf(name);
    change.answers = {name};
    change.reason = StringField(request, "reason");
    change.puts.push_back({name, std::move(message)});
    return change;
  }
};

namespace {

// The mask of an update; null if it has none.
const google::protobuf::FieldMask* MaskOf(const Message& request) {
  const FieldDescriptor* field = request.GetDescriptor()->FindFieldByName("update_mask");
  if (!request.GetReflection()->HasField(request, field)) return nullptr;
  return static_cast<const google::protobuf::FieldMask*>(&request.GetReflection()->GetMessage(request, field));
}

// What lies under something deleted is as unchangeable as that itself.
absl::Status CheckAncestors(Context& context, absl::string_view name) {
  const std::string deleted = DeletedAncestorOf(context, name);
  return deleted.empty() ? absl::OkStatus() : ResourceDeleted(deleted);
}

}  // namespace

absl::Status CheckUnique(const ResourceType& type, Context& context, const Message& after) {
  if (!type.collection().unique_values) return absl::OkStatus();
  const std::string name = StringField(after, "name");
  for (const std::string& value : type.collection().unique_values(after)) {
    const std::string holder = context.HolderOf(type, type.ScopeOf(name), value);
    if (holder.empty() || holder == name) continue;
    const std::pair<std::string, std::string> said = absl::StrSplit(value, absl::MaxSplits('=', 1));
    return MakeError(absl::StatusCode::kAlreadyExists, v1::ERROR_REASON_VALUE_TAKEN,
                     "{field} {value} is already that of {holder}: choose another",
                     {{"field", std::string(absl::StripPrefix(said.first, absl::StrCat(type.collection().id, ".")))},
                      {"value", said.second},
                      {"holder", context.IsHidden(holder) ? "another resource" : holder}});
  }
  return absl::OkStatus();
}

std::string MethodNameOf(const Message& request) {
  return std::string(absl::StripSuffix(request.GetDescriptor()->name(), "Request"));
}

bool IsDeleted(const Message& resource) { return HasField(resource, "delete_time"); }

void CheckName(const aip::NamePattern& pattern, absl::string_view name, absl::string_view field,
               Violations& violations) {
  if (pattern.Matches(name)) return;
  violations.Add(field,
                 absl::StrCat("must be a name like \"", pattern.pattern(), "\", each id ", aip::ResourceIdRule()));
}

void CheckParentOf(const ResourceType& type, absl::string_view parent, Violations& violations) {
  if (!type.ScopeOf(parent).empty() && !type.pattern().Matches(parent)) return;
  CheckName(aip::NamePattern(type.pattern().ParentPattern()), parent, "parent", violations);
}

std::string DeletedAncestorOf(Context& context, absl::string_view name) {
  std::string deleted;
  for (absl::string_view above = aip::ParentOf(name); !above.empty(); above = aip::ParentOf(above)) {
    const ledger::Resource* resource = context.Find(above);
    if (resource != nullptr && resource->deleted) deleted = std::string(above);
  }
  return deleted;
}

absl::StatusOr<const ledger::Resource*> FindOrNotFound(Context& context, absl::string_view name) {
  const ledger::Resource* resource = context.Find(name);
  if (resource == nullptr) return NotFound(name);
  return resource;
}

StandardMethods::StandardMethods(StandardParts parts) {
  auto state = std::make_shared<State>();
  state->parts = std::move(parts);
  const std::string& pattern = state->pattern().pattern();
  state->field = pattern.substr(pattern.rfind('{') + 1, pattern.rfind('}') - pattern.rfind('{') - 1);
  state_ = std::move(state);
}

const ResourceType& StandardMethods::type() const { return *state_->parts.type; }

namespace {

// A method about the resource that the request's field `name` names.
Method ByName(const Message& request, const aip::NamePattern& pattern) {
  Method method;
  method.name = MethodNameOf(request);
  method.prototype = &request;
  method.about = [](const Message& r) { return StringField(r, "name"); };
  method.validate = [&pattern](const Message& r, Violations& violations) {
    CheckName(pattern, StringField(r, "name"), "name", violations);
  };
  return method;
}

}  // namespace

Method StandardMethods::Get(const Message& request) const {
  Method method = ByName(request, state_->pattern());
  const auto check_name = method.validate;
  method.validate = [check_name](const Message& r, Violations& violations) {
    check_name(r, violations);
    CheckOnDate(r, violations);
  };
  method.read = [state = state_](const Message& r, Context& context) -> absl::StatusOr<Reply> {
    CONCORD_ASSIGN_OR_RETURN(const ledger::Resource* resource, FindOrNotFound(context, StringField(r, "name")));
    if (resource->sealed) return NotFound(resource->name);
    if (const auto day = OnDateOf(r); day.has_value() && state->parts.rules.facts_on) {
      return ReplyWith(*OnDay(*resource, *day, state->parts.rules.facts_on).message);
    }
    return ReplyWith(context.Scope(resource->stamp.scope), *resource);
  };
  return method;
}

Method StandardMethods::List(const Message& request, const Message& response) const {
  return ListMethod(*state_->parts.type, *state_->parts.tokens, request, response, state_->parts.rules.facts_on);
}

Method StandardMethods::BatchCreate(const Message& request, const Message& response) const {
  const auto* part = request.GetDescriptor()->FindFieldByName("requests")->message_type();
  const Message& create = *google::protobuf::MessageFactory::generated_factory()->GetPrototype(part);
  return BatchCreateMethod(*state_->parts.type, Create(create), request, response);
}

Method StandardMethods::Import(const Message& request, const Message& response) const {
  return ImportMethod(state_->parts, request, response);
}

Method StandardMethods::Create(const Message& request) const {
  const std::string id_field = absl::StrCat(state_->field, "_id");
  const auto name_of = [state = state_, id_field](const Message& r) {
    return state->NameUnder(StringField(r, "parent"), StringField(r, id_field));
  };
  Method method;
  method.name = MethodNameOf(request);
  method.prototype = &request;
  method.about = name_of;
  method.validate = [state = state_, id_field](const Message& r, Violations& violations) {
    const std::string parent_pattern = state->pattern().ParentPattern();
    const std::string parent = StringField(r, "parent");
    const bool has_parent = parent_pattern.empty() || aip::NamePattern(parent_pattern).Matches(parent);
    if (!has_parent) CheckName(aip::NamePattern(parent_pattern), parent, "parent", violations);
    const bool has_id = aip::IsResourceId(StringField(r, id_field));
    if (!has_id) violations.Add(id_field, aip::ResourceIdRule());
    // The values are held against the rules all the same: under another id, or, where nothing says under what, no name.
    const std::unique_ptr<Message> wanted = CopyOf(state->ResourceIn(r));
    aip::ClearOutputOnlyFields(*wanted);
    const std::string id = has_id ? StringField(r, id_field) : "new";
    SetStringField(*wanted, "name", has_parent ? state->NameUnder(parent, id) : "");
    state->CheckValues(*wanted, violations);
  };
  method.write = [state = state_, name_of](const Message& r, Context& context) -> absl::StatusOr<rpc::Change> {
    const std::string name = name_of(r);
    const absl::string_view parent = aip::ParentOf(name);
    if (!parent.empty()) CONCORD_RETURN_IF_ERROR(FindOrNotFound(context, parent).status());
    CONCORD_RETURN_IF_ERROR(CheckAncestors(context, name));
    if (const ledger::Resource* taken = context.Find(name); taken != nullptr) {
      const bool deleted = taken->deleted;
      return MakeError(absl::StatusCode::kAlreadyExists, v1::ERROR_REASON_RESOURCE_ALREADY_EXISTS,
                       deleted ? "{name} exists, deleted ({deleted}): undelete it, or choose another id"
                               : "{name} exists already (deleted: {deleted}): choose another id",
                       {{"name", name}, {"deleted", deleted ? "true" : "false"}});
    }
    std::unique_ptr<Message> after = CopyOf(state->ResourceIn(r));
    aip::ClearOutputOnlyFields(*after);
    SetStringField(*after, "name", name);
    SetStringField(*after, "uid", context.NewUid(name));
    CONCORD_RETURN_IF_ERROR(state->CheckSurroundings(context, nullptr, *after));
    return state->PutOne(std::move(after), r);
  };
  return method;
}

Method StandardMethods::Update(const Message& request) const {
  Method method;
  method.name = MethodNameOf(request);
  method.prototype = &request;
  method.about = [state = state_](const Message& r) { return StringField(state->ResourceIn(r), "name"); };
  method.validate = [state = state_](const Message& r, Violations& violations) {
    const Message& wanted = state->ResourceIn(r);
    CheckName(state->pattern(), StringField(wanted, "name"), absl::StrCat(state->field, ".name"), violations);
    // Applied to what it comes from, a mask shows what is wrong with itself.
    const auto* mask = MaskOf(r);
    if (mask != nullptr) aip::ApplyUpdateMask(mask, wanted, *CopyOf(wanted), "update_mask", violations);
  };
  method.write = [state = state_](const Message& r, Context& context) -> absl::StatusOr<rpc::Change> {
    const Message& wanted = state->ResourceIn(r);
    const std::string name = StringField(wanted, "name");
    CONCORD_ASSIGN_OR_RETURN(const ledger::Resource* resource, FindOrNotFound(context, name));
    const std::string etag_field = absl::StrCat(state->field, ".etag");
    CONCORD_RETURN_IF_ERROR(state->parts.stamper->CheckEtag(StringField(wanted, "etag"), *resource, etag_field));
    CONCORD_RETURN_IF_ERROR(CheckAncestors(context, name));
    if (resource->deleted) return ResourceDeleted(name);
    std::unique_ptr<Message> after = CopyOf(*resource->message);
    Violations violations;
    aip::ApplyUpdateMask(MaskOf(r), wanted, *after, "update_mask", violations);
    CONCORD_RETURN_IF_ERROR(violations.ToStatus());
    CONCORD_RETURN_IF_ERROR(state->CheckValues(*after, r));
    CONCORD_RETURN_IF_ERROR(state->CheckSurroundings(context, resource->message.get(), *after));
    return state->PutOne(std::move(after), r);
  };
  return method;
}

Method StandardMethods::Delete(const Message& request) const {
  Method method = ByName(request, state_->pattern());
  method.write = [state = state_](const Message& r, Context& context) -> absl::StatusOr<rpc::Change> {
    CONCORD_ASSIGN_OR_RETURN(const ledger::Resource* resource, FindOrNotFound(context, StringField(r, "name")));
    CONCORD_RETURN_IF_ERROR(state->parts.stamper->CheckEtag(StringField(r, "etag"), *resource, "etag"));
    CONCORD_RETURN_IF_ERROR(CheckAncestors(context, resource->name));
    std::unique_ptr<Message> after = CopyOf(*resource->message);
    if (IsDeleted(*after)) return state->PutOne(std::move(after), r);
    if (state->parts.rules.remove) CONCORD_RETURN_IF_ERROR(state->parts.rules.remove(context, *after));
    auto& time = static_cast<google::protobuf::Timestamp&>(
        *after->GetReflection()->MutableMessage(after.get(), after->GetDescriptor()->FindFieldByName("delete_time")));
    time.set_seconds(absl::ToUnixSeconds(context.facts().now));
    return state->PutOne(std::move(after), r);
  };
  return method;
}

Method StandardMethods::Undelete(const Message& request) const {
  Method method = ByName(request, state_->pattern());
  method.write = [state = state_](const Message& r, Context& context) -> absl::StatusOr<rpc::Change> {
    CONCORD_ASSIGN_OR_RETURN(const ledger::Resource* resource, FindOrNotFound(context, StringField(r, "name")));
    CONCORD_RETURN_IF_ERROR(state->parts.stamper->CheckEtag(StringField(r, "etag"), *resource, "etag"));
    CONCORD_RETURN_IF_ERROR(CheckAncestors(context, resource->name));
    if (!resource->deleted) {
      return MakeError(absl::StatusCode::kFailedPrecondition, v1::ERROR_REASON_RESOURCE_NOT_DELETED,
                       "{name} is not deleted", {{"name", resource->name}});
    }
    std::unique_ptr<Message> after = CopyOf(*resource->message);
    after->GetReflection()->ClearField(after.get(), after->GetDescriptor()->FindFieldByName("delete_time"));
    CONCORD_RETURN_IF_ERROR(state->CheckValues(*after, r));
    CONCORD_RETURN_IF_ERROR(state->CheckSurroundings(context, resource->message.get(), *after));
    return state->PutOne(std::move(after), r);
  };
  return method;
}

Method StandardMethods::Change(const Message& request,
                               std::function<absl::Status(Context&, Message& resource)> change) const {
  return ChangeAsAsked(request,
                       [change = std::move(change)](const Message& /*request*/, Context& context, Message& resource,
                                                    Further& /*further*/) { return change(context, resource); });
}

Method StandardMethods::ChangeAsAsked(const Message& request, AskedChange change) const {
  Method method = ByName(request, state_->pattern());
  method.write = [state = state_, change = std::move(change)](const Message& r,
                                                              Context& context) -> absl::StatusOr<rpc::Change> {
    CONCORD_ASSIGN_OR_RETURN(const ledger::Resource* resource, FindOrNotFound(context, StringField(r, "name")));
    CONCORD_RETURN_IF_ERROR(state->parts.stamper->CheckEtag(StringField(r, "etag"), *resource, "etag"));
    CONCORD_RETURN_IF_ERROR(CheckAncestors(context, resource->name));
    if (resource->deleted) return ResourceDeleted(resource->name);
    std::unique_ptr<Message> after = CopyOf(*resource->message);
    Further further;
    CONCORD_RETURN_IF_ERROR(change(r, context, *after, further));
    rpc::Change whole = state->PutOne(std::move(after), r);
    for (std::unique_ptr<Message>& other : further) {
      std::string name = StringField(*other, "name");
      whole.puts.push_back({std::move(name), std::move(other)});
    }
    return whole;
  };
  return method;
}

}  // namespace concord::rpc
