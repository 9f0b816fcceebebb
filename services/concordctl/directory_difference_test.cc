// Committees and what hangs on them.
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/concordctl/directory_difference_fixture.h"

namespace concord::ctl {
namespace {

using member::v1::Committee;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST_F(DirectoryOverTime, FirstImportBeginsAsLongAgoAsAnybodyKnows) {
  EXPECT_EQ(Committees(kFirst, Row(50, "1 2", "3", 1)),
            "members created 3, committees created 1, participations created 3");
  EXPECT_EQ(Roles("50/participations/1"), "P..");
  EXPECT_EQ(Secretariats("50"), "members/1 ..");
}

TEST_F(DirectoryOverTime, SameFilesTwiceChangeNothingWhateverTheDay) {
  const std::string rows = Row(50, "1 2", "3", 1, R"(,"committeeLiaisons":[{"id":51,"reference":"R"}])");
  Committees(kFirst, rows);
  EXPECT_EQ(Committees(kFirst, rows), "");
  EXPECT_EQ(Committees(kSecond, rows), "");
}

TEST_F(DirectoryOverTime, SecretariatsComeAfterParticipations) {
  ReadFiles read({{DirectoryPart::kCommittees, Row(50, "1", "", 1)}});
  DirectoryReport report;
  const auto difference = FindDirectoryDifference(read.directory, state_, kFirst, report);
  std::vector<DirectoryCollection> order;
  for (const auto& phase : difference.phases) order.push_back(phase.collection);
  EXPECT_THAT(order, ElementsAre(DirectoryCollection::kMembers, DirectoryCollection::kCommittees,
                                 DirectoryCollection::kParticipations, DirectoryCollection::kCommittees));
  EXPECT_EQ(dynamic_cast<const Committee&>(*difference.phases[1].rows[0].resource).secretariat_periods_size(), 0);
}

TEST_F(DirectoryOverTime, DatesWhoJoinedLeftAndChangedRoles) {
  Committees(kFirst, Row(50, "1 2", "3", 1));
  EXPECT_EQ(Committees(kSecond, Row(50, "1 4", "2", 1)),
            "members created 1, participations created 1, participations changed 1, participations ended 1");
  EXPECT_EQ(Roles("50/participations/1"), "P..");
  EXPECT_EQ(Roles("50/participations/2"), "P..2011-06-30 O2011-07-01..");
  EXPECT_EQ(Roles("50/participations/3"), "O..2011-06-30");
  EXPECT_EQ(Roles("50/participations/4"), "P2011-07-01..");
}

TEST_F(DirectoryOverTime, MovesASecretariat) {
  Committees(kFirst, Row(50, "1 2", "", 1));
  EXPECT_EQ(Committees(kSecond, Row(50, "1 2", "", 2)), "committees changed 1");
  EXPECT_EQ(Secretariats("50"), "members/1 ..2011-06-30 members/2 2011-07-01..");
}

TEST_F(DirectoryOverTime, DisbandsACommitteeWithAllThatHangsOnIt) {
  const std::string liaison = R"(,"organizationLiaisons":[{"id":9,"acronym":"Board"}])";
  Committees(kFirst, Row(50, "1", "", 1) + Row(51, "1", "", 1, liaison));
  EXPECT_EQ(Committees(kSecond, Row(50, "1", "", 1, R"(,"organizationLiaisons":[{"id":8,"acronym":"Other"}])")),
            "members created 1, committees ended 1, participations ended 1, liaisons created 1, liaisons ended 1");
  EXPECT_EQ(aip::FormatDate(Find(state_.committees, "committees/51").disbanding_date()), "2011-06-30");
  EXPECT_EQ(Secretariats("51"), "members/1 ..2011-06-30");
  EXPECT_EQ(Roles("51/participations/1"), "P..2011-06-30");
  EXPECT_EQ(DaysOf(Find(state_.liaisons, "committees/51/liaisons/organization-9")), "..2011-06-30");
  EXPECT_EQ(Committees(kSecond, Row(50, "1", "", 1, R"(,"organizationLiaisons":[{"id":8,"acronym":"Other"}])")), "");
}

TEST_F(DirectoryOverTime, AsksAPersonWhenADisbandedCommitteeIsThereAgain) {
  Committees(kFirst, Row(50, "1", "", 1) + Row(51, "1", "", 1));
  Committees(kSecond, Row(50, "1", "", 1));
  Committees(absl::CivilDay(2012, 7, 1), Row(50, "1", "", 1) + Row(51, "1", "", 1));
  ASSERT_EQ(last_report_.rejected().size(), 1u);
  EXPECT_EQ(last_report_.rejected()[0].reason,
            "it was disbanded on 2011-06-30 and is there again: clear its disbanding_date first");
  EXPECT_EQ(last_report_.rejected()[0].origin.line, 2);
}

TEST_F(DirectoryOverTime, RecordsALiaisonThatComesBackAnew) {
  const auto with = Row(50, "1", "", 1, R"(,"organizationLiaisons":[{"id":9,"acronym":"B"},{"id":8,"acronym":"C"}])");
  Committees(kFirst, with);
  Committees(kSecond, Row(50, "1", "", 1, R"(,"organizationLiaisons":[{"id":8,"acronym":"C"}])"));
  EXPECT_EQ(Committees(absl::CivilDay(2012, 7, 1), with), "liaisons created 1");
  EXPECT_EQ(DaysOf(Find(state_.liaisons, "committees/50/liaisons/organization-9")), "..2011-06-30");
  EXPECT_EQ(DaysOf(Find(state_.liaisons, "committees/50/liaisons/organization-9-2012-07-01")), "2012-07-01..");
  EXPECT_EQ(Committees(absl::CivilDay(2012, 7, 1), with), "");
}

TEST_F(DirectoryOverTime, FindsNothingNewInAnOlderSnapshot) {
  const std::string liaison = R"(,"organizationLiaisons":[{"id":9,"acronym":"Board"}])";
  const std::string older = Row(50, "1", "2", 1, liaison) + Row(51, "1", "", 1);
  Committees(kFirst, older);
  Committees(kSecond, Row(50, "1 2", "", 2, R"(,"organizationLiaisons":[{"id":8,"acronym":"Other"}])"));
  EXPECT_EQ(Committees(absl::CivilDay(2011, 1, 1), older), "");
  EXPECT_THAT(last_report_.rejected(), IsEmpty());
}

TEST_F(DirectoryOverTime, RejectsWhatAnOlderSnapshotContradicts) {
  Committees(kFirst, Row(50, "1", "3", 1) + Row(51, "1", "", 1));
  Committees(kSecond, Row(50, "1 3", "", 1) + Row(51, "1", "", 1));
  EXPECT_EQ(Committees(absl::CivilDay(2011, 1, 1), Row(50, "1", "", 1) + Row(51, "1", "", 1)), "");
  ASSERT_EQ(last_report_.rejected().size(), 1u);
  EXPECT_EQ(last_report_.rejected()[0].row, "50/3");
  EXPECT_EQ(last_report_.rejected()[0].reason, "what is recorded begins on 2011-07-01, after the day of the snapshot");
}

TEST_F(DirectoryOverTime, LeavesAloneWhatNobodyOfTheSourceRecorded) {
  Committees(kFirst, Row(50, "1", "", 1));
  Committee own;
  own.set_name("committees/our-group");
  own.set_reference("Our group");
  Merge(own);
  EXPECT_EQ(Committees(kSecond, Row(50, "1", "", 1)), "");
}

TEST_F(DirectoryOverTime, EndsNothingThatARowWhichCannotBeReadMayHaveSaid) {
  Committees(kFirst, Row(50, "1 2", "", 1) + Row(51, "1", "", 1));
  ReadFiles read({{DirectoryPart::kCommittees, Row(50, "1", "", 1) + "{\"id\": 51, \"title\"\n"}});
  DirectoryReport report;
  const auto difference = FindDirectoryDifference(read.directory, state_, kSecond, report);
  EXPECT_EQ(difference.counts.at(DirectoryCollection::kCommittees).ended, 0);
  EXPECT_EQ(difference.counts.at(DirectoryCollection::kParticipations).ended, 1) << "of the committee that was read";
}

TEST_F(DirectoryOverTime, EndsNothingOfACommitteeWithMembersThatCannotBeTold) {
  const std::string liaison = R"(,"organizationLiaisons":[{"id":9,"acronym":"Board"}])";
  Committees(kFirst, Row(50, "1 2", "", 1, liaison) + Row(51, "1 2", "", 1, liaison));
  ReadFiles read({{DirectoryPart::kCommittees,
                   Row(50, "1 0", "", 1, R"(,"organizationLiaisons":[{"acronym":"Board"}])") +
                       Row(51, "1", "", 1, R"(,"organizationLiaisons":[{"id":8,"acronym":"Other"}])")}});
  ASSERT_EQ(read.Rejected().size(), 2);
  DirectoryReport report;
  const auto difference = FindDirectoryDifference(read.directory, state_, kSecond, report);
  EXPECT_EQ(difference.counts.at(DirectoryCollection::kParticipations).ended, 1) << "of the other committee";
  EXPECT_EQ(difference.counts.at(DirectoryCollection::kLiaisons).ended, 1) << "of the other committee";
}

TEST_F(DirectoryOverTime, RejectsWhatIsDeletedAndWhatLiesUnderIt) {
  Committees(kFirst, Row(50, "1", "", 1) + Row(51, "1", "", 1));
  state_.committees.Mutable(1)->mutable_delete_time()->set_seconds(1);
  EXPECT_EQ(Committees(kSecond, Row(50, "1", "", 1) + Row(51, "1 2", "", 1)), "members created 1");
  ASSERT_EQ(last_report_.rejected().size(), 3u);
  EXPECT_EQ(last_report_.rejected()[0].reason, "it is deleted: undelete it first");
  EXPECT_EQ(last_report_.rejected()[1].reason, "its committee is deleted: undelete that first");
}

}  // namespace
}  // namespace concord::ctl
