#include "services/member/work_item_methods.h"

#include <string>
#include <utility>
#include <vector>

#include "common/aip/date.h"
#include "concord/member/v1/work_programme_service.pb.h"
#include "concord/rpc/v1/error_reason.pb.h"
#include "services/member/work_item_fixture.h"
#include "tests/support/status_matchers.h"

namespace concord::member {
namespace {

using absl::StatusCode;
using concord::testing::HasReason;
using concord::testing::IsOk;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Pair;
using v1::WorkItem;

class WorkItemMethods : public WorkItemTest {
 protected:
  WorkItemMethods()
      : methods_({&state_.types().Of(WorkItem::descriptor()), WorkItemRules(), &state_.stamper(), &state_.tokens()}),
        advance_(AdvanceWorkItemMethod(methods_)) {}

  // What a write that concerns one work item makes of it.
  absl::StatusOr<WorkItem> Handle(const rpc::Method& method, const google::protobuf::Message& request) {
    rpc::Context context = state_.Look();
    const auto change = method.write(request, context);
    if (!change.ok()) return change.status();
    EXPECT_EQ(change->scope, "work");
    EXPECT_EQ(change->puts.size(), 1);
    return static_cast<const WorkItem&>(*change->puts.at(0).message);
  }

  static v1::AdvanceWorkItemRequest Request(const std::string& fields) {
    return rpc::Parse<v1::AdvanceWorkItemRequest>(absl::StrCat("name: '", kWorkItem, "' ", fields));
  }
  absl::StatusOr<WorkItem> Advance(const std::string& fields) { return Handle(advance_, Request(fields)); }

  // What is wrong with a request by itself.
  std::vector<std::string> BadFields(const v1::AdvanceWorkItemRequest& request) {
    Violations violations;
    advance_.validate(request, violations);
    std::vector<std::string> fields;
    for (const auto& [field, description] : ViolationsOf(violations.ToStatus())) fields.push_back(field);
    return fields;
  }

