#include "services/member/ballot_count.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <set>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/aip/date.h"
#include "common/aip/dated_periods.h"

namespace concord::member {
namespace {

using v1::Ballot;
using v1::BallotResult;
using v1::UncountedVote;

constexpr absl::CivilDay kEndOf2018(2018, 12, 31);
constexpr absl::CivilDay kStartOf2019(2019, 1, 1);

// By kind, and within a kind by time. How certain each row is: H, read in a source; M, indirectly or in an older one;
// L, from memory. What is L is corrected here once it can be read; what ballots were decided by stays in their results.
constexpr std::array<ApprovalRule, 9> kRules = {{
    // H: the directives on enquiry and approval, and the results of real ballots.
    {.kind = Ballot::KIND_ENQUIRY,
     .edition = "2011-1",
     .first_day = aip::kLongAgo,
     .last_day = aip::kForEver,
     .majority = Majority::kAtLeastTwoThirds,
     .few_against = true},
    {.kind = Ballot::KIND_APPROVAL,
     .edition = "2011-1",
     .first_day = aip::kLongAgo,
     .last_day = aip::kForEver,
     .majority = Majority::kAtLeastTwoThirds,
     .few_against = true},
    // H: the older rule. L: its last day; that pledges of those count who vote in favour.
    {.kind = Ballot::KIND_NEW_WORK_ITEM,
     .edition = "2011-1",
     .first_day = aip::kLongAgo,
     .last_day = kEndOf2018,
     .majority = Majority::kMoreThanHalf,
     .least_pledges = 5},
    // L: all of it. Four pledges are enough in a committee of up to 16 P-members, else it takes five.
    {.kind = Ballot::KIND_NEW_WORK_ITEM,
     .edition = "2019-1",
     .first_day = kStartOf2019,
     .last_day = aip::kForEver,
     .majority = Majority::kAtLeastTwoThirds,
     .least_pledges = 5,
     .small_committee = 16},
    // H. That it is two thirds of those who vote: L.
    {.kind = Ballot::KIND_TECHNICAL_SPECIFICATION,
     .edition = "2011-1",
     .first_day = aip::kLongAgo,
     .last_day = aip::kForEver,
     .majority = Majority::kAtLeastTwoThirds},
    // H. That it is a majority of those who vote: L.
    {.kind = Ballot::KIND_PUBLICLY_AVAILABLE_SPECIFICATION,
     .edition = "2011-1",
     .first_day = aip::kLongAgo,
     .last_day = aip::kForEver,
     .majority = Majority::kMoreThanHalf},
    // L: our reading. A review asks what to do, and the committee draws the conclusion; here the standard is confirmed
    // if more of those who vote are for that than are for revising or withdrawing it.
    {.kind = Ballot::KIND_SYSTEMATIC_REVIEW,
     .edition = "2011-1",
     .first_day = aip::kLongAgo,
     .last_day = aip::kForEver,
     .majority = Majority::kMoreThanHalf,
     .participants_decide = false},
    // H. That an abstention is no answer: L.
    {.kind = Ballot::KIND_NEW_COMMITTEE,
     .edition = "2011-1",
     .first_day = aip::kLongAgo,
     .last_day = aip::kForEver,
     .majority = Majority::kAtLeastTwoThirds,
     .participants_decide = false,
     .least_pledges = 5},
    // L: what is customary where nothing else is said.
    {.kind = Ballot::KIND_COMMITTEE,
     .edition = "2011-1",
     .first_day = aip::kLongAgo,
     .last_day = aip::kForEver,
     .majority = Majority::kMoreThanHalf},
}};

// Why a vote does not count; unspecified if it does.
UncountedVote::Reason WhyUncounted(const Ballot& ballot, const Electorate& electorate, const ApprovalRule& rule,
                                   const v1::Vote& vote) {
  if (!electorate.members.contains(vote.member())) return UncountedVote::REASON_NOT_ENTITLED;
  const absl::CivilDay day = aip::ToDay(vote.date());
  if (day < aip::ToDay(ballot.open_date()) || day > aip::ToDay(ballot.close_date())) {
    return UncountedVote::REASON_OUT_OF_TIME;
  }
  const bool unfounded = vote.position() == v1::Vote::POSITION_NO && !vote.has_technical_reasons();
  if (rule.few_against && unfounded) return UncountedVote::REASON_NO_TECHNICAL_REASONS;
  return UncountedVote::REASON_UNSPECIFIED;
}

void AddVote(const v1::Vote& vote, bool of_participant, BallotResult& result) {
  switch (vote.position()) {
    case v1::Vote::POSITION_YES:
      result.set_yes_count(result.yes_count() + 1);
      if (of_participant) result.set_participant_yes_count(result.participant_yes_count() + 1);
      if (vote.pledges_participation()) result.set_pledge_count(result.pledge_count() + 1);
      return;
    case v1::Vote::POSITION_NO:
      result.set_no_count(result.no_count() + 1);
      if (of_participant) result.set_participant_no_count(result.participant_no_count() + 1);
      return;
    default:
      result.set_abstention_count(result.abstention_count() + 1);
  }
}

// One of the things that it takes, and how it is told.
struct Condition {
  bool met;
  std::string words;
};

Condition MostInFavour(const ApprovalRule& rule, const BallotResult& result) {
  const int yes = rule.participants_decide ? result.participant_yes_count() : result.yes_count();
  const int no = rule.participants_decide ? result.participant_no_count() : result.no_count();
  const int votes = yes + no;
  const bool two_thirds = rule.majority == Majority::kAtLeastTwoThirds;
  const absl::string_view needed = two_thirds ? "at least two thirds needed" : "more than half needed";
  const absl::string_view whose = rule.participants_decide ? "votes of P-members" : "votes";
  if (votes == 0) return {false, absl::StrCat("no ", whose, " for or against (", needed, ")")};
  const bool met = two_thirds ? 3 * yes >= 2 * votes : 2 * yes > votes;
  return {met, absl::StrCat(yes, " of ", votes, " ", whose, " in favour (", needed, ")")};
}

Condition FewAgainst(const BallotResult& result) {
  const int votes = result.yes_count() + result.no_count();
  return {4 * result.no_count() <= votes,
          absl::StrCat(result.no_count(), " of ", votes, " votes negative (at most a quarter allowed)")};
}

Condition EnoughPledges(const ApprovalRule& rule, const Electorate& electorate, const BallotResult& result) {
  const int participants = static_cast<int>(electorate.participants.size());
  const bool small = rule.small_committee > 0 && participants <= rule.small_committee;
  const int needed = rule.least_pledges - (small ? 1 : 0);
  return {result.pledge_count() >= needed,
          absl::StrCat(result.pledge_count(), " of those in favour will take part (at least ", needed, " needed)")};
}

void Decide(const ApprovalRule& rule, const Electorate& electorate, BallotResult& result) {
  std::vector<Condition> conditions = {MostInFavour(rule, result)};
  if (rule.few_against) conditions.push_back(FewAgainst(result));
  if (rule.least_pledges > 0) conditions.push_back(EnoughPledges(rule, electorate, result));
  const bool approved = std::all_of(conditions.begin(), conditions.end(), [](const Condition& c) { return c.met; });
  result.set_outcome(approved ? BallotResult::OUTCOME_APPROVED : BallotResult::OUTCOME_NOT_APPROVED);
  const auto add_words = [](std::string* text, const Condition& c) { text->append(c.words); };
  result.set_explanation(
      absl::StrCat(approved ? "Approved: " : "Not approved: ", absl::StrJoin(conditions, " and ", add_words), "."));
}

}  // namespace

const ApprovalRule& ApprovalRuleOn(Ballot::Kind kind, absl::CivilDay day) {
  const auto* found = std::find_if(kRules.begin(), kRules.end(), [&](const ApprovalRule& rule) {
    return rule.kind == kind && rule.first_day <= day && day <= rule.last_day;
  });
  assert(found != kRules.end());
  return *found;
}

BallotResult CountVotes(const Ballot& ballot, const Electorate& electorate, std::vector<const v1::Vote*> votes) {
  const ApprovalRule& rule = ApprovalRuleOn(ballot.kind(), aip::ToDay(ballot.open_date()));
  BallotResult result;
  result.set_rule_edition(std::string(rule.edition));
  result.set_electorate_count(static_cast<int>(electorate.members.size()));
  std::set<std::string> missing = electorate.members;
  std::sort(votes.begin(), votes.end(), [](const auto* a, const auto* b) { return a->member() < b->member(); });
  for (const v1::Vote* vote : votes) {
    const UncountedVote::Reason reason = WhyUncounted(ballot, electorate, rule, *vote);
    if (reason != UncountedVote::REASON_UNSPECIFIED) {
      UncountedVote& uncounted = *result.add_uncounted_votes();
      uncounted.set_member(vote->member());
      uncounted.set_reason(reason);
      continue;
    }
    missing.erase(vote->member());
    AddVote(*vote, electorate.participants.contains(vote->member()), result);
  }
  for (const std::string& member : missing) result.add_missing_members(member);
  Decide(rule, electorate, result);
  return result;
}

}  // namespace concord::member
