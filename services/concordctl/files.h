// Whole files, as commands take and give them.
#ifndef SERVICES_CONCORDCTL_FILES_H_
#define SERVICES_CONCORDCTL_FILES_H_

#include <string>

#include "absl/status/status.h"

namespace concord::ctl {

// In the place of what is there. A usage error if it cannot be written.
absl::Status WriteFile(const std::string& path, const std::string& bytes);

}  // namespace concord::ctl

#endif  // SERVICES_CONCORDCTL_FILES_H_
