#include "common/rpc/resource_type.h"

#include <algorithm>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/rpc/stamper.h"
#include "concord/type/annotations.pb.h"
#include "google/api/resource.pb.h"

namespace concord::rpc {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

absl::string_view PatternOf(const Message& prototype) {
  return prototype.GetDescriptor()->options().GetExtension(google::api::resource).pattern(0);
}

bool IsPattern(absl::string_view scope) { return absl::StrContains(scope, "{"); }

// "actions.code=3.1" for every field that the schema says is unique; null if there is none.
std::function<std::vector<std::string>(const Message&)> UniqueValuesOf(const Message& prototype,
                                                                       const std::string& collection) {
  std::vector<const FieldDescriptor*> fields;
  const auto& descriptor = *prototype.GetDescriptor();
  for (int i = 0; i < descriptor.field_count(); ++i) {
    if (descriptor.field(i)->options().GetExtension(concord::type::unique)) fields.push_back(descriptor.field(i));
  }
  if (fields.empty()) return nullptr;
  return [fields, collection](const Message& resource) {
    std::vector<std::string> values;
    if (HasField(resource, "delete_time")) return values;
    for (const FieldDescriptor* field : fields) {
      const std::string value = resource.GetReflection()->GetString(resource, field);
      if (!value.empty()) values.push_back(absl::StrCat(collection, ".", field->name(), "=", value));
    }
    return values;
  };
}

}  // namespace

ResourceType::ResourceType(const Message& prototype, absl::string_view scope)
    : pattern_(PatternOf(prototype)),
      collection_{pattern_.CollectionId(), &prototype, UniqueValuesOf(prototype, pattern_.CollectionId())},
      scope_(scope),
      scope_segments_(static_cast<size_t>(std::count(scope.begin(), scope.end(), '/')) + 1) {
  if (const std::string parent = pattern_.ParentPattern(); !parent.empty()) parent_.emplace(parent);
  if (IsPattern(scope_)) scope_pattern_.emplace(scope_);
}

std::string ResourceType::ScopeOf(absl::string_view name) const {
  if (name.empty() && !parent_.has_value() && !scope_pattern_.has_value()) return scope_;
  if (!pattern_.Matches(name) && !(parent_.has_value() && parent_->MatchesWithWildcards(name))) return "";
  if (!scope_pattern_.has_value()) return scope_;
  size_t end = 0;
  for (size_t i = 0; i < scope_segments_ && end != absl::string_view::npos; ++i) {
    end = name.find('/', end == 0 ? 0 : end + 1);
  }
  const absl::string_view scope = name.substr(0, end);
  return scope_pattern_->Matches(scope) ? std::string(scope) : "";
}

bool ResourceType::LivesIn(absl::string_view scope) const {
  return scope_pattern_.has_value() ? scope_pattern_->Matches(scope) : scope_ == scope;
}

ResourceTypes::ResourceTypes(std::vector<ResourceType> types) : types_(std::move(types)) {}

const ResourceType* ResourceTypes::Of(absl::string_view name) const {
  for (const ResourceType& type : types_) {
    if (type.pattern().Matches(name)) return &type;
  }
  return nullptr;
}

const ResourceType& ResourceTypes::Of(const google::protobuf::Descriptor* message) const {
  return *std::find_if(types_.begin(), types_.end(), [&](const ResourceType& type) {
    return type.collection().prototype->GetDescriptor() == message;
  });
}

std::vector<const ledger::Collection*> ResourceTypes::InScope(absl::string_view scope) const {
  std::vector<const ledger::Collection*> collections;
  for (const ResourceType& type : types_) {
    if (type.LivesIn(scope)) collections.push_back(&type.collection());
  }
  return collections;
}

}  // namespace concord::rpc
