#include "services/concordctl/directory_difference.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "services/concordctl/directory_comparison.h"
#include "services/concordctl/field_text.h"

namespace concord::ctl {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

// A copy with just the fields that `like` has.
std::unique_ptr<Message> Restricted(const Message& message, const Message& like) {
  std::unique_ptr<Message> copy(message.New());
  copy->CopyFrom(message);
  std::vector<const FieldDescriptor*> fields;
  copy->GetReflection()->ListFields(*copy, &fields);
  for (const FieldDescriptor* field : fields) {
    const bool has = field->is_repeated() ? like.GetReflection()->FieldSize(like, field) > 0
                                          : like.GetReflection()->HasField(like, field);
    if (!has) copy->GetReflection()->ClearField(copy.get(), field);
  }
  return copy;
}

}  // namespace

void DirectoryCounts::Count(Fate fate, int by) {
  switch (fate) {
    case Fate::kCreated:
      created += by;
      break;
    case Fate::kChanged:
      changed += by;
      break;
    case Fate::kEnded:
      ended += by;
      break;
    case Fate::kUnchanged:
      unchanged += by;
      break;
    case Fate::kCounted:
      break;
  }
}

bool KeepDifferences(const Message& there, Message& wanted) {
  const std::unique_ptr<Message> restricted = Restricted(there, wanted);
  if (restricted->SerializeAsString() == wanted.SerializeAsString()) return false;  // Mostly, and quickly.
  std::vector<const FieldDescriptor*> same;
  wanted.GetReflection()->ListFields(wanted, &same);
  const std::vector<FieldChange> changes = FindChanges(*restricted, wanted);
  for (const FieldDescriptor* field : same) {
    const bool differs =
        std::any_of(changes.begin(), changes.end(), [&](const FieldChange& one) { return one.field == field->name(); });
    if (!differs && field->name() != "name") wanted.GetReflection()->ClearField(&wanted, field);
  }
  return !changes.empty();
}

std::string IdsOfName(absl::string_view name) {
  const std::vector<std::string> pieces = absl::StrSplit(name, '/');
  std::vector<std::string> ids;
  for (size_t i = 1; i < pieces.size(); i += 2) ids.push_back(pieces[i]);
  return absl::StrJoin(ids, "/");
}

std::string TopOfName(absl::string_view name) {
  const std::vector<absl::string_view> pieces = absl::StrSplit(name, '/');
  return pieces.size() < 2 ? std::string(name) : absl::StrCat(pieces[0], "/", pieces[1]);
}

absl::flat_hash_set<std::string> CommitteesTold(const DirectoryComparison& all) {
  absl::flat_hash_set<std::string> told;
  const Directory& directory = all.directory;
  // Those without an id of the source were made here, or by people.
  for (const auto& [committee, origin] : directory.committees) {
    if (!committee.source_id().empty()) told.insert(committee.name());
  }
  for (const member::v1::Committee& committee : all.state.committees) {
    const bool of_source = !committee.source_id().empty() && !committee.has_delete_time();
    if (directory.names_all_committees && of_source && !directory.unusable.contains(committee.name())) {
      told.insert(committee.name());
    }
  }
  return told;
}

DirectoryDifference FindDirectoryDifference(const Directory& directory, const DirectoryState& state, absl::CivilDay day,
                                            DirectoryReport& report) {
  DirectoryDifference difference;
  const DirectoryComparison all{directory, state, day, report, difference};
  std::vector<Outgoing> secretariats;
  CompareMembers(all);
  CompareCommittees(all, secretariats);
  CompareParticipations(all);
  if (!secretariats.empty()) {
    difference.phases.push_back({DirectoryCollection::kCommittees, std::move(secretariats)});
  }
  CompareLiaisons(all);
  CompareWorkItems(all);
  return difference;
}

}  // namespace concord::ctl
