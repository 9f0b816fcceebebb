#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/concordctl/directory_file_fixture.h"
#include "services/concordctl/directory_file_values.h"

namespace concord::ctl {
namespace {

using member::v1::WorkItem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// A project of the committee that is known, with more fields.
std::string Row(const std::string& more) {
  return absl::StrCat(R"({"committee": "ISO/TC 1", "committee_name": "Tea", "title_en": "T", "relations": [{}], )",
                      more, "}\n");
}

const CommitteeNames& Known() {
  static const auto& known = *new CommitteeNames{{"ISO/TC 1", "committees/50"}};
  return known;
}

ReadFiles Projects(const std::string& rows) { return ReadFiles({{DirectoryPart::kWorkItems, rows}}, Known()); }

const WorkItem& OnlyItem(const ReadFiles& read) {
  EXPECT_THAT(read.directory.work_items, SizeIs(1));
  return read.directory.work_items.at(0).resource;
}

TEST(ProjectsFile, BecomesWorkItemsOfTheirCommittees) {
  const ReadFiles read = Projects(
      Row(R"("iso_id": 9, "reference": "ISO 9:2004", "doctype": "technical-report", "stage": "60.60", "edition": "2", )"
          R"("published": "2004-11", "ics": ["67.140", "67.140", "03.100.30"])"));
  const WorkItem& item = OnlyItem(read);
  EXPECT_EQ(item.name(), "committees/50/workItems/9");
  EXPECT_EQ(item.source_id(), "9");
  EXPECT_EQ(item.deliverable(), WorkItem::DELIVERABLE_TECHNICAL_REPORT);
  EXPECT_EQ(item.stage(), "60.60");
  EXPECT_EQ(item.edition(), 2);
  EXPECT_EQ(aip::FormatDate(item.publication_date()), "2004-11-01");
  EXPECT_THAT(item.ics_codes(), ElementsAre("67.140", "03.100.30"));
  EXPECT_THAT(read.directory.committees, IsEmpty());
}

TEST(ProjectsFile, TakesStagesAsTextsAndAsNumbers) {
  for (const char* stage : {"\"60.60\"", "6060", "60.6", "60.60"}) {
    const ReadFiles read = Projects(Row(absl::StrCat(R"("iso_id": 1, "stage": )", stage)));
    EXPECT_EQ(OnlyItem(read).stage(), "60.60") << stage;
  }
  EXPECT_EQ(OnlyItem(Projects(Row(R"("iso_id": 1, "stage": 20)"))).stage(), "20.00");
  EXPECT_EQ(OnlyItem(Projects(Row(R"("iso_id": 1, "stage": null)"))).stage(), "");
  EXPECT_THAT(Projects(Row(R"("iso_id": 1, "stage": "soon")")).Rejected(),
              ElementsAre(HasSubstr("no harmonised code")));
}

TEST(ProjectsFile, TakesNoDayOfPublicationBeforeIt) {
  const ReadFiles read = Projects(Row(R"("iso_id": 1, "stage": "10.99", "published": "2023-02")"));
  EXPECT_FALSE(OnlyItem(read).has_publication_date());
  EXPECT_EQ(read.Noted("before stage 60.60"), 1);
  const ReadFiles year = Projects(Row(R"("iso_id": 1, "stage": "95.99", "published": "1981")"));
  EXPECT_EQ(aip::FormatDate(OnlyItem(year).publication_date()), "1981-01-01");
  EXPECT_EQ(year.Noted("only the year"), 1);
}

TEST(ProjectsFile, NamesWhatHasNoIdByItsReference) {
  const std::string tail = std::string(80, 'x');
  const ReadFiles read = Projects(Row(R"("reference": "ISO/IEC DIR 1")") + Row(R"("reference": "ISO-IEC DIR 1")") +
                                  Row(absl::StrCat(R"("reference": "A )", tail, "1\"")) +
                                  Row(absl::StrCat(R"("reference": "A )", tail, "2\"")));
  ASSERT_THAT(read.directory.work_items, SizeIs(4));
  const auto id = [&](size_t i) {
    const std::string& name = read.directory.work_items[i].resource.name();
    return name.substr(name.rfind('/') + 1);
  };
  EXPECT_EQ(id(0), "ref-iso-iec-dir-1");
  EXPECT_THAT(id(1), ::testing::MatchesRegex("ref-iso-iec-dir-1-[0-9a-f]{8}"));
  EXPECT_EQ(id(2).size(), 63u);
  EXPECT_NE(id(2), id(3));
  EXPECT_EQ(read.directory.work_items[0].resource.source_id(), "");
}

TEST(ProjectsFile, TakesWhatIsThereTwiceOnce) {
  const std::string row = Row(R"("iso_id": 1, "reference": "ISO 1")");
  const ReadFiles read = Projects(row + row + Row(R"("iso_id": 1, "reference": "ISO 2")"));
  EXPECT_THAT(read.directory.work_items, SizeIs(1));
  EXPECT_EQ(read.Noted("there twice"), 1);
  EXPECT_THAT(read.Rejected(), ElementsAre("3 the project is in line 1 already, otherwise"));
}

TEST(ProjectsFile, NeverCutsATitle) {
  const ReadFiles read = Projects(Row(absl::StrCat(R"("iso_id": 1, "title_en": ")", std::string(700, 'x'), "\"")));
  EXPECT_THAT(read.directory.work_items, IsEmpty());
  EXPECT_THAT(read.Rejected(), ElementsAre("1 title: has 700 characters, at most 600 are allowed"));
}

