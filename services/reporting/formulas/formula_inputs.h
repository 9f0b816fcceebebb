// Which records went into a formula, and how. What a formula counts here is its coverage, its freshness and its
// lineage.
#ifndef SERVICES_REPORTING_FORMULAS_FORMULA_INPUTS_H_
#define SERVICES_REPORTING_FORMULAS_FORMULA_INPUTS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "concord/reporting/v1/formula.pb.h"
#include "google/protobuf/timestamp.pb.h"

namespace concord::reporting {

using Standing = v1::FormulaInput::Standing;

// One record. What it views lives as long as the records do, but for the part, which is its own.
struct CountedRecord {
  absl::string_view name;
  Standing standing = v1::FormulaInput::STANDING_UNSPECIFIED;
  std::string part;
  absl::optional<int64_t> value;
};

// One thread at a time. The records must outlive it.
class FormulaInputs {
 public:
  template <typename Record>
  void In(const Record& record, std::string part = "", absl::optional<int64_t> value = absl::nullopt) {
    Count(record, v1::FormulaInput::STANDING_IN, std::move(part), value);
  }
  template <typename Record>
  void Out(const Record& record, std::string part = "", absl::optional<int64_t> value = absl::nullopt) {
    Count(record, v1::FormulaInput::STANDING_OUT, std::move(part), value);
  }
  template <typename Record>
  void Missing(const Record& record, std::string part = "") {
    Count(record, v1::FormulaInput::STANDING_MISSING, std::move(part), absl::nullopt);
  }
  // What is in, or out.
  template <typename Record>
  void InOrOut(bool in, const Record& record, std::string part = "", absl::optional<int64_t> value = absl::nullopt) {
    Count(record, in ? v1::FormulaInput::STANDING_IN : v1::FormulaInput::STANDING_OUT, std::move(part), value);
  }

  // A record that decides what a counted one is, and is not counted itself: the value is no older than it.
  template <typename Record>
  void Behind(const Record& record) {
    Freshen(record.update_time());
  }

  int64_t in() const { return in_; }
  int64_t counted() const { return in_ + out_; }
  int64_t expected() const { return in_ + out_ + missing_; }

  // In the order they were counted.
  const std::vector<CountedRecord>& records() const { return records_; }

  // Coverage and freshness.
  void Fill(v1::FormulaResult& result) const;

  static v1::FormulaInput ToProto(const CountedRecord& record);

 private:
  template <typename Record>
  void Count(const Record& record, Standing standing, std::string part, absl::optional<int64_t> value) {
    Count(CountedRecord{record.name(), standing, std::move(part), value}, record.update_time());
  }
  void Count(CountedRecord record, const google::protobuf::Timestamp& time);
  void Freshen(const google::protobuf::Timestamp& time);

  std::vector<CountedRecord> records_;
  int64_t in_ = 0;
  int64_t out_ = 0;
  int64_t missing_ = 0;
  google::protobuf::Timestamp newest_;
};

}  // namespace concord::reporting

#endif  // SERVICES_REPORTING_FORMULAS_FORMULA_INPUTS_H_
