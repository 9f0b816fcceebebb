// The reader of each kind of file, for directory_file.cc. Texts are plain UTF-8. INVALID_ARGUMENT if a text is none of
// its kind.
#ifndef SERVICES_CONCORDCTL_DIRECTORY_FILE_READERS_H_
#define SERVICES_CONCORDCTL_DIRECTORY_FILE_READERS_H_

#include <cstdint>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "services/concordctl/directory_file.h"

namespace concord::ctl {

absl::Status ReadMembers(absl::string_view text, Directory& directory, DirectoryReport& report);
absl::Status ReadGroups(absl::string_view text, Directory& directory, DirectoryReport& report);
absl::Status ReadIncomes(absl::string_view text, Directory& directory, DirectoryReport& report);
void ReadCommittees(absl::string_view text, Directory& directory, DirectoryReport& report);

// What another source knows of the stages of a project.
struct StageHistory {
  std::vector<member::v1::StageEvent> events;  // In the order of their days.
  int line = 0;                                // Of the row that says whose history it is.
};

// By the id of the project.
using StageHistories = absl::flat_hash_map<int64_t, StageHistory>;

absl::Status ReadStageHistories(absl::string_view projects, absl::string_view events, StageHistories& histories,
                                DirectoryReport& report);

// Takes from the histories what it uses.
void ReadProjects(absl::string_view text, StageHistories histories, Directory& directory, DirectoryReport& report);

}  // namespace concord::ctl

#endif  // SERVICES_CONCORDCTL_DIRECTORY_FILE_READERS_H_
