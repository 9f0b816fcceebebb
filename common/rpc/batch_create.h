// Several resources created at once.
#ifndef COMMON_RPC_BATCH_CREATE_H_
#define COMMON_RPC_BATCH_CREATE_H_

#include "common/rpc/method.h"
#include "common/rpc/resource_type.h"
#include "google/protobuf/message.h"

namespace concord::rpc {

inline constexpr int kBatchLimit = 500;  // As many as one commit may hold.

// BatchCreateXs of CreateX: all or none, in one commit, each decided as if those before it were there. The request
// has parent (ids below the scope's own name may be "-": each part names its own), requests, request_id and
// validate_only; the response has the rows in the field named like the collection. What is wrong with a part
// is said of it: a violation of "requests[3].action.title", any other error with `request` in its metadata. The type
// must outlive the method.
Method BatchCreateMethod(const ResourceType& type, const Method& create, const google::protobuf::Message& request,
                         const google::protobuf::Message& response);

}  // namespace concord::rpc

#endif  // COMMON_RPC_BATCH_CREATE_H_
