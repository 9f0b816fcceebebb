#include "common/telemetry/metrics.h"

namespace concord::telemetry {
namespace {

// Seconds: from a read that needs nothing to the time-out of the store.
const prometheus::Histogram::BucketBoundaries& Buckets() {
  static const auto& buckets = *new prometheus::Histogram::BucketBoundaries{
      0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10};
  return buckets;
}

}  // namespace

MethodMetrics::MethodMetrics(prometheus::Registry& registry, const std::vector<std::string>& methods)
    : calls_(prometheus::BuildCounter()
                 .Name("concord_calls_total")
                 .Help("Calls that have ended, by method, canonical code and reason.")
                 .Register(registry)) {
  auto& durations = prometheus::BuildHistogram()
                        .Name("concord_call_duration_seconds")
                        .Help("Time from the arrival of a call to its answer.")
                        .Register(registry);
  for (const std::string& method : methods) {
    methods_[method] = {&calls_.Add({{"method", method}, {"code", "OK"}, {"reason", ""}}),
                        &durations.Add({{"method", method}}, Buckets())};
  }
}

void MethodMetrics::Ended(const std::string& method, const std::string& code, const std::string& reason,
                          absl::Duration duration) {
  auto found = methods_.find(method);
  if (found == methods_.end()) return;
  if (code == "OK") {
    found->second.ok->Increment();
  } else {
    calls_.Add({{"method", method}, {"code", code}, {"reason", reason}}).Increment();
  }
  found->second.duration->Observe(absl::ToDoubleSeconds(duration));
}

void ReadMetrics::Add(Kind kind, std::string name, std::string help, std::function<double()> read) {
  absl::MutexLock lock(&mutex_);
  rows_.push_back({kind, std::move(name), std::move(help), std::move(read)});
}

std::vector<prometheus::MetricFamily> ReadMetrics::Collect() const {
  absl::MutexLock lock(&mutex_);
  std::vector<prometheus::MetricFamily> families;
  for (const Row& row : rows_) {
    prometheus::ClientMetric metric;
    prometheus::MetricFamily family;
    family.name = row.name;
    family.help = row.help;
    if (row.kind == Kind::kCounter) {
      family.type = prometheus::MetricType::Counter;
      metric.counter.value = row.read();
    } else {
      family.type = prometheus::MetricType::Gauge;
      metric.gauge.value = row.read();
    }
    family.metric.push_back(std::move(metric));
    families.push_back(std::move(family));
  }
  return families;
}

}  // namespace concord::telemetry
