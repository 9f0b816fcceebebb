// Who takes part: members, P-memberships, and the share of developing countries in them.
#include <map>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/aip/dated_periods.h"
#include "services/reporting/formulas/formula.h"
#include "services/reporting/formulas/formula_values.h"

namespace concord::reporting {
namespace {

using member::v1::Member;
using member::v1::Participation;

// Calls visit(participation) for each P-membership in a committee at work.
template <typename Visit>
void ForEachParticipant(const FormulaRecords& records, const Committees& committees, absl::CivilDay day, Visit visit) {
  for (const Participation* participation : records.participations) {
    if (committees.OfChild(participation->name()) == nullptr) continue;
    const member::v1::RolePeriod* period = aip::InForceOn(participation->role_periods(), day);
    if (period != nullptr && period->role() == Participation::ROLE_PARTICIPANT) visit(*participation);
  }
}

FormulaAnswer ComputeParticipationShare(const FormulaRecords& records, const FormulaArguments& arguments,
                                        FormulaInputs& inputs) {
  const auto committees = Committees::AtWork(records, arguments.Text("committee"), arguments.day());
  const GroupsOfMembers groups(records, arguments.List("groups"));
  ForEachParticipant(records, committees, arguments.day(), [&](const Participation& participation) {
    const GroupsOfMembers::Answer answer = groups.Of(participation.member(), arguments.day());
    if (answer == GroupsOfMembers::Answer::kUnknown) return inputs.Missing(participation);
    inputs.InOrOut(answer == GroupsOfMembers::Answer::kIn, participation);
  });
  return ShareOf(inputs, "P-memberships");
}

FormulaAnswer ComputeParticipatingMembers(const FormulaRecords& records, const FormulaArguments& arguments,
                                          FormulaInputs& inputs) {
  const auto committees = Committees::AtWork(records, "", arguments.day());
  std::map<absl::string_view, int> seats;
  ForEachParticipant(records, committees, arguments.day(),
                     [&](const Participation& participation) { ++seats[participation.member()]; });
  for (const Member* member : records.members) {
    const member::v1::CategoryPeriod* period = aip::InForceOn(member->category_periods(), arguments.day());
    if (period == nullptr || period->category() != Member::CATEGORY_MEMBER_BODY) continue;
    const auto found = seats.find(member->name());
    const int count = found == seats.end() ? 0 : found->second;
    inputs.InOrOut(count >= arguments.Number("least"), *member, "", count);
  }
  return ShareOf(inputs, "member bodies");
}

}  // namespace

std::vector<FormulaDefinition> ParticipationFormulas() {
  return {
      {.id = "participation-developing-share",
       .edition = "2026-1",
       .title = "Share of developing countries in P-memberships",
       .description =
           "Of all P-memberships in force on the day, in committees at work, those of members whose country was in one "
           "of the groups on the day. A member whose income is not known on the day is missing, not rich.\n\n"
           "Example: of four P-memberships one is of a low income, two of a high income and one of a country without "
           "an income: 1 of 3, 33.3 %, with one missing.",
       .unit = "%",
       .scale = 1,
       .objective_codes = {"3"},
       .parameters = {CommitteeParameter(), GroupsParameter()},
       .needs = {.directory = true, .participations = true},
       .compute = ComputeParticipationShare},
      {.id = "participating-members",
       .edition = "2026-1",
       .title = "Share of member bodies that take part",
       .description =
           "Of all members that were member bodies on the day, those that were P-members of at least so many "
           "committees at work. The input's value is of how many.\n\n"
           "Example: of three member bodies one is P-member of two committees, one of one, one of none: with least = 1 "
           "2 of 3, 66.7 %; with least = 2 1 of 3, 33.3 %.",
       .unit = "%",
       .scale = 1,
       .objective_codes = {"3", "4"},
       .parameters = {{.key = "least",
                       .description = "In how many committees at least, 1 to 1000",
                       .standard = "1",
                       .least = 1,
                       .most = 1000}},
       .needs = {.directory = true, .participations = true},
       .compute = ComputeParticipatingMembers},
  };
}

}  // namespace concord::reporting
