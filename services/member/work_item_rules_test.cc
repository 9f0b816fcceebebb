#include "services/member/work_item_rules.h"

#include "absl/strings/str_replace.h"
#include "absl/time/civil_time.h"
#include "common/aip/date.h"
#include "concord/member/v1/error_reason.pb.h"
#include "google/protobuf/text_format.h"
#include "services/member/work_item_fixture.h"
#include "tests/support/status_matchers.h"

namespace concord::member {
namespace {

using absl::CivilDay;
using absl::StatusCode;
using concord::testing::HasReason;
using concord::testing::IsOk;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using v1::WorkItem;

// The fields that are wrong in a good work item to which these are added.
std::vector<std::string> BadWorkItemFields(const std::string& more) {
  WorkItem item = WorkItemOf("");
  EXPECT_TRUE(google::protobuf::TextFormat::MergeFromString(more, &item)) << more;
  Violations violations;
  CheckWorkItemValues(item, "work_item", violations);
  std::vector<std::string> fields;
  for (const auto& [field, description] : ViolationsOf(violations.ToStatus())) fields.push_back(field);
  return fields;
}

std::string Text(const std::string& field, int size) {
  return absl::StrCat(field, ": '", std::string(size, 'x'), "' ");
}

// `text` so many times, with the number in the place of "#".
std::string Times(int count, const std::string& text) {
  std::string all;
  for (int i = 0; i < count; ++i) all += absl::StrReplaceAll(text, {{"#", absl::StrCat(i + 10)}});
  return all;
}

TEST(WorkItemValues, AreGoodUpToTheirLimits) {
  EXPECT_THAT(BadWorkItemFields(""), IsEmpty());
  EXPECT_THAT(BadWorkItemFields(absl::StrCat(Text("title", 600), Text("reference", 120), Text("source_id", 60),
                                             "edition: 1000 labels { key: 'area' value: 'climate' } stage: '60.60' "
                                             "publication_date { year: 2010 month: 11 day: 1 } ",
                                             Times(500, Event("40.20", 2010, 1, 1)), Times(20, "ics_codes: '#' "),
                                             Times(20, "priorities: 'plans/p/actions/#' "))),
              IsEmpty());
}

TEST(WorkItemValues, NameWhatIsBeyondALimit) {
  EXPECT_THAT(BadWorkItemFields("title: ' '"), ElementsAre("work_item.title"));
  EXPECT_THAT(BadWorkItemFields(Text("title", 601)), ElementsAre("work_item.title"));
  EXPECT_THAT(BadWorkItemFields(Text("reference", 121)), ElementsAre("work_item.reference"));
  EXPECT_THAT(BadWorkItemFields(Text("source_id", 61)), ElementsAre("work_item.source_id"));
  EXPECT_THAT(BadWorkItemFields("edition: 1001"), ElementsAre("work_item.edition"));
  EXPECT_THAT(BadWorkItemFields("edition: -1"), ElementsAre("work_item.edition"));
  EXPECT_THAT(BadWorkItemFields(Times(501, Event("40.20", 2010, 1, 1))), ElementsAre("work_item.stage_events"));
  EXPECT_THAT(BadWorkItemFields(Times(21, "ics_codes: '#' ")), ElementsAre("work_item.ics_codes"));
  EXPECT_THAT(BadWorkItemFields(Times(21, "priorities: 'plans/p/actions/#' ")), ElementsAre("work_item.priorities"));
}

TEST(WorkItemValues, NameWhatIsWrong) {
  EXPECT_THAT(BadWorkItemFields("labels { key: 'Area' value: 'x' }"), ElementsAre("work_item.labels"));
  EXPECT_THAT(BadWorkItemFields("stage: '40'"), ElementsAre("work_item.stage"));
  EXPECT_THAT(BadWorkItemFields("publication_date { year: 2010 month: 11 }"),
              ElementsAre("work_item.publication_date"));
  EXPECT_THAT(BadWorkItemFields(Event("40.20", 2010, 1, 1) + Event("40.21", 2010, 2, 30) + "stage_events {}"),
              ElementsAre("work_item.stage_events[1].stage", "work_item.stage_events[1].date",
                          "work_item.stage_events[2].stage", "work_item.stage_events[2].date"));
}

TEST(WorkItemValues, HaveATrackThatThereIs) {
  for (const int months : {0, 18, 24, 36, 48}) {
    EXPECT_THAT(BadWorkItemFields(absl::StrCat("track_months: ", months)), IsEmpty()) << months;
  }
  for (const int months : {-18, 12, 37}) {
    EXPECT_THAT(BadWorkItemFields(absl::StrCat("track_months: ", months)), ElementsAre("work_item.track_months"))
        << months;
  }
}

TEST(WorkItemValues, ClassifyByFieldGroupAndSubgroup) {
  EXPECT_THAT(BadWorkItemFields("ics_codes: '03' ics_codes: '03.100' ics_codes: '03.100.30'"), IsEmpty());
  for (const char* code : {"", "3", "03.", "03.10", "03.100.", "03.100.3", "03.100.300", "03-100", "O3.100"}) {
    EXPECT_THAT(BadWorkItemFields(absl::StrCat("ics_codes: '", code, "'")), ElementsAre("work_item.ics_codes[0]"))
        << code;
  }
  EXPECT_THAT(BadWorkItemFields("ics_codes: '03' ics_codes: '13' ics_codes: '03'"),
              ElementsAre("work_item.ics_codes[2]"));
}

TEST(WorkItemValues, ServeObjectivesAndActionsEachOnce) {
  EXPECT_THAT(BadWorkItemFields("priorities: 'plans/p/objectives/3' priorities: 'plans/q/actions/3'"), IsEmpty());
  for (const char* name : {"", "plans/p", "plans/p/actions/-", "plans/p/actions/3/milestones/m", "members/42"}) {
    EXPECT_THAT(BadWorkItemFields(absl::StrCat("priorities: '", name, "'")), ElementsAre("work_item.priorities[0]"))
        << name;
  }
  EXPECT_THAT(BadWorkItemFields("priorities: 'plans/p/actions/3' priorities: 'plans/p/actions/3'"),
              ElementsAre("work_item.priorities[1]"));
}

class WorkItemWrite : public WorkItemTest {};

TEST_F(WorkItemWrite, TakesTheStageOfTheLastEvent) {
  const auto item = Write("stage: '00.00' " + Event("20.00", 2011, 3, 15) + Event("30.00", 2012, 2, 29));
  ASSERT_THAT(item, IsOk());
  EXPECT_EQ(item->stage(), "30.00");
  EXPECT_EQ(aip::ToDay(item->stage_date()), CivilDay(2012, 2, 29));
}

TEST_F(WorkItemWrite, KeepsTheStageOfTheSourceWhereNoEventIsKnown) {
  const auto item = Write("stage: '60.60' stage_date { year: 2010 month: 1 day: 1 }");
  ASSERT_THAT(item, IsOk());
  EXPECT_EQ(item->stage(), "60.60");
  EXPECT_FALSE(item->has_stage_date());
}

TEST_F(WorkItemWrite, TakesTheFirstPublicationThatItKnows) {
  const std::string given = "publication_date { year: 2010 month: 11 day: 1 } ";
  EXPECT_EQ(aip::ToDay(Write(given + Event("50.00", 2010, 9, 1))->publication_date()), CivilDay(2010, 11, 1));
  EXPECT_EQ(
      aip::ToDay(Write(given + Event("60.60", 2010, 11, 15) + Event("90.93", 2011, 1, 1) + Event("60.60", 2011, 6, 1))
                     ->publication_date()),
      CivilDay(2010, 11, 15));
  EXPECT_FALSE(Write(Event("60.00", 2010, 11, 15))->has_publication_date());
}

TEST_F(WorkItemWrite, CountsItsLimitsFromTheApprovalOrElseFromTheRegistration) {
  const std::string registered = "track_months: 36 " + Event("20.00", 2011, 5, 31);
  auto item = Write(registered + Event("30.00", 2011, 8, 1));
  ASSERT_THAT(item, IsOk());
  EXPECT_EQ(aip::ToDay(item->enquiry_limit_date()), CivilDay(2013, 5, 31));
  EXPECT_EQ(aip::ToDay(item->publication_limit_date()), CivilDay(2014, 5, 31));
  item = Write(registered + Event("10.99", 2011, 6, 30) + Event("10.99", 2012, 1, 1));
  ASSERT_THAT(item, IsOk());
  EXPECT_EQ(aip::ToDay(item->enquiry_limit_date()), CivilDay(2013, 6, 30)) << "of the first approval";
  EXPECT_EQ(aip::ToDay(item->publication_limit_date()), CivilDay(2014, 6, 30));
}

TEST_F(WorkItemWrite, HasNoLimitsWithoutTrackOrRegistration) {
  const std::string old_limits =
      "enquiry_limit_date { year: 2012 month: 1 day: 1 } publication_limit_date { year: 2013 month: 1 day: 1 } ";
  for (const std::string& fields : {Event("20.00", 2011, 5, 31), "track_months: 36 " + Event("30.00", 2011, 5, 31),
                                    "track_months: 18 " + Event("20.00", 2011, 5, 31)}) {
    const auto item = Write(old_limits + fields);
    ASSERT_THAT(item, IsOk());
    EXPECT_FALSE(item->has_enquiry_limit_date()) << fields;
    EXPECT_FALSE(item->has_publication_limit_date()) << fields;
  }
}

TEST_F(WorkItemWrite, MaySkipRepeatAndGoBack) {
  EXPECT_THAT(Write(Event("10.99", 2010, 1, 1) + Event("40.00", 2010, 1, 1) + Event("40.92", 2010, 6, 1) +
                    Event("30.00", 2010, 6, 1) + Event("40.00", 2010, 9, 1) + Event("40.00", 2010, 9, 1)),
              IsOk());
}

TEST_F(WorkItemWrite, IsRefusedWithEventsOutOfOrder) {
  const absl::Status status =
      Write(Event("20.00", 2011, 3, 15) + Event("30.00", 2011, 3, 14) + Event("30.20", 2011, 3, 14)).status();
  EXPECT_THAT(status, HasReason(StatusCode::kFailedPrecondition, v1::ERROR_REASON_STAGE_OUT_OF_ORDER));
  EXPECT_EQ(MetadataOf(status, "name"), kWorkItem);
  EXPECT_EQ(MetadataOf(status, "stage"), "30.00");
  EXPECT_EQ(MetadataOf(status, "date"), "2011-03-14");
}

TEST_F(WorkItemWrite, IsRefusedWithAnEventInTheFuture) {
  EXPECT_THAT(Write(Event("20.00", 2012, 2, 29)), IsOk()) << "today";
  const absl::Status status = Write(Event("20.00", 2012, 3, 1)).status();
  EXPECT_THAT(status, HasReason(StatusCode::kFailedPrecondition, v1::ERROR_REASON_STAGE_IN_FUTURE));
  EXPECT_EQ(MetadataOf(status, "name"), kWorkItem);
  EXPECT_EQ(MetadataOf(status, "stage"), "20.00");
  EXPECT_EQ(MetadataOf(status, "date"), "2012-03-01");
}

TEST_F(WorkItemWrite, IsRefusedIfItServesWhatIsNotThere) {
  EXPECT_THAT(Write("priorities: 'plans/p/objectives/3' priorities: 'plans/p/actions/3-1'"), IsOk());
  for (const char* name : {"plans/p/objectives/4", "plans/p/actions/gone", "plans/none/actions/3-1"}) {
    const absl::Status status =
        Write(absl::StrCat("priorities: 'plans/p/objectives/3' priorities: '", name, "'")).status();
    EXPECT_THAT(status, HasReason(StatusCode::kFailedPrecondition, v1::ERROR_REASON_REFERENCE_BROKEN)) << name;
    EXPECT_EQ(MetadataOf(status, "reference"), name);
  }
}

TEST_F(WorkItemWrite, IsNotHeldAgainstWhatHasGoneSince) {
  const WorkItem before = WorkItemOf("priorities: 'plans/p/actions/gone'");
  WorkItem after = before;
  after.set_title("New");
  EXPECT_THAT(Write(after, &before), IsOk());
  after.add_priorities("plans/p/actions/none");
  const absl::Status status = Write(after, &before).status();
  EXPECT_EQ(MetadataOf(status, "reference"), "plans/p/actions/none") << "what is added is looked at";
  WorkItem deleted = before;
  deleted.mutable_delete_time()->set_seconds(1);
  EXPECT_THAT(Write(before, &deleted), HasReason(StatusCode::kFailedPrecondition, v1::ERROR_REASON_REFERENCE_BROKEN))
      << "what is undeleted is as new";
}

class WorkItemImport : public WorkItemTest {
 protected:
  const WorkItem faulty_ = WorkItemOf(Event("30.00", 2012, 3, 1) + Event("20.00", 2011, 3, 15) +
                                      "priorities: 'plans/p/actions/gone' priorities: 'plans/p/actions/3-1'");
};

TEST_F(WorkItemImport, KeepsWhatAnOrdinaryWriteRefusesAndSaysSo) {
  const WorkItem item = Import(faulty_);
  EXPECT_THAT(ReasonsOf(item), ElementsAre("STAGE_IN_FUTURE", "STAGE_OUT_OF_ORDER", "REFERENCE_BROKEN"));
  EXPECT_EQ(item.stage(), "20.00") << "of the last event in the order that the source gives";
  EXPECT_THAT(ReasonsOf(Import(Event("20.00", 2011, 3, 15))), IsEmpty());
}

TEST_F(WorkItemImport, SaysTheSameTheSecondTime) {
  const WorkItem item = Import(faulty_);
  EXPECT_EQ(Import(item, &item).SerializeAsString(), item.SerializeAsString());
}

TEST_F(WorkItemImport, IsChangedAfterwardsAsLongAsNoFaultIsAdded) {
  const WorkItem before = Import(faulty_);
  WorkItem after = before;
  after.set_title("New");
  const auto changed = Write(after, &before);
  ASSERT_THAT(changed, IsOk());
  EXPECT_THAT(ReasonsOf(*changed), ElementsAre("STAGE_IN_FUTURE", "STAGE_OUT_OF_ORDER", "REFERENCE_BROKEN"));
  *after.add_stage_events() = WorkItemOf(Event("10.00", 2011, 3, 14)).stage_events(0);
  EXPECT_THAT(Write(after, &before), HasReason(StatusCode::kFailedPrecondition, v1::ERROR_REASON_STAGE_OUT_OF_ORDER));
}

TEST_F(WorkItemImport, IsFreeOfFindingsOnceItIsMended) {
  const WorkItem before = Import(faulty_);
  WorkItem after = before;
  after.mutable_stage_events()->DeleteSubrange(0, 1);
  after.mutable_priorities()->DeleteSubrange(0, 1);
  const auto mended = Write(after, &before);
  ASSERT_THAT(mended, IsOk());
  EXPECT_THAT(ReasonsOf(*mended), IsEmpty());
}

}  // namespace
}  // namespace concord::member
