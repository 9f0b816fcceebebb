// What a run of the load client found.
#ifndef TESTS_BENCH_LOAD_REPORT_H_
#define TESTS_BENCH_LOAD_REPORT_H_

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "absl/time/time.h"

namespace concord::bench {

struct LoadReport {
  // Adds what another thread found; `duration` stays.
  void Merge(LoadReport other);

  // One line of JSON: calls, seconds, calls_per_second, the latency of successful calls in
  // microseconds (p50, p90, p99, p999, max), answer_bytes (smallest and largest),
  // errors by code and one error's message.
  std::string ToJson();

  absl::Duration duration;
  std::vector<uint32_t> latencies;        // Of successful calls, in microseconds.
  std::map<std::string, int64_t> errors;  // By the code's name.
  std::string error_message;
  int64_t smallest_answer = INT64_MAX;
  int64_t largest_answer = 0;
};

}  // namespace concord::bench

#endif  // TESTS_BENCH_LOAD_REPORT_H_
