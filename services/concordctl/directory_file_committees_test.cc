#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/concordctl/directory_file_fixture.h"
#include "services/concordctl/directory_file_values.h"

namespace concord::ctl {
namespace {

using member::v1::Committee;
using member::v1::Participation;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

ReadFiles Committees(const std::string& rows) { return ReadFiles({{DirectoryPart::kCommittees, rows}}); }

std::vector<std::string> NamesOf(const ReadFiles& read) {
  std::vector<std::string> names;
  for (const auto& row : read.directory.committees) names.push_back(row.resource.name());
  return names;
}

// One document a line; `more` are fields.
std::string Row(int id, const std::string& more) {
  return absl::StrCat(R"({"id": )", id, R"(, "reference": "ISO/TC )", id,
                      R"(", "status": "Active", "title": {"en": "T"}, "childrenId": [9], )", more, "}\n");
}

constexpr char kSecretariat[] = R"("secretariat": {"id": 1, "acronym": "ONE"})";

TEST(CommitteesFile, BecomesCommittees) {
  const ReadFiles read = Committees(Row(5, R"("creationDate": "1960-05-01", "scope": {"en": "Tea &amp; <b>cups</b>"},
                                              "parentId": 4, "secretariat": {"id": 1, "acronym": "ONE"})"));
  EXPECT_THAT(read.Rejected(), SizeIs(2)) << "a document ends with its line";
  const ReadFiles lines =
      Committees(Row(5, R"("creationDate": "1960-05-01", "scope": {"en": "Tea &amp; <b>cups</b>"}, "parentId": 4, )" +
                            std::string(kSecretariat)));
  ASSERT_THAT(lines.directory.committees, SizeIs(1));
  const Committee& committee = lines.directory.committees[0].resource;
  EXPECT_EQ(committee.name(), "committees/5");
  EXPECT_EQ(committee.source_id(), "5");
  EXPECT_EQ(committee.reference(), "ISO/TC 5");
  EXPECT_EQ(committee.kind(), Committee::KIND_TECHNICAL_COMMITTEE);
  EXPECT_EQ(committee.parent_committee(), "committees/4");
  EXPECT_EQ(committee.description(), "Tea & cups");
  EXPECT_EQ(committee.creation_date().year(), 1960);
  EXPECT_EQ(committee.secretariat_periods(0).member(), "members/1");
  EXPECT_EQ(DaysOf(committee.secretariat_periods(0)), "..");
  EXPECT_TRUE(lines.directory.names_all_committees);
}

TEST(CommitteesFile, TellsWhoTakesPartAndMentionsWhomItNames) {
  const ReadFiles read = Committees(Row(5, R"("pMembers": [{"id": 1, "acronym": "ONE"}], )"
                                           R"("oMembers": [{"id": 2, "acronym": "TWO"}, {"id": 1}])"));
  ASSERT_THAT(read.directory.participations, SizeIs(2));
  const Participation& first = read.directory.participations[0].resource;
  EXPECT_EQ(first.name(), "committees/5/participations/1");
  EXPECT_EQ(first.member(), "members/1");
  EXPECT_EQ(first.role_periods(0).role(), Participation::ROLE_PARTICIPANT);
  EXPECT_EQ(read.directory.participations[1].resource.role_periods(0).role(), Participation::ROLE_OBSERVER);
  EXPECT_EQ(read.directory.mentioned.at("members/2").resource.title(), "TWO");
  EXPECT_THAT(read.Rejected(), ElementsAre("1 the member is named in the committee already"));
}

TEST(CommitteesFile, TellsLiaisonsAlsoThoseThatDangle) {
  const ReadFiles read =
      Committees(Row(5, R"("committeeLiaisons": [{"id": 6, "reference": "ISO/TC 6"}, {"id": 7, "reference": null}], )"
                        R"("organizationLiaisons": [{"id": 3, "acronym": "Tea Board"}])") +
                 Row(6, R"("committeeLiaisons": [{"id": 6}, {"id": 5}, {"id": 5}])"));
  std::vector<std::string> liaisons;
  for (const auto& row : read.directory.liaisons) {
    liaisons.push_back(absl::StrCat(row.resource.name(), " ", row.resource.counterpart(), " ", row.resource.title()));
  }
  EXPECT_THAT(liaisons, ElementsAre("committees/5/liaisons/committee-6 committees/6 ISO/TC 6",
                                    "committees/5/liaisons/committee-7 committees/7 ",
                                    "committees/5/liaisons/organization-3 members/3 Tea Board",
                                    "committees/6/liaisons/committee-5 committees/5 "));
  EXPECT_EQ(read.Noted("it dangles"), 1);
  EXPECT_THAT(read.Rejected(), ElementsAre(HasSubstr("must be another committee"), "2 the liaison is named already"));
  EXPECT_EQ(read.directory.mentioned.at("members/3").resource.category_periods(0).category(),
            member::v1::Member::CATEGORY_LIAISON_ORGANIZATION);
}

TEST(CommitteesFile, PutsEachCommitteeAfterTheOneAboveIt) {
  const ReadFiles read = Committees(Row(3, R"("parentId": 2)") + Row(2, R"("parentId": 1)") + Row(1, R"("x": 0)") +
                                    Row(8, R"("parentId": 9)") + Row(9, R"("parentId": 8)"));
  EXPECT_THAT(NamesOf(read),
              ElementsAre("committees/1", "committees/2", "committees/3", "committees/8", "committees/9"));
}

TEST(CommitteesFile, SaysWhatIsNotRecorded) {
  const ReadFiles read = Committees(Row(1, R"("status": "Suspended", "creationDate": "1900-01-01")") +
                                    Row(2, R"("secretariat": {"id": null, "acronym": null})") +
                                    Row(3, absl::StrCat(R"("scope": {"en": ")", std::string(20'001, 'x'), "\"}")));
  EXPECT_EQ(read.Noted("the status \"Suspended\""), 1);
  EXPECT_EQ(read.Noted("a placeholder"), 1);
  EXPECT_EQ(read.Noted("nobody holds the secretariat"), 3);
  EXPECT_EQ(read.Noted("the scope is cut"), 1);
  EXPECT_THAT(read.Rejected(), IsEmpty());
  EXPECT_FALSE(read.directory.tells_secretariats) << "so none has ended";
}

