// Uptake: how far members have made the International Standards in force standards of their countries.
#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "common/aip/date.h"
#include "common/aip/dated_periods.h"
#include "common/aip/resource_name.h"
#include "services/reporting/formulas/formula.h"
#include "services/reporting/formulas/formula_values.h"
#include "services/reporting/formulas/work_item_on_day.h"

namespace concord::reporting {
namespace {

using member::v1::Adoption;
using member::v1::Member;
using member::v1::WorkItem;
using GroupAnswer = GroupsOfMembers::Answer;

constexpr absl::string_view kStandardsInForce = "International Standards in force";

bool IsInForce(const Adoption& adoption, absl::CivilDay day) {
  return !adoption.has_withdrawal_date() || day < aip::ToDay(adoption.withdrawal_date());
}

bool MayAdopt(const Member& member, absl::CivilDay day) {
  const member::v1::CategoryPeriod* period = aip::InForceOn(member.category_periods(), day);
  return period != nullptr &&
         (period->category() == Member::CATEGORY_MEMBER_BODY || period->category() == Member::CATEGORY_CORRESPONDENT);
}

// Adoptions of one standard, counted as they were in force on the day.
struct Adoptions {
  std::vector<const Adoption*> records;  // All that were taken by then, also those that count no longer.
  int64_t identical = 0;
  int64_t modified = 0;
  int64_t unknown = 0;  // Of either degree, by members of whom is not known whether they count.

  int64_t all() const { return identical + modified; }
};

// What members had recorded by the day.
class Uptake {
 public:
  // The records must outlive this. Nothing under "groups": every member counts.
  Uptake(const FormulaRecords& records, const FormulaArguments& arguments)
      : day_(arguments.day()),
        all_count_(arguments.Text("groups").empty()),
        groups_(records, arguments.List("groups")) {
    for (const Adoption* adoption : records.adoptions) Add(*adoption);
    for (const Member* member : records.members) {
      const bool may = MayAdopt(*member, day_) && Counts(member->name()) == GroupAnswer::kIn;
      if (may || telling_.contains(member->name())) ++members_;
    }
  }

  // Of one standard. What is recorded of it stands behind the value then.
  Adoptions Of(const WorkItem& item, FormulaInputs& inputs) const {
    const auto found = by_item_.find(item.name());
    if (found == by_item_.end()) return {};
    for (const Adoption* adoption : found->second.records) inputs.Behind(*adoption);
    return found->second;
  }

  // Those that count and have recorded any adoption at all, be it withdrawn since or not equivalent. Of what the others
  // have adopted nobody knows.
  int64_t telling_members() const { return static_cast<int64_t>(telling_.size()); }

  std::string TellingMembers() const {
    return absl::StrCat(telling_members(), " of ", std::max(members_, telling_members()),
                        " members that may adopt have recorded any adoption");
  }

 private:
  GroupAnswer Counts(absl::string_view member) const {
    return all_count_ ? GroupAnswer::kIn : groups_.Of(member, day_);
  }

  void Add(const Adoption& adoption) {
    if (aip::ToDay(adoption.adoption_date()) > day_) return;
    const GroupAnswer counts = Counts(adoption.member());
    if (counts == GroupAnswer::kOut) return;
    if (counts == GroupAnswer::kIn) telling_.insert(adoption.member());
    Adoptions& of_item = by_item_[aip::ParentOf(adoption.name())];
    of_item.records.push_back(&adoption);
    if (!IsInForce(adoption, day_) || adoption.degree() == Adoption::DEGREE_NOT_EQUIVALENT) return;
    if (counts == GroupAnswer::kUnknown) {
      ++of_item.unknown;
    } else {
      ++(adoption.degree() == Adoption::DEGREE_IDENTICAL ? of_item.identical : of_item.modified);
    }
  }

