#include "services/member/references.h"

#include "absl/strings/str_cat.h"
#include "common/rpc/standard_methods.h"
#include "concord/member/v1/error_reason.pb.h"

namespace concord::member {

const aip::NamePattern& MemberPattern() {
  static const auto& pattern = *new aip::NamePattern("members/{member}");
  return pattern;
}

const aip::NamePattern& CommitteePattern() {
  static const auto& pattern = *new aip::NamePattern("committees/{committee}");
  return pattern;
}

void CheckReference(const aip::NamePattern& pattern, const std::string& name, absl::string_view field,
                    Violations& violations) {
  rpc::CheckName(pattern, name, field, violations);
}

void CheckOptionalReference(const aip::NamePattern& pattern, const std::string& name, absl::string_view field,
                            Violations& violations) {
  if (!name.empty()) CheckReference(pattern, name, field, violations);
}

void CheckNamedAfter(const std::string& name, const std::string& member, absl::string_view field,
                     Violations& violations) {
  if (name.empty() || !MemberPattern().Matches(member) || aip::LastIdOf(name) == aip::LastIdOf(member)) return;
  violations.Add(field, absl::StrCat("must be the member that the name ends with, members/", aip::LastIdOf(name)));
}

absl::Status CheckLiving(rpc::Context& context, const std::string& name, const std::string& reference) {
  const ledger::Resource* resource = context.Find(reference);
  if (resource != nullptr && !resource->deleted) return absl::OkStatus();
  return MakeError(absl::StatusCode::kFailedPrecondition, v1::ERROR_REASON_REFERENCE_BROKEN,
                   "{name} cannot refer to {reference}: it does not exist or is deleted",
                   {{"name", name}, {"reference", reference}});
}

void JudgeReference(rpc::Context& context, const std::string& name, const std::string& reference, Found& found) {
  if (reference.empty()) return;
  if (absl::Status living = CheckLiving(context, name, reference); !living.ok()) found.push_back(std::move(living));
}

absl::Status CheckUnused(rpc::Context& context, const google::protobuf::Descriptor* type, const std::string& parent,
                         const std::string& name, const std::function<bool(const google::protobuf::Message&)>& refers) {
  std::string first;
  int count = 0;
  const rpc::ResourceType& referring = context.types().Of(type);
  context.ForEach(referring, referring.ScopeOf(parent), parent, "", [&](const ledger::Resource& resource) {
    if (!resource.deleted && refers(*resource.message) && count++ == 0) first = resource.name;
    return true;
  });
  if (count == 0) return absl::OkStatus();
  return MakeError(
      absl::StatusCode::kFailedPrecondition, v1::ERROR_REASON_RESOURCE_IN_USE,
      "{count} others refer to {name}, {reference} among them: change or delete them first, or give {name} "
      "a last day instead",
      {{"name", name}, {"count", absl::StrCat(count)}, {"reference", first}});
}

}  // namespace concord::member
