// Brings the directory to what files say, and tells about it.
#ifndef SERVICES_CONCORDCTL_DIRECTORY_IMPORT_H_
#define SERVICES_CONCORDCTL_DIRECTORY_IMPORT_H_

#include <map>
#include <string>

#include "absl/status/status.h"
#include "absl/time/civil_time.h"
#include "google/protobuf/struct.pb.h"
#include "services/concordctl/directory_difference.h"
#include "services/concordctl/session.h"

namespace concord::ctl {

using DirectoryPaths = std::map<DirectoryPart, std::string>;

struct DirectoryImportOptions {
  DirectoryPaths paths;
  absl::CivilDay day;  // That the files are of.
  std::string reason;
  bool dry_run = false;
};

// Reads the files, lists what is there, compares, sends what differs unless it is a dry run, and prints what was done.
// ROWS_REJECTED if rows could not be taken; everything else was.
absl::Status ImportDirectory(Session& session, const DirectoryImportOptions& options);

// What was done, for people: a table of counts, then the first rows that were rejected, what was not recorded, and
// the findings by their reasons.
std::string DirectoryResultText(const DirectoryImportOptions& options, const DirectoryDifference& difference,
                                const DirectoryReport& report, const Terminal& terminal);

// The same as a JSON document, with all rows that were rejected: "date", "dryRun", "collections", "rejectedRows",
// "remarks", "findings".
google::protobuf::Struct DirectoryResultJson(const DirectoryImportOptions& options,
                                             const DirectoryDifference& difference, const DirectoryReport& report);

}  // namespace concord::ctl

#endif  // SERVICES_CONCORDCTL_DIRECTORY_IMPORT_H_
