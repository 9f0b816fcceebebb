// One resource, in full, for people.
//
// Pure; safe from any thread.
#ifndef SERVICES_CONCORDCTL_DETAILS_H_
#define SERVICES_CONCORDCTL_DETAILS_H_

#include <string>

#include "absl/strings/string_view.h"
#include "google/protobuf/message.h"
#include "services/concordctl/table.h"

namespace concord::ctl {

// A line for each field that is set, "title  Find what has worked"; long texts go on under
// themselves. Lists of messages and texts have a line for each item.
std::string DetailsText(const google::protobuf::Message& message, const Terminal& terminal);

// "approved plans/p/actions/3-1, now APPROVED", or what a dry run found.
// `message` must have a name and may have a state, a status or a stage.
std::string WrittenText(absl::string_view done, const google::protobuf::Message& message, bool dry_run);

}  // namespace concord::ctl

#endif  // SERVICES_CONCORDCTL_DETAILS_H_
