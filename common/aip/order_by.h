// The order of lists after AIP-132: "code desc, title". FILTERS.md says what it means.
#ifndef COMMON_AIP_ORDER_BY_H_
#define COMMON_AIP_ORDER_BY_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/aip/field_path.h"
#include "google/protobuf/message.h"

namespace concord::aip {

inline constexpr int kOrderCharactersLimit = 200;
inline constexpr size_t kOrderFieldsLimit = 5;

// Immutable; safe from any thread.
class OrderBy {
 public:
  // For rows of this type. INVALID_ARGUMENT, whose message is the description of a violation.
  static absl::StatusOr<OrderBy> Bind(absl::string_view text, const google::protobuf::Descriptor& row);

  // Whether no order is asked for.
  bool empty() const { return fields_.empty(); }

  // Bytes that compare as the rows are ordered; equal for rows that are equal in all fields named.
  std::string KeyOf(const google::protobuf::Message& row) const;

 private:
  struct Field {
    FieldPath path;
    bool descending = false;
  };
  std::vector<Field> fields_;
};

}  // namespace concord::aip

#endif  // COMMON_AIP_ORDER_BY_H_
