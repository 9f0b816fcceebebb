// Any mask over any two actions. Input: the paths, a line each; a line "---"; the
// action that is sent; a line "---"; the action that is stored. Actions are
// binary or, so that seeds can be read, Protobuf's text format.
//
// Holds: name, etag and fields annotated OUTPUT_ONLY or IMMUTABLE stay as they
// were; applied twice is applied once; violations mean that nothing changed; "*"
// makes all other fields those that were sent. The request checks never crash,
// and what was cleared stays cleared.
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_split.h"
#include "common/aip/field_behavior.h"
#include "common/aip/field_mask.h"
#include "concord/action/v1/action.pb.h"
#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/io/tokenizer.h"
#include "google/protobuf/io/zero_copy_stream_impl_lite.h"
#include "google/protobuf/stubs/logging.h"
#include "google/protobuf/text_format.h"
#include "tests/fuzz/check.h"

namespace {

using concord::Violations;
using concord::action::v1::Action;
using google::protobuf::FieldMask;

class Silence : public google::protobuf::io::ErrorCollector {
  void AddError(int, google::protobuf::io::ColumnNumber, const std::string&) override {}
};

bool Parse(const std::string& bytes, Action& action) {
  if (action.ParseFromString(bytes)) return true;
  Silence silence;
  google::protobuf::TextFormat::Parser parser;
  parser.RecordErrorsTo(&silence);
  return parser.ParseFromString(bytes, &action);
}

// Equal messages give equal bytes, also where a number is not a number.
std::string Bytes(const Action& action) {
  std::string bytes;
  google::protobuf::io::StringOutputStream stream(&bytes);
  google::protobuf::io::CodedOutputStream coded(&stream);
  coded.SetSerializationDeterministic(true);
  action.SerializePartialToCodedStream(&coded);
  coded.Trim();
  return bytes;
}

bool IsKept(const google::protobuf::FieldDescriptor& field) {
  return field.name() == "name" || field.name() == "etag" ||
         concord::aip::HasBehavior(field, google::api::OUTPUT_ONLY) ||
         concord::aip::HasBehavior(field, google::api::IMMUTABLE);
}

// The action with only the fields that a caller cannot change, or only the others.
Action Only(bool kept, Action action) {
  for (int i = 0; i < Action::descriptor()->field_count(); ++i) {
    const auto* field = Action::descriptor()->field(i);
    if (IsKept(*field) != kept) action.GetReflection()->ClearField(&action, field);
  }
  action.DiscardUnknownFields();
  return action;
}

bool Apply(const FieldMask* mask, const Action& from, Action& to) {
  Violations violations;
  concord::aip::ApplyUpdateMask(mask, from, to, "update_mask", violations);
  FUZZ_CHECK(violations.empty() == violations.ToStatus().ok());
  return violations.empty();
}

void CheckApply(const FieldMask* mask, const Action& from, const Action& stored) {
  Action to = stored;
  const bool applied = Apply(mask, from, to);
  FUZZ_CHECK(applied || Bytes(to) == Bytes(stored));
  FUZZ_CHECK(Bytes(Only(true, to)) == Bytes(Only(true, stored)));
  const std::string once = Bytes(to);
  FUZZ_CHECK(Apply(mask, from, to) == applied);
  FUZZ_CHECK(Bytes(to) == once);
}

void CheckStar(const Action& from, const Action& stored) {
  FieldMask star;
  star.add_paths("*");
  CheckApply(&star, from, stored);
  Action to = stored;
  FUZZ_CHECK(Apply(&star, from, to));
  Action sent = from;
  to.DiscardUnknownFields();
  sent.DiscardUnknownFields();
  FUZZ_CHECK(Bytes(Only(false, to)) == Bytes(Only(false, sent)));
}

void CheckBehaviour(Action action) {
  Violations violations;
  concord::aip::CheckRequiredFields(action, "action", violations);
  concord::aip::CheckKnownValues(action, "action", violations);
  FUZZ_CHECK(violations.empty() == violations.ToStatus().ok());
  concord::aip::ClearOutputOnlyFields(action);
  const std::string once = Bytes(action);
  concord::aip::ClearOutputOnlyFields(action);
  FUZZ_CHECK(Bytes(action) == once);
}

}  // namespace

extern "C" int LLVMFuzzerInitialize(int*, char***) {
  google::protobuf::SetLogHandler(nullptr);  // It logs every text that is not UTF-8.
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string input(reinterpret_cast<const char*>(data), size);
  const std::vector<std::string> parts = absl::StrSplit(input, absl::MaxSplits("---\n", 2));
  Action from;
  Action stored;
  if (parts.size() != 3 || !Parse(parts[1], from) || !Parse(parts[2], stored)) return -1;
  FieldMask mask;
  for (const absl::string_view path : absl::StrSplit(parts[0], '\n', absl::SkipEmpty())) {
    mask.add_paths(std::string(path));
  }
  CheckApply(&mask, from, stored);
  CheckApply(nullptr, from, stored);
  CheckStar(from, stored);
  CheckBehaviour(from);
  return 0;
}
