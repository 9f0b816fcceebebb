// Resources taken over from another record.
#ifndef COMMON_RPC_IMPORT_METHOD_H_
#define COMMON_RPC_IMPORT_METHOD_H_

#include "common/rpc/method.h"
#include "common/rpc/standard_methods.h"
#include "google/protobuf/message.h"

namespace concord::rpc {

// ImportXs: complete resources by their full names, all or none, in one commit, each decided as if those before it were
// there. One that is not there is created, one that is is changed in the fields that are set in the request; so a
// record that lacks a field erases nothing, and taking the same twice changes nothing. What a resource must satisfy by
// itself refuses the whole request; what it must satisfy among others is the rules' own `import`, which may keep
// what breaks it and say so in the resource.
//
// The request has the resources in the field named like the collection, request_id, validate_only and reason; the
// response has them as they are then, in that order, in a field of the same name. Errors: INVALID_ARGUMENT with all
// violations ("members[3].title"); any other with `request` in its metadata. `parts.type` and all else must outlive
// the method.
Method ImportMethod(const StandardParts& parts, const google::protobuf::Message& request,
                    const google::protobuf::Message& response);

}  // namespace concord::rpc

#endif  // COMMON_RPC_IMPORT_METHOD_H_
