#include "services/reporting/formulas/recording.h"

#include <string>

#include "absl/strings/numbers.h"
#include "services/reporting/formulas/value_recorder.h"

namespace concord::reporting {
namespace {

constexpr char kObjective[] = "objective";
constexpr char kInterval[] = "record_interval";

absl::Duration IntervalOf(const std::string& text) {
  double seconds = 0;
  const bool is_one = absl::SimpleAtod(text, &seconds) && seconds >= 0.05 && seconds <= 86'400;
  return is_one ? absl::Seconds(seconds) : absl::ZeroDuration();
}

}  // namespace

std::vector<app::OwnFlag> RecordingFlags() {
  const auto wrong_interval = [](const std::string& text) {
    return IntervalOf(text) == absl::ZeroDuration() ? "is no number of seconds from 0.05 to 86400" : "";
  };
  return {{kObjective,
           "where the objective service is, which writes the values of formulas down: HOST:PORT or unix:PATH; empty: "
           "they are not recorded",
           "", nullptr},
          {kInterval, "seconds between two looks for values of formulas that are due", "60", wrong_interval}};
}

std::unique_ptr<app::Companion> StartRecording(const app::CompanionParts& parts) {
  const std::string& objective = parts.flags.at(kObjective);
  if (objective.empty()) return nullptr;
  return std::make_unique<ValueRecorder>(parts.itself, objective, IntervalOf(parts.flags.at(kInterval)), parts.log);
}

}  // namespace concord::reporting
