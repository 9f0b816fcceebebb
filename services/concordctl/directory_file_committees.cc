// Committees, who takes part in them, and with whom they are in liaison.
#include <algorithm>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "concord/directoryfile/v1/committee_row.pb.h"
#include "services/concordctl/directory_file_readers.h"
#include "services/concordctl/directory_file_text.h"
#include "services/concordctl/directory_file_values.h"

namespace concord::ctl {
namespace {

using directoryfile::v1::CommitteeRow;
using directoryfile::v1::MemberOfRow;
using member::v1::Committee;
using member::v1::Liaison;
using member::v1::Member;
using member::v1::Participation;

constexpr auto kCommitteeCollection = DirectoryCollection::kCommittees;
constexpr int kScopeLimit = 20'000;

// Takes the rows, one after the other.
class CommitteeReader {
 public:
  CommitteeReader(Directory& directory, DirectoryReport& report) : directory_(directory), report_(report) {}

  void Take(const CommitteeRow& row, Origin origin) {
    origin_ = origin;
    if (row.id() <= 0) {
      all_ = false;
      return report_.Reject({origin, kCommitteeCollection, row.reference(), "id: is missing, or is none"});
    }
    committee_ = absl::StrCat("committees/", row.id());
    const Committee committee = CommitteeOf(row);
    std::string problem = ProblemOf(committee);
    if (const auto [first, is_new] = lines_.emplace(committee_, origin.line); !is_new) {
      problem = absl::StrCat("the committee is in line ", first->second, " already");
    }
    if (!problem.empty()) {
      directory_.unusable.insert(committee_);
      return report_.Reject({origin, kCommitteeCollection, absl::StrCat(row.id()), problem});
    }
    directory_.committees.push_back({committee, origin});
    TakeParticipations(row);
    TakeLiaisons(row);
  }

  void Finish(bool all_read) {
    const bool every_row = all_read && all_;
    directory_.names_all_committees = every_row && !lines_.empty();
    if (!every_row) {
      report_.Note({DirectoryPart::kCommittees, 0},
                   "not every row could be read: no committee is taken to be disbanded");
    }
    NoteDangling();
    SortByDepth();
  }

 private:
  Committee CommitteeOf(const CommitteeRow& row) {
    Committee committee;
    committee.set_name(committee_);
    committee.set_source_id(absl::StrCat(row.id()));
    committee.set_title(OneLine(row.title().en()));
    committee.set_reference(OneLine(row.reference()));
    committee.set_kind(KindOfReference(committee.reference()));
    if (row.has_parent_id()) committee.set_parent_committee(absl::StrCat("committees/", row.parent_id()));
    const std::string scope = PlainText(row.scope().en());
    committee.set_description(CutToCharacters(scope, kScopeLimit));
    if (committee.description().size() < scope.size()) Note("the scope is cut to 20,000 characters");
    if (const auto date = ToFirstDay(row.creation_date())) {
      *committee.mutable_creation_date() = *date;
    } else if (!row.creation_date().empty()) {
      Note("the day of creation is no day, or a placeholder: left out");
    }
    if (row.status() != "Active") Note(absl::StrCat("the status \"", row.status(), "\" is not recorded"));
    if (row.secretariat().id() > 0) {
      directory_.tells_secretariats = true;
      committee.add_secretariat_periods()->set_member(Mention(row.secretariat(), /*organization=*/false));
    } else {
      Note("nobody holds the secretariat");
    }
    return committee;
  }

  // The name of a member, who is created if nobody else says more of him.
  std::string Mention(const MemberOfRow& row, bool organization) {
    const std::string id = absl::StrCat(row.id());
    std::string name = absl::StrCat("members/", id);
    Sourced<Member>& mentioned = directory_.mentioned[name];
    if (!mentioned.resource.name().empty()) return name;
    mentioned.origin = origin_;
    mentioned.resource.set_name(name);
    mentioned.resource.set_source_id(id);
    mentioned.resource.set_title(OneLine(row.acronym()));
    mentioned.resource.set_acronym(CutToCharacters(mentioned.resource.title(), 60));
    if (organization) {
      mentioned.resource.add_category_periods()->set_category(Member::CATEGORY_LIAISON_ORGANIZATION);
    }
    return name;
  }

