// A figure of a whole from its parts: weighted means and ratios, with what of
// the expected parts had data.
//
//   RollUp progress;
//   progress.Count(weight, *done, 1.0, action.update_time());  // a mean
//   progress.Miss(other.name());
//   *delivery.mutable_progress() = progress.ToFigure();
//
// Parts are added in the order of their names and never taken out again: the
// same parts give the same bits. One thread at a time.
#ifndef SERVICES_REPORTING_ROLL_UP_H_
#define SERVICES_REPORTING_ROLL_UP_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "concord/reporting/v1/scorecard.pb.h"
#include "google/protobuf/timestamp.pb.h"

namespace concord::reporting {

class RollUp {
 public:
  // A part with data, which was written at `time`. The figure is the sum of
  // weight x numerator over the sum of weight x denominator; a denominator of 1
  // makes it a weighted mean. A `time` that is not set (0) does not count.
  void Count(double weight, double numerator, double denominator, const google::protobuf::Timestamp& time);

  // A part that was expected and has no data.
  void Miss(absl::string_view name);

  // The value; nothing if no part had data (or all weights were 0).
  absl::optional<double> value() const;

  // The weighted means of numerators and denominators; only with a value().
  double mean_numerator() const { return numerator_ / weight_; }
  double mean_denominator() const { return denominator_ / weight_; }

  const google::protobuf::Timestamp& newest_time() const { return newest_time_; }

  v1::Figure ToFigure() const;

 private:
  double weight_ = 0;
  double numerator_ = 0;
  double denominator_ = 0;
  int32_t counted_ = 0;
  int32_t expected_ = 0;
  std::vector<std::string> missing_;
  google::protobuf::Timestamp newest_time_;
};

}  // namespace concord::reporting

#endif  // SERVICES_REPORTING_ROLL_UP_H_
