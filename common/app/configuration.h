// What a service is told at its start.
#ifndef COMMON_APP_CONFIGURATION_H_
#define COMMON_APP_CONFIGURATION_H_

#include <map>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/app/service_definition.h"
#include "common/redis/client.h"
#include "common/telemetry/log.h"

namespace concord::app {

struct Configuration {
  std::string listen;  // "127.0.0.1:7002", port 0 for any, or "unix:/path".
  redis::Address redis;
  std::string token_key;       // From the file; at least 32 bytes.
  bool development = false;    // Everybody may do everything.
  std::string metrics_listen;  // "127.0.0.1:7102"; empty: no metrics.
  int replicas = 0;            // Of the store, that must have a write.
  bool accept_data_loss = false;
  absl::Duration redis_timeout = absl::Seconds(2);
  absl::Duration drain_limit = absl::Seconds(20);
  absl::Duration idle_limit = absl::Minutes(10);  // A scope that nobody asks for is dropped from memory.
  int calls_limit = 10'000;
  int views_limit = 10'000;
  int watches_limit = 2'000;
  int transport_bytes_limit = 256 << 20;  // Of gRPC's memory for connections and what is being received.
  int watch_queue_bytes = 4 << 20;        // Waiting for one watcher.
  absl::Duration watch_heartbeat = absl::Seconds(10);
  telemetry::Severity log_level = telemetry::Severity::kInfo;
  std::map<std::string, std::string> own;  // The values of the service's own flags.
};

// Reads flags, and for each flag that is absent the environment variable CONCORD_ and its
// name in capitals. INVALID_ARGUMENT with one line that says what is wrong with which flag; CANCELLED with
// the text to print if --help or --version was asked for.
absl::StatusOr<Configuration> ParseConfiguration(const ServiceDefinition& service, int argc, const char* const* argv);

// Whether nothing beyond this machine can reach the address.
bool IsLocal(const std::string& listen);

}  // namespace concord::app

#endif  // COMMON_APP_CONFIGURATION_H_
