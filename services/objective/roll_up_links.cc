#include "services/objective/roll_up_links.h"

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include "absl/strings/str_join.h"
#include "common/aip/cycle.h"
#include "common/aip/enum_words.h"
#include "common/status/error.h"
#include "common/status/macros.h"
#include "concord/objective/v1/error_reason.pb.h"
#include "services/objective/percent.h"

namespace concord::objective {
namespace {

using v1::Indicator;
using v1::RollUp;

absl::Status MismatchError(const Indicator& indicator, const Indicator& input, const std::string& property,
                           const std::string& wanted, const std::string& found) {
  return MakeError(absl::StatusCode::kFailedPrecondition, v1::ERROR_REASON_ROLL_UP_MISMATCH,
                   "{name} cannot be computed from {input}: the {property} must be {wanted} and is {found}",
                   {{"name", indicator.name()},
                    {"input", input.name()},
                    {"property", property},
                    {"wanted", wanted},
                    {"found", found}});
}

// One thing that an input has and its rule wants.
absl::Status CheckSame(const Indicator& indicator, const Indicator& input, const std::string& property,
                       const std::string& wanted, const std::string& found) {
  return wanted == found ? absl::OkStatus() : MismatchError(indicator, input, property, wanted, found);
}

// Of a ratio: the first input of each role.
using Sides = std::map<v1::RollUpInput::Role, const Indicator*>;

// What is added up above the line is of one unit, and so is what is added up below. Percentages do not add up.
absl::Status CheckSideUnit(const Indicator& indicator, v1::RollUpInput::Role role, const Indicator& input,
                           Sides& sides) {
  const auto [side, is_first] = sides.emplace(role, &input);
  if (!is_first && input.unit() == kPercent) {
    return MismatchError(indicator, input, "unit", "one that can be added up", input.unit());
  }
  return CheckSame(indicator, input, "unit", side->second->unit(), input.unit());
}

// A percentage is of like things. Any other quotient has a unit in words of its own, as "CHF per member", which no
// rule can check, but for what it cannot be: that of what is divided.
absl::Status CheckResultUnit(const Indicator& indicator, const Sides& sides) {
  const auto above = sides.find(v1::RollUpInput::ROLE_NUMERATOR);
  const auto below = sides.find(v1::RollUpInput::ROLE_DENOMINATOR);
  if (above == sides.end() || below == sides.end()) return absl::OkStatus();  // Its values are refused.
  if (indicator.unit() == kPercent) {
    return CheckSame(indicator, *below->second, "unit", above->second->unit(), below->second->unit());
  }
  for (const Indicator* input : {above->second, below->second}) {
    if (input->unit() != indicator.unit()) continue;
    return MismatchError(indicator, *input, "unit", "another than that of the ratio", input->unit());
  }
  return absl::OkStatus();
}

std::vector<std::string> InputsOf(const Indicator& indicator) {
  std::vector<std::string> names;
  for (const v1::RollUpInput& input : indicator.roll_up().inputs()) names.push_back(input.indicator());
  return names;
}

}  // namespace

absl::Status CheckInputsFit(const Indicator& indicator, const FindIndicator& find) {
  const bool ratio = indicator.roll_up().method() == RollUp::METHOD_RATIO;
  Sides sides;
  for (const v1::RollUpInput& link : indicator.roll_up().inputs()) {
    const Indicator* input = find(link.indicator());
    if (input == nullptr) {
      return MakeError(absl::StatusCode::kFailedPrecondition, v1::ERROR_REASON_REFERENCE_BROKEN,
                       "{name} cannot be computed from {reference}, which is no living indicator",
                       {{"name", indicator.name()}, {"reference", link.indicator()}});
    }
    if (ratio) {
      CONCORD_RETURN_IF_ERROR(CheckSideUnit(indicator, link.role(), *input, sides));
    } else {
      CONCORD_RETURN_IF_ERROR(CheckSame(indicator, *input, "unit", indicator.unit(), input->unit()));
    }
    CONCORD_RETURN_IF_ERROR(
        CheckSame(indicator, *input, "kind", aip::WordOf(indicator.kind()), aip::WordOf(input->kind())));
    CONCORD_RETURN_IF_ERROR(
        CheckSame(indicator, *input, "frequency", aip::WordOf(indicator.frequency()), aip::WordOf(input->frequency())));
  }
  return ratio ? CheckResultUnit(indicator, sides) : absl::OkStatus();
}

absl::Status CheckNoCircle(const Indicator& indicator, const FindIndicator& find) {
  const std::vector<std::string> cycle =
      aip::FindCycle(indicator.name(), InputsOf(indicator), [&](const std::string& name) {
        const Indicator* other = find(name);
        return other == nullptr ? std::vector<std::string>() : InputsOf(*other);
      });
  if (cycle.empty()) return absl::OkStatus();
  return MakeError(absl::StatusCode::kFailedPrecondition, v1::ERROR_REASON_ROLL_UP_CYCLE,
                   "{name} would be computed from itself: {cycle}",
                   {{"name", indicator.name()}, {"cycle", absl::StrJoin(cycle, " -> ")}});
}

bool HasInput(const Indicator& indicator, absl::string_view input) {
  const auto& inputs = indicator.roll_up().inputs();
  return std::any_of(inputs.begin(), inputs.end(), [&](const auto& link) { return link.indicator() == input; });
}

}  // namespace concord::objective
