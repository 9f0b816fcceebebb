#include "services/objective/indicator_values.h"

#include <algorithm>
#include <set>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/types/optional.h"
#include "common/aip/date.h"
#include "common/aip/decimal.h"
#include "common/aip/limits.h"
#include "common/rpc/standard_methods.h"
#include "services/objective/frequencies.h"
#include "services/objective/open_plan.h"
#include "services/objective/percent.h"

namespace concord::objective {
namespace {

using v1::Indicator;
using v1::RollUp;
using v1::RollUpInput;

constexpr int kTargetsLimit = 100;
constexpr int kInputsLimit = 100;
constexpr int kWeightScale = 3;
constexpr int kDimensionsLimit = 5;
constexpr int kDimensionMembersLimit = 100;
constexpr int kDimensionMemberLimit = 63;

// The scale as far as it is one, so that decimals are checked whatever else is wrong.
int ScaleOf(const Indicator& indicator) { return std::min(std::max(indicator.scale(), 0), aip::kNanoDigits); }

void CheckBaseline(const Indicator& indicator, const std::string& field, Violations& violations) {
  if (!indicator.has_baseline()) return;
  const v1::Baseline& baseline = indicator.baseline();
  aip::CheckDecimal(baseline.value(), absl::StrCat(field, ".value"), ScaleOf(indicator), violations);
  if (baseline.has_date()) aip::CheckDay(baseline.date(), absl::StrCat(field, ".date"), violations);
  aip::CheckText(baseline.source(), absl::StrCat(field, ".source"), 0, 500, violations);
}

void CheckTargetDate(const Indicator& indicator, int i, const std::string& field, Violations& violations) {
  const auto& date = indicator.targets(i).date();
  if (!aip::IsDay(date)) {
    aip::CheckDay(date, field, violations);
    return;
  }
  const absl::optional<aip::DayPeriod> period = PeriodOf(indicator.frequency(), aip::ToDay(date));
  if (period.has_value() && period->last != aip::ToDay(date)) {
    violations.Add(field, absl::StrCat("must be the last day of a period: that one ends on ",
                                       aip::FormatDate(aip::FromDay(period->last))));
  }
  if (i == 0) return;
  const auto& before = indicator.targets(i - 1).date();
  if (aip::IsDay(before) && aip::ToDay(date) <= aip::ToDay(before)) {
    violations.Add(field, "must come after the date before it");
  }
}

bool IsWorse(aip::Nano value, aip::Nano than, Indicator::Direction direction) {
  if (direction == Indicator::DIRECTION_INCREASE) return value < than;
  if (direction == Indicator::DIRECTION_DECREASE) return value > than;
  return false;
}

void CheckTargets(const Indicator& indicator, const std::string& field, Violations& violations) {
  aip::CheckCount(indicator.targets_size(), field, kTargetsLimit, violations);
  absl::optional<aip::Nano> before;
  if (indicator.has_baseline()) before = aip::ParseDecimal(indicator.baseline().value().value());
  for (int i = 0; i < indicator.targets_size(); ++i) {
    const std::string path = absl::StrCat(field, "[", i, "]");
    CheckTargetDate(indicator, i, absl::StrCat(path, ".date"), violations);
    const auto& decimal = indicator.targets(i).value();
    aip::CheckDecimal(decimal, absl::StrCat(path, ".value"), ScaleOf(indicator), violations);
    const absl::optional<aip::Nano> value = aip::ParseDecimal(decimal.value());
    if (!value.has_value()) continue;
    if (before.has_value() && IsWorse(*value, *before, indicator.direction())) {
      violations.Add(absl::StrCat(path, ".value"), "must not be worse than the target before it, or than the baseline");
    }
    before = value;
  }
}

void CheckGuardRails(const Indicator& indicator, const std::string& field, Violations& violations) {
  const v1::GuardRails& rails = indicator.guard_rails();
  if (rails.has_lower()) {
    aip::CheckDecimal(rails.lower(), absl::StrCat(field, ".lower"), ScaleOf(indicator), violations);
  }
  if (rails.has_upper()) {
    aip::CheckDecimal(rails.upper(), absl::StrCat(field, ".upper"), ScaleOf(indicator), violations);
  }
  if (rails.has_lower() && rails.has_upper() && aip::ToNano(rails.upper()) < aip::ToNano(rails.lower())) {
    violations.Add(absl::StrCat(field, ".upper"), "must not be less than lower");
  }
}

// What 1 of each percentage is a hundredth of has to be said, or a mean of them means nothing.
void CheckWeight(const Indicator& indicator, const RollUpInput& input, const std::string& field,
                 Violations& violations) {
  const RollUp::Method method = indicator.roll_up().method();
  if (!input.has_weight()) {
    if (method == RollUp::METHOD_WEIGHTED_MEAN && indicator.unit() == kPercent) {
      violations.Add(field, "is required in a mean of percentages: how much each is a percentage of");
    }
    return;
  }
  if (method != RollUp::METHOD_WEIGHTED_MEAN) {
    violations.Add(field, "is only for the inputs of a weighted mean");
    return;
  }
  aip::CheckDecimal(input.weight(), field, kWeightScale, violations);
  static const aip::Nano kMost = *aip::ParseDecimal("1000000");
  const absl::optional<aip::Nano> weight = aip::ParseDecimal(input.weight().value());
  if (weight.has_value() && (*weight <= 0 || *weight > kMost)) {
    violations.Add(field, "must be more than 0 and at most 1000000");
  }
}

void CheckInput(const Indicator& indicator, const RollUpInput& input, const std::string& field,
                Violations& violations) {
  static const auto& pattern = *new aip::NamePattern("plans/{plan}/objectives/{objective}/indicators/{indicator}");
  const std::string name = absl::StrCat(field, ".indicator");
  rpc::CheckName(pattern, input.indicator(), name, violations);
  if (!indicator.name().empty() && pattern.Matches(input.indicator()) &&
      PlanNameOf(input.indicator()) != PlanNameOf(indicator.name())) {
    violations.Add(name, "must be an indicator of the same plan");
  }
  CheckWeight(indicator, input, absl::StrCat(field, ".weight"), violations);
  const bool ratio = indicator.roll_up().method() == RollUp::METHOD_RATIO;
  if (ratio && input.role() == RollUpInput::ROLE_UNSPECIFIED) {
    violations.Add(absl::StrCat(field, ".role"), "is required of the inputs of a ratio");
  }
  if (!ratio && input.role() != RollUpInput::ROLE_UNSPECIFIED) {
    violations.Add(absl::StrCat(field, ".role"), "is only for the inputs of a ratio");
  }
}

void CheckRollUp(const Indicator& indicator, const std::string& field, Violations& violations) {
  if (!indicator.has_roll_up()) return;
  const RollUp& roll_up = indicator.roll_up();
  const std::string inputs = absl::StrCat(field, ".inputs");
  if (roll_up.method() == RollUp::METHOD_SUM && indicator.unit() == kPercent) {
    violations.Add(absl::StrCat(field, ".method"),
                   "must not be a sum where the unit is %: use a weighted mean, or a ratio of what they are shares of");
  }
  aip::CheckCount(roll_up.inputs_size(), inputs, kInputsLimit, violations);
  std::set<std::string> names;
  std::set<RollUpInput::Role> roles;
  for (int i = 0; i < roll_up.inputs_size(); ++i) {
    const std::string path = absl::StrCat(inputs, "[", i, "]");
    CheckInput(indicator, roll_up.inputs(i), path, violations);
    roles.insert(roll_up.inputs(i).role());
    if (!names.insert(roll_up.inputs(i).indicator()).second) {
      violations.Add(absl::StrCat(path, ".indicator"), "is there twice");
    }
  }
  const bool complete =
      roles.count(RollUpInput::ROLE_NUMERATOR) == 1 && roles.count(RollUpInput::ROLE_DENOMINATOR) == 1;
  if (roll_up.method() == RollUp::METHOD_RATIO && !complete) {
    violations.Add(inputs, "must have a numerator and a denominator");
  }
}

void CheckFormula(const Indicator& indicator, const std::string& field, Violations& violations) {
  const bool wanted = indicator.source() == Indicator::SOURCE_FORMULA;
  if (wanted && !indicator.has_formula()) violations.AddMissing(field, "must be set where it is the source");
  if (!indicator.has_formula()) return;
  if (!wanted) violations.Add(field, "must be absent where the source is none");
  if (indicator.has_roll_up()) violations.Add(field, "must be absent where there is a roll_up");
  static const auto& pattern = *new aip::NamePattern("formulas/{formula}");
  rpc::CheckName(pattern, indicator.formula().formula(), absl::StrCat(field, ".formula"), violations);
  const std::string parameters = absl::StrCat(field, ".parameters");
  aip::CheckKeyedTexts(indicator.formula().parameters(), parameters, kParametersLimit, kParameterLimit, violations);
}

void CheckDimensions(const Indicator& indicator, const std::string& field, Violations& violations) {
  aip::CheckCount(indicator.dimensions_size(), field, kDimensionsLimit, violations);
  std::set<std::string> keys;
  for (int i = 0; i < indicator.dimensions_size(); ++i) {
    const v1::Dimension& dimension = indicator.dimensions(i);
    const std::string path = absl::StrCat(field, "[", i, "]");
    if (!aip::IsLabelKey(dimension.key())) {
      violations.Add(absl::StrCat(path, ".key"),
                     "must have 1 to 63 characters a-z, 0-9, _ and -, beginning with a letter");
    }
    if (!keys.insert(dimension.key()).second) violations.Add(absl::StrCat(path, ".key"), "is there twice");
    aip::CheckCount(dimension.members_size(), absl::StrCat(path, ".members"), kDimensionMembersLimit, violations);
    std::set<std::string> members;
    for (int j = 0; j < dimension.members_size(); ++j) {
      const std::string member = absl::StrCat(path, ".members[", j, "]");
      aip::CheckText(dimension.members(j), member, 1, kDimensionMemberLimit, violations);
      if (!members.insert(dimension.members(j)).second) violations.Add(member, "is there twice");
    }
  }
}

}  // namespace

void CheckIndicatorValues(const Indicator& indicator, absl::string_view prefix, Violations& violations) {
  const auto path = [&](absl::string_view field) { return absl::StrCat(prefix, ".", field); };
  aip::CheckText(indicator.title(), path("title"), 1, 200, violations);
  aip::CheckLabels(indicator.labels(), path("labels"), violations);
  aip::CheckCode(indicator.code(), path("code"), violations);
  aip::CheckText(indicator.description(), path("description"), 0, 4'000, violations);
  aip::CheckText(indicator.unit(), path("unit"), 1, 40, violations);
  aip::CheckNumber(indicator.scale(), path("scale"), 0, aip::kNanoDigits, violations);
  CheckBaseline(indicator, path("baseline"), violations);
  CheckTargets(indicator, path("targets"), violations);
  CheckGuardRails(indicator, path("guard_rails"), violations);
  CheckRollUp(indicator, path("roll_up"), violations);
  CheckFormula(indicator, path("formula"), violations);
  static const auto& member = *new aip::NamePattern("members/{member}");
  if (!indicator.reporter().empty()) rpc::CheckName(member, indicator.reporter(), path("reporter"), violations);
  aip::CheckNumber(indicator.due_days(), path("due_days"), 0, 366, violations);
  CheckDimensions(indicator, path("dimensions"), violations);
}

}  // namespace concord::objective
