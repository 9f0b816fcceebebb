// A service, put together.
#ifndef COMMON_APP_APPLICATION_H_
#define COMMON_APP_APPLICATION_H_

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/app/configuration.h"
#include "common/app/service_definition.h"

namespace concord::app {

// Thread-safe. Stops when destroyed.
class Application {
 public:
  // Listens, and says NOT_SERVING. Errors are for the operator, one line each:
  // INVALID_ARGUMENT (configuration), UNAVAILABLE (an address is taken).
  static absl::StatusOr<std::unique_ptr<Application>> Listen(Configuration configuration, ServiceDefinition definition);
  ~Application();
  Application(const Application&) = delete;
  Application& operator=(const Application&) = delete;

  // Waits for the store, then says SERVING. FAILED_PRECONDITION if the store may lose what was
  // acknowledged; CANCELLED if Stop was called meanwhile.
  absl::Status Serve();

  // Takes no new calls, lets those under way end within the drain limit, ends everything. Idempotent.
  void Stop();

  // Where it listens, with the port that was found.
  std::string address() const;

 private:
  class Parts;
  explicit Application(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace concord::app

#endif  // COMMON_APP_APPLICATION_H_
