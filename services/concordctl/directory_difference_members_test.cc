// Members and the work programme.
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/concordctl/directory_difference_fixture.h"

namespace concord::ctl {
namespace {

using member::v1::Member;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

// Rows of the file of members.
DirectoryBytes MemberFile(const std::string& rows) { return {{DirectoryPart::kMembers, kMemberHeadings + rows}}; }

TEST_F(DirectoryOverTime, RenamesUnderTheSameId) {
  Take(kFirst, MemberFile("1,OLD,Old name,AAA,MEMBER_BODY,,\n"));
  EXPECT_EQ(Take(kSecond, MemberFile("1,NEW,New name,AAA,MEMBER_BODY,,\n")), "members changed 1");
  EXPECT_EQ(state_.members.size(), 1);
  EXPECT_EQ(state_.members[0].acronym(), "NEW");
  EXPECT_EQ(state_.members[0].title(), "New name");
}

TEST_F(DirectoryOverTime, ErasesNothingThatAFileLacks) {
  Take(kFirst, MemberFile("1,ONE,One,AAA,MEMBER_BODY,,https://example.org\n"));
  EXPECT_EQ(Take(kSecond, MemberFile("1,,,,,,\n")), "");
  EXPECT_EQ(state_.members[0].title(), "One");
  EXPECT_EQ(state_.members[0].category(), Member::CATEGORY_MEMBER_BODY);
}

TEST_F(DirectoryOverTime, DatesWhatAMemberIsAndEndsItWhenItLeaves) {
  Take(kFirst, MemberFile("1,A,A,AAA,CORRESPONDENT,,\n2,B,B,BBB,SUBSCRIBER,,\n"));
  EXPECT_EQ(Take(kSecond, MemberFile("1,A,A,AAA,MEMBER_BODY,,\n")), "members changed 1, members ended 1");
  const Member& first = Find(state_.members, "members/1");
  EXPECT_EQ(DaysOf(first.category_periods(0)), "..2011-06-30");
  EXPECT_EQ(DaysOf(first.category_periods(1)), "2011-07-01..");
  EXPECT_EQ(DaysOf(Find(state_.members, "members/2").category_periods(0)), "..2011-06-30");
}

TEST_F(DirectoryOverTime, KnowsMembersThatOnlyCommitteesMentionByTheirAcronymUntilMoreIsSaid) {
  Committees(kFirst, Row(50, "1", "", 1));
  EXPECT_EQ(Find(state_.members, "members/1").title(), "M");
  Take(kFirst, MemberFile("1,ONE,One,AAA,MEMBER_BODY,,\n"));
  EXPECT_EQ(Find(state_.members, "members/1").title(), "One");
  EXPECT_EQ(Committees(kFirst, Row(50, "1", "", 1)), "") << "for the file of members says more";
}

TEST_F(DirectoryOverTime, PutsGroupsOnTheMembersOfACountry) {
  const std::string headings =
      "Region Name,ISO-alpha3 Code,Least Developed Countries (LDC),Land Locked Developing Countries (LLDC),Small "
      "Island "
      "Developing States (SIDS)\n";
  const std::string incomes = "code,year_fiscal,incgroup_historical\nAAA,2010,Low income\n";
  Take(kFirst, MemberFile("1,A,A,AAA,,,\n2,B,B,BBB,,,\n"));
  EXPECT_EQ(Take(kFirst, {{DirectoryPart::kGroups, headings + "Africa,AAA,x,,\n"}, {DirectoryPart::kIncome, incomes}}),
            "members changed 1");
  EXPECT_EQ(Take(kFirst, {{DirectoryPart::kIncome, incomes}}), "");
  EXPECT_EQ(Take(kSecond, {{DirectoryPart::kGroups, headings + "Africa,AAA,,x,\n"}}), "members changed 1");
  std::vector<std::string> groups;
  for (const auto& period : Find(state_.members, "members/1").group_periods()) {
    groups.push_back(absl::StrCat(period.group(), " ", DaysOf(period)));
  }
  EXPECT_THAT(groups,
              ElementsAre("income-low 2009-07-01..", "ldc ..2011-06-30", "lldc 2011-07-01..", "region-africa .."));
}

TEST_F(DirectoryOverTime, SendsAMemberOnceThoughHeLeavesAndHisCountryChanges) {
  Take(kFirst, MemberFile("1,A,A,AAA,MEMBER_BODY,,\n2,B,B,BBB,MEMBER_BODY,,\n"));
  ReadFiles read({{DirectoryPart::kMembers, absl::StrCat(kMemberHeadings, "2,B,B,BBB,MEMBER_BODY,,\n")},
                  {DirectoryPart::kIncome, "code,year_fiscal,incgroup_historical\nAAA,2010,Low income\n"},
                  {DirectoryPart::kCommittees, Row(50, "1", "", 1)}});
  DirectoryReport report;
  const auto difference = FindDirectoryDifference(read.directory, state_, kSecond, report);
  ASSERT_EQ(difference.phases[0].rows.size(), 1u);
  const auto& sent = dynamic_cast<const Member&>(*difference.phases[0].rows[0].resource);
  EXPECT_EQ(sent.category_periods_size(), 1);
  EXPECT_EQ(sent.group_periods_size(), 1);
  EXPECT_EQ(difference.counts.at(DirectoryCollection::kMembers).ended, 1);
}

// A project of the committee 50.
std::string ProjectRow(const std::string& more) {
  return absl::StrCat(R"({"committee": "ISO/TC 50", "reference": "ISO 9", "iso_id": 9, )", more, "}\n");
}

DirectoryBytes Programme(const std::string& project, const std::string& events = "") {
  DirectoryBytes bytes = {{DirectoryPart::kCommittees, Row(50, "1", "", 1) + Row(51, "1", "", 1)},
                          {DirectoryPart::kWorkItems, project}};
  if (events.empty()) return bytes;
  bytes[DirectoryPart::kStageProjects] = R"({"standat_no": 1, "match": "unique", "iso_id": 9})";
  bytes[DirectoryPart::kStageEvents] = "standat_no,stage,date\n" + events;
  return bytes;
}

TEST_F(DirectoryOverTime, FollowsAWorkItemThroughItsStages) {
  Take(kFirst, Programme(ProjectRow(R"("stage": "40.60")")));
  EXPECT_EQ(Take(kSecond, Programme(ProjectRow(R"("stage": "60.60")"))), "work items changed 1");
  EXPECT_EQ(state_.work_items[0].stage(), "60.60");
  EXPECT_EQ(state_.work_items[0].title(), "ISO 9") << "it has no other";
}

TEST_F(DirectoryOverTime, AddsEventsToThoseThatPeopleRecorded) {
  const auto with_event = Programme(ProjectRow(R"("stage": "40.20")"), "1,40.20,2010-01-31\n");
  Take(kFirst, with_event);
  auto& advanced = *state_.work_items.Mutable(0)->add_stage_events();
  advanced.set_stage("40.60");
  *advanced.mutable_date() = *aip::ParseDate("2010-06-30");
  state_.work_items.Mutable(0)->set_stage("40.60");
  EXPECT_EQ(Take(kSecond, with_event), "");
  EXPECT_EQ(Take(kSecond, Programme(ProjectRow(R"("stage": "40.20")"))), "") << "the events know better";
  Take(kSecond, Programme(ProjectRow(R"("stage": "60.60")"), "1,60.60,2011-05-31\n"));
  EXPECT_EQ(state_.work_items[0].stage_events_size(), 3);
  EXPECT_EQ(aip::FormatDate(state_.work_items[0].publication_date()), "2011-05-31");
}

TEST_F(DirectoryOverTime, LeavesAWorkItemThatAnotherCommitteeTookOverUnderItsName) {
  Take(kFirst, Programme(ProjectRow(R"("stage": "40.60")")));
  const auto moved = Programme(R"({"committee": "ISO/TC 51", "reference": "ISO 9", "iso_id": 9, "stage": "60.60"})");
  EXPECT_EQ(Take(kSecond, moved), "work items changed 1");
  EXPECT_EQ(state_.work_items[0].name(), "committees/50/workItems/9");
  EXPECT_EQ(last_report_.remarks()[0].text,
            "a project that is of another committee now: it stays where it was recorded first");
}

TEST_F(DirectoryOverTime, ComparesWithAnEtagAndSendsJustWhatDiffers) {
  Take(kFirst, MemberFile("1,ONE,One,AAA,MEMBER_BODY,,\n"));
  state_.members.Mutable(0)->set_etag("e");
  state_.members.Mutable(0)->add_findings()->set_reason("OLD");
  ReadFiles read(MemberFile("1,NEW,One,AAA,MEMBER_BODY,,\n"));
  DirectoryReport report;
  const auto changed = FindDirectoryDifference(read.directory, state_, kSecond, report);
  EXPECT_EQ(changed.phases[0].rows[0].resource->ShortDebugString(), R"(name: "members/1" etag: "e" acronym: "NEW")");
  ReadFiles same(MemberFile("1,ONE,One,AAA,MEMBER_BODY,,\n"));
  const auto nothing = FindDirectoryDifference(same.directory, state_, kSecond, report);
  EXPECT_THAT(nothing.phases, IsEmpty());
  EXPECT_THAT(nothing.findings.at(DirectoryCollection::kMembers).at("members/1"), ElementsAre("OLD"));
}

}  // namespace
}  // namespace concord::ctl
