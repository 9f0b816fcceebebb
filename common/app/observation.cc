#include "common/app/observation.h"

#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/status/error.h"
#include "concord/rpc/v1/error_reason.pb.h"
#include "prometheus/exposer.h"

namespace concord::app {
namespace {

bool IsOurFault(absl::StatusCode code) {
  return code == absl::StatusCode::kInternal || code == absl::StatusCode::kUnavailable ||
         code == absl::StatusCode::kDataLoss || code == absl::StatusCode::kUnknown;
}

}  // namespace

Observation::Observation(telemetry::Log& log, rpc::Engine& engine, const ledger::Views& views,
                         const redis::Client& client, const rpc::WatchHub& watches)
    : log_(log),
      registry_(std::make_shared<prometheus::Registry>()),
      read_metrics_(std::make_shared<telemetry::ReadMetrics>()),
      method_metrics_(std::make_unique<telemetry::MethodMetrics>(*registry_, engine.MethodNames())) {
  using Kind = telemetry::ReadMetrics::Kind;
  const auto add = [this](Kind kind, const char* name, const char* help, std::function<double()> read) {
    read_metrics_->Add(kind, name, help, std::move(read));
  };
  add(Kind::kGauge, "concord_calls_under_way", "Calls that have been admitted and not answered.",
      [&engine] { return static_cast<double>(engine.calls()); });
  add(Kind::kCounter, "concord_ledger_fences_total", "Fences sent to the store.",
      [&views] { return static_cast<double>(views.statistics().fences); });
  add(Kind::kCounter, "concord_ledger_fenced_reads_total", "Reads that a fence has answered.",
      [&views] { return static_cast<double>(views.statistics().fenced_reads); });
  add(Kind::kCounter, "concord_ledger_loads_total", "Scopes loaded into memory.",
      [&views] { return static_cast<double>(views.statistics().loads); });
  add(Kind::kCounter, "concord_ledger_divergences_total", "Views dropped because the store had another history.",
      [&views] { return static_cast<double>(views.statistics().divergences); });
  add(Kind::kGauge, "concord_ledger_revisions_behind", "Revisions that the last fences had to bring, at most.",
      [&views] { return static_cast<double>(views.statistics().revisions_behind); });
  add(Kind::kCounter, "concord_redis_commands_total", "Commands sent to Redis.",
      [&client] { return static_cast<double>(client.statistics().commands); });
  add(Kind::kCounter, "concord_redis_failures_total", "Batches that Redis did not answer.",
      [&client] { return static_cast<double>(client.statistics().failures); });
  add(Kind::kCounter, "concord_redis_connections_total", "Connections made to Redis.",
      [&client] { return static_cast<double>(client.statistics().connections); });
  add(Kind::kGauge, "concord_redis_connected", "1 while there is a connection to Redis.",
      [&client] { return client.connected() ? 1.0 : 0.0; });
  add(Kind::kGauge, "concord_watches_open", "Watches that have begun and not ended.",
      [&watches] { return static_cast<double>(watches.statistics().open); });
  add(Kind::kCounter, "concord_watches_begun_total", "Watches that have begun.",
      [&watches] { return static_cast<double>(watches.statistics().begun); });
  add(Kind::kCounter, "concord_watch_messages_total", "Changes and heartbeats handed to watchers.",
      [&watches] { return static_cast<double>(watches.statistics().messages); });
  add(Kind::kCounter, "concord_watches_cut_off_total", "Watches ended because the watcher was too slow.",
      [&watches] { return static_cast<double>(watches.statistics().cut_off); });
  add(Kind::kCounter, "concord_watches_refused_total", "Watches refused because there were too many.",
      [&watches] { return static_cast<double>(watches.statistics().refused); });
  add(Kind::kCounter, "concord_watch_channels_lagged_total",
      "Groups of watchers that began again from the log because commits came faster than they were told.",
      [&watches] { return static_cast<double>(watches.statistics().lagged); });
  add(Kind::kGauge, "concord_watch_most_waiting_bytes", "The most bytes that ever waited for one of those who watch.",
      [&watches] { return static_cast<double>(watches.statistics().most_waiting_bytes); });
}

Observation::~Observation() = default;

absl::StatusOr<std::unique_ptr<Observation>> Observation::Start(const std::string& listen, telemetry::Log& log,
                                                                rpc::Engine& engine, const ledger::Views& views,
                                                                const redis::Client& client,
                                                                const rpc::WatchHub& watches) {
  auto observation = std::unique_ptr<Observation>(new Observation(log, engine, views, client, watches));
  engine.Observe([seen = observation.get()](const rpc::CallRecord& record) { seen->OnCall(record); });
  if (listen.empty()) return observation;
  try {
    observation->exposer_ = std::make_unique<prometheus::Exposer>(listen, 1);
  } catch (const std::exception&) {
    return absl::UnavailableError(
        absl::StrCat("cannot serve metrics on ", listen, ": the address is taken or not allowed"));
  }
  observation->exposer_->RegisterCollectable(observation->registry_);
  observation->exposer_->RegisterCollectable(observation->read_metrics_);
  return observation;
}

void Observation::OnCall(const rpc::CallRecord& record) {
  const absl::optional<Reason> reason = record.status.ok() ? absl::nullopt : ReasonOf(record.status);
  const std::string code = absl::StatusCodeToString(record.status.code());
  method_metrics_->Ended(record.method, code, reason.has_value() ? reason->name : "", record.duration);
  if (!IsOurFault(record.status.code()) || HasReason(record.status, rpc::v1::ERROR_REASON_SHUTTING_DOWN)) return;
  telemetry::LogFields fields = {{"method", record.method},
                                 {"code", code},
                                 {"reason", reason.has_value() ? reason->name : "INTERNAL_ERROR"},
                                 {"principal", record.principal},
                                 {"trace_id", record.trace_id},
                                 {"duration_us", absl::StrCat(absl::ToInt64Microseconds(record.duration))}};
  // Without a reason it is a bug of ours: its text names only our own state.
  if (!reason.has_value()) fields.emplace_back("cause", std::string(record.status.message()));
  const bool bug = !reason.has_value() || record.status.code() == absl::StatusCode::kInternal;
  log_.Write(bug ? telemetry::Severity::kError : telemetry::Severity::kWarning, "call_failed", fields);
}

}  // namespace concord::app
