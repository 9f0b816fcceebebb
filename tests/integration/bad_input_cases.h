// Requests that must be refused, and how.
#ifndef TESTS_INTEGRATION_BAD_INPUT_CASES_H_
#define TESTS_INTEGRATION_BAD_INPUT_CASES_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "common/status/error.h"

namespace concord::testing {

struct Case {
  std::string method;
  std::string fields;  // Text format; words such as $STALE_ETAG stand for what was found at the start.
  absl::StatusCode code;
  Reason reason;
  std::vector<std::string> violations = {};  // Their fields, in order.
};

// Bytes instead of fields; sent as they are.
struct BytesCase {
  std::string what;
  std::string bytes;
  absl::StatusCode code;
  Reason reason;
};

// A request that breaks rules about its own fields.
Case Invalid(std::string method, std::string fields, std::vector<std::string> violations);
// One that is refused for what is around it.
Case Fails(std::string method, std::string fields, absl::StatusCode code, Reason reason);

std::vector<Case> NameCases();
std::vector<Case> FieldCases();
std::vector<Case> TokenCases();
std::vector<Case> RuleCases();
std::vector<Case> ListCases();
std::vector<Case> BatchCases();
std::vector<Case> IndicatorCases();    // bad_input_indicators.cc
std::vector<Case> MeasurementCases();  // bad_input_measurements.cc
std::vector<Case> RecordCases();       // bad_input_records.cc
std::vector<BytesCase> BytesCases();

}  // namespace concord::testing

#endif  // TESTS_INTEGRATION_BAD_INPUT_CASES_H_
