// What a formula is: documentation, parameters, and a pure function of records and a day.
#ifndef SERVICES_REPORTING_FORMULAS_FORMULA_H_
#define SERVICES_REPORTING_FORMULAS_FORMULA_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "concord/reporting/v1/formula.pb.h"
#include "services/reporting/formulas/formula_arguments.h"
#include "services/reporting/formulas/formula_inputs.h"
#include "services/reporting/formulas/formula_records.h"

namespace concord::reporting {

// What comes of a formula, besides what its inputs tell.
struct FormulaAnswer {
  absl::optional<std::string> value;  // A decimal; nothing: no data.
  std::string explanation;            // With a value; without one why there is none.
  std::vector<v1::FormulaPart> parts;
};

// Immutable; safe from any thread.
struct FormulaDefinition {
  absl::string_view id;  // Of "formulas/{id}".
  absl::string_view edition;
  absl::string_view title;
  absl::string_view description;
  absl::string_view unit;
  int scale = 0;
  std::vector<absl::string_view> objective_codes;
  std::vector<ParameterDefinition> parameters;  // In the order of their keys.

  // The collections that it reads, of FormulaRecords.
  RecordNeeds needs;

  // Pure. Counts every record that it looks at in `inputs`.
  FormulaAnswer (*compute)(const FormulaRecords& records, const FormulaArguments& arguments, FormulaInputs& inputs);
};

// All, in the order of their ids.
const std::vector<FormulaDefinition>& Formulas();

// Null if there is none of this id.
const FormulaDefinition* FindFormula(absl::string_view id);

// Whether something can be said to it under this key.
bool HasParameter(const FormulaDefinition& definition, absl::string_view key);

v1::Formula ToProto(const FormulaDefinition& definition);

// Its value on a day, with all that is told of it but the revisions. Pure; counts in `inputs`, which is empty before.
v1::FormulaResult Evaluate(const FormulaDefinition& definition, const FormulaRecords& records,
                           const FormulaArguments& arguments, FormulaInputs& inputs);

// Each file of formulas gives its own.
std::vector<FormulaDefinition> ParticipationFormulas();
std::vector<FormulaDefinition> SecretariatFormulas();
std::vector<FormulaDefinition> StakeholderFormulas();
std::vector<FormulaDefinition> LiaisonFormulas();
std::vector<FormulaDefinition> DevelopmentFormulas();
std::vector<FormulaDefinition> ProgrammeFormulas();
std::vector<FormulaDefinition> UptakeFormulas();
std::vector<FormulaDefinition> ActivityFormulas();
std::vector<FormulaDefinition> MemberFormulas();

}  // namespace concord::reporting

#endif  // SERVICES_REPORTING_FORMULAS_FORMULA_H_
