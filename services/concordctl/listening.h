// Listening to an answer without an end: begun again by itself whenever it is interrupted.
#ifndef SERVICES_CONCORDCTL_LISTENING_H_
#define SERVICES_CONCORDCTL_LISTENING_H_

#include <string>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "google/protobuf/message.h"
#include "services/concordctl/session.h"

namespace concord::ctl {

// Until the user wants to stop, which is OK, or it ends with what trying again does not help. Before anything has come
// it gives up after a few attempts. Each message is put into `message`, and then `take` is called, which may change
// `request`: that is how it goes on where it was.
absl::Status KeepListening(Session& session, const std::string& service, const google::protobuf::Message& request,
                           google::protobuf::Message& message, absl::FunctionRef<void()> take);

}  // namespace concord::ctl

#endif  // SERVICES_CONCORDCTL_LISTENING_H_
