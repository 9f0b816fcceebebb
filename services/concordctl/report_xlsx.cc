#include <stdlib.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <system_error>

#include "absl/strings/str_cat.h"
#include "services/concordctl/report_formats.h"
#include "services/concordctl/report_workbook.h"

namespace concord::ctl {
namespace {

// A new, empty file that is gone in the end; without a name if there could be none.
class TemporaryFile {
 public:
  TemporaryFile() {
    std::error_code error;
    name_ = (std::filesystem::temp_directory_path(error) / "concordctl-XXXXXX").string();
    const int descriptor = mkstemp(name_.data());
    if (descriptor < 0) {
      name_.clear();
    } else {
      close(descriptor);
    }
  }
  ~TemporaryFile() {
    if (!name_.empty()) unlink(name_.c_str());
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;

  const std::string& name() const { return name_; }

 private:
  std::string name_;
};

}  // namespace

absl::StatusOr<std::string> FormatXlsx(const ReportDocument& document) {
  const TemporaryFile file;
  if (file.name().empty()) return absl::UnavailableError("no temporary file can be made for the workbook");
  Workbook book(file.name(), document);
  book.Fill();
  const lxw_error error = book.Close();
  if (error != LXW_NO_ERROR) return absl::UnavailableError(absl::StrCat("the workbook: ", lxw_strerror(error)));
  std::ifstream stream(file.name(), std::ios::binary);
  std::string bytes{std::istreambuf_iterator<char>(stream), {}};
  if (!stream.good() && !stream.eof()) return absl::UnavailableError("the workbook cannot be read back");
  return bytes;
}

}  // namespace concord::ctl
