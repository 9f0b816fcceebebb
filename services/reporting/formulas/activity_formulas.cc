// What was held for a plan, and whom it reached.
#include <map>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/aip/date.h"
#include "services/reporting/formulas/formula.h"
#include "services/reporting/formulas/formula_values.h"

namespace concord::reporting {
namespace {

using action::v1::Activity;

absl::CivilDay LastDayOf(const Activity& activity) {
  return aip::ToDay(activity.has_end_date() ? activity.end_date() : activity.start_date());
}

// Calls visit(activity) for each that had come to its end by the day, not before `from`, and is of the kind wanted.
template <typename Visit>
void ForEachActivity(const FormulaRecords& records, const FormulaArguments& arguments, const std::string& kind,
                     Visit visit) {
  const absl::optional<absl::CivilDay> from = arguments.Day("from");
  for (const Activity* activity : records.activities) {
    const absl::CivilDay last = LastDayOf(*activity);
    if (last > arguments.day() || (from.has_value() && last < *from)) continue;
    if (kind == "all" || KeyOf(activity->kind()) == kind) visit(*activity);
  }
}

FormulaAnswer ComputeHeld(const FormulaRecords& records, const FormulaArguments& arguments, FormulaInputs& inputs) {
  std::map<std::string, int64_t> counts;
  ForEachActivity(records, arguments, arguments.Text("kind"), [&](const Activity& activity) {
    ++counts[KeyOf(activity.kind())];
    inputs.In(activity, KeyOf(activity.kind()));
  });
  FormulaAnswer answer = CountOf(inputs, "held");
  AddCounts(counts, "held", answer);
  return answer;
}

FormulaAnswer ComputeReach(const FormulaRecords& records, const FormulaArguments& arguments, FormulaInputs& inputs) {
  int64_t reached = 0;
  ForEachActivity(records, arguments, arguments.Text("kind"), [&](const Activity& activity) {
    if (!activity.has_reach_count()) return inputs.Missing(activity, KeyOf(activity.kind()));
    reached += activity.reach_count();
    inputs.In(activity, KeyOf(activity.kind()), activity.reach_count());
  });
  if (inputs.expected() == 0) return NoData("nothing of the kind was held");
  if (inputs.in() == 0) return NoData(absl::StrCat("none of ", inputs.expected(), " activities says whom it reached"));
  return {absl::StrCat(reached), absl::StrCat(reached, " reached by ", inputs.in(), " activities"), {}};
}

// Seats by what is known of those who sat on them.
struct Seats {
  int64_t in = 0;
  int64_t out = 0;
  int64_t unknown = 0;

  void Add(GroupsOfMembers::Answer answer, int64_t count) {
    if (answer == GroupsOfMembers::Answer::kIn) in += count;
    if (answer == GroupsOfMembers::Answer::kOut) out += count;
    if (answer == GroupsOfMembers::Answer::kUnknown) unknown += count;
  }
};

FormulaAnswer ComputeTrainingSeats(const FormulaRecords& records, const FormulaArguments& arguments,
                                   FormulaInputs& inputs) {
  const GroupsOfMembers groups(records, arguments.List("groups"));
  Seats seats;
  ForEachActivity(records, arguments, "training", [&](const Activity& activity) {
    if (activity.participations().empty()) return inputs.Missing(activity);
    Seats own;
    for (const action::v1::Participation& participation : activity.participations()) {
      const GroupsOfMembers::Answer answer = groups.Of(participation.member(), aip::ToDay(activity.start_date()));
      seats.Add(answer, participation.participant_count());
      own.Add(answer, participation.participant_count());
    }
    inputs.InOrOut(own.in > 0, activity, "", own.in);
  });
  if (inputs.expected() == 0) return NoData("no training was held");
  if (inputs.counted() == 0) return NoData(absl::StrCat("none of ", inputs.expected(), " trainings says who came"));
  FormulaAnswer answer;
  answer.value = absl::StrCat(seats.in);
  answer.explanation =
      absl::StrCat(seats.in, " seats of members in the groups, ", seats.out, " of others, ", seats.unknown,
                   " of members whose groups are not known, in ", inputs.counted(), " trainings");
  const auto add = [&](const std::string& key, int64_t count) {
    answer.parts.push_back(PartOf(key, absl::StrCat(count), "seats", inputs.counted(), inputs.expected()));
  };
  add("in-groups", seats.in);
  add("others", seats.out);
  add("unknown", seats.unknown);
  return answer;
}

ParameterDefinition FromParameter() { return DayParameter("from", "Only what ended on this day or later"); }

ParameterDefinition KindParameter(absl::string_view standard) {
  return {.key = "kind",
          .description = "Which activities: all, training, event, study or outreach",
          .kind = ParameterDefinition::Kind::kWord,
          .standard = standard,
          .words = "all|training|event|study|outreach"};
}

}  // namespace

std::vector<FormulaDefinition> ActivityFormulas() {
  return {
      {.id = "activities-held",
       .edition = "2026-1",
       .title = "Activities held",
       .description =
           "How many activities of a plan had come to their end by the day. Parts: by kind.\n\n"
           "Example: a study of 2011-05-01, an event from 2011-06-01 to 2011-06-03 and one of 2012, on 2011-06-03: 2.",
       .unit = "activities",
       .scale = 0,
       .objective_codes = {"7"},
       .parameters = {FromParameter(), KindParameter("all"), PlanParameter()},
       .needs = {.plan = true},
       .compute = ComputeHeld},
      {.id = "activity-reach",
       .edition = "2026-1",
       .title = "People reached by activities",
       .description =
           "Whom the activities of a plan reached that had come to their end by the day, added up. One that does not "
           "say whom it reached is missing; 0 is said.\n\n"
           "Example: studies that reached 1,000 and 0, and one that does not say: 1000, with one missing.",
       .unit = "people",
       .scale = 0,
       .objective_codes = {"7"},
       .parameters = {FromParameter(), KindParameter("study"), PlanParameter()},
       .needs = {.plan = true},
       .compute = ComputeReach},
      {.id = "training-seats",
       .edition = "2026-1",
       .title = "Training seats of developing countries",
       .description =
           "How many people from members whose country was in one of the groups took part in trainings of a plan that "
           "had "
           "come to their end by the day; groups as of a training's first day. A training that does not say who came "
           "is "
           "missing. Parts: seats in the groups, of others, and of members whose groups are not known. The input's "
           "value "
           "is its seats in the groups.\n\n"
           "Example: a training with 12 from a country of low income and 8 from one of high income, and one that does "
           "not say who came: 12, with one missing.",
       .unit = "seats",
       .scale = 0,
       .objective_codes = {"3"},
       .parameters = {FromParameter(), GroupsParameter(), PlanParameter()},
       .needs = {.directory = true, .plan = true},
       .compute = ComputeTrainingSeats},
  };
}

}  // namespace concord::reporting
