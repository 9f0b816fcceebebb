// How a ballot is decided: the rules, and the count of the votes by them.
//
// Pure; safe from any thread. In integers, so that exactly two thirds are two thirds.
#ifndef SERVICES_MEMBER_BALLOT_COUNT_H_
#define SERVICES_MEMBER_BALLOT_COUNT_H_

#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "concord/member/v1/ballot.pb.h"
#include "services/member/electorate.h"

namespace concord::member {

enum class Majority { kMoreThanHalf, kAtLeastTwoThirds };

// What it takes to approve, in ballots of one kind that opened in one time. The majority is one of the votes for or
// against: abstentions do not count, and without any such vote nothing is approved.
struct ApprovalRule {
  v1::Ballot::Kind kind;
  absl::string_view edition;  // Year and number within the year.
  absl::CivilDay first_day;   // Of opening; both included.
  absl::CivilDay last_day;
  Majority majority;

  // The majority is one of the P-members' votes; else of all votes.
  bool participants_decide = true;

  // At most a quarter of all votes may be against, and a vote against counts only with technical reasons.
  bool few_against = false;

  // So many who vote in favour have to take part in the work, one less where the committee has no more P-members than
  // a small one; 0: no committee is small.
  int least_pledges = 0;
  int small_committee = 0;
};

// The rule by which a ballot is decided that opens on a day. Any day has one; before those that are known, the oldest
// of these. `kind` must be one that a ballot can have.
const ApprovalRule& ApprovalRuleOn(v1::Ballot::Kind kind, absl::CivilDay day);

// The result, by the rule in force on the day the ballot opened. The order of the votes, of which each member has one,
// does not matter.
//
// Everybody entitled is counted once: in favour, against, abstaining or, without a vote that counts, missing. So are
// missing also those whose vote is uncounted; the result says why it is.
v1::BallotResult CountVotes(const v1::Ballot& ballot, const Electorate& electorate, std::vector<const v1::Vote*> votes);

}  // namespace concord::member

#endif  // SERVICES_MEMBER_BALLOT_COUNT_H_
