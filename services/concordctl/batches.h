// Creates many resources in few commits.
#ifndef SERVICES_CONCORDCTL_BATCHES_H_
#define SERVICES_CONCORDCTL_BATCHES_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/message.h"
#include "services/concordctl/requests.h"
#include "services/concordctl/session.h"

namespace concord::ctl {

// Makes of a resource, that has its full name, a request to create it.
void FillCreate(const google::protobuf::Message& resource, google::protobuf::Message& request);

// The parent that stands for all at its place: "plans/p/objectives/-/indicators/-" of the name of any measurement.
std::string AnyParentOf(absl::string_view name);

// Creates as many of the resources from `begin` as fit into one batch; how many. `type` is that of the batch's request.
absl::StatusOr<size_t> CreateSome(Session& session, RequestType type,
                                  const std::vector<const google::protobuf::Message*>& resources, size_t begin);

}  // namespace concord::ctl

#endif  // SERVICES_CONCORDCTL_BATCHES_H_
