#include "services/reporting/roll_up.h"

#include <tuple>

#include "services/reporting/formula_edition.h"

namespace concord::reporting {
namespace {

auto Key(const google::protobuf::Timestamp& time) { return std::make_tuple(time.seconds(), time.nanos()); }

bool IsSet(const google::protobuf::Timestamp& time) { return time.seconds() != 0 || time.nanos() != 0; }

}  // namespace

void RollUp::Count(double weight, double numerator, double denominator, const google::protobuf::Timestamp& time) {
  weight_ += weight;
  numerator_ += weight * numerator;
  denominator_ += weight * denominator;
  ++counted_;
  ++expected_;
  if (IsSet(time) && (!IsSet(newest_time_) || Key(newest_time_) < Key(time))) newest_time_ = time;
}

void RollUp::Miss(absl::string_view name) {
  ++expected_;
  if (missing_.size() < kMaxMissingNames) missing_.emplace_back(name);
}

absl::optional<double> RollUp::value() const {
  if (counted_ == 0 || !(weight_ > 0) || !(denominator_ > 0)) return absl::nullopt;
  return numerator_ / denominator_;
}

v1::Figure RollUp::ToFigure() const {
  v1::Figure figure;
  if (const absl::optional<double> number = value(); number.has_value()) figure.set_value(*number);
  figure.set_counted_count(counted_);
  figure.set_expected_count(expected_);
  for (const std::string& name : missing_) figure.add_missing(name);
  if (IsSet(newest_time_)) *figure.mutable_newest_time() = newest_time_;
  return figure;
}

}  // namespace concord::reporting
