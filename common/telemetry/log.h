// Structured logs: one line of JSON an event, on standard error.
#ifndef COMMON_TELEMETRY_LOG_H_
#define COMMON_TELEMETRY_LOG_H_

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"

namespace concord::telemetry {

enum class Severity { kDebug, kInfo, kWarning, kError };

// Values are texts that must not hold what users wrote, and no secrets.
using LogFields = std::vector<std::pair<absl::string_view, std::string>>;

// Writes lines such as
//   {"time":"2026-01-31T12:00:00.000000Z","severity":"INFO","service":"action","event":"serving","listen":"127.0.0.1:7002"}
// Thread-safe; a line is never torn. Lines are dropped rather than waited for when standard
// error is blocked for long: a log must not stop a service.
class Log {
 public:
  // Lines below `least` are not written.
  Log(std::string service, Severity least);
  ~Log();

  // `event` is a constant word that names what happened.
  void Write(Severity severity, absl::string_view event, const LogFields& fields = {});

 private:
  class Sink;
  const std::string service_;
  const Severity least_;
  std::unique_ptr<Sink> sink_;
};

// "info" and so on, as flags say it; false if it is none.
bool ParseSeverity(absl::string_view text, Severity& severity);

}  // namespace concord::telemetry

#endif  // COMMON_TELEMETRY_LOG_H_
