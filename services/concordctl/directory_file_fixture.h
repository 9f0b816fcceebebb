// Reads small files, for tests.
#ifndef SERVICES_CONCORDCTL_DIRECTORY_FILE_FIXTURE_H_
#define SERVICES_CONCORDCTL_DIRECTORY_FILE_FIXTURE_H_

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/aip/date.h"
#include "gtest/gtest.h"
#include "services/concordctl/directory_file.h"

namespace concord::ctl {

// What was read.
struct ReadFiles {
  explicit ReadFiles(const DirectoryBytes& bytes, const CommitteeNames& known = {}) {
    DirectoryPart part{};
    const absl::Status read = ReadDirectory(bytes, directory, report, part);
    EXPECT_TRUE(read.ok()) << read;
    PlaceProjects(known, directory, report);
  }

  // "line reason" of each row that was rejected.
  std::vector<std::string> Rejected() const {
    std::vector<std::string> texts;
    for (const RejectedRow& row : report.rejected()) texts.push_back(absl::StrCat(row.origin.line, " ", row.reason));
    return texts;
  }

  // How often something is said whose text has this in it.
  int Noted(const std::string& text) const {
    int count = 0;
    for (const Remark& remark : report.remarks()) {
      if (remark.text.find(text) != std::string::npos) count += remark.count;
    }
    return count;
  }

  Directory directory;
  DirectoryReport report;
};

// "2011-07-01..2012-06-30"; either end may be open.
template <typename Period>
std::string DaysOf(const Period& period) {
  return absl::StrCat(period.has_start_date() ? aip::FormatDate(period.start_date()) : "", "..",
                      period.has_end_date() ? aip::FormatDate(period.end_date()) : "");
}

inline constexpr char kMemberHeadings[] =
    "iso_member_id,acronym,name,alpha3,membership_type,membership_type_inferred,website\n";

}  // namespace concord::ctl

#endif  // SERVICES_CONCORDCTL_DIRECTORY_FILE_FIXTURE_H_
