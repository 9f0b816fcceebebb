#include "services/member/voting_duty.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <map>
#include <set>
#include <utility>

#include "common/aip/date.h"
#include "services/member/ballot_count.h"
#include "services/member/dated_periods.h"

namespace concord::member {
namespace {

using v1::Ballot;
using v1::MemberVotingDuty;

// By time, each with how certain it is: M, read indirectly; L, from memory. To be corrected here once it can be read.
constexpr std::array<DutyRule, 2> kRules = {{
    // L: all of it. Who missed an enquiry or a final draft was reminded, and who missed another one became an O-member;
    // whoever else was persistently inactive, too, but by nothing that can be counted. Our reading: two major ballots
    // within a year break the rule, and no share of the others does.
    {.edition = "2011-1",
     .first_day = kLongAgo,
     .last_day = absl::CivilDay(2018, 12, 31),
     .breaking_major_count = 2,
     .most_other_percent = 100},
    // M: one major ballot, or over 20 % of the others. L: its first day.
    {.edition = "2019-1",
     .first_day = absl::CivilDay(2019, 1, 1),
     .last_day = kForEver,
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

MemberVotingDuty::Standing StandingOf(const DutyRule& rule, const MemberVotingDuty& duty) {
  const int major = duty.major_missed_count();
  const int other = duty.other_missed_count();
  const int others = duty.other_ballot_count();
  if (IsBroken(rule, major, other, others)) return MemberVotingDuty::STANDING_BROKEN;
  const bool by_major = major > 0 && IsBroken(rule, major + 1, other, others);
  const bool by_other = other > 0 && IsBroken(rule, major, other + 1, others + 1);
  return by_major || by_other ? MemberVotingDuty::STANDING_WARNED : MemberVotingDuty::STANDING_KEPT;
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

}  // namespace

const DutyRule& DutyRuleOn(absl::CivilDay day) {
  const auto* found = std::find_if(kRules.begin(), kRules.end(), [day](const DutyRule& rule) {
    return rule.first_day <= day && day <= rule.last_day;
  });
  assert(found != kRules.end());
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

v1::VotingDuty ComputeVotingDuty(const std::string& committee, absl::CivilDay day, const ElectoralRoll& roll,
                                 std::vector<BallotWithVotes> ballots) {
  std::map<std::string, MemberVotingDuty> members;
  for (const std::string& name : ParticipantsOn(roll, day)) members[name].set_member(name);
  std::sort(ballots.begin(), ballots.end(),
            [](const auto& a, const auto& b) { return a.ballot->name() < b.ballot->name(); });
  for (const auto& [ballot, votes] : ballots) {
    if (!CountsForDuty(*ballot, committee, day)) continue;
    const Electorate electorate = ElectorateOf(*ballot, roll);
    const v1::BallotResult result = CountVotes(*ballot, electorate, votes);
    std::set<std::string> missing(result.missing_members().begin(), result.missing_members().end());
    // Who votes against without technical reasons is not counted, but has done his duty.
    for (const v1::UncountedVote& vote : result.uncounted_votes()) {
      if (vote.reason() == v1::UncountedVote::REASON_NO_TECHNICAL_REASONS) missing.erase(vote.member());
    }
    for (auto& [name, duty] : members) {
      if (electorate.participants.contains(name)) AddBallot(*ballot, missing.contains(name), duty);
    }
  }
  const DutyRule& rule = DutyRuleOn(day);
  v1::VotingDuty whole;
  whole.set_committee(committee);
  *whole.mutable_date() = aip::FromDay(day);
  whole.set_rule_edition(std::string(rule.edition));
  for (auto& [name, duty] : members) {
    duty.set_standing(StandingOf(rule, duty));
    *whole.add_members() = std::move(duty);
  }
  return whole;
}

}  // namespace concord::member
