// Binds the methods that a service's schema names after the standard ones.
#ifndef COMMON_RPC_STANDARD_SERVICE_H_
#define COMMON_RPC_STANDARD_SERVICE_H_

#include "common/rpc/engine.h"
#include "common/rpc/standard_methods.h"
#include "google/protobuf/descriptor.h"

namespace concord::rpc {

// Adds a handler for every method of `service` that bears a standard name for the type of `methods`:
// GetX, ListXs, CreateX, BatchCreateXs, ImportXs, UpdateX, DeleteX, UndeleteX. Its other methods are the caller's to
// add; one that nobody adds stops the program at start. The service must be linked into the program.
void AddStandardMethods(const google::protobuf::ServiceDescriptor& service, const StandardMethods& methods,
                        Engine& engine);

}  // namespace concord::rpc

#endif  // COMMON_RPC_STANDARD_SERVICE_H_
