// What the tests of work items share: a committee, something to serve, and writes of work items.
#ifndef SERVICES_MEMBER_WORK_ITEM_FIXTURE_H_
#define SERVICES_MEMBER_WORK_ITEM_FIXTURE_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "common/rpc/state_fixture.h"
#include "concord/action/v1/action.pb.h"
#include "concord/member/v1/committee.pb.h"
#include "concord/member/v1/work_item.pb.h"
#include "concord/objective/v1/objective.pb.h"
#include "gmock/gmock.h"
#include "services/member/work_item_rules.h"

namespace concord::member {

inline constexpr char kWorkItem[] = "committees/45020/workItems/26000";

// "stage_events { stage: '20.00' date { year: 2011 month: 3 day: 15 } }".
inline std::string Event(absl::string_view stage, int year, int month, int day) {
  return absl::StrCat("stage_events { stage: '", stage, "' date { year: ", year, " month: ", month, " day: ", day,
                      " } } ");
}

// A work item of a text.
inline v1::WorkItem WorkItemOf(const std::string& fields) {
  return rpc::Parse<v1::WorkItem>(absl::StrCat("name: '", kWorkItem, "' title: 'T' ", fields));
}

// The reasons of its findings.
inline std::vector<std::string> ReasonsOf(const v1::WorkItem& item) {
  std::vector<std::string> reasons;
  for (const v1::Finding& finding : item.findings()) reasons.push_back(finding.reason());
  return reasons;
}

// The committees 45020 and old, which is disbanded; the objective plans/p/objectives/3 and the actions 3-1 and gone,
// which is deleted. No work item. Today is 2012-02-29.
class WorkItemTest : public ::testing::Test {
 protected:
  WorkItemTest()
      : state_({{v1::Committee::default_instance(), "directory"},
                {v1::WorkItem::default_instance(), "work"},
                {objective::v1::Objective::default_instance(), "plans/{plan}"},
                {action::v1::Action::default_instance(), "plans/{plan}"}}) {
    state_.Of("work");
    state_.Put(rpc::Parse<v1::Committee>("name: 'committees/45020'"));
    state_.Put(rpc::Parse<v1::Committee>("name: 'committees/old' disbanding_date { year: 2001 month: 1 day: 1 }"));
    state_.Put(rpc::Parse<objective::v1::Objective>("name: 'plans/p/objectives/3' code: '3'"));
    state_.Put(rpc::Parse<action::v1::Action>("name: 'plans/p/actions/3-1' code: '3.1'"));
    state_.Put(rpc::Parse<action::v1::Action>("name: 'plans/p/actions/gone' code: 'g' delete_time { seconds: 1 }"));
  }

  // What comes of an ordinary write.
  absl::StatusOr<v1::WorkItem> Write(const v1::WorkItem& item, const v1::WorkItem* before = nullptr) {
    rpc::Context context = state_.Look();
    v1::WorkItem after = item;
    const absl::Status status = WorkItemRules().write(context, before, after);
    if (!status.ok()) return status;
    return after;
  }
  absl::StatusOr<v1::WorkItem> Write(const std::string& fields) { return Write(WorkItemOf(fields)); }

  // The same of an import.
  v1::WorkItem Import(const v1::WorkItem& item, const v1::WorkItem* before = nullptr) {
    rpc::Context context = state_.Look();
    v1::WorkItem after = item;
    EXPECT_TRUE(WorkItemRules().import(context, before, after).ok());
    return after;
  }
  v1::WorkItem Import(const std::string& fields) { return Import(WorkItemOf(fields)); }

  rpc::State state_;
};

}  // namespace concord::member

#endif  // SERVICES_MEMBER_WORK_ITEM_FIXTURE_H_
