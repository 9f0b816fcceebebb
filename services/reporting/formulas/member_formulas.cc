// What one member does: seats, secretariats, votes, its share of a plan.
#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/aip/date.h"
#include "common/aip/dated_periods.h"
#include "common/aip/decimal.h"
#include "common/aip/resource_name.h"
#include "services/reporting/children.h"
#include "services/reporting/dated_state.h"
#include "services/reporting/duties.h"
#include "services/reporting/formulas/formula.h"
#include "services/reporting/formulas/formula_values.h"
#include "services/reporting/progress.h"

namespace concord::reporting {
namespace {

using action::v1::Action;
using action::v1::Contribution;
using member::v1::Ballot;
using member::v1::Participation;

FormulaAnswer ComputeMemberSeats(const FormulaRecords& records, const FormulaArguments& arguments,
                                 FormulaInputs& inputs) {
  const auto committees = Committees::AtWork(records, "", arguments.day());
  std::map<std::string, int64_t> counts;
  for (const Participation* participation : records.participations) {
    if (participation->member() != arguments.Text("member")) continue;
    if (committees.OfChild(participation->name()) == nullptr) continue;
    const member::v1::RolePeriod* period = aip::InForceOn(participation->role_periods(), arguments.day());
    if (period == nullptr) continue;
    const std::string role = KeyOf(period->role());
    ++counts[role];
    inputs.InOrOut(period->role() == Participation::ROLE_PARTICIPANT, *participation, role);
  }
  FormulaAnswer answer = CountOf(inputs, "P-memberships");
  AddCounts(counts, "memberships", answer);
  return answer;
}

FormulaAnswer ComputeSecretariats(const FormulaRecords& records, const FormulaArguments& arguments,
                                  FormulaInputs& inputs) {
  const auto committees = Committees::AtWork(records, "", arguments.day());
  std::map<std::string, int64_t> counts;
  for (const member::v1::Committee* committee : committees.all()) {
    const member::v1::SecretariatPeriod* period = SecretariatOn(*committee, arguments.day());
    if (period == nullptr || period->member() != arguments.Text("member")) continue;
    const std::string sort = period->twin().empty() ? "alone" : "twinned";
    ++counts[sort];
    inputs.In(*committee, sort);
  }
  FormulaAnswer answer = CountOf(inputs, "secretariats");
  AddCounts(counts, "secretariats", answer);
  return answer;
}

// Who voted in which ballot.
class Votes {
 public:
  explicit Votes(const FormulaRecords& records) {
    for (const member::v1::Vote* vote : records.votes) {
      cast_.insert(absl::StrCat(aip::ParentOf(vote->name()), " ", vote->member()));
    }
  }

  bool Has(const Ballot& ballot, const std::string& member) const {
    return cast_.contains(absl::StrCat(ballot.name(), " ", member));
  }

