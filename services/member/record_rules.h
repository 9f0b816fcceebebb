// The rules of one type of record, with its own message in the place of any.
#ifndef SERVICES_MEMBER_RECORD_RULES_H_
#define SERVICES_MEMBER_RECORD_RULES_H_

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "common/rpc/context.h"
#include "common/rpc/standard_methods.h"
#include "common/status/error.h"
#include "google/protobuf/message.h"
#include "services/member/findings.h"

namespace concord::member {

// What is wrong by itself (`values`) refuses every write. What is wrong among others (`judge`) refuses an ordinary one,
// and is kept as findings by an import. `derive` fills the OUTPUT_ONLY fields that follow from the others, before
// the record is judged. A null `remove` allows every deletion. `on_day` makes of what follows from periods what it was
// on a day, for types whose requests have on_date. All are pure.
template <typename Record>
struct RecordRules {
  void (*values)(const Record& record, absl::string_view prefix, Violations& violations);
  void (*derive)(Record& record);
  Found (*judge)(rpc::Context& context, const Record* before, const Record& after);
  absl::Status (*remove)(rpc::Context& context, const Record& record) = nullptr;
  void (*on_day)(absl::CivilDay day, Record& record) = nullptr;

  rpc::ResourceRules ForAnyMessage() const {
    using google::protobuf::Message;
    rpc::ResourceRules rules;
    rules.values = [values = values](const Message& record, absl::string_view prefix, Violations& violations) {
      values(static_cast<const Record&>(record), prefix, violations);
    };
    const auto found = [derive = derive, judge = judge](rpc::Context& context, const Message* before, Message& after) {
      auto& record = static_cast<Record&>(after);
      derive(record);
      return judge(context, static_cast<const Record*>(before), record);
    };
    rules.write = [found](rpc::Context& context, const Message* before, Message& after) {
      return RefuseNewFindings(found(context, before, after), *static_cast<Record&>(after).mutable_findings());
    };
    rules.import = [found](rpc::Context& context, const Message* before, Message& after) {
      KeepFindings(found(context, before, after), *static_cast<Record&>(after).mutable_findings());
      return absl::OkStatus();
    };
    if (remove != nullptr) {
      rules.remove = [remove = remove](rpc::Context& context, const Message& record) {
        return remove(context, static_cast<const Record&>(record));
      };
    }
    if (on_day != nullptr) {
      rules.facts_on = [on_day = on_day](absl::CivilDay day, Message& record) {
        on_day(day, static_cast<Record&>(record));
      };
    }
    return rules;
  }
};

}  // namespace concord::member

#endif  // SERVICES_MEMBER_RECORD_RULES_H_
