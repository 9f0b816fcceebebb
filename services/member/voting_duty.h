// Which P-members of a committee miss their duty to vote. Pure; safe from any thread.
#ifndef SERVICES_MEMBER_VOTING_DUTY_H_
#define SERVICES_MEMBER_VOTING_DUTY_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "concord/member/v1/ballot.pb.h"
#include "concord/member/v1/ballot_service.pb.h"
#include "services/member/electorate.h"

namespace concord::member {

// What breaks the rule, in one time. Major ballots are enquiries, approvals and systematic reviews.
struct DutyRule {
  absl::string_view edition;  // Year and number within the year.
  absl::CivilDay first_day;   // Both included.
  absl::CivilDay last_day;
  int breaking_major_count;  // So many major ballots missed within a year.
  int most_other_percent;    // More than this share of the other ballots missed within a year.
};

// The rule in force on a day; before those that are known, the oldest.
const DutyRule& DutyRuleOn(absl::CivilDay day);

// Whether a ballot counts for a committee's duty on a day: it is the committee's, closed, and its last day lies in the
// year that ends with the day, which is included. That year begins the day after the same day of the year before: on
// 2012-03-31 it is 2011-04-01 to 2012-03-31.
bool CountsForDuty(const v1::Ballot& ballot, const std::string& committee, absl::CivilDay day);

// So many days before its last day, those who have not voted yet are told that a ballot is due.
inline constexpr int kDaysOfWarning = 14;

// Whether a ballot of a committee was open on a day and near its last day.
bool IsDueSoon(const v1::Ballot& ballot, const std::string& committee, absl::CivilDay day);

struct BallotWithVotes {
  const v1::Ballot* ballot = nullptr;
  std::vector<const v1::Vote*> votes;
};

// How the P-members of the day did their duty, without revisions. Of each those ballots are counted in which he was
// entitled as a P-member on the day they opened; he missed those in which he has no vote that counts, for which an
// abstention is good. `ballots` may have others than those that count.
//
// BROKEN by the rule of the day. WARNED: what is due and not voted in yet would break it if he missed it; or he has
// missed some, and one more of the same sort, major or other, breaks it. (Of somebody who has missed none it would say
// nothing that one more could break it: since 2019 a single one can.)
v1::VotingDuty ComputeVotingDuty(const std::string& committee, absl::CivilDay day, const ElectoralRoll& roll,
                                 std::vector<BallotWithVotes> ballots);

}  // namespace concord::member

#endif  // SERVICES_MEMBER_VOTING_DUTY_H_
