// The directory, the work programme and ballots, as the manual tells it: the real binary, a real redis-server.
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/aip/date.h"
#include "concord/member/v1/error_reason.pb.h"
#include "concord/rpc/v1/error_reason.pb.h"
#include "gmock/gmock.h"
#include "tests/integration/small_plan.h"
#include "tests/integration/watching.h"
#include "tests/support/status_matchers.h"

namespace concord::testing {
namespace {

using absl::StatusCode;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
namespace api = ::concord::member::v1;
namespace rpc_v1 = ::concord::rpc::v1;

std::string Named(const std::string& name) { return absl::StrCat("name: '", name, "' "); }
std::string Parent(const std::string& name) { return absl::StrCat("parent: '", name, "' "); }
std::string IdOf(const std::string& name) { return name.substr(name.rfind('/') + 1); }

// Member bodies 1, 2 and 3, a correspondent 7, an organisation 9; committee 34 with its subcommittee 340.
class DirectoryManual : public ::testing::Test {
 protected:
  void SetUp() override {
    auto system = RunningSystem::Start({.services = {"member"}, .replicas = 1, .flags = {}});
    ASSERT_THAT(system.status(), IsOk());
    system_ = *std::move(system);
    for (const char* id : {"1", "2", "3"}) CreateMember(id, "MEMBER_BODY");
    CreateMember("7", "CORRESPONDENT");
    CreateMember("9", "LIAISON_ORGANIZATION");
    Do(*system_, "CreateCommittee",
       "committee_id: '34' committee { title: 'Food products' reference: 'TC 34' kind: "
       "KIND_TECHNICAL_COMMITTEE source_id: '34' }");
    Do(*system_, "CreateCommittee",
       "committee_id: '340' committee { title: 'Cereals' reference: 'TC 34/SC 4' kind: "
       "KIND_SUBCOMMITTEE parent_committee: 'committees/34' }");
  }

  void CreateMember(const std::string& id, const std::string& category) {
    Do(*system_, "CreateMember",
       absl::StrCat("member_id: '", id, "' member { title: 'Body ", id, "' acronym: 'B", id, "' source_id: '", id,
                    "' category_periods { category: CATEGORY_", category, " } }"));
  }
  static std::string Participation(const std::string& member, const std::string& periods) {
    return absl::StrCat(Parent("committees/34"), "participation_id: '", member, "' participation { member: 'members/",
                        member, "' ", periods, " }");
  }

  template <typename Response>
  Response Get(const std::string& method, const std::string& fields) {
    return Do(*system_, method, fields).As<Response>();
  }
  void ExpectRefused(const std::string& method, const std::string& fields, const Reason& reason) {
    EXPECT_THAT(Ask(*system_, method, fields).status, HasReason(StatusCode::kFailedPrecondition, reason))
        << method << " " << fields;
  }
  std::vector<std::string> Participants(const std::string& parent, const std::string& filter) {
    std::vector<std::string> ids;
    const auto page = Get<api::ListParticipationsResponse>("ListParticipations",
                                                           absl::StrCat(Parent(parent), "filter: '", filter, "'"));
    for (const auto& participation : page.participations()) ids.push_back(IdOf(participation.name()));
    return ids;
  }

  Answer HistoryOf(const std::string& name) { return Ask(*system_, "ListResourceRevisions", Named(name)); }
  // In the last message.
  static std::vector<std::string> VotesToldBy(const Watching& watching) {
    std::vector<std::string> names;
    for (const auto& row : watching.message.resources()) {
      if (row.name().find("/votes/") != std::string::npos) names.push_back(row.name());
    }
    return names;
  }

