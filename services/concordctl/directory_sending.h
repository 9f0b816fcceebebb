// Sends what an import has to change.
#ifndef SERVICES_CONCORDCTL_DIRECTORY_SENDING_H_
#define SERVICES_CONCORDCTL_DIRECTORY_SENDING_H_

#include <string>

#include "absl/status/status.h"
#include "services/concordctl/directory_difference.h"
#include "services/concordctl/session.h"

namespace concord::ctl {

// Sends the phases in batches, each one commit under an id of its own. Rows that the service refuses are rejected in
// the report, and the rest of their batch is sent again without them. Brings the counts and findings of the difference
// to what was done, also where it stops at an error: then what was not sent yet is still as it was, and sending what
// differs then goes on from there.
absl::Status SendDifference(Session& session, const std::string& reason, DirectoryDifference& difference,
                            DirectoryReport& report);

}  // namespace concord::ctl

#endif  // SERVICES_CONCORDCTL_DIRECTORY_SENDING_H_
