// How figures are worded for people, wherever they show.
//
// Pure; safe from any thread.
#ifndef SERVICES_CONCORDCTL_FIGURE_WORDS_H_
#define SERVICES_CONCORDCTL_FIGURE_WORDS_H_

#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/str_replace.h"
#include "common/aip/enum_words.h"
#include "concord/reporting/v1/indicator_score.pb.h"
#include "concord/reporting/v1/scorecard.pb.h"

namespace concord::ctl {

// "rate so far" of BASIS_RATE_SO_FAR.
template <typename Enum>
std::string SpacedWord(Enum value) {
  return absl::StrReplaceAll(absl::AsciiStrToLower(aip::WordOf(value)), {{"_", " "}});
}

// A share as a percentage with at most one decimal, "62.5 %".
std::string PercentText(double share);

// "on track", "no data"; "-" where nothing is expected; the number of a level that this program does not know.
std::string HealthWord(reporting::v1::HealthLevel level);

// "on target", "behind", "no data".
std::string TargetStateWord(reporting::v1::TargetState state);

// "within", "too low", "too high"; "-" without guard-rails or without a value.
std::string GuardRailWord(reporting::v1::GuardRailState state);

}  // namespace concord::ctl

#endif  // SERVICES_CONCORDCTL_FIGURE_WORDS_H_
