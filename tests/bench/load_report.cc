#include "tests/bench/load_report.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/string_view.h"

namespace concord::bench {
namespace {

// Of sorted latencies; 0 if there is none.
uint32_t Percentile(const std::vector<uint32_t>& sorted, double share) {
  if (sorted.empty()) return 0;
  return sorted[std::min(sorted.size() - 1, static_cast<size_t>(share * static_cast<double>(sorted.size())))];
}

std::string Quoted(absl::string_view text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += static_cast<unsigned char>(c) < ' ' ? ' ' : c;
  }
  return quoted + "\"";
}

}  // namespace

void LoadReport::Merge(LoadReport other) {
  latencies.insert(latencies.end(), other.latencies.begin(), other.latencies.end());
  for (const auto& [code, count] : other.errors) errors[code] += count;
  if (error_message.empty()) error_message = std::move(other.error_message);
  smallest_answer = std::min(smallest_answer, other.smallest_answer);
  largest_answer = std::max(largest_answer, other.largest_answer);
}

std::string LoadReport::ToJson() {
  std::sort(latencies.begin(), latencies.end());
  const double seconds = absl::ToDoubleSeconds(duration);
  const double rate = seconds > 0 ? static_cast<double>(latencies.size()) / seconds : 0;
  std::string by_code;
  for (const auto& [code, count] : errors) {
    absl::StrAppend(&by_code, by_code.empty() ? "" : ", ", Quoted(code), ": ", count);
  }
  return absl::StrFormat(
      "{\"calls\": %d, \"seconds\": %.6f, \"calls_per_second\": %.1f, "
      "\"p50\": %d, \"p90\": %d, \"p99\": %d, \"p999\": %d, \"max\": %d, "
      "\"smallest_answer\": %d, \"largest_answer\": %d, \"errors\": {%s}, \"error_message\": %s}",
      latencies.size(), seconds, rate, Percentile(latencies, 0.5), Percentile(latencies, 0.9),
      Percentile(latencies, 0.99), Percentile(latencies, 0.999), latencies.empty() ? 0 : latencies.back(),
      latencies.empty() ? 0 : smallest_answer, largest_answer, by_code, Quoted(error_message));
}

}  // namespace concord::bench