  rpc::StandardMethods methods_;
  rpc::Method advance_;
};

TEST_F(WorkItemMethods, AreAllThatTheServiceHas) {
  rpc::Engine engine(rpc::EngineParts{}, rpc::EngineOptions{});
  AddWorkItemMethods(engine, {&state_.types(), &state_.stamper(), &state_.tokens()});
  const auto& service = *v1::GetWorkItemRequest::descriptor()->file()->service(0);
  std::vector<std::string> expected;
  for (int i = 0; i < service.method_count(); ++i) {
    expected.push_back(absl::StrCat(service.full_name(), "/", service.method(i)->name()));
  }
  EXPECT_THAT(engine.MethodNames(), ::testing::UnorderedElementsAreArray(expected));
}

TEST_F(WorkItemMethods, CreateUnderADisbandedCommitteeToo) {
  const auto created = Handle(
      methods_.Create(v1::CreateWorkItemRequest::default_instance()),
      rpc::Parse<v1::CreateWorkItemRequest>("parent: 'committees/old' work_item_id: '1' work_item { title: 'T' }"));
  ASSERT_THAT(created, IsOk()) << "its standards outlive it";
  EXPECT_EQ(created->name(), "committees/old/workItems/1");
}

TEST_F(WorkItemMethods, ImportWhatBreaksARuleWithFindings) {
  v1::ImportWorkItemsRequest request;
  *request.add_work_items() = WorkItemOf(Event("30.00", 2011, 3, 15) + Event("20.00", 2011, 3, 14));
  const auto imported = Handle(
      methods_.Import(v1::ImportWorkItemsRequest::default_instance(), v1::ImportWorkItemsResponse::default_instance()),
      request);
  ASSERT_THAT(imported, IsOk());
  EXPECT_THAT(ReasonsOf(*imported), ElementsAre("STAGE_OUT_OF_ORDER"));
}

TEST_F(WorkItemMethods, AdvanceToAStageOnADay) {
  state_.Put(WorkItemOf("track_months: 24 stage: '10.20'"));
  auto item = Advance("stage: '20.00' date { year: 2011 month: 3 day: 15 }");
  ASSERT_THAT(item, IsOk());
  ASSERT_EQ(item->stage_events_size(), 1);
  EXPECT_EQ(item->stage_events(0).stage(), "20.00");
  EXPECT_EQ(aip::FormatDate(item->stage_events(0).date()), "2011-03-15");
  EXPECT_EQ(item->stage(), "20.00");
  EXPECT_EQ(aip::FormatDate(item->stage_date()), "2011-03-15");
  EXPECT_EQ(aip::FormatDate(item->publication_limit_date()), "2013-03-15");
  state_.Put(*item);
  item = Advance("stage: '20.00' date { year: 2011 month: 3 day: 15 }");
  ASSERT_THAT(item, IsOk()) << "again, on the same day";
  EXPECT_EQ(item->stage_events_size(), 2);
}

TEST_F(WorkItemMethods, AdvanceTodayUnlessTheySayWhen) {
  state_.Put(WorkItemOf(Event("60.00", 2011, 12, 1)));
  const auto item = Advance("stage: '60.60'");
  ASSERT_THAT(item, IsOk());
  EXPECT_EQ(aip::FormatDate(item->stage_date()), "2012-02-29");
  EXPECT_EQ(aip::FormatDate(item->publication_date()), "2012-02-29");
}

TEST_F(WorkItemMethods, AdvanceNeitherIntoTheFutureNorIntoThePast) {
  state_.Put(WorkItemOf(Event("20.00", 2011, 3, 15)));
  EXPECT_THAT(Advance("stage: '30.00' date { year: 2012 month: 2 day: 29 }"), IsOk());
  absl::Status status = Advance("stage: '30.00' date { year: 2012 month: 3 day: 1 }").status();
  EXPECT_EQ(status.code(), StatusCode::kInvalidArgument);
  EXPECT_THAT(ViolationsOf(status), ElementsAre(Pair("date", HasSubstr("in the future"))));
  status = Advance("stage: '30.00' date { year: 2011 month: 3 day: 14 }").status();
  EXPECT_EQ(status.code(), StatusCode::kInvalidArgument);
  EXPECT_THAT(ViolationsOf(status), ElementsAre(Pair("date", HasSubstr("before 2011-03-15"))));
}

TEST_F(WorkItemMethods, SayAllThatIsWrongWithTheDayAtOnce) {
  state_.Put(Import(Event("20.00", 2013, 1, 1)));
  EXPECT_THAT(ViolationsOf(Advance("stage: '30.00' date { year: 2012 month: 6 day: 1 }").status()),
              ElementsAre(Pair("date", HasSubstr("in the future")), Pair("date", HasSubstr("before 2013-01-01"))));
}

TEST_F(WorkItemMethods, AdvanceOnlyToAStageThatThereIsOnADayThatThereIs) {
  EXPECT_THAT(BadFields(Request("stage: '40.20'")), IsEmpty());
  EXPECT_THAT(BadFields(Request("stage: '40.20' date { year: 2012 month: 2 day: 29 }")), IsEmpty());
  EXPECT_THAT(BadFields(Request("stage: '40.21' date { year: 2012 month: 2 day: 30 }")), ElementsAre("stage", "date"));
  EXPECT_THAT(BadFields(Request("")), ElementsAre("stage"));
  EXPECT_THAT(BadFields(rpc::Parse<v1::AdvanceWorkItemRequest>("name: 'workItems/1' stage: '40.20'")),
              ElementsAre("name"));
}

TEST_F(WorkItemMethods, AdvanceNoFurtherThanAHistoryMayBeLong) {
  std::string events;
  for (int i = 0; i < kStageEventsLimit - 1; ++i) events += Event("40.20", 2010, 1, 1);
  state_.Put(WorkItemOf(events));
  const auto last = Advance("stage: '40.60'");
  ASSERT_THAT(last, IsOk());
  state_.Put(*last);
  EXPECT_THAT(ViolationsOf(Advance("stage: '40.99'").status()), ElementsAre(Pair("name", HasSubstr("500 events"))));
}

TEST_F(WorkItemMethods, AdvanceWhatWasImportedWithFaultsAndKeepThem) {
  state_.Put(Import(Event("20.00", 2011, 3, 15) + Event("30.00", 2011, 3, 14) + "priorities: 'plans/p/actions/gone'"));
  const auto item = Advance("stage: '40.00'");
  ASSERT_THAT(item, IsOk());
  EXPECT_THAT(ReasonsOf(*item), ElementsAre("STAGE_OUT_OF_ORDER", "REFERENCE_BROKEN"));
  EXPECT_EQ(item->stage(), "40.00");
}

TEST_F(WorkItemMethods, AdvanceOnlyWhatLives) {
  EXPECT_THAT(Advance("stage: '40.00'"), HasReason(StatusCode::kNotFound, rpc::v1::ERROR_REASON_RESOURCE_NOT_FOUND));
  state_.Put(WorkItemOf("delete_time { seconds: 1 }"));
  EXPECT_THAT(Advance("stage: '40.00'"),
              HasReason(StatusCode::kFailedPrecondition, rpc::v1::ERROR_REASON_RESOURCE_DELETED));
}

}  // namespace
}  // namespace concord::member
