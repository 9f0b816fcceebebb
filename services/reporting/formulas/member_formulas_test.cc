#include <gtest/gtest.h>

#include "services/reporting/formulas/formula_test_records.h"

namespace concord::reporting {
namespace {

using action::v1::Action;
using action::v1::Contribution;
using action::v1::ProgressReport;
using member::v1::Ballot;
using member::v1::Committee;
using member::v1::Participation;
using member::v1::Vote;

constexpr char kMember[] = "members/de";

std::map<std::string, std::string> OfMember(std::map<std::string, std::string> more = {}) {
  more["member"] = kMember;
  return more;
}

TEST(MemberCommittees, AsInItsExample) {
  TestRecords records;
  records.Add<Committee>("committees/1");
  records.Add<Committee>("committees/2", "disbanding_date: @2011-12-30");
  records.Add<Committee>("committees/3");
  const auto add = [&](const std::string& committee, const std::string& member, const std::string& role) {
    records.Add<Participation>(committee + "/participations/" + member,
                               "member: 'members/" + member + "' role_periods { role: ROLE_" + role + " }");
  };
  add("committees/1", "de", "PARTICIPANT");
  add("committees/1", "fr", "PARTICIPANT");
  add("committees/2", "de", "PARTICIPANT");
  add("committees/3", "de", "OBSERVER");
  const v1::FormulaResult result = records.Compute("member-committees", "2011-12-31", OfMember());
  EXPECT_EQ(Short(result), "1 (2 of 2)");
  EXPECT_EQ(PartsOf(result), "observer: 1, participant: 1");
  EXPECT_EQ(Short(records.Compute("member-committees", "2011-12-30", OfMember())), "2 (3 of 3)");
}

TEST(MemberSecretariats, AsInItsExample) {
  TestRecords records;
  records.Add<Committee>("committees/1", "secretariat_periods { member: 'members/de' }");
  records.Add<Committee>("committees/2", "secretariat_periods { member: 'members/de' twin: 'members/sn' }");
  records.Add<Committee>("committees/3", "secretariat_periods { member: 'members/fr' twin: 'members/de' }");
  const v1::FormulaResult result = records.Compute("member-secretariats", "2011-12-31", OfMember());
  EXPECT_EQ(Short(result), "2 (2 of 2)");
  EXPECT_EQ(PartsOf(result), "alone: 1, twinned: 1");
}

TEST(MemberVotes, AsInItsExample) {
  TestRecords records;
  const std::string closed = "kind: KIND_ENQUIRY state: STATE_CLOSED close_date: @2011-06-30 ";
  records.Add<Ballot>("ballots/abstained", closed);
  records.Add<Ballot>("ballots/foreign", closed +
                                             "result { uncounted_votes { member: 'members/de' reason: "
                                             "REASON_NOT_ENTITLED } }");
  records.Add<Ballot>("ballots/late", closed +
                                          "result { missing_members: 'members/de' uncounted_votes { member: "
                                          "'members/de' reason: REASON_OUT_OF_TIME } }");
  records.Add<Ballot>("ballots/open", "state: STATE_OPEN close_date: @2011-06-30");
  records.Add<Ballot>("ballots/reasonless", closed +
                                                "result { missing_members: 'members/de' uncounted_votes { member: "
                                                "'members/de' reason: REASON_NO_TECHNICAL_REASONS } }");
  records.Add<Ballot>("ballots/stranger", closed);
  for (const char* ballot : {"abstained", "foreign", "late", "open", "reasonless"}) {
    records.Add<Vote>(absl::StrCat("ballots/", ballot, "/votes/de"), "member: 'members/de'");
  }
  EXPECT_EQ(Short(records.Compute("member-votes", "2011-12-31", OfMember())), "66.7 (3 of 3)");
  EXPECT_EQ(Short(records.Compute("member-votes", "2012-06-29", OfMember())), "66.7 (3 of 3)") << "within a year";
  EXPECT_EQ(Short(records.Compute("member-votes", "2012-06-30", OfMember())), "no data (0 of 0)");
  EXPECT_EQ(Short(records.Compute("member-votes", "2012-06-30", OfMember({{"from", "2011-01-01"}}))), "66.7 (3 of 3)");
}

TEST(MemberContributions, AsInItsExample) {
  TestRecords records;
  const auto add = [&](const std::string& id, const std::string& fields) {
    records.Add<Contribution>("plans/p/actions/1/contributions/" + id, "member: 'members/de' " + fields);
  };
  add("a", "kind: KIND_EXPERT_DAYS amount { value: '3' } date: @2011-05-01");
  add("b", "kind: KIND_EXPERT_DAYS amount { value: '4.5' } date: @2011-12-31");
  add("c", "kind: KIND_EXPERT_DAYS amount { value: '1' } date: @2012-01-01");
  add("d", "kind: KIND_MONEY amount { value: '100' } currency_code: 'CHF' date: @2011-05-01");
  const auto compute = [&](std::map<std::string, std::string> parameters) {
    parameters["plan"] = "plans/p";
    return records.Compute("member-contributions", "2011-12-31", OfMember(parameters));
  };
  EXPECT_EQ(Short(compute({})), "7.500 (2 of 2)");
  EXPECT_EQ(Short(compute({{"from", "2011-12-31"}})), "4.500 (1 of 1)");
  EXPECT_EQ(Short(compute({{"kind", "hosting"}})), "0 (0 of 0)") << "nothing was given: that is known";
  EXPECT_EQ(Short(compute({{"kind", "money"}})), "100.000 (1 of 1)");
  add("e", "kind: KIND_MONEY amount { value: '100' } currency_code: 'EUR' date: @2011-05-01");
  EXPECT_EQ(compute({{"kind", "money"}}).no_data_reason(), "amounts in CHF and EUR do not add up");
}

TestRecords WithPlan() {
  TestRecords records;
  records.Add<objective::v1::Plan>("plans/p",
                                   "state: STATE_ACTIVE period { start_date: @2011-01-01 end_date: @2015-12-31 }");
  return records;
}

TEST(MemberOwnActions, AsInItsExample) {
  TestRecords records = WithPlan();
  const std::string led = "lead: 'members/de' state: STATE_";
  records.Add<Action>("plans/p/actions/1",
                      led + "COMPLETED actual_start_date: @2011-01-01 actual_end_date: @2011-06-30");
  records.Add<Action>("plans/p/actions/2", led + "APPROVED");
  records.Add<Action>("plans/p/actions/3", led + "IN_PROGRESS actual_start_date: @2011-01-01");
  records.Add<Action>("plans/p/actions/4", led + "CANCELLED");
  records.Add<Action>("plans/p/actions/5", "lead: 'members/fr' state: STATE_COMPLETED");
  const v1::FormulaResult result = records.Compute("member-own-actions", "2011-12-31", OfMember({{"plan", "plans/p"}}));
  EXPECT_EQ(Short(result), "50.0 (2 of 3)");
  EXPECT_EQ(PartsOf(result), "plans/p/actions/1: 100.0, plans/p/actions/2: 0.0, plans/p/actions/3: no data");
  EXPECT_EQ(Short(records.Compute("member-own-actions", "2011-12-31", {{"member", "members/ch"}, {"plan", "plans/p"}})),
            "no data (0 of 0)");
}

TEST(MemberOverdueDuties, AsInItsExample) {
  TestRecords records = WithPlan();
  records.Add<objective::v1::Objective>("plans/p/objectives/1");
  // Yearly reports, due thirty days after the year: on 2012-01-30.
  records.Add<Action>("plans/p/actions/1",
                      "lead: 'members/de' state: STATE_IN_PROGRESS actual_start_date: @2011-01-01 report_due_days: 30 "
                      "report_frequency: REPORT_FREQUENCY_YEARLY due_date: @2015-12-31 objective_links { objective: "
                      "'plans/p/objectives/1' kind: KIND_CONTRIBUTES }");
  const auto overdue = [&](const std::string& day) {
    return Short(records.Compute("member-overdue-duties", day, OfMember({{"plan", "plans/p"}})));
  };
  EXPECT_EQ(overdue("2012-01-30"), "0 (0 of 0)") << "due on the day";
  EXPECT_EQ(overdue("2012-01-31"), "1 (0 of 0)");
}

}  // namespace
}  // namespace concord::reporting
