#include "common/aip/order_by.h"

#include <algorithm>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/aip/field_value.h"
#include "common/aip/key_bytes.h"
#include "common/aip/limits.h"
#include "google/protobuf/descriptor.h"

namespace concord::aip {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

constexpr char kMissing = '\x00';
constexpr char kPresent = '\x01';

void AppendValue(const FieldPath& path, const Message& message, const FieldDescriptor& field, std::string& key) {
  switch (path.kind()) {
    case ValueKind::kText: {
      std::string scratch;
      return AppendTextKey(TextValue(message, field, -1, scratch), key);
    }
    case ValueKind::kReal:
      return AppendRealKey(RealValue(message, field, -1), key);
    case ValueKind::kUnsigned:
      return AppendUnsignedKey(static_cast<uint64_t>(WholeValue(path.kind(), message, field, -1)), key);
    case ValueKind::kDecimal:
      key += DecimalValue(message, field, -1)->Key();
      return;
    case ValueKind::kTimestamp: {
      const absl::int128 nanoseconds = WholeValue(path.kind(), message, field, -1);
      AppendWholeKey(absl::Int128High64(nanoseconds), key);
      return AppendUnsignedKey(absl::Int128Low64(nanoseconds), key);
    }
    default:
      return AppendWholeKey(static_cast<int64_t>(WholeValue(path.kind(), message, field, -1)), key);
  }
}

absl::Status CannotOrder(const std::string& name, absl::string_view why) {
  return absl::InvalidArgumentError(absl::StrCat("\"", name, "\" ", why));
}

absl::Status CheckOrdered(const std::string& name, const FieldPath& path) {
  if (path.many()) return CannotOrder(name, "may have many values, which have no order");
  switch (path.kind()) {
    case ValueKind::kMap:
    case ValueKind::kMessage:
    case ValueKind::kBytes:
      return CannotOrder(name, "has no order: name a number, a text, a date or the like");
    default:
      return absl::OkStatus();
  }
}

}  // namespace

absl::StatusOr<OrderBy> OrderBy::Bind(absl::string_view text, const google::protobuf::Descriptor& row) {
  OrderBy order;
  if (CountCharacters(text) > kOrderCharactersLimit) {
    return absl::InvalidArgumentError(absl::StrCat("must have at most ", kOrderCharactersLimit, " characters"));
  }
  if (text.find_first_not_of(' ') == absl::string_view::npos) return order;
  absl::flat_hash_set<std::string> seen;
  for (const absl::string_view part : absl::StrSplit(text, ',')) {
    const std::vector<std::string> words = absl::StrSplit(part, ' ', absl::SkipEmpty());
    if (words.empty() || words.size() > 2 || (words.size() == 2 && words[1] != "desc")) {
      return absl::InvalidArgumentError(
          absl::StrCat("\"", part, "\" is no field, perhaps with \" desc\" behind it; fields stand between commas"));
    }
    if (order.fields_.size() == kOrderFieldsLimit) {
      return absl::InvalidArgumentError(absl::StrCat("must have at most ", kOrderFieldsLimit, " fields"));
    }
    if (!seen.insert(words[0]).second) return CannotOrder(words[0], "is named twice");
    size_t wrong = 0;
    absl::StatusOr<FieldPath> path = FieldPath::Bind(row, absl::StrSplit(words[0], '.'), wrong);
    if (!path.ok()) return path.status();
    if (const absl::Status status = CheckOrdered(words[0], *path); !status.ok()) return status;
    order.fields_.push_back({*std::move(path), words.size() == 2});
  }
  return order;
}

std::string OrderBy::KeyOf(const Message& row) const {
  std::string key;
  for (const Field& field : fields_) {
    const size_t begin = key.size();
    const bool present = field.path.AnyValue(row, [&](const Message& message, const FieldDescriptor& descriptor, int) {
      if (field.path.kind() == ValueKind::kDecimal && !DecimalValue(message, descriptor, -1).has_value()) return false;
      key += kPresent;
      AppendValue(field.path, message, descriptor, key);
      return true;
    });
    if (!present) key += kMissing;
    if (field.descending) Reverse(key, begin);
  }
  return key;
}

}  // namespace concord::aip
