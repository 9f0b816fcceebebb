// What a write wants: resources to put or to end, in one scope.
#ifndef COMMON_RPC_CHANGE_H_
#define COMMON_RPC_CHANGE_H_

#include <memory>
#include <string>
#include <vector>

#include "google/protobuf/message.h"

namespace concord::rpc {

// Built by handlers; made into a commit by the engine, which leaves out what
// would change nothing.
struct Change {
  struct Put {
    std::string name;
    std::unique_ptr<google::protobuf::Message> message;  // Its etag and times are passed over.
  };

  std::string scope;
  std::vector<Put> puts;
  std::vector<std::string> ends;

  // The resources whose state after the commit is the answer, in order.
  std::vector<std::string> answers;

  // Why, in the caller's words.
  std::string reason;

  // A commit to another scope that has to come first, for example a name to be
  // registered. It must do no harm where the rest then fails.
  std::unique_ptr<Change> first;
};

}  // namespace concord::rpc

#endif  // COMMON_RPC_CHANGE_H_