 private:
  std::set<std::string> cast_;
};

// Whether a member did what was asked of it; nothing if it was not asked.
absl::optional<bool> VotedIn(const Ballot& ballot, const std::string& member, const Votes& votes) {
  const member::v1::BallotResult& result = ballot.result();
  const bool voted = votes.Has(ballot, member);
  const auto uncounted = std::find_if(result.uncounted_votes().begin(), result.uncounted_votes().end(),
                                      [&](const member::v1::UncountedVote& vote) { return vote.member() == member; });
  if (voted && uncounted == result.uncounted_votes().end()) return true;
  if (std::find(result.missing_members().begin(), result.missing_members().end(), member) ==
      result.missing_members().end()) {
    return absl::nullopt;
  }
  return voted && uncounted->reason() == member::v1::UncountedVote::REASON_NO_TECHNICAL_REASONS;
}

FormulaAnswer ComputeVotes(const FormulaRecords& records, const FormulaArguments& arguments, FormulaInputs& inputs) {
  const Votes votes(records);
  const absl::CivilDay from = arguments.Day("from").value_or(
      absl::CivilDay(arguments.day().year() - 1, arguments.day().month(), arguments.day().day()) + 1);
  for (const Ballot* ballot : records.ballots) {
    const absl::CivilDay closed = aip::ToDay(ballot->close_date());
    if (ballot->state() != Ballot::STATE_CLOSED || closed > arguments.day() || closed < from) continue;
    const absl::optional<bool> voted = VotedIn(*ballot, arguments.Text("member"), votes);
    if (voted.has_value()) inputs.InOrOut(*voted, *ballot, KeyOf(ballot->kind()));
  }
  return ShareOf(inputs, "ballots");
}

FormulaAnswer ComputeContributions(const FormulaRecords& records, const FormulaArguments& arguments,
                                   FormulaInputs& inputs) {
  const absl::optional<absl::CivilDay> from = arguments.Day("from");
  std::map<std::string, absl::int128> amounts;  // By what one of it is.
  for (const Contribution* contribution : records.contributions) {
    if (contribution->member() != arguments.Text("member")) continue;
    if (KeyOf(contribution->kind()) != arguments.Text("kind")) continue;
    const absl::CivilDay date = aip::ToDay(contribution->date());
    if (date > arguments.day() || (from.has_value() && date < *from)) continue;
    const absl::optional<aip::Nano> amount = aip::ParseDecimal(contribution->amount().value());
    if (!amount.has_value()) {
      inputs.Missing(*contribution);
      continue;
    }
    amounts[contribution->currency_code()] += *amount;
    inputs.In(*contribution, contribution->currency_code());
  }
  if (amounts.size() > 1) {
    std::vector<std::string> currencies;
    currencies.reserve(amounts.size());
    for (const auto& [currency, amount] : amounts) currencies.push_back(currency);
    return NoData(absl::StrCat("amounts in ", absl::StrJoin(currencies, " and "), " do not add up"));
  }
  if (amounts.empty()) return {"0", "nothing was given", {}};
  const auto& [currency, amount] = *amounts.begin();
  const std::string value = aip::FormatDecimal(static_cast<aip::Nano>(amount), 3);
  return {value, absl::StrCat(value, currency.empty() ? "" : " ", currency, " in ", inputs.in(), " contributions"), {}};
}

FormulaAnswer ComputeOwnProgress(const FormulaRecords& records, const FormulaArguments& arguments,
                                 FormulaInputs& inputs) {
  const Children<action::v1::Milestone> milestones(records.plan.milestones);
  const Children<action::v1::ProgressReport> reports(records.plan.progress_reports);
  double sum = 0;
  FormulaAnswer answer;
  for (const Action* action : records.plan.actions) {
    if (action->lead() != arguments.Text("member") || StateOn(*action, arguments.day()) == Action::STATE_CANCELLED)
      continue;
    const Progress progress =
        ProgressOf(*action, {milestones.Of(action->name()), reports.Of(action->name())}, arguments.day());
    answer.parts.push_back(PartOf(action->name(), progress.share ? Rounded(100 * *progress.share, 1) : "", "%",
                                  progress.share ? 1 : 0, 1));
    if (!progress.share.has_value()) {
      inputs.Missing(*action);
      continue;
    }
    sum += *progress.share;
    inputs.In(*action);
  }
  if (inputs.expected() == 0) return NoData("it leads no action");
  if (inputs.in() == 0) {
    answer.explanation = absl::StrCat("of none of ", inputs.expected(), " actions the progress is known");
    return answer;
  }
  answer.value = Rounded(100 * sum / static_cast<double>(inputs.in()), 1);
  answer.explanation = absl::StrCat("the mean of ", inputs.in(), " actions that it leads");
  return answer;
}

FormulaAnswer ComputeOverdue(const FormulaRecords& records, const FormulaArguments& arguments,
                             FormulaInputs& /*inputs*/) {
  std::map<std::string, int64_t> counts;
  int64_t all = 0;
  ForEachDuty(records.plan, arguments.day(), arguments.day(), [&](const OwedDuty& duty) {
    if (duty.owner != arguments.Text("member") || duty.due_day >= arguments.day()) return;
    ++counts[KeyOf(duty.kind)];
    ++all;
  });
  FormulaAnswer answer{absl::StrCat(all), absl::StrCat(all, " duties are overdue"), {}};
  AddCounts(counts, "duties", answer);
  return answer;
}

}  // namespace

std::vector<FormulaDefinition> MemberFormulas() {
  return {
      {.id = "member-committees",
       .edition = "2026-1",
       .title = "Committees that a member takes part in",
       .description =
           "How many committees at work on the day the member was P-member of; O-memberships are counted as inputs, "
           "and "
           "are no part of the value. Parts: participant and observer.\n\n"
           "Example: P-member of two committees, one of them disbanded before the day, O-member of a third: 1.",
       .unit = "committees",
       .scale = 0,
       .objective_codes = {"3", "4"},
       .parameters = {MemberParameter()},
       .needs = {.directory = true, .participations = true},
       .compute = ComputeMemberSeats},
      {.id = "member-contributions",
       .edition = "2026-1",
       .title = "What a member has given to a plan",
       .description =
           "The member's contributions of one kind to the actions of a plan, dated by the day, added up. Amounts of "
           "money in several currencies do not add up: no data.\n\n"
           "Example: 3 and 4.5 days of experts, and 1 after the day: 7.5.",
       .unit = "given",
       .scale = 3,
       .objective_codes = {"3"},
       .parameters = {DayParameter("from", "Only contributions of this day or later"),
                      {.key = "kind",
                       .description = "Which: expert-days, money, seats or hosting",
                       .kind = ParameterDefinition::Kind::kWord,
                       .standard = "expert-days",
                       .words = "expert-days|money|seats|hosting"},
                      MemberParameter(),
                      PlanParameter()},
       .needs = {.plan = true},
       .compute = ComputeContributions},
      {.id = "member-overdue-duties",
       .edition = "2026-1",
       .title = "Duties to a plan that a member is late with",
       .description =
           "How many of the duties that the plan's figures know (measurements, progress reports, milestones, reviews) "
           "the member owed at the end of the day and was late with. Parts: by kind. Has no inputs: ListDuties lists "
           "them.\n\n"
           "Example: a report that was due the day before, and one that is due on the day: 1.",
       .unit = "duties",
       .scale = 0,
       .objective_codes = {"6"},
       .parameters = {MemberParameter(), PlanParameter()},
       .needs = {.plan = true},
       .compute = ComputeOverdue},
      {.id = "member-own-actions",
       .edition = "2026-1",
       .title = "Progress of the actions that a member leads",
       .description =
           "The mean progress of the plan's actions that the member leads and that are not cancelled; progress as in "
           "the scorecard. An action of which it is not known is missing. Parts: each action.\n\n"
           "Example: one completed, one not begun, one in progress without a report: 1 and 0 of 2, 50.0 %, with one "
           "missing.",
       .unit = "%",
       .scale = 1,
       .objective_codes = {"3", "6"},
       .parameters = {MemberParameter(), PlanParameter()},
       .needs = {.plan = true},
       .compute = ComputeOwnProgress},
      {.id = "member-secretariats",
       .edition = "2026-1",
       .title = "Secretariats that a member holds",
       .description =
           "How many committees at work on the day had the member as their secretariat. Parts: alone and twinned.\n\n"
           "Example: of three committees it runs one alone and one with a twin: 2.",
       .unit = "secretariats",
       .scale = 0,
       .objective_codes = {"6"},
       .parameters = {MemberParameter()},
       .needs = {.directory = true},
       .compute = ComputeSecretariats},
      {.id = "member-votes",
       .edition = "2026-1",
       .title = "Share of ballots that a member voted in",
       .description =
           "Of the ballots that were closed within a year up to the day, and in which the member was entitled to vote, "
           "those in which it did, in time. A vote against without technical reasons is a vote. Parts of inputs: the "
           "kind of ballot.\n\n"
           "Example: entitled in three ballots, voted in one, abstained in one, late in one: 66.7 %.",
       .unit = "%",
       .scale = 1,
       .objective_codes = {"4"},
       .parameters = {DayParameter("from",
                                   "Only ballots closed on this day or later; by default the year up to the day"),
                      MemberParameter()},
       .needs = {.directory = true, .ballots = true},
       .compute = ComputeVotes},
  };
}

}  // namespace concord::reporting