  void TakeParticipations(const CommitteeRow& row) {
    absl::flat_hash_set<std::string> seen;
    const auto take = [&](const auto& rows, Participation::Role role) {
      for (const MemberOfRow& member : rows) {
        directory_.tells_participations = true;
        if (member.id() <= 0) {
          directory_.unsure_participations.insert(committee_);
          Reject(DirectoryCollection::kParticipations, "", "a member of the committee has no id");
          continue;
        }
        Participation participation;
        participation.set_name(absl::StrCat(committee_, "/participations/", member.id()));
        participation.set_member(Mention(member, /*organization=*/false));
        participation.add_role_periods()->set_role(role);
        if (seen.insert(participation.name()).second) {
          directory_.participations.push_back({participation, origin_});
        } else {
          Reject(DirectoryCollection::kParticipations, absl::StrCat(member.id()),
                 "the member is named in the committee already");
        }
      }
    };
    take(row.p_members(), Participation::ROLE_PARTICIPANT);
    take(row.o_members(), Participation::ROLE_OBSERVER);
  }

  void TakeLiaisons(const CommitteeRow& row) {
    for (const auto& other : row.committee_liaisons()) {
      directory_.tells_committee_liaisons = true;
      TakeLiaison("committee", other.id(), absl::StrCat("committees/", other.id()), other.reference());
    }
    for (const MemberOfRow& other : row.organization_liaisons()) {
      directory_.tells_organization_liaisons = true;
      const std::string name = other.id() > 0 ? Mention(other, /*organization=*/true) : "";
      TakeLiaison("organization", other.id(), name, other.acronym());
    }
  }

  void TakeLiaison(const char* kind, int64_t id, const std::string& counterpart, const std::string& title) {
    const std::string liaison_id = absl::StrCat(kind, "-", id);
    if (id <= 0) {
      directory_.unsure_liaisons.insert(committee_);
      return Reject(DirectoryCollection::kLiaisons, "", absl::StrCat("the ", kind, " has no id"));
    }
    Liaison liaison;
    liaison.set_name(absl::StrCat(committee_, "/liaisons/", liaison_id));
    liaison.set_counterpart(counterpart);
    liaison.set_title(OneLine(title));
    std::string problem = ProblemOf(liaison);
    if (!liaisons_.insert(liaison.name()).second) problem = "the liaison is named already";
    if (problem.empty()) return directory_.liaisons.push_back({std::move(liaison), origin_});
    directory_.unusable.insert(liaison.name());
    Reject(DirectoryCollection::kLiaisons, liaison_id, problem);
  }

  // `item` within the committee.
  void Reject(DirectoryCollection collection, const std::string& item, const std::string& reason) {
    const std::string id = committee_.substr(committee_.find('/') + 1);
    report_.Reject({origin_, collection, item.empty() ? id : absl::StrCat(id, "/", item), reason});
  }

  void Note(absl::string_view text) { report_.Note(origin_, text); }

  void NoteDangling() {
    for (const auto& [liaison, origin] : directory_.liaisons) {
      if (lines_.contains(liaison.counterpart()) || directory_.mentioned.contains(liaison.counterpart())) continue;
      report_.Note(origin, "a liaison with a committee that is not in the list: kept, it dangles");
    }
  }

  // How many committees are above one. The file may have a circle.
  int DepthOf(const std::string& name, const absl::flat_hash_map<std::string, std::string>& parents) {
    int depth = 0;
    for (auto at = parents.find(name); at != parents.end() && depth <= static_cast<int>(parents.size()); ++depth) {
      at = parents.find(at->second);
    }
    return depth;
  }

  // The service finds fault with a parent that is not there yet.
  void SortByDepth() {
    absl::flat_hash_map<std::string, std::string> parents;
    for (const auto& [committee, origin] : directory_.committees) {
      parents[committee.name()] = committee.parent_committee();
    }
    absl::flat_hash_map<std::string, int> depths;
    for (const auto& [name, parent] : parents) depths[name] = DepthOf(name, parents);
    std::stable_sort(directory_.committees.begin(), directory_.committees.end(), [&](const auto& a, const auto& b) {
      return depths[a.resource.name()] < depths[b.resource.name()];
    });
  }

  Directory& directory_;
  DirectoryReport& report_;
  bool all_ = true;
  Origin origin_;          // Of the row that is being taken,
  std::string committee_;  // and its committee.
  absl::flat_hash_map<std::string, int> lines_;
  absl::flat_hash_set<std::string> liaisons_;
};

}  // namespace

void ReadCommittees(absl::string_view text, Directory& directory, DirectoryReport& report) {
  CommitteeReader reader(directory, report);
  CommitteeRow row;
  const bool all_read = ForEachJsonRow(text, DirectoryPart::kCommittees, kCommitteeCollection, row, report,
                                       [&](Origin origin) { reader.Take(row, origin); });
  reader.Finish(all_read);
}

}  // namespace concord::ctl
