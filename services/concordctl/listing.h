// Rows of an answer as a table, by the schema.
//
// Pure; safe from any thread.
#ifndef SERVICES_CONCORDCTL_LISTING_H_
#define SERVICES_CONCORDCTL_LISTING_H_

#include <string>
#include <vector>

#include "google/protobuf/message.h"
#include "services/concordctl/table.h"

namespace concord::ctl {

// What a column shows of a row: a field, "baseline.value" is one inside a message; of several joined by "|" the first
// that is set. Names of resources are short where they can be read back. A function of the row takes the field's place
// where it is given.
struct FieldColumn {
  Column column;
  std::string field;
  std::string (*text)(const google::protobuf::Message& row) = nullptr;
};

// The rows of a response: of its first repeated field of messages. What is deleted is faint, and says so in the
// title, or in the first column.
Table RowsTable(const google::protobuf::Message& response, const std::vector<FieldColumn>& columns);

}  // namespace concord::ctl

#endif  // SERVICES_CONCORDCTL_LISTING_H_
