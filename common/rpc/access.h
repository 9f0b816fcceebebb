// Who calls, and what he may see and do. The places of authentication,
// authorization and visibility in the engine; what fills them is chosen at start.
#ifndef COMMON_RPC_ACCESS_H_
#define COMMON_RPC_ACCESS_H_

#include <functional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "common/ledger/collection.h"

namespace concord::rpc {

// Whoever makes a call.
struct Caller {
  std::string principal;  // For example "development:operator".
};

// What the transport knows of a call: a look-up of its metadata by lower-case key.
using TransportMetadata = std::function<absl::optional<std::string>(absl::string_view key)>;

// All methods are thread-safe, quick, and do no I/O.
class AccessPolicy {
 public:
  virtual ~AccessPolicy() = default;

  // Who calls. UNAUTHENTICATED with IDENTITY_MISSING.
  virtual absl::StatusOr<Caller> Authenticate(const TransportMetadata& metadata) const = 0;

  // Whether the caller may call a method at all on what `name` names; empty where the
  // method is about no one resource. PERMISSION_DENIED with PERMISSION_MISSING.
  virtual absl::Status Authorize(const Caller& caller, absl::string_view method, absl::string_view name) const = 0;

  // Whether the caller may know of a resource. Asked for every row that leaves
  // the system, and for every one that a rule looks at: rules see through the caller's eyes.
  virtual bool Visible(const Caller& caller, const ledger::Resource& resource) const = 0;
};

// Everybody is "development:operator", or who he says he is in the metadata key
// "concord-principal" ("development:" and the name), and may do everything. A program uses it only where
// nothing beyond the machine can reach it.
class DevelopmentAccess : public AccessPolicy {
 public:
  absl::StatusOr<Caller> Authenticate(const TransportMetadata& metadata) const override;
  absl::Status Authorize(const Caller& caller, absl::string_view method, absl::string_view name) const override;
  bool Visible(const Caller& caller, const ledger::Resource& resource) const override;
};

}  // namespace concord::rpc

#endif  // COMMON_RPC_ACCESS_H_
