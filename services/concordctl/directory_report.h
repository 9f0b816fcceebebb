// What an import of directory files has to tell besides what it changed: rows that were not taken over, and what was
// read but not recorded.
//
// Pure; safe from any thread.
#ifndef SERVICES_CONCORDCTL_DIRECTORY_REPORT_H_
#define SERVICES_CONCORDCTL_DIRECTORY_REPORT_H_

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/optional.h"

namespace concord::ctl {

// The files of an import.
enum class DirectoryPart { kMembers, kGroups, kIncome, kCommittees, kWorkItems, kStageProjects, kStageEvents };

// What they are brought to.
enum class DirectoryCollection { kMembers, kCommittees, kParticipations, kLiaisons, kWorkItems };
inline constexpr DirectoryCollection kDirectoryCollections[] = {
    DirectoryCollection::kMembers, DirectoryCollection::kCommittees, DirectoryCollection::kParticipations,
    DirectoryCollection::kLiaisons, DirectoryCollection::kWorkItems};

// "work items".
std::string WordsOf(DirectoryCollection collection);

// Where a row stands.
struct Origin {
  DirectoryPart part = DirectoryPart::kMembers;
  int line = 0;  // From 1 on; 0: in none, for the files no longer say it.
};

// A row that is not taken over.
struct RejectedRow {
  Origin origin;
  absl::optional<DirectoryCollection> collection;  // Absent: it is no resource by itself, as a stage event.
  std::string row;                                 // Its id, as far as it is known.
  std::string reason;
};

// Something that rows say and that is not recorded, or recorded otherwise; no fault of theirs.
struct Remark {
  DirectoryPart part = DirectoryPart::kMembers;
  std::string text;
  int count = 0;
  int first_line = 0;
};

class DirectoryReport {
 public:
  void Reject(RejectedRow row) { rejected_.push_back(std::move(row)); }

  // Counts rows of which the same is to be said; `text` without a full stop.
  void Note(Origin origin, absl::string_view text);

  const std::vector<RejectedRow>& rejected() const { return rejected_; }
  int RejectedOf(DirectoryCollection collection) const;

  // By file, then by text.
  std::vector<Remark> remarks() const;

 private:
  std::vector<RejectedRow> rejected_;
  std::map<std::pair<DirectoryPart, std::string>, Remark> remarks_;
};

}  // namespace concord::ctl

#endif  // SERVICES_CONCORDCTL_DIRECTORY_REPORT_H_
