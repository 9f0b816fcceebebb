#include "services/member/voting_duty.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <map>
#include <set>
#include <utility>

#include "common/aip/date.h"
#include "common/aip/dated_periods.h"
#include "services/member/ballot_count.h"

namespace concord::member {
namespace {

using v1::Ballot;
using v1::MemberVotingDuty;

// By time, each with how certain it is: M, read indirectly; L, from memory. To be corrected here once it can be read.
constexpr std::array<DutyRule, 2> kDutyRules = {{
    // L: all of it. Who missed an enquiry or a final draft was reminded, and who missed another one became an O-member;
    // whoever else was persistently inactive, too, but by nothing that can be counted. Our reading: two major ballots
    // within a year break the rule, and no share of the others does.
    {.edition = "2011-1",
     .first_day = aip::kLongAgo,
     .last_day = absl::CivilDay(2018, 12, 31),
     .breaking_major_count = 2,
     .most_other_percent = 100},
    // M: one major ballot, or over 20 % of the others. L: its first day.
    {.edition = "2019-1",
     .first_day = absl::CivilDay(2019, 1, 1),
     .last_day = aip::kForEver,
     .breaking_major_count = 1,
     .most_other_percent = 20},
}};

bool IsMajor(const Ballot& ballot) {
  return ballot.kind() == Ballot::KIND_ENQUIRY || ballot.kind() == Ballot::KIND_APPROVAL ||
         ballot.kind() == Ballot::KIND_SYSTEMATIC_REVIEW;
}

bool IsBroken(const DutyRule& rule, int major_missed, int other_missed, int others) {
  return major_missed >= rule.breaking_major_count || 100 * other_missed > rule.most_other_percent * others;
}

// What a member has to vote in still.
struct DueBallots {
  int major = 0;
  int others = 0;
};

MemberVotingDuty::Standing StandingOf(const DutyRule& rule, const MemberVotingDuty& duty, const DueBallots& due) {
  const int major = duty.major_missed_count();
  const int other = duty.other_missed_count();
  const int others = duty.other_ballot_count();
  if (IsBroken(rule, major, other, others)) return MemberVotingDuty::STANDING_BROKEN;
  const bool by_major = major > 0 && IsBroken(rule, major + 1, other, others);
  const bool by_other = other > 0 && IsBroken(rule, major, other + 1, others + 1);
  const bool by_due = IsBroken(rule, major + due.major, other + due.others, others + due.others);
  return by_major || by_other || by_due ? MemberVotingDuty::STANDING_WARNED : MemberVotingDuty::STANDING_KEPT;
}

void AddBallot(const Ballot& ballot, bool missed, MemberVotingDuty& duty) {
  if (missed) duty.add_missed_ballots(ballot.name());
  if (IsMajor(ballot)) {
    duty.set_major_ballot_count(duty.major_ballot_count() + 1);
    if (missed) duty.set_major_missed_count(duty.major_missed_count() + 1);
  } else {
    duty.set_other_ballot_count(duty.other_ballot_count() + 1);
    if (missed) duty.set_other_missed_count(duty.other_missed_count() + 1);
  }
}

// Who of those entitled had not voted by a day as his duty asks. A vote against without technical reasons is not
// counted, but does the duty.
std::set<std::string> MissingIn(const Ballot& ballot, const Electorate& electorate, std::vector<const v1::Vote*> votes,
                                absl::CivilDay day) {
  std::erase_if(votes, [day](const v1::Vote* vote) { return aip::ToDay(vote->date()) > day; });
  const v1::BallotResult result = CountVotes(ballot, electorate, std::move(votes));
  std::set<std::string> missing(result.missing_members().begin(), result.missing_members().end());
  for (const v1::UncountedVote& vote : result.uncounted_votes()) {
    if (vote.reason() == v1::UncountedVote::REASON_NO_TECHNICAL_REASONS) missing.erase(vote.member());
  }
  return missing;
}

}  // namespace

const DutyRule& DutyRuleOn(absl::CivilDay day) {
  const auto* found = std::find_if(kDutyRules.begin(), kDutyRules.end(), [day](const DutyRule& rule) {
    return rule.first_day <= day && day <= rule.last_day;
  });
  assert(found != kDutyRules.end());
  return *found;
}

bool CountsForDuty(const Ballot& ballot, const std::string& committee, absl::CivilDay day) {
  if (ballot.state() != Ballot::STATE_CLOSED || ballot.committee() != committee) return false;
  // From the day after, not from the day: so the year before 29 February begins on 1 March.
  const absl::CivilDay next = day + 1;
  const absl::CivilDay first(next.year() - 1, next.month(), next.day());
  const absl::CivilDay closed = aip::ToDay(ballot.close_date());
  return first <= closed && closed <= day;
}

bool IsDueSoon(const Ballot& ballot, const std::string& committee, absl::CivilDay day) {
  if (ballot.committee() != committee || ballot.state() == Ballot::STATE_CANCELLED) return false;
  const absl::CivilDay last = aip::ToDay(ballot.close_date());
  return aip::ToDay(ballot.open_date()) <= day && day <= last && last <= day + kDaysOfWarning &&
         !CountsForDuty(ballot, committee, day);
}

v1::VotingDuty ComputeVotingDuty(const std::string& committee, absl::CivilDay day, const ElectoralRoll& roll,
                                 std::vector<BallotWithVotes> ballots) {
  std::map<std::string, MemberVotingDuty> members;
  std::map<std::string, DueBallots> due;
  for (const std::string& name : ParticipantsOn(roll, day)) members[name].set_member(name);
  std::sort(ballots.begin(), ballots.end(),
            [](const auto& a, const auto& b) { return a.ballot->name() < b.ballot->name(); });
  for (const auto& [ballot, votes] : ballots) {
    const bool due_soon = IsDueSoon(*ballot, committee, day);
    if (!due_soon && !CountsForDuty(*ballot, committee, day)) continue;
    const Electorate electorate = ElectorateOf(*ballot, roll);
    const std::set<std::string> missing = MissingIn(*ballot, electorate, votes, day);
    for (auto& [name, duty] : members) {
      if (!electorate.participants.contains(name)) continue;
      if (!due_soon) {
        AddBallot(*ballot, missing.contains(name), duty);
      } else if (missing.contains(name)) {
        duty.add_due_ballots(ballot->name());
        ++(IsMajor(*ballot) ? due[name].major : due[name].others);
      }
    }
  }
  const DutyRule& rule = DutyRuleOn(day);
  v1::VotingDuty whole;
  whole.set_committee(committee);
  *whole.mutable_date() = aip::FromDay(day);
  whole.set_rule_edition(std::string(rule.edition));
  for (auto& [name, duty] : members) {
    duty.set_standing(StandingOf(rule, duty, due[name]));
    *whole.add_members() = std::move(duty);
  }
  return whole;
}

}  // namespace concord::member
