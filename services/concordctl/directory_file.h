// What files say of the directory: who is a member, which committees there are, who takes part in them, and what they
// work on. The formats are those of public data sets; the rows become resources whose ids are the sources' stable ids.
//
// A file is a snapshot: it says what is so on its day, not since when. So a resource here has at most one period of a
// kind, without days; directory_difference.h continues with it what is recorded.
//
// Pure and free of gRPC; safe from any thread.
#ifndef SERVICES_CONCORDCTL_DIRECTORY_FILE_H_
#define SERVICES_CONCORDCTL_DIRECTORY_FILE_H_

#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "concord/member/v1/committee.pb.h"
#include "concord/member/v1/liaison.pb.h"
#include "concord/member/v1/member.pb.h"
#include "concord/member/v1/participation.pb.h"
#include "concord/member/v1/work_item.pb.h"
#include "services/concordctl/directory_report.h"

namespace concord::ctl {

// A resource and the row that says it.
template <typename T>
struct Sourced {
  T resource;
  Origin origin;
};

// A project whose committee is known by its reference only.
struct Project {
  Sourced<member::v1::WorkItem> item;  // Without a name.
  std::string id;
  std::string body_reference;  // May be empty, as may the title.
  std::string body_title;
};

// The resources that the rows became, in the order of the rows. A title that a row lacks is empty.
struct Directory {
  std::vector<Sourced<member::v1::Member>> members;

  // Whom only committees mention, by name.
  std::map<std::string, Sourced<member::v1::Member>> mentioned;

  // By country, its three letters: the groups of today, and the income classes of all years.
  std::map<std::string, std::set<std::string>> groups;
  std::map<std::string, std::vector<member::v1::GroupPeriod>> incomes;

  std::vector<Sourced<member::v1::Committee>> committees;  // Each after the one above it.
  std::vector<Sourced<member::v1::Participation>> participations;
  std::vector<Sourced<member::v1::Liaison>> liaisons;

  std::vector<Project> projects;  // Until PlaceProjects.
  std::vector<Sourced<member::v1::WorkItem>> work_items;

  // Whether a file names all that there are, and every row of it could be read: then what it leaves out has ended.
  bool names_all_members = false;
  bool names_all_committees = false;

  // What the file of committees speaks of at all.
  bool tells_secretariats = false;
  bool tells_participations = false;
  bool tells_committee_liaisons = false;
  bool tells_organization_liaisons = false;

  // Names of what a row was about that was rejected: of these nothing is known.
  absl::flat_hash_set<std::string> unusable;

  // Committees with members, or counterparts of liaisons, that cannot be told: whose participation or liaison is meant
  // is not known, so none of that committee is known to have ended.
  absl::flat_hash_set<std::string> unsure_participations;
  absl::flat_hash_set<std::string> unsure_liaisons;
};

// The content of each file that was given, plain or gzip.
using DirectoryBytes = std::map<DirectoryPart, std::string>;

// Reads the files. Rows that cannot be used are rejected in the report. INVALID_ARGUMENT if a file is damaged, or none
// of its kind; `part` says which.
absl::Status ReadDirectory(const DirectoryBytes& bytes, Directory& directory, DirectoryReport& report,
                           DirectoryPart& part);

// Names of committees by their references.
using CommitteeNames = absl::flat_hash_map<std::string, std::string>;

// Makes the projects into work items of the committees in the directory, or else in `known`. For a body that is in
// neither a committee is made.
void PlaceProjects(const CommitteeNames& known, Directory& directory, DirectoryReport& report);

}  // namespace concord::ctl

#endif  // SERVICES_CONCORDCTL_DIRECTORY_FILE_H_
