#include "common/aip/key_bytes.h"

#include <cmath>
#include <cstring>
#include <limits>

namespace concord::aip {
namespace {

constexpr uint64_t kTopBit = uint64_t{1} << 63;

}  // namespace

void AppendUnsignedKey(uint64_t value, std::string& key) {
  for (int shift = 56; shift >= 0; shift -= 8) key += static_cast<char>((value >> shift) & 0xFF);
}

void AppendWholeKey(int64_t value, std::string& key) { AppendUnsignedKey(static_cast<uint64_t>(value) ^ kTopBit, key); }

void AppendRealKey(double value, std::string& key) {
  if (value == 0) value = 0;  // Without a sign.
  if (std::isnan(value)) value = std::numeric_limits<double>::quiet_NaN();
  uint64_t bits = 0;
  std::memcpy(&bits, &value, sizeof(bits));
  // The bits of positive numbers are in order; those of negative ones in the opposite one.
  AppendUnsignedKey((bits & kTopBit) != 0 ? ~bits : bits | kTopBit, key);
}

void AppendTextKey(absl::string_view text, std::string& key) {
  for (const char c : text) {
    key += c;
    if (c == '\0') key += '\xFF';
  }
  key.append(2, '\0');
}

void Reverse(std::string& key, size_t begin) {
  for (size_t i = begin; i < key.size(); ++i) key[i] = static_cast<char>(~key[i]);
}

}  // namespace concord::aip
