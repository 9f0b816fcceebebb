// Records of the directory, the work programme and a plan, written down shortly, and formulas computed from them.
//
//   TestRecords records;
//   records.Add<Member>("members/de", "group_periods { group: 'income-high' start_date: @2010-01-01 }");
//   EXPECT_EQ(records.Compute("liaisons", "2011-12-31").value().value(), "2");
//
// Fields are in the text format of Protobuf, with days as above.
#ifndef SERVICES_REPORTING_FORMULAS_FORMULA_TEST_RECORDS_H_
#define SERVICES_REPORTING_FORMULAS_FORMULA_TEST_RECORDS_H_

#include <gtest/gtest.h>

#include <deque>
#include <map>
#include <regex>
#include <string>
#include <tuple>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/aip/date.h"
#include "services/reporting/formulas/formula.h"
#include "services/reporting/proto_of.h"

namespace concord::reporting {

class TestRecords {
 public:
  // In the order of their names.
  template <typename Record>
  void Add(const std::string& name, const std::string& fields = "") {
    static const std::regex day("@(\\d+)-0?(\\d+)-0?(\\d+)");
    Record& record = std::get<std::deque<Record>>(all_).emplace_back(
        ProtoOf<Record>(std::regex_replace(fields, day, "{ year: $1 month: $2 day: $3 }")));
    record.set_name(name);
  }

  // On a day "2011-12-31". What went in is in inputs() then.
  v1::FormulaResult Compute(const std::string& formula, const std::string& day,
                            const std::map<std::string, std::string>& parameters = {}) {
    const FormulaDefinition* definition = FindFormula(formula);
    if (definition == nullptr) {
      ADD_FAILURE() << "no formula " << formula;
      return {};
    }
    const GivenParameters given(parameters.begin(), parameters.end());
    Violations violations;
    CheckParameters(definition->parameters, given, violations);
    EXPECT_TRUE(violations.empty()) << violations.ToStatus();
    inputs_ = FormulaInputs();
    const FormulaArguments arguments(aip::ToDay(*aip::ParseDate(day)), definition->parameters, given);
    v1::FormulaResult result = Evaluate(*definition, Needed(definition->needs), arguments, inputs_);
    EXPECT_EQ(inputs_.expected(), static_cast<int64_t>(inputs_.records().size()));
    return result;
  }

  const FormulaInputs& inputs() const { return inputs_; }

 private:
  template <typename Record>
  std::vector<const Record*> Listed(bool needed) const {
    std::vector<const Record*> listed;
    for (const Record& record : std::get<std::deque<Record>>(all_)) {
      if (needed) listed.push_back(&record);
    }
    return listed;
  }

  // No more than the formula says, as when it is asked for.
  FormulaRecords Needed(const RecordNeeds& needs) const {
    FormulaRecords records;
    records.members = Listed<member::v1::Member>(needs.directory);
    records.committees = Listed<member::v1::Committee>(needs.directory);
    records.participations = Listed<member::v1::Participation>(needs.participations);
    records.experts = Listed<member::v1::ExpertDelegation>(needs.experts);
    records.liaisons = Listed<member::v1::Liaison>(needs.liaisons);
    records.work_items = Listed<member::v1::WorkItem>(needs.work_items);
    records.adoptions = Listed<member::v1::Adoption>(needs.adoptions);
    records.ballots = Listed<member::v1::Ballot>(needs.ballots);
    records.votes = Listed<member::v1::Vote>(needs.ballots);
    if (needs.plan) records.plan = Plan();
    records.activities = Listed<action::v1::Activity>(needs.plan);
    records.contributions = Listed<action::v1::Contribution>(needs.plan);
    return records;
  }

  PlanResources Plan() const {
    PlanResources plan;
    for (const auto& one : std::get<std::deque<objective::v1::Plan>>(all_)) plan.plan = &one;
    plan.objectives = Listed<objective::v1::Objective>(true);
    plan.indicators = Listed<objective::v1::Indicator>(true);
    plan.measurements = Listed<objective::v1::Measurement>(true);
    plan.actions = Listed<action::v1::Action>(true);
    plan.milestones = Listed<action::v1::Milestone>(true);
    plan.progress_reports = Listed<action::v1::ProgressReport>(true);
    plan.risks = Listed<action::v1::Risk>(true);
    return plan;
  }

  std::tuple<std::deque<member::v1::Member>, std::deque<member::v1::Committee>, std::deque<member::v1::Participation>,
             std::deque<member::v1::ExpertDelegation>, std::deque<member::v1::Liaison>,
             std::deque<member::v1::WorkItem>, std::deque<member::v1::Adoption>, std::deque<member::v1::Ballot>,
             std::deque<member::v1::Vote>, std::deque<objective::v1::Plan>, std::deque<objective::v1::Objective>,
             std::deque<objective::v1::Indicator>, std::deque<objective::v1::Measurement>,
             std::deque<action::v1::Action>, std::deque<action::v1::Milestone>, std::deque<action::v1::ProgressReport>,
             std::deque<action::v1::Risk>, std::deque<action::v1::Activity>, std::deque<action::v1::Contribution>>
      all_;
  FormulaInputs inputs_;
};

// "50.0 (2 of 3)": the value with its coverage; "no data (0 of 1)".
inline std::string Short(const v1::FormulaResult& result) {
  return absl::StrCat(result.has_value() ? result.value().value() : "no data", " (", result.counted_count(), " of ",
                      result.expected_count(), ")");
}

// "2010: 700, 2011: 900": parts with their values.
inline std::string PartsOf(const v1::FormulaResult& result) {
  std::vector<std::string> parts;
  for (const v1::FormulaPart& part : result.parts()) {
    parts.push_back(absl::StrCat(part.key(), ": ", part.has_value() ? part.value().value() : "no data"));
  }
  return absl::StrJoin(parts, ", ");
}

}  // namespace concord::reporting

#endif  // SERVICES_REPORTING_FORMULAS_FORMULA_TEST_RECORDS_H_
