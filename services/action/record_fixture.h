// What the tests of records share: actions in every state, and writes of their records.
#ifndef SERVICES_ACTION_RECORD_FIXTURE_H_
#define SERVICES_ACTION_RECORD_FIXTURE_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/rpc/state_fixture.h"
#include "concord/action/v1/action.pb.h"
#include "concord/objective/v1/plan.pb.h"
#include "gmock/gmock.h"
#include "google/protobuf/text_format.h"

namespace concord::action {

// A message of a text in which what comes later replaces or adds to what came before.
template <typename Record>
Record Merged(const std::string& text) {
  Record record;
  EXPECT_TRUE(google::protobuf::TextFormat::MergeFromString(text, &record)) << text;
  return record;
}

// The fields that `check` complains about in a record.
template <typename Record, typename Check>
std::vector<std::string> BadFieldsOf(Check check, const std::string& prefix, const std::string& text) {
  Violations violations;
  check(Merged<Record>(text), prefix, violations);
  std::vector<std::string> fields;
  for (const auto& [field, description] : ViolationsOf(violations.ToStatus())) fields.push_back(field);
  return fields;
}

// An open plan plans/p with the actions proposed, approved, running (since 2012-02-01), held (since then, too),
// completed and cancelled, and a closed plan plans/closed with running. Today is 2012-02-29.
class RecordWrite : public ::testing::Test {
 protected:
  // `record` is any message of the type of records to be written.
  explicit RecordWrite(const google::protobuf::Message& record)
      : state_({{objective::v1::Plan::default_instance(), "plans/{plan}"},
                {v1::Action::default_instance(), "plans/{plan}"},
                {record, "plans/{plan}"}}) {
    state_.Put(rpc::Parse<objective::v1::Plan>("name: 'plans/p' state: STATE_ACTIVE"));
    state_.Put(rpc::Parse<objective::v1::Plan>("name: 'plans/closed' state: STATE_CLOSED"));
    PutAction("plans/p/actions/proposed", "state: STATE_PROPOSED");
    PutAction("plans/p/actions/approved", "state: STATE_APPROVED");
    PutAction("plans/p/actions/running", absl::StrCat("state: STATE_IN_PROGRESS ", kStarted));
    PutAction("plans/p/actions/held", absl::StrCat("state: STATE_ON_HOLD ", kStarted));
    PutAction("plans/p/actions/completed", absl::StrCat("state: STATE_COMPLETED ", kStarted));
    PutAction("plans/p/actions/cancelled", "state: STATE_CANCELLED");
    PutAction("plans/closed/actions/running", absl::StrCat("state: STATE_IN_PROGRESS ", kStarted));
  }

  void PutAction(const std::string& name, const std::string& fields) {
    state_.Put(rpc::Parse<v1::Action>(absl::StrCat("name: '", name, "' ", fields)));
  }

  // What comes of a new record, or of a change.
  template <typename Record>
  absl::StatusOr<Record> Write(const rpc::ResourceRules& rules, const std::string& text,
                               const Record* before = nullptr) {
    rpc::Context context = state_.Look();
    Record record = Merged<Record>(text);
    const absl::Status status = rules.write(context, before, record);
    if (!status.ok()) return status;
    return record;
  }
  template <typename Record>
  absl::Status Remove(const rpc::ResourceRules& rules, const std::string& text) {
    rpc::Context context = state_.Look();
    return rules.remove(context, rpc::Parse<Record>(text));
  }

  static constexpr char kStarted[] = "actual_start_date { year: 2012 month: 2 day: 1 }";
  static constexpr const char* kLiving[] = {"proposed", "approved", "running", "held"};
  static constexpr const char* kEnded[] = {"completed", "cancelled"};

  rpc::State state_;
};

}  // namespace concord::action

#endif  // SERVICES_ACTION_RECORD_FIXTURE_H_