TEST(CommitteesFile, RejectsRowsAndRemembersWhoseTheyAre) {
  const ReadFiles read = Committees(Row(1, R"("x": 0)") + Row(1, R"("x": 1)") + "{\"reference\": \"ISO/TC 2\"}\n" +
                                    "{\"id\": 3, \"title\": {\"en\": \"T\"}}\n{\"id\": }\n");
  EXPECT_THAT(read.Rejected(), ElementsAre("2 the committee is in line 1 already", "3 id: is missing, or is none",
                                           "4 reference: is required and must not be blank", HasSubstr("5 ")));
  EXPECT_THAT(NamesOf(read), ElementsAre("committees/1"));
  EXPECT_TRUE(read.directory.unusable.contains("committees/3"));
  EXPECT_FALSE(read.directory.names_all_committees);
  EXPECT_EQ(read.Noted("no committee is taken to be disbanded"), 1);
}

TEST(KindOfReference, IsSaidByTheLastKindOfBodyInIt) {
  EXPECT_EQ(KindOfReference("ISO/TC 34"), Committee::KIND_TECHNICAL_COMMITTEE);
  EXPECT_EQ(KindOfReference("ISO/TC 34/SC 11"), Committee::KIND_SUBCOMMITTEE);
  EXPECT_EQ(KindOfReference("ISO/TC 34/SC 11/WG 2"), Committee::KIND_WORKING_GROUP);
  EXPECT_EQ(KindOfReference("ISO/IEC JTC 1"), Committee::KIND_JOINT_COMMITTEE);
  EXPECT_EQ(KindOfReference("IEC/ISO JSyC BDC"), Committee::KIND_JOINT_COMMITTEE);
  EXPECT_EQ(KindOfReference("ISO/PC 250"), Committee::KIND_PROJECT_COMMITTEE);
  EXPECT_EQ(KindOfReference("ISO/CASCO"), Committee::KIND_OTHER);
}

}  // namespace
}  // namespace concord::ctl
