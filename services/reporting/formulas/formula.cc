#include "services/reporting/formulas/formula.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/aip/date.h"

namespace concord::reporting {

const std::vector<FormulaDefinition>& Formulas() {
  static const auto& all = *[] {
    auto* formulas = new std::vector<FormulaDefinition>();
    for (auto* some : {ParticipationFormulas, SecretariatFormulas, StakeholderFormulas, LiaisonFormulas,
                       DevelopmentFormulas, ProgrammeFormulas, UptakeFormulas, ActivityFormulas, MemberFormulas}) {
      std::vector<FormulaDefinition> part = some();
      std::move(part.begin(), part.end(), std::back_inserter(*formulas));
    }
    std::sort(formulas->begin(), formulas->end(), [](const auto& a, const auto& b) { return a.id < b.id; });
    return formulas;
  }();
  return all;
}

const FormulaDefinition* FindFormula(absl::string_view id) {
  const auto found = std::find_if(Formulas().begin(), Formulas().end(),
                                  [id](const FormulaDefinition& formula) { return formula.id == id; });
  return found == Formulas().end() ? nullptr : &*found;
}

bool HasParameter(const FormulaDefinition& definition, absl::string_view key) {
  return std::any_of(definition.parameters.begin(), definition.parameters.end(),
                     [key](const ParameterDefinition& parameter) { return parameter.key == key; });
}

v1::Formula ToProto(const FormulaDefinition& definition) {
  v1::Formula formula;
  formula.set_name(absl::StrCat("formulas/", definition.id));
  formula.set_title(std::string(definition.title));
  formula.set_description(std::string(definition.description));
  formula.set_unit(std::string(definition.unit));
  formula.set_scale(definition.scale);
  formula.set_edition(std::string(definition.edition));
  for (const absl::string_view code : definition.objective_codes) formula.add_objective_codes(std::string(code));
  for (const ParameterDefinition& parameter : definition.parameters) {
    v1::FormulaParameter& one = *formula.add_parameters();
    one.set_key(std::string(parameter.key));
    one.set_description(std::string(parameter.description));
    one.set_default_value(std::string(parameter.standard));
    one.set_required(parameter.required);
  }
  return formula;
}

v1::FormulaResult Evaluate(const FormulaDefinition& definition, const FormulaRecords& records,
                           const FormulaArguments& arguments, FormulaInputs& inputs) {
  FormulaAnswer answer = definition.compute(records, arguments, inputs);
  v1::FormulaResult result;
  result.set_formula(absl::StrCat("formulas/", definition.id));
  for (const auto& [key, text] : arguments.texts()) {
    if (!text.empty()) (*result.mutable_parameters())[key] = text;
  }
  *result.mutable_date() = aip::FromDay(arguments.day());
  result.set_unit(std::string(definition.unit));
  if (answer.value.has_value()) {
    result.mutable_value()->set_value(*answer.value);
    result.set_explanation(std::move(answer.explanation));
  } else {
    result.set_no_data_reason(std::move(answer.explanation));
  }
  inputs.Fill(result);
  for (v1::FormulaPart& part : answer.parts) *result.add_parts() = std::move(part);
  result.set_formula_edition(std::string(definition.edition));
  return result;
}

}  // namespace concord::reporting
