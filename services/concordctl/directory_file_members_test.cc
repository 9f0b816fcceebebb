#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/concordctl/directory_file_fixture.h"

namespace concord::ctl {
namespace {

using member::v1::Member;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

ReadFiles Members(const std::string& rows) { return ReadFiles({{DirectoryPart::kMembers, kMemberHeadings + rows}}); }

TEST(MembersFile, TakesTheIdOfTheSourceAndNeverTheAcronym) {
  const ReadFiles read = Members("7,NSB,National  Standards Bureau,NAM,MEMBER_BODY,,https://example.org\n");
  EXPECT_THAT(read.Rejected(), IsEmpty());
  ASSERT_THAT(read.directory.members, SizeIs(1));
  const Member& member = read.directory.members[0].resource;
  EXPECT_EQ(member.name(), "members/7");
  EXPECT_EQ(member.source_id(), "7");
  EXPECT_EQ(member.acronym(), "NSB");
  EXPECT_EQ(member.title(), "National Standards Bureau");
  EXPECT_EQ(member.country_code(), "NAM");
  EXPECT_EQ(member.website_uri(), "https://example.org");
  ASSERT_EQ(member.category_periods_size(), 1);
  EXPECT_EQ(member.category_periods(0).category(), Member::CATEGORY_MEMBER_BODY);
  EXPECT_EQ(DaysOf(member.category_periods(0)), "..");
  EXPECT_TRUE(read.directory.names_all_members);
}

TEST(MembersFile, TakesWhatIsConcludedOnlyWhereNothingIsStated) {
  const ReadFiles read = Members("1,A,A,AAA,CORRESPONDENT,MEMBER_BODY,\n2,B,B,BBB,,MEMBER_BODY,\n3,C,,CCC,,,\n");
  ASSERT_THAT(read.directory.members, SizeIs(3));
  EXPECT_EQ(read.directory.members[0].resource.category_periods(0).category(), Member::CATEGORY_CORRESPONDENT);
  EXPECT_EQ(read.directory.members[1].resource.category_periods(0).category(), Member::CATEGORY_MEMBER_BODY);
  EXPECT_EQ(read.directory.members[2].resource.category_periods_size(), 0);
  EXPECT_EQ(read.directory.members[2].resource.title(), "") << "which a snapshot that lacks it must not erase";
}

TEST(MembersFile, RejectsRowsWithTheirLines) {
  const ReadFiles read = Members("1,A,A,aa,,,\n2,B,B,BBB,FRIEND,,\n3,C,C,CCC,,,ftp://x\n4,D,D,DDD,,,\n4,E,E,EEE,,,\n" +
                                 ("5,F," + std::string(301, 'x') + ",FFF,,,\n"));
  EXPECT_THAT(
      read.Rejected(),
      ElementsAre("2 country: must be three letters A-Z, as ISO 3166-1 has them",
                  "3 membership type: \"FRIEND\" is not known", "4 website: must begin with http:// or https://",
                  "6 the member is in line 5 already", "7 title: has 301 characters, at most 300 are allowed"));
  EXPECT_THAT(read.directory.members, SizeIs(1));
  EXPECT_TRUE(read.directory.names_all_members) << "for the ids of all of them are known";
  EXPECT_TRUE(read.directory.unusable.contains("members/1"));
}

TEST(MembersFile, DoesNotNameAllIfARowCannotBeRead) {
  EXPECT_FALSE(Members("1,A,A,AAA,,,\n?,B,B,BBB,,,\n").directory.names_all_members);
  EXPECT_FALSE(Members("1,A,A,AAA,,,\n2,B\n").directory.names_all_members);
  EXPECT_FALSE(Members("").directory.names_all_members) << "an empty file is more likely a mistake";
}

TEST(GroupsFile, TellsTheGroupsOfCountries) {
  const ReadFiles read({{DirectoryPart::kGroups,
                         "Region Name,ISO-alpha3 Code,Least Developed Countries (LDC),Land Locked Developing Countries "
                         "(LLDC),Small Island Developing States (SIDS)\n"
                         "Africa,RWA,x,x,\nOceania,FJI,,,x\n,ATA,,,\nAsia,,,,\n"}});
  EXPECT_THAT(read.directory.groups.at("RWA"), ElementsAre("ldc", "lldc", "region-africa"));
  EXPECT_THAT(read.directory.groups.at("FJI"), ElementsAre("region-oceania", "sids"));
  EXPECT_THAT(read.directory.groups.at("ATA"), IsEmpty());
  EXPECT_EQ(read.Noted("without a code"), 1);
}

std::vector<std::string> IncomesOf(const ReadFiles& read, const std::string& country) {
  std::vector<std::string> texts;
  for (const auto& period : read.directory.incomes.at(country)) {
    texts.push_back(absl::StrCat(period.group(), " ", DaysOf(period)));
  }
  return texts;
}

TEST(IncomeFile, MakesPeriodsOfFiscalYears) {
  const ReadFiles read({{DirectoryPart::kIncome,
                         "code,year_fiscal,incgroup_historical\n"
                         "AAA,2010,Low income\nAAA,2011,Low income\nAAA,2012,Lower middle income\n"
                         "AAA,2014,Lower middle income\nBBB,2011,High income\nBBB,2012,High income\n"
                         "BBB,x,High income\nBBB,2013,Rich\nBBB,2012,Low income\n"}});
  EXPECT_THAT(IncomesOf(read, "AAA"),
              ElementsAre("income-low 2009-07-01..2011-06-30", "income-lower-middle 2011-07-01..2012-06-30",
                          "income-lower-middle 2013-07-01.."));
  EXPECT_THAT(IncomesOf(read, "BBB"), ElementsAre("income-high 2010-07-01..2012-06-30"))
      << "the newest year of the file is 2014";
  EXPECT_THAT(read.Rejected(),
              ElementsAre("8 year_fiscal: \"x\" is no year", "9 incgroup_historical: \"Rich\" is not known",
                          "10 another row has another class for the same year"));
}

TEST(DirectoryFiles, TellWhichOfThemIsOfAnotherKind) {
  Directory directory;
  DirectoryReport report;
  DirectoryPart part{};
  const auto read = ReadDirectory({{DirectoryPart::kMembers, kMemberHeadings}, {DirectoryPart::kIncome, "a,b\n1,2\n"}},
                                  directory, report, part);
  EXPECT_EQ(read.message(), "has no column \"code\"");
  EXPECT_EQ(part, DirectoryPart::kIncome);
}

}  // namespace
}  // namespace concord::ctl
