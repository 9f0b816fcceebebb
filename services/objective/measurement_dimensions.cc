#include "services/objective/measurement_dimensions.h"

#include <algorithm>
#include <map>
#include <string>

#include "absl/strings/str_cat.h"
#include "common/aip/date.h"

namespace concord::objective {
namespace {

const v1::Dimension* FindDimension(const v1::Indicator& indicator, const std::string& key) {
  for (const v1::Dimension& dimension : indicator.dimensions()) {
    if (dimension.key() == key) return &dimension;
  }
  return nullptr;
}

}  // namespace

void CheckDeclared(const v1::Indicator& indicator, const v1::Measurement& measurement, absl::string_view field,
                   Violations& violations) {
  const std::map<std::string, std::string> in_order(measurement.dimensions().begin(), measurement.dimensions().end());
  for (const auto& [key, member] : in_order) {
    const v1::Dimension* dimension = FindDimension(indicator, key);
    const std::string path = absl::StrCat(field, "[\"", key, "\"]");
    if (dimension == nullptr) {
      violations.Add(path, "is no dimension of the indicator");
    } else if (std::find(dimension->members().begin(), dimension->members().end(), member) ==
               dimension->members().end()) {
      violations.Add(path, "is none of the dimension's members");
    }
  }
}

bool SamePart(const v1::Measurement& a, const v1::Measurement& b) {
  return a.dimensions_size() == b.dimensions_size() &&
         std::all_of(a.dimensions().begin(), a.dimensions().end(), [&](const auto& one) {
           const auto other = b.dimensions().find(one.first);
           return other != b.dimensions().end() && other->second == one.second;
         });
}

bool SamePlace(const v1::Measurement& a, const v1::Measurement& b) {
  return aip::ToDay(a.period().start_date()) == aip::ToDay(b.period().start_date()) && SamePart(a, b);
}

}  // namespace concord::objective
