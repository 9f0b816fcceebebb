#include "services/reporting/formulas/formula_arguments.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "common/aip/date.h"
#include "common/aip/resource_name.h"

namespace concord::reporting {
namespace {

using Kind = ParameterDefinition::Kind;

constexpr int kGroupsLimit = 20;

bool IsGroup(absl::string_view text) {
  return !text.empty() && text.size() <= 63 && std::all_of(text.begin(), text.end(), [](unsigned char c) {
    return absl::ascii_islower(c) || absl::ascii_isdigit(c) || c == '-';
  });
}

bool AreGroups(const std::string& text) {
  const std::vector<std::string> groups = absl::StrSplit(text, ',');
  return groups.size() <= kGroupsLimit && std::all_of(groups.begin(), groups.end(), IsGroup);
}

bool IsIcs(const std::string& text) {
  std::string shape = text;
  std::replace_if(
      shape.begin(), shape.end(), [](unsigned char c) { return absl::ascii_isdigit(c); }, '9');
  return shape == "99" || shape == "99.999" || shape == "99.999.99";
}

bool IsWithin(const std::string& text, const ParameterDefinition& definition) {
  int number = 0;
  return absl::SimpleAtoi(text, &number) && definition.least <= number && number <= definition.most;
}

// What is wrong with a value, in words that follow its place; empty if nothing is.
std::string WrongWith(const ParameterDefinition& definition, const std::string& text) {
  switch (definition.kind) {
    case Kind::kGroups:
      return AreGroups(text) ? "" : "must be groups such as \"income-low,ldc\", at most 20, joined by commas";
    case Kind::kCommittee:
      return aip::NamePattern("committees/{committee}").Matches(text) ? "" : "must be a name like \"committees/34\"";
    case Kind::kMember:
      return aip::NamePattern("members/{member}").Matches(text) ? "" : "must be a name like \"members/1619\"";
    case Kind::kPlan:
      return aip::NamePattern("plans/{plan}").Matches(text) ? "" : "must be a name like \"plans/iso-2011-2015\"";
    case Kind::kDay:
      return aip::ParseDate(text).ok() ? "" : "must be a day such as 2011-12-31";
    case Kind::kNumber:
      return IsWithin(text, definition)
                 ? ""
                 : absl::StrCat("must be a whole number from ", definition.least, " to ", definition.most);
    case Kind::kWord: {
      const std::vector<absl::string_view> words = absl::StrSplit(definition.words, '|');
      const bool is_one = std::find(words.begin(), words.end(), text) != words.end();
      return is_one ? "" : absl::StrCat("must be one of ", absl::StrReplaceAll(definition.words, {{"|", ", "}}));
    }
    case Kind::kIcs:
      return IsIcs(text) ? "" : "must be a field, group or subgroup such as 03, 03.100 or 03.100.30";
  }
  return "";
}

}  // namespace

ParameterDefinition GroupsParameter() {
  return {.key = "groups",
          .description =
              "The groups of countries that count, joined by commas; a country in any of them counts. By "
              "default the World Bank's low and middle incomes of the day",
          .kind = Kind::kGroups,
          .standard = "income-low,income-lower-middle,income-upper-middle"};
}

ParameterDefinition CommitteeParameter() {
  return {.key = "committee", .description = "Only this committee and those below it", .kind = Kind::kCommittee};
}

ParameterDefinition MemberParameter() {
  return {.key = "member",
          .description = "Which member, for example members/1619",
          .kind = Kind::kMember,
          .required = true};
}

ParameterDefinition PlanParameter() {
  return {.key = "plan",
          .description = "Which plan, for example plans/iso-2011-2015",
          .kind = ParameterDefinition::Kind::kPlan,
          .required = true};
}

ParameterDefinition DayParameter(absl::string_view key, absl::string_view description) {
  return {.key = key, .description = description, .kind = Kind::kDay};
}

void CheckParameters(const std::vector<ParameterDefinition>& definitions, const GivenParameters& given,
                     Violations& violations) {
  std::vector<absl::string_view> keys;
  for (const ParameterDefinition& definition : definitions) {
    keys.push_back(definition.key);
    const auto found = given.find(std::string(definition.key));
    const std::string path = absl::StrCat("parameters.", definition.key);
    const bool is_said = found != given.end() && !found->second.empty();
    if (!is_said) {
      if (definition.required) violations.AddMissing(path, "must be set");
    } else if (const std::string wrong = WrongWith(definition, found->second); !wrong.empty()) {
      violations.Add(path, wrong);
    }
  }
  std::vector<std::string> unknown;
  for (const auto& [key, value] : given) {
    if (std::find(keys.begin(), keys.end(), key) == keys.end()) unknown.push_back(key);
  }
  std::sort(unknown.begin(), unknown.end());
  if (unknown.size() > 10) unknown.resize(10);
  for (const std::string& key : unknown) {
    violations.Add(absl::StrCat("parameters.", key.substr(0, 63)),
                   keys.empty()
                       ? "is no parameter of this formula, which has none"
                       : absl::StrCat("is no parameter of this formula; those are ", absl::StrJoin(keys, ", ")));
  }
}

FormulaArguments::FormulaArguments(absl::CivilDay day, const std::vector<ParameterDefinition>& definitions,
                                   const GivenParameters& given)
    : day_(day) {
  for (const ParameterDefinition& definition : definitions) {
    const auto found = given.find(std::string(definition.key));
    const bool is_said = found != given.end() && !found->second.empty();
    texts_[std::string(definition.key)] = is_said ? found->second : std::string(definition.standard);
  }
}

std::string FormulaArguments::TextIfAny(const std::string& key) const {
  const auto found = texts_.find(key);
  return found == texts_.end() ? "" : found->second;
}

int FormulaArguments::Number(const std::string& key) const {
  int number = 0;
  return absl::SimpleAtoi(Text(key), &number) ? number : 0;
}

std::vector<std::string> FormulaArguments::List(const std::string& key) const {
  return absl::StrSplit(Text(key), ',', absl::SkipEmpty());
}

absl::optional<absl::CivilDay> FormulaArguments::Day(const std::string& key) const {
  if (Text(key).empty()) return absl::nullopt;
  return aip::ToDay(*aip::ParseDate(Text(key)));
}

}  // namespace concord::reporting
