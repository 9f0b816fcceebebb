// What all records of an action share: milestones, reports, contributions, activities, risks. Pure.
#ifndef SERVICES_ACTION_RECORDS_H_
#define SERVICES_ACTION_RECORDS_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "common/rpc/context.h"
#include "common/rpc/standard_methods.h"
#include "concord/action/v1/action.pb.h"

namespace concord::action {

// The action that a record belongs to. NOT_FOUND, or FAILED_PRECONDITION with PLAN_CLOSED.
absl::StatusOr<const v1::Action*> OpenActionOf(rpc::Context& context, const std::string& record);

// FAILED_PRECONDITION with ACTION_ENDED if the action of the record is completed or cancelled.
absl::Status CheckNotEnded(const v1::Action& action, const std::string& record);

// The same, and with ACTION_NOT_BEGUN if it has not been started yet.
absl::Status CheckBegun(const v1::Action& action, const std::string& record);

// INVALID_ARGUMENT with a violation of `field` if the day lies before the action's actual start.
absl::Status CheckSinceStart(const v1::Action& action, absl::CivilDay day, absl::string_view field);

// Whether the action can end on the day, for its latest progress report and its latest reached milestone are not later.
// FAILED_PRECONDITION with ENDS_BEFORE_RECORD.
absl::Status CheckRecordsUntil(rpc::Context& context, const v1::Action& action, absl::CivilDay day);

// Whether a record may be deleted where only the plan must be open.
absl::Status CheckRemovable(rpc::Context& context, const google::protobuf::Message& record);

// The rules of one type of record, with its own message in the place of any; a null `remove` allows what
// CheckRemovable allows.
template <typename Record>
struct RecordRules {
  void (*values)(const Record& record, absl::string_view prefix, Violations& violations);
  absl::Status (*write)(rpc::Context& context, const Record* before, Record& after);
  absl::Status (*remove)(rpc::Context& context, const Record& record) = nullptr;

  rpc::ResourceRules ForAnyMessage() const {
    using google::protobuf::Message;
    rpc::ResourceRules rules;
    rules.values = [values = values](const Message& record, absl::string_view prefix, Violations& violations) {
      values(static_cast<const Record&>(record), prefix, violations);
    };
    rules.write = [write = write](rpc::Context& context, const Message* before, Message& after) {
      return write(context, static_cast<const Record*>(before), static_cast<Record&>(after));
    };
    rules.remove = [remove = remove](rpc::Context& context, const Message& record) {
      if (remove == nullptr) return CheckRemovable(context, record);
      return remove(context, static_cast<const Record&>(record));
    };
    return rules;
  }
};

// A path in the request: "milestone.title".
std::string FieldPath(absl::string_view prefix, absl::string_view field);

}  // namespace concord::action

#endif  // SERVICES_ACTION_RECORDS_H_