  const absl::CivilDay day_;
  const bool all_count_;
  const GroupsOfMembers groups_;
  absl::flat_hash_map<absl::string_view, Adoptions> by_item_;
  absl::flat_hash_set<absl::string_view> telling_;
  int64_t members_ = 0;
};

template <typename Visit>
void ForEachStandardInForce(const FormulaRecords& records, const FormulaArguments& arguments, Visit visit) {
  ForEachWorkItem(records, arguments, [&](const WorkItem& item) {
    if (item.deliverable() != WorkItem::DELIVERABLE_INTERNATIONAL_STANDARD) return;
    const WorkItemOnDay state(item, arguments.day());
    if (state.IsPublished() && !state.IsWithdrawn()) visit(item);
  });
}

// Where fewer members have said anything than the figure asks for, nothing is known of any standard: "not adopted by
// five" would say no more than that nobody has told.
FormulaAnswer NobodyHasSaid(const FormulaRecords& records, const FormulaArguments& arguments, const Uptake& uptake,
                            FormulaInputs& inputs) {
  ForEachStandardInForce(records, arguments, [&](const WorkItem& item) { inputs.Missing(item); });
  if (inputs.expected() == 0) return ShareOf(inputs, kStandardsInForce);
  return NoData(absl::StrCat(uptake.telling_members() == 0 ? "nobody has" : "too few have",
                             " said what is adopted of the ", inputs.expected(), " ", kStandardsInForce, ": ",
                             uptake.TellingMembers()));
}

FormulaAnswer ComputeUptake(const FormulaRecords& records, const FormulaArguments& arguments, FormulaInputs& inputs) {
  const Uptake uptake(records, arguments);
  const int64_t least = arguments.Number("members");
  if (uptake.telling_members() < least) return NobodyHasSaid(records, arguments, uptake, inputs);
  ForEachStandardInForce(records, arguments, [&](const WorkItem& item) {
    const Adoptions adoptions = uptake.Of(item, inputs);
    const bool in = adoptions.all() >= least;
    if (!in && adoptions.all() + adoptions.unknown >= least) return inputs.Missing(item);
    inputs.InOrOut(in, item, "", adoptions.all());
  });
  FormulaAnswer answer = ShareOf(inputs, kStandardsInForce);
  if (answer.value.has_value()) absl::StrAppend(&answer.explanation, "; ", uptake.TellingMembers());
  return answer;
}

FormulaAnswer ComputePerStandard(const FormulaRecords& records, const FormulaArguments& arguments,
                                 FormulaInputs& inputs) {
  constexpr absl::string_view kUnit = "adoptions per standard";
  constexpr int kDigits = 2;
  const Uptake uptake(records, arguments);
  if (uptake.telling_members() == 0) return NobodyHasSaid(records, arguments, uptake, inputs);
  Adoptions sum;
  ForEachStandardInForce(records, arguments, [&](const WorkItem& item) {
    const Adoptions adoptions = uptake.Of(item, inputs);
    if (adoptions.unknown > 0) return inputs.Missing(item);
    sum.identical += adoptions.identical;
    sum.modified += adoptions.modified;
    inputs.In(item, "", adoptions.all());
  });
  if (inputs.counted() == 0) return ShareOf(inputs, kStandardsInForce);
  const auto mean_of = [&](int64_t count) {
    return Rounded(static_cast<double>(count) / static_cast<double>(inputs.counted()), kDigits);
  };
  FormulaAnswer answer;
  answer.value = mean_of(sum.all());
  answer.explanation = absl::StrCat(sum.all(), " adoptions of ", inputs.counted(), " ", kStandardsInForce, "; ",
                                    uptake.TellingMembers());
  for (const auto& [degree, count] :
       {std::pair(Adoption::DEGREE_IDENTICAL, sum.identical), std::pair(Adoption::DEGREE_MODIFIED, sum.modified)}) {
    answer.parts.push_back(PartOf(KeyOf(degree), mean_of(count), kUnit, inputs.counted(), inputs.expected()));
  }
  return answer;
}

ParameterDefinition AdoptersParameter() {
  return {.key = "groups",
          .description =
              "Only adoptions by members whose country is in one of these groups on the day, joined by commas, for "
              "example income-low,income-lower-middle,income-upper-middle; by default those of all members",
          .kind = ParameterDefinition::Kind::kGroups};
}

}  // namespace

std::vector<FormulaDefinition> UptakeFormulas() {
  return {
      {.id = "adoptions-per-standard",
       .edition = "2026-1",
       .title = "National adoptions for each standard",
       .description =
           "Of the International Standards that were published and not withdrawn on the day, how many members have "
           "adopted one on average, identically or modified, by adoptions in force on the day: from their day on, and "
           "no longer from that of their withdrawal. Missing are standards adopted by a member of whom is not known "
           "whether it is in the groups. As long as no such member has recorded any adoption there is no data; what "
           "members do not record counts as not adopted, so the value is the least that is sure, and its explanation "
           "says how many have recorded any. Parts: by degree. The input's value is how many adopted it.\n\n"
           "Example: of three standards one is adopted identically by two members and modified by one, one modified "
           "by one and not equivalently by another, one by nobody: 4 of 3, 1.33; identical 0.67, modified 0.67.",
       .unit = "adoptions per standard",
       .scale = 2,
       .objective_codes = {"1"},
       .parameters = {CommitteeParameter(), AdoptersParameter(), IcsParameter()},
       .needs = {.directory = true, .work_items = true, .adoptions = true},
       .compute = ComputePerStandard},
      {.id = "uptake",
       .edition = "2026-1",
       .title = "Share of standards that members have adopted",
       .description =
           "Of the International Standards that were published and not withdrawn on the day, those that at least so "
           "many members have adopted, identically or modified, by adoptions in force on the day: from their day on, "
           "and no longer from that of their withdrawal. A standard of which that depends on members of whom is not "
           "known whether they are in the groups is missing. As long as fewer such members than are asked for have "
           "recorded any adoption at all there is no data, for nobody has said; what members do not record counts as "
           "not adopted, so the value is the least that is sure, and its explanation says how many have recorded any. "
           "The input's value is how many adopted it.\n\n"
           "Example: of three standards one is adopted by three members, one by one, one by nobody: with members = 1 "
           "2 of 3, 66.7 %; with members = 3 1 of 3, 33.3 %; with members = 5, if only three members have recorded "
           "anything, no data.",
       .unit = "%",
       .scale = 1,
       .objective_codes = {"1", "3"},
       .parameters = {CommitteeParameter(),
                      AdoptersParameter(),
                      IcsParameter(),
                      {.key = "members",
                       .description = "How many members at least have adopted a standard, 1 to 1000",
                       .standard = "1",
                       .least = 1,
                       .most = 1000}},
       .needs = {.directory = true, .work_items = true, .adoptions = true},
       .compute = ComputeUptake},
  };
}

}  // namespace concord::reporting
