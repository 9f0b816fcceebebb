// Files as text, and texts as rows.
//
// Pure; safe from any thread.
#ifndef SERVICES_CONCORDCTL_DIRECTORY_FILE_TEXT_H_
#define SERVICES_CONCORDCTL_DIRECTORY_FILE_TEXT_H_

#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/message.h"
#include "services/concordctl/directory_report.h"

namespace concord::ctl {

// The text of a file that may be compressed, without a byte order mark. INVALID_ARGUMENT if it is damaged, or would
// have more than 1 GiB.
absl::StatusOr<std::string> TextOfFile(absl::string_view bytes);

// Calls `take` for each line, a JSON document, after `row` was filled with it; passes over fields that the message does
// not have. A line that cannot be read is rejected. Whether all could be.
bool ForEachJsonRow(absl::string_view text, DirectoryPart part, absl::optional<DirectoryCollection> collection,
                    google::protobuf::Message& row, DirectoryReport& report, absl::FunctionRef<void(Origin)> take);

// A row of a CSV file.
class CsvRow {
 public:
  CsvRow(const absl::flat_hash_map<std::string, size_t>& columns, const std::vector<std::string>& cells)
      : columns_(columns), cells_(cells) {}

  // The cell under a heading, without blanks around it; empty if there is no such column.
  absl::string_view operator[](absl::string_view heading) const;

 private:
  const absl::flat_hash_map<std::string, size_t>& columns_;
  const std::vector<std::string>& cells_;
};

// Calls `take` for each row of a CSV file below its headings. A row that cannot be read is rejected. Whether all could
// be. INVALID_ARGUMENT if one of the headings that are needed is missing.
absl::StatusOr<bool> ForEachCsvRow(absl::string_view text, DirectoryPart part,
                                   absl::optional<DirectoryCollection> collection,
                                   const std::vector<std::string>& headings, DirectoryReport& report,
                                   absl::FunctionRef<void(const CsvRow&, Origin)> take);

// HTML as plain text: what is in tags is left out, paragraphs and items of lists begin a line, entities are the
// characters that they stand for.
std::string PlainText(const std::string& html);

}  // namespace concord::ctl

#endif  // SERVICES_CONCORDCTL_DIRECTORY_FILE_TEXT_H_
