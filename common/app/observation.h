// What a service tells of itself: metrics over HTTP and a log line for every
// call that failed through no fault of the caller.
#ifndef COMMON_APP_OBSERVATION_H_
#define COMMON_APP_OBSERVATION_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "common/ledger/views.h"
#include "common/redis/client.h"
#include "common/rpc/engine.h"
#include "common/rpc/watch_hub.h"
#include "common/telemetry/log.h"
#include "common/telemetry/metrics.h"

namespace prometheus {
class Exposer;
}

namespace concord::app {

// Observes the engine from Start on. All that it is given must outlive it.
class Observation {
 public:
  // `listen` is HOST:PORT for metrics; empty: none are served. UNAVAILABLE if the address is taken.
  static absl::StatusOr<std::unique_ptr<Observation>> Start(const std::string& listen, telemetry::Log& log,
                                                            rpc::Engine& engine, const ledger::Views& views,
                                                            const redis::Client& client, const rpc::WatchHub& watches);
  ~Observation();

 private:
  Observation(telemetry::Log& log, rpc::Engine& engine, const ledger::Views& views, const redis::Client& client,
              const rpc::WatchHub& watches);
  void OnCall(const rpc::CallRecord& record);

  telemetry::Log& log_;
  std::shared_ptr<prometheus::Registry> registry_;        // Shared with the exposer, as prometheus-cpp wants it.
  std::shared_ptr<telemetry::ReadMetrics> read_metrics_;  // Likewise.
  std::unique_ptr<telemetry::MethodMetrics> method_metrics_;
  std::unique_ptr<prometheus::Exposer> exposer_;
};

}  // namespace concord::app

#endif  // COMMON_APP_OBSERVATION_H_
