// The time, from outside.
#ifndef COMMON_RPC_CLOCK_H_
#define COMMON_RPC_CLOCK_H_

#include "absl/time/clock.h"
#include "absl/time/time.h"

namespace concord::rpc {

// Thread-safe.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual absl::Time Now() const = 0;
};

class SystemClock : public Clock {
 public:
  absl::Time Now() const override { return absl::Now(); }
};

}  // namespace concord::rpc

#endif  // COMMON_RPC_CLOCK_H_