TEST(ProjectsFile, MakesACommitteeForABodyThatIsNotInTheList) {
  const ReadFiles read = Projects(Row(R"("iso_id": 1, "committee": "ISO/CASCO", "committee_name": "Conformity")") +
                                  Row(R"("iso_id": 2, "committee": "ISO/CASCO", "committee_name": "Conformity")") +
                                  R"({"iso_id": 3, "committee": null, "committee_name": null})");
  ASSERT_THAT(read.directory.committees, SizeIs(2));
  const auto& body = read.directory.committees[0].resource;
  EXPECT_EQ(body.name(), "committees/iso-casco");
  EXPECT_EQ(body.reference(), "ISO/CASCO");
  EXPECT_EQ(body.title(), "Conformity");
  EXPECT_EQ(body.kind(), member::v1::Committee::KIND_OTHER);
  EXPECT_EQ(body.source_id(), "");
  EXPECT_EQ(read.directory.work_items[1].resource.name(), "committees/iso-casco/workItems/2");
  EXPECT_EQ(read.directory.work_items[2].resource.name(), "committees/unnamed-body/workItems/3");
  EXPECT_EQ(read.Noted("one is made for it"), 3);
}

TEST(ProjectsFile, TellsAmendmentsByTheirReference) {
  for (const char* reference : {"ISO 1:1990/Amd 1:1996", "ISO 1:1990/Cor 2", "ISO 1/FDAM 1", "ISO 3471:2008/CD Amd 1",
                                "ISO 15:1981/Add 1:1985", "ISO 1/DCOR 1"}) {
    EXPECT_EQ(*ToDeliverable("international-standard", reference), WorkItem::DELIVERABLE_AMENDMENT) << reference;
  }
  EXPECT_EQ(*ToDeliverable("international-standard", "ISO/IEC 1:1990"), WorkItem::DELIVERABLE_INTERNATIONAL_STANDARD);
  EXPECT_FALSE(ToDeliverable("poem", "ISO 1").has_value());
}

// Two projects, a stage project for each that is given, and events.
ReadFiles WithStages(const std::string& stage_projects, const std::string& events) {
  return ReadFiles({{DirectoryPart::kWorkItems, Row(R"("iso_id": 9, "stage": "95.99", "published": "1982-06")") +
                                                    Row(R"("iso_id": 10, "stage": "90.93")")},
                    {DirectoryPart::kStageProjects, stage_projects},
                    {DirectoryPart::kStageEvents, "standat_no,stage,date\n" + events}},
                   Known());
}

std::vector<std::string> EventsOf(const WorkItem& item) {
  std::vector<std::string> texts;
  for (const auto& event : item.stage_events()) {
    texts.push_back(absl::StrCat(event.stage(), " ", aip::FormatDate(event.date())));
  }
  return texts;
}

constexpr char kUnique[] = R"({"standat_no": 1, "match": "unique", "iso_id": 9})"
                           "\n";

TEST(StageFiles, GiveDatesToTheProjectThatIsSure) {
  const ReadFiles read = WithStages(kUnique, "1,60.60,1982-05-20\n1,90.93,1987-01-31\n1,40.20,1980-01-31\n");
  const WorkItem& item = read.directory.work_items[0].resource;
  EXPECT_THAT(EventsOf(item), ElementsAre("40.20 1980-01-31", "60.60 1982-05-20", "90.93 1987-01-31"));
  EXPECT_EQ(item.stage(), "90.93") << "as the service has it";
  EXPECT_EQ(aip::FormatDate(item.publication_date()), "1982-05-20");
  EXPECT_EQ(read.Noted("the stage is another"), 1);
  EXPECT_EQ(read.directory.work_items[1].resource.stage(), "90.93");
}

TEST(StageFiles, AreNotTakenWhereTheProjectIsNotSure) {
  const ReadFiles read = WithStages(std::string(kUnique) + R"({"standat_no": 2, "match": "ambiguous", "iso_id": null})"
                                                           "\n"
                                                           R"({"standat_no": 3, "match": "unique", "iso_id": 10})"
                                                           "\n"
                                                           R"({"standat_no": 4, "match": "unique", "iso_id": 10})"
                                                           "\n"
                                                           R"({"standat_no": 5, "match": "unique", "iso_id": 11})"
                                                           "\n",
                                    "2,60.60,1982-05-20\n3,60.60,1982-05-20\n4,90.20,1983-01-01\n5,60.60,1990-01-01\n");
  EXPECT_EQ(read.directory.work_items[0].resource.stage_events_size(), 0);
  EXPECT_EQ(read.directory.work_items[1].resource.stage_events_size(), 0);
  EXPECT_EQ(read.Noted("whose project is not sure (ambiguous)"), 1);
  EXPECT_EQ(read.Noted("several histories"), 1);
  EXPECT_EQ(read.Noted("not in the file"), 1);
  EXPECT_EQ(read.Noted("an event of a project that is not sure"), 3);
}

TEST(StageFiles, LeavePlaceholdersOutAndTakeDuplicatesOnce) {
  const ReadFiles read = WithStages(kUnique,
                                    "1,60.60,1982-05-20\n1,60.60,1982-05-20\n1,60.00,1900-01-01\n1,soon,1982-05-20\n1,"
                                    "60.60,May\nx,60.60,1982-05-20\n");
  EXPECT_THAT(EventsOf(read.directory.work_items[0].resource), ElementsAre("60.60 1982-05-20"));
  EXPECT_EQ(read.Noted("there twice"), 1);
  EXPECT_EQ(read.Noted("a placeholder"), 1);
  EXPECT_THAT(read.Rejected(), ElementsAre(HasSubstr("5 stage:"), HasSubstr("6 date:"), HasSubstr("7 standat_no:")));
}

}  // namespace
}  // namespace concord::ctl
