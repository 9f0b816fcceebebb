// Values as bytes that compare as the values do.
//
// Pure; safe from any thread.
#ifndef COMMON_AIP_KEY_BYTES_H_
#define COMMON_AIP_KEY_BYTES_H_

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"

namespace concord::aip {

// Each appends a piece that no other value's piece begins with, so that pieces in a row compare
// as their values do, the first first.
void AppendWholeKey(int64_t value, std::string& key);
void AppendUnsignedKey(uint64_t value, std::string& key);
// Not-a-number comes last; -0 and 0 are equal.
void AppendRealKey(double value, std::string& key);
void AppendTextKey(absl::string_view text, std::string& key);

// Turns the order of what begins at `begin` around.
void Reverse(std::string& key, size_t begin);

}  // namespace concord::aip

#endif  // COMMON_AIP_KEY_BYTES_H_
