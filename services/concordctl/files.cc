#include "services/concordctl/files.h"

#include <fstream>

#include "services/concordctl/failures.h"

namespace concord::ctl {

absl::Status WriteFile(const std::string& path, const std::string& bytes) {
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file << bytes;
  file.close();
  if (file) return absl::OkStatus();
  return UsageError("the file {path} cannot be written", {{"path", path}});
}

}  // namespace concord::ctl
