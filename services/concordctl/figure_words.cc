#include "services/concordctl/figure_words.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/strip.h"

namespace concord::ctl {

std::string PercentText(double share) {
  std::string number = absl::StrFormat("%.1f", share * 100);
  number = std::string(absl::StripSuffix(number, ".0"));
  return absl::StrCat(number == "-0" ? "0" : number, " %");
}

std::string HealthWord(reporting::v1::HealthLevel level) {
  switch (level) {
    case reporting::v1::HEALTH_LEVEL_NO_DATA:
      return "no data";
    case reporting::v1::HEALTH_LEVEL_ON_TRACK:
      return "on track";
    case reporting::v1::HEALTH_LEVEL_AT_RISK:
      return "at risk";
    case reporting::v1::HEALTH_LEVEL_OFF_TRACK:
      return "off track";
    case reporting::v1::HEALTH_LEVEL_NOT_APPLICABLE:
      return "-";
    default:
      return absl::StrCat(static_cast<int>(level));
  }
}

std::string TargetStateWord(reporting::v1::TargetState state) {
  switch (state) {
    case reporting::v1::TARGET_STATE_ON_TARGET:
      return "on target";
    case reporting::v1::TARGET_STATE_BEHIND_TARGET:
      return "behind";
    default:
      return "no data";
  }
}

std::string GuardRailWord(reporting::v1::GuardRailState state) {
  switch (state) {
    case reporting::v1::GUARD_RAIL_STATE_BELOW:
      return "too low";
    case reporting::v1::GUARD_RAIL_STATE_ABOVE:
      return "too high";
    case reporting::v1::GUARD_RAIL_STATE_WITHIN:
      return "within";
    default:
      return "-";
  }
}

}  // namespace concord::ctl
