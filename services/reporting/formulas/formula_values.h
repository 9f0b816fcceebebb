// Values of formulas as exact decimals.
//
// Pure; safe from any thread.
#ifndef SERVICES_REPORTING_FORMULAS_FORMULA_VALUES_H_
#define SERVICES_REPORTING_FORMULAS_FORMULA_VALUES_H_

#include <cstdint>
#include <map>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/string_view.h"
#include "common/aip/enum_words.h"
#include "concord/reporting/v1/formula.pb.h"
#include "services/reporting/formulas/formula.h"

namespace concord::reporting {

// part of whole, in percent, rounded half to even. `whole` is not 0.
std::string PercentOf(int64_t part, int64_t whole, int scale = 1);

// A number that was computed in binary, rounded half to even at `scale` digits after the point; at most 10^9.
std::string Rounded(double number, int scale);

// How many of the records that were counted are in, in percent; no data where none was counted. `what` names the
// records: "12 of 40 secretariats".
FormulaAnswer ShareOf(const FormulaInputs& inputs, absl::string_view what);

// How many are in.
FormulaAnswer CountOf(const FormulaInputs& inputs, absl::string_view what);

FormulaAnswer NoData(std::string why);

v1::FormulaPart PartOf(const std::string& key, const std::string& value, absl::string_view unit, int64_t counted,
                       int64_t expected);

// How many there are of each key, as parts, by key.
void AddCounts(const std::map<std::string, int64_t>& counts, absl::string_view unit, FormulaAnswer& answer);

// "technical-report" of DELIVERABLE_TECHNICAL_REPORT: what parts and parameters are called after.
template <typename Enum>
std::string KeyOf(Enum value) {
  return absl::StrReplaceAll(absl::AsciiStrToLower(aip::WordOf(value)), {{"_", "-"}});
}

// The share as a part, with its 95 % interval after Wilson ("Probable inference, the law of succession, and
// statistical inference", 1927): unlike the usual one it is sound for few records and for shares near 0 and 1.
v1::FormulaPart ShareWithInterval(const std::string& key, int64_t in, int64_t counted, int64_t expected);

}  // namespace concord::reporting

#endif  // SERVICES_REPORTING_FORMULAS_FORMULA_VALUES_H_
