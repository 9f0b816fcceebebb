#include "common/telemetry/log.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "spdlog/async.h"
#include "spdlog/sinks/stdout_sinks.h"

namespace concord::telemetry {
namespace {

constexpr size_t kQueueLines = 8192;

constexpr absl::string_view kNames[] = {"DEBUG", "INFO", "WARNING", "ERROR"};

void AppendString(absl::string_view text, std::string& line) {
  line += '"';
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      absl::StrAppend(&line, "\\", absl::string_view(&c, 1));
    } else if (static_cast<unsigned char>(c) < 0x20) {
      absl::StrAppend(&line, "\\u", absl::Hex(static_cast<unsigned char>(c), absl::kZeroPad4));
    } else {
      line += c;
    }
  }
  line += '"';
}

}  // namespace

class Log::Sink {
 public:
  Sink() : pool_(std::make_shared<spdlog::details::thread_pool>(kQueueLines, 1)) {
    logger_ = std::make_shared<spdlog::async_logger>("concord", std::make_shared<spdlog::sinks::stderr_sink_mt>(),
                                                     pool_, spdlog::async_overflow_policy::overrun_oldest);
    logger_->set_pattern("%v");
    logger_->set_level(spdlog::level::trace);
    logger_->flush_on(spdlog::level::trace);
  }

  void Write(const std::string& line) { logger_->info(line); }

 private:
  // Shared because spdlog's loggers share their pool.
  std::shared_ptr<spdlog::details::thread_pool> pool_;
  std::shared_ptr<spdlog::async_logger> logger_;
};

Log::Log(std::string service, Severity least)
    : service_(std::move(service)), least_(least), sink_(std::make_unique<Sink>()) {}

Log::~Log() = default;

void Log::Write(Severity severity, absl::string_view event, const LogFields& fields) {
  if (severity < least_) return;
  std::string line = R"({"time":")";
  absl::StrAppend(&line, absl::FormatTime("%Y-%m-%dT%H:%M:%E6SZ", absl::Now(), absl::UTCTimeZone()),
                  R"(","severity":")", kNames[static_cast<size_t>(severity)], R"(","service":)");
  AppendString(service_, line);
  line += R"(,"event":)";
  AppendString(event, line);
  for (const auto& [key, value] : fields) {
    line += ',';
    AppendString(key, line);
    line += ':';
    AppendString(value, line);
  }
  line += '}';
  sink_->Write(line);
}

bool ParseSeverity(absl::string_view text, Severity& severity) {
  const std::pair<absl::string_view, Severity> known[] = {{"debug", Severity::kDebug},
                                                          {"info", Severity::kInfo},
                                                          {"warning", Severity::kWarning},
                                                          {"error", Severity::kError}};
  for (const auto& [name, value] : known) {
    if (name != text) continue;
    severity = value;
    return true;
  }
  return false;
}

}  // namespace concord::telemetry
