// What a caller says when a formula is computed, besides the day.
//
// Pure; safe from any thread.
#ifndef SERVICES_REPORTING_FORMULAS_FORMULA_ARGUMENTS_H_
#define SERVICES_REPORTING_FORMULAS_FORMULA_ARGUMENTS_H_

#include <map>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/types/optional.h"
#include "common/status/error.h"
#include "google/protobuf/map.h"

namespace concord::reporting {

struct ParameterDefinition {
  // What its value is.
  enum class Kind {
    kGroups,     // Groups of countries, joined by commas.
    kCommittee,  // "committees/{committee}".
    kMember,     // "members/{member}".
    kPlan,       // "plans/{plan}".
    kDay,        // "2011-12-31".
    kNumber,     // A whole one, from `least` to `most`.
    kWord,       // One of `words`, joined by "|".
    kIcs,        // "03", "03.100" or "03.100.30".
  };

  absl::string_view key;
  absl::string_view description;
  Kind kind = Kind::kNumber;
  absl::string_view standard = "";  // What holds where nothing is said.
  bool required = false;
  int least = 0;
  int most = 0;
  absl::string_view words = "";
};

// Several formulas have these.
ParameterDefinition GroupsParameter();
ParameterDefinition CommitteeParameter();
ParameterDefinition MemberParameter();
ParameterDefinition PlanParameter();
ParameterDefinition DayParameter(absl::string_view key, absl::string_view description);

using GivenParameters = google::protobuf::Map<std::string, std::string>;

// Adds a violation at "parameters.{key}" for each that is no parameter of the formula, lacks, or has no good value.
void CheckParameters(const std::vector<ParameterDefinition>& definitions, const GivenParameters& given,
                     Violations& violations);

// Everything that was said or holds by default. Immutable.
class FormulaArguments {
 public:
  // `given` must have passed CheckParameters.
  FormulaArguments(absl::CivilDay day, const std::vector<ParameterDefinition>& definitions,
                   const GivenParameters& given);

  absl::CivilDay day() const { return day_; }
  const std::map<std::string, std::string>& texts() const { return texts_; }

  // The value of a parameter that the formula has; empty where nothing was said.
  const std::string& Text(const std::string& key) const { return texts_.at(key); }
  // The same, and empty if the formula has no such parameter.
  std::string TextIfAny(const std::string& key) const;
  int Number(const std::string& key) const;
  std::vector<std::string> List(const std::string& key) const;
  absl::optional<absl::CivilDay> Day(const std::string& key) const;

 private:
  absl::CivilDay day_;
  std::map<std::string, std::string> texts_;
};

}  // namespace concord::reporting

#endif  // SERVICES_REPORTING_FORMULAS_FORMULA_ARGUMENTS_H_
