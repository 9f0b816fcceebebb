// Metrics in Prometheus' format.
#ifndef COMMON_TELEMETRY_METRICS_H_
#define COMMON_TELEMETRY_METRICS_H_

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "prometheus/collectable.h"
#include "prometheus/counter.h"
#include "prometheus/family.h"
#include "prometheus/histogram.h"
#include "prometheus/registry.h"

namespace concord::telemetry {

// What every service measures of every method. Handles are found once, at the start; only the
// reason of an error is looked up when it happens. Thread-safe.
class MethodMetrics {
 public:
  // `methods` are full names. The registry must outlive this.
  MethodMetrics(prometheus::Registry& registry, const std::vector<std::string>& methods);

  // A call of a known method has ended. `code` is the canonical code's name, "OK", and `reason` that of the error;
  // both from small closed sets.
  void Ended(const std::string& method, const std::string& code, const std::string& reason, absl::Duration duration);

 private:
  struct Handles {
    prometheus::Counter* ok = nullptr;
    prometheus::Histogram* duration = nullptr;
  };

  prometheus::Family<prometheus::Counter>& calls_;
  absl::flat_hash_map<std::string, Handles> methods_;
};

// A figure that is read when somebody asks for it: a counter or a gauge whose value lives elsewhere.
class ReadMetrics : public prometheus::Collectable {
 public:
  enum class Kind { kCounter, kGauge };

  // The reader is called on the metrics server's thread.
  void Add(Kind kind, std::string name, std::string help, std::function<double()> read);

  std::vector<prometheus::MetricFamily> Collect() const override;

 private:
  struct Row {
    Kind kind;
    std::string name;
    std::string help;
    std::function<double()> read;
  };
  mutable absl::Mutex mutex_;
  std::vector<Row> rows_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace concord::telemetry

#endif  // COMMON_TELEMETRY_METRICS_H_