  std::unique_ptr<RunningSystem> system_;
};

TEST_F(DirectoryManual, AMemberKeepsItsIdentityWhenItIsRenamed) {
  const auto before = Get<api::Member>("GetMember", Named("members/1"));
  const auto renamed =
      Get<api::Member>("UpdateMember", absl::StrCat("member { ", Named("members/1"), "acronym: 'NEW' }"));
  EXPECT_EQ(renamed.uid(), before.uid());
  EXPECT_EQ(renamed.source_id(), "1");
  const auto then = Get<api::Member>(
      "GetMember", absl::StrCat(Named("members/1"), "as_of { revisions { scope: 'directory' revision: 1 } }"));
  EXPECT_EQ(then.acronym(), "B1") << "the past knows it by its old acronym";
  EXPECT_THAT(Ask(*system_, "CreateMember", "member_id: 'x' member { title: 'Copy' source_id: '1' }").status,
              HasReason(StatusCode::kAlreadyExists, rpc_v1::ERROR_REASON_VALUE_TAKEN));
}

TEST_F(DirectoryManual, MembersTakePartAsTheirCategoryAllows) {
  Do(*system_, "CreateParticipation", Participation("1", "role_periods { role: ROLE_PARTICIPANT }"));
  Do(*system_, "CreateParticipation", Participation("7", "role_periods { role: ROLE_OBSERVER }"));
  ExpectRefused("UpdateParticipation",
                "participation { name: 'committees/34/participations/7' role_periods { role: ROLE_PARTICIPANT } }",
                api::ERROR_REASON_NOT_ENTITLED_TO_PARTICIPATE);
  ExpectRefused("CreateParticipation", Participation("9", "role_periods { role: ROLE_OBSERVER }"),
                api::ERROR_REASON_NOT_ENTITLED_TO_PARTICIPATE);
  EXPECT_THAT(Participants("committees/34", "role = PARTICIPANT"), ElementsAre("1"));
  EXPECT_THAT(Participants("committees/-", "role = OBSERVER"), ElementsAre("7"));
}

TEST_F(DirectoryManual, WhatHoldsForATimeIsDated) {
  Do(*system_, "CreateParticipation",
     Participation("1", absl::StrCat("role_periods { role: ROLE_OBSERVER end_date ", Date(2011, 6, 30),
                                     "} role_periods { role: ROLE_PARTICIPANT start_date ", Date(2011, 7, 1), "}")));
  const auto one = Get<api::Participation>("GetParticipation", Named("committees/34/participations/1"));
  EXPECT_EQ(one.role(), api::Participation::ROLE_PARTICIPANT);
  const auto role_on = [&](const std::string& day) {
    return Get<api::Participation>("GetParticipation",
                                   absl::StrCat(Named("committees/34/participations/1"), "on_date ", day))
        .role();
  };
  EXPECT_EQ(role_on(Date(2011, 6, 30)), api::Participation::ROLE_OBSERVER);
  EXPECT_EQ(role_on(Date(2011, 7, 1)), api::Participation::ROLE_PARTICIPANT);
  const auto participants_on = [&](const std::string& day) {
    return Get<api::ListParticipationsResponse>(
               "ListParticipations", absl::StrCat(Parent("committees/-"), "filter: 'role = PARTICIPANT' on_date ", day))
        .participations_size();
  };
  EXPECT_EQ(participants_on(Date(2011, 6, 30)), 0) << "the filter sees what was so on the day";
  EXPECT_EQ(participants_on(Date(2011, 7, 1)), 1);
  EXPECT_THAT(ViolationsOf(Ask(*system_, "CreateParticipation",
                               Participation("2",
                                             "role_periods { role: ROLE_OBSERVER } role_periods { role: "
                                             "ROLE_PARTICIPANT }"))
                               .status),
              ElementsAre(::testing::Pair("participation.role_periods[1]", ::testing::_)))
      << "nobody is both at once";
}

TEST_F(DirectoryManual, TheSecretariatIsHeldByOneParticipant) {
  const std::string held = "committee { name: 'committees/34' secretariat_periods { member: 'members/1' } }";
  ExpectRefused("UpdateCommittee", held, api::ERROR_REASON_SECRETARIAT_NOT_PARTICIPANT);
  Do(*system_, "CreateParticipation", Participation("1", "role_periods { role: ROLE_PARTICIPANT }"));
  EXPECT_EQ(Get<api::Committee>("UpdateCommittee", held).secretariat(), "members/1");
  ExpectRefused("UpdateParticipation",
                "participation { name: 'committees/34/participations/1' role_periods { role: ROLE_OBSERVER } }",
                api::ERROR_REASON_SECRETARIAT_NOT_PARTICIPANT);
  ExpectRefused("DeleteMember", Named("members/1"), api::ERROR_REASON_RESOURCE_IN_USE);
}

TEST_F(DirectoryManual, CommitteesFormATree) {
  ExpectRefused("UpdateCommittee", "committee { name: 'committees/34' parent_committee: 'committees/340' }",
                api::ERROR_REASON_COMMITTEE_CYCLE);
  ExpectRefused("UpdateCommittee", "committee { name: 'committees/34' parent_committee: 'committees/99' }",
                api::ERROR_REASON_REFERENCE_BROKEN);
  ExpectRefused("DeleteCommittee", Named("committees/34"), api::ERROR_REASON_RESOURCE_IN_USE);
  Do(*system_, "DeleteCommittee", Named("committees/340"));
  Do(*system_, "DeleteCommittee", Named("committees/34"));
  EXPECT_EQ(Get<api::ListCommitteesResponse>("ListCommittees", "").committees_size(), 0);
  Do(*system_, "UndeleteCommittee", Named("committees/34"));
}

TEST_F(DirectoryManual, ExpertsAndLiaisonsAreRecordedOfACommittee) {
  const auto experts = Get<api::ExpertDelegation>(
      "CreateExpertDelegation",
      absl::StrCat(Parent("committees/34"), "expert_delegation_id: '1' expert_delegation { member: 'members/1' ",
                   "expert_counts { category: STAKEHOLDER_CATEGORY_CONSUMERS expert_count: 2 } count_date ",
                   Date(2012, 1, 1), "}"));
  EXPECT_EQ(experts.expert_counts_size(), 1);
  const auto liaison = Get<api::Liaison>(
      "CreateLiaison", absl::StrCat(Parent("committees/34"), "liaison_id: '9' liaison { counterpart: 'members/9' ",
                                    "category: CATEGORY_A start_date ", Date(2011, 5, 1), "given_count: 4 }"));
  EXPECT_EQ(aip::FormatDate(liaison.review_due_date()), "2013-05-01");
  EXPECT_FALSE(liaison.has_received_count()) << "not known is not zero";
  ExpectRefused("CreateLiaison",
                absl::StrCat(Parent("committees/34"), "liaison_id: '99' liaison { counterpart: 'committees/99' }"),
                api::ERROR_REASON_REFERENCE_BROKEN);
}

TEST_F(DirectoryManual, HistoryThatBreaksARuleIsImportedWithAFinding) {
  const std::string import =
      "participations { name: 'committees/34/participations/7' member: 'members/7' role_periods { role: "
      "ROLE_PARTICIPANT } } participations { name: 'committees/34/participations/1' member: 'members/1' role_periods { "
      "role: ROLE_PARTICIPANT } } reason: 'A snapshot'";
  const auto imported = Get<api::ImportParticipationsResponse>("ImportParticipations", import);
  ASSERT_EQ(imported.participations_size(), 2);
  ASSERT_EQ(imported.participations(0).findings_size(), 1);
  EXPECT_EQ(imported.participations(0).findings(0).reason(), "NOT_ENTITLED_TO_PARTICIPATE");
  EXPECT_EQ(imported.participations(1).findings_size(), 0);
  EXPECT_EQ(Get<api::ImportParticipationsResponse>("ImportParticipations", import).SerializeAsString(),
            imported.SerializeAsString())
      << "taking the same twice changes nothing";
  const auto described = Get<api::Participation>(
      "UpdateParticipation", "participation { name: 'committees/34/participations/7' title: 'To be clarified' }");
  EXPECT_EQ(described.findings_size(), 1) << "what was imported with a fault may be changed without adding another";
  ExpectRefused("CreateParticipation",
                absl::StrCat(Parent("committees/340"), "participation_id: '7' participation { member: 'members/7' ",
                             "role_periods { role: ROLE_PARTICIPANT } }"),
                api::ERROR_REASON_NOT_ENTITLED_TO_PARTICIPATE);
}

TEST_F(DirectoryManual, AWorkItemGoesThroughItsStages) {
  const auto item = Get<api::WorkItem>(
      "CreateWorkItem",
      absl::StrCat(Parent("committees/34"), "work_item_id: '5555' work_item { title: 'Sampling' reference: 'ISO 5555' ",
                   "deliverable: DELIVERABLE_INTERNATIONAL_STANDARD track_months: 36 ics_codes: '67.200.10' ",
                   "stage_events { stage: '20.00' date ", Date(2011, 3, 1), "} }"));
  EXPECT_EQ(item.stage(), "20.00");
  EXPECT_EQ(aip::FormatDate(item.publication_limit_date()), "2014-03-01");
  const auto advanced =
      Get<api::WorkItem>("AdvanceWorkItem", absl::StrCat(Named(item.name()), "stage: '40.00' date ", Date(2012, 5, 2)));
  EXPECT_EQ(advanced.stage(), "40.00");
  EXPECT_EQ(aip::FormatDate(advanced.stage_date()), "2012-05-02");
  EXPECT_THAT(ViolationsOf(Ask(*system_, "AdvanceWorkItem", Named(item.name()) + "stage: '41.00'").status),
              ElementsAre(::testing::Pair("stage", ::testing::_)));
  EXPECT_FALSE(
      Ask(*system_, "AdvanceWorkItem", absl::StrCat(Named(item.name()), "stage: '50.00' date ", Date(2012, 5, 1))).ok())
      << "not before the last event";
  EXPECT_THAT(Get<api::ListWorkItemsResponse>("ListWorkItems", Parent("committees/-") + "filter: 'stage = \"40*\"'")
                  .work_items(),
              ::testing::SizeIs(1));
}

TEST_F(DirectoryManual, MembersAdoptWhatIsPublished) {
  const std::string item = "committees/34/workItems/5555";
  Do(*system_, "CreateWorkItem",
     absl::StrCat(Parent("committees/34"), "work_item_id: '5555' work_item { title: 'Sampling' publication_date ",
                  Date(2011, 3, 1), "}"));
  const auto adoption = [&](const std::string& member, const std::string& day) {
    return absl::StrCat(Parent(item), "adoption_id: '", member, "' adoption { member: 'members/", member,
                        "' degree: DEGREE_MODIFIED adoption_date ", day, "}");
  };
  const auto adopted = Get<api::Adoption>("CreateAdoption", adoption("1", Date(2011, 3, 1)));
  EXPECT_EQ(adopted.name(), absl::StrCat(item, "/adoptions/1"));
  EXPECT_THAT(Ask(*system_, "CreateAdoption", adoption("1", Date(2012, 3, 1))).status,
              HasReason(StatusCode::kAlreadyExists, rpc_v1::ERROR_REASON_RESOURCE_ALREADY_EXISTS))
      << "one for each member";
  Do(*system_, "CreateAdoption", adoption("7", Date(2012, 1, 1)));
  ExpectRefused("CreateAdoption", adoption("2", Date(2011, 2, 28)), api::ERROR_REASON_STANDARD_NOT_PUBLISHED);
  ExpectRefused("CreateAdoption", adoption("9", Date(2012, 1, 1)), api::ERROR_REASON_NOT_ENTITLED_TO_ADOPT);
  ExpectRefused("CreateAdoption", adoption("99", Date(2012, 1, 1)), api::ERROR_REASON_REFERENCE_BROKEN);
  EXPECT_EQ(Ask(*system_, "CreateAdoption", adoption("2", Date(2190, 1, 1))).status.code(),
            StatusCode::kInvalidArgument);
  EXPECT_THAT(ViolationsOf(Ask(*system_, "CreateAdoption",
                               absl::StrCat(Parent(item), "adoption_id: '2' adoption { member: 'members/2' }"))
                               .status),
              ElementsAre(::testing::Pair("adoption.degree", ::testing::_),
                          ::testing::Pair("adoption.adoption_date", ::testing::_)));
  const auto imported = Get<api::ImportAdoptionsResponse>(
      "ImportAdoptions",
      absl::StrCat("adoptions { ", Named(item + "/adoptions/9"),
                   "member: 'members/9' degree: DEGREE_IDENTICAL adoption_date ", Date(2010, 1, 1), "}"));
  ASSERT_EQ(imported.adoptions(0).findings_size(), 2);
  EXPECT_EQ(imported.adoptions(0).findings(0).reason(), "NOT_ENTITLED_TO_ADOPT");
  EXPECT_EQ(imported.adoptions(0).findings(1).reason(), "STANDARD_NOT_PUBLISHED");
  ExpectRefused("DeleteMember", Named("members/7"), api::ERROR_REASON_RESOURCE_IN_USE);
  Do(*system_, "DeleteAdoption", Named(item + "/adoptions/7"));
  Do(*system_, "UndeleteAdoption", Named(item + "/adoptions/7"));
  const auto listed = [&](const std::string& filter) {
    return Get<api::ListAdoptionsResponse>("ListAdoptions",
                                           absl::StrCat(Parent("committees/-/workItems/-"), "filter: '", filter, "'"))
        .adoptions_size();
  };
  EXPECT_EQ(listed("degree = MODIFIED"), 2);
  Do(*system_, "DeleteWorkItem", Named(item));
  EXPECT_EQ(listed(""), 0) << "what hangs on something deleted is not there";
  ExpectRefused("CreateAdoption", adoption("2", Date(2012, 1, 1)), rpc_v1::ERROR_REASON_RESOURCE_DELETED);
}

TEST_F(DirectoryManual, OneImportRefersToNoMorePlansThanItMayLookInto) {
  std::string items;
  for (int i = 0; i < 101; ++i) {
    absl::StrAppend(&items, "work_items { name: 'committees/34/workItems/", i,
                    "' title: 'Salt' stage: '30.20' priorities: 'plans/p", i, "/objectives/1' } ");
  }
  EXPECT_THAT(Ask(*system_, "ImportWorkItems", items).status,
              HasReason(StatusCode::kResourceExhausted, rpc_v1::ERROR_REASON_TOO_MANY_SCOPES));
}

TEST_F(DirectoryManual, ABallotIsSecretUntilItClosesAndThenDecidedByItsRule) {
  for (const char* id : {"1", "2", "3"}) {
    Do(*system_, "CreateParticipation", Participation(id, "role_periods { role: ROLE_PARTICIPANT }"));
  }
  Do(*system_, "CreateBallot",
     absl::StrCat("ballot_id: 'dis' ballot { title: 'Enquiry' kind: KIND_ENQUIRY committee: 'committees/34' ",
                  "open_date ", Date(2012, 1, 1), "close_date ", Date(2012, 5, 31), "}"));
  const auto cast = [&](const std::string& member, const std::string& position, const std::string& day) {
    Do(*system_, "CreateVote",
       absl::StrCat(Parent("ballots/dis"), "vote_id: '", member, "' vote { member: 'members/", member,
                    "' position: POSITION_", position, " date ", day, "}"));
  };
  Watching watching(*system_, "member", "directory");
  ASSERT_TRUE(watching.ReadState());
  cast("1", "NO", Date(2012, 2, 1));
  Do(*system_, "UpdateVote", "vote { name: 'ballots/dis/votes/1' position: POSITION_YES }");
  cast("2", "YES", Date(2012, 5, 31));
  cast("3", "ABSTAIN", Date(2012, 3, 1));
  cast("7", "NO", Date(2012, 3, 1));
  ExpectRefused("GetVote", Named("ballots/dis/votes/1"), api::ERROR_REASON_BALLOT_STILL_OPEN);
  ExpectRefused("ListVotes", Parent("ballots/dis"), api::ERROR_REASON_BALLOT_STILL_OPEN);
  EXPECT_EQ(HistoryOf("ballots/dis/votes/1").status.code(), StatusCode::kNotFound);
  Watching begun_now(*system_, "member", "directory");
  ASSERT_TRUE(begun_now.ReadState());
  EXPECT_THAT(VotesToldBy(begun_now), IsEmpty());
  EXPECT_FALSE(Get<api::Ballot>("GetBallot", Named("ballots/dis")).has_result());
  const auto closed = Get<api::Ballot>("CloseBallot", Named("ballots/dis"));
  EXPECT_EQ(closed.state(), api::Ballot::STATE_CLOSED);
  EXPECT_EQ(closed.result().outcome(), api::BallotResult::OUTCOME_APPROVED);
  EXPECT_EQ(closed.result().participant_yes_count(), 2);
  EXPECT_EQ(closed.result().abstention_count(), 1);
  ASSERT_EQ(closed.result().uncounted_votes_size(), 1);
  EXPECT_EQ(closed.result().uncounted_votes(0).member(), "members/7");
  EXPECT_EQ(Get<api::ListVotesResponse>("ListVotes", Parent("ballots/dis")).votes_size(), 4);
  ExpectRefused("CloseBallot", Named("ballots/dis"), api::ERROR_REASON_BALLOT_ENDED);
  // The first that a watch tells of the ballot since it was opened is how it ended.
  do ASSERT_TRUE(watching.Read());
  while (watching.message.resources().empty());
  EXPECT_THAT(VotesToldBy(watching),
              ElementsAre("ballots/dis/votes/1", "ballots/dis/votes/2", "ballots/dis/votes/3", "ballots/dis/votes/7"));
  const auto history = HistoryOf("ballots/dis/votes/1").As<ledger::v1::ListResourceRevisionsResponse>();
  ASSERT_EQ(history.resource_revisions_size(), 1) << "that it was against at first is told to nobody";
  EXPECT_EQ(history.resource_revisions(0).method(), "concord.member.v1.BallotService/CloseBallot");
  const auto duty =
      Get<api::VotingDuty>("GetVotingDuty", absl::StrCat("committee: 'committees/34' date ", Date(2012, 6, 30)));
  ASSERT_EQ(duty.members_size(), 3);
  EXPECT_EQ(duty.members(2).standing(), api::MemberVotingDuty::STANDING_KEPT) << "an abstention is a vote";
}

}  // namespace
}  // namespace concord::testing
