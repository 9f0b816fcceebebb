#include "services/reporting/formulas/formula_inputs.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/reporting/formula_edition.h"

namespace concord::reporting {

void FormulaInputs::Count(CountedRecord record, const google::protobuf::Timestamp& time) {
  if (record.standing == v1::FormulaInput::STANDING_IN) ++in_;
  if (record.standing == v1::FormulaInput::STANDING_OUT) ++out_;
  if (record.standing == v1::FormulaInput::STANDING_MISSING) {
    ++missing_;
  } else {
    Freshen(time);
  }
  records_.push_back(std::move(record));
}

void FormulaInputs::Freshen(const google::protobuf::Timestamp& time) {
  const auto later = std::make_tuple(time.seconds(), time.nanos());
  if (later > std::make_tuple(newest_.seconds(), newest_.nanos())) newest_ = time;
}

void FormulaInputs::Fill(v1::FormulaResult& result) const {
  result.set_counted_count(static_cast<int32_t>(counted()));
  result.set_expected_count(static_cast<int32_t>(expected()));
  std::vector<absl::string_view> missing;
  for (const CountedRecord& record : records_) {
    if (record.standing == v1::FormulaInput::STANDING_MISSING) missing.push_back(record.name);
  }
  const size_t shown = std::min<size_t>(missing.size(), kMaxMissingNames);
  std::partial_sort(missing.begin(), missing.begin() + static_cast<std::ptrdiff_t>(shown), missing.end());
  for (size_t i = 0; i < shown; ++i) result.add_missing(std::string(missing[i]));
  if (newest_.seconds() != 0) *result.mutable_newest_time() = newest_;
}

v1::FormulaInput FormulaInputs::ToProto(const CountedRecord& record) {
  v1::FormulaInput input;
  input.set_record(std::string(record.name));
  input.set_standing(record.standing);
  input.set_part(record.part);
  if (record.value.has_value()) input.mutable_value()->set_value(absl::StrCat(*record.value));
  return input;
}

}  // namespace concord::reporting
