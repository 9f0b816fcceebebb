#include "common/aip/limits.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

namespace concord::aip {
namespace {

constexpr int kLabelsLimit = 64;
constexpr size_t kLabelKeyLimit = 63;
constexpr int kLabelValueLimit = 63;
constexpr size_t kCodeLimit = 20;

bool IsControl(unsigned char c) { return (c < 0x20 && c != '\n' && c != '\t') || c == 0x7f; }

}  // namespace

int CountCharacters(absl::string_view text) {
  // Every byte but the continuations begins a character.
  return static_cast<int>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

void CheckText(absl::string_view text, absl::string_view field, int least, int most, Violations& violations) {
  const int count = CountCharacters(text);
  if (count > most) violations.Add(field, absl::StrCat("has ", count, " characters, at most ", most, " are allowed"));
  if (least > 0 && absl::StripAsciiWhitespace(text).empty()) violations.Add(field, "is required and must not be blank");
  if (std::any_of(text.begin(), text.end(), [](char c) { return IsControl(static_cast<unsigned char>(c)); })) {
    violations.Add(field, "must not contain control characters");
  }
}

void CheckCount(int count, absl::string_view field, int most, Violations& violations) {
  if (count > most) violations.Add(field, absl::StrCat("has ", count, " elements, at most ", most, " are allowed"));
}

void CheckNumber(double value, absl::string_view field, double least, double most, Violations& violations) {
  if (value >= least && value <= most) return;
  violations.Add(field, absl::StrCat("must be a number from ", least, " to ", most));
}

bool IsLabelKey(absl::string_view key) {
  if (key.empty() || key.size() > kLabelKeyLimit || !absl::ascii_islower(static_cast<unsigned char>(key[0])))
    return false;
  return std::all_of(key.begin(), key.end(), [](unsigned char c) {
    return absl::ascii_islower(c) || absl::ascii_isdigit(c) || c == '_' || c == '-';
  });
}

void CheckLabels(const google::protobuf::Map<std::string, std::string>& labels, absl::string_view field,
                 Violations& violations) {
  CheckKeyedTexts(labels, field, kLabelsLimit, kLabelValueLimit, violations);
}

void CheckKeyedTexts(const google::protobuf::Map<std::string, std::string>& texts, absl::string_view field,
                     int most_texts, int most_characters, Violations& violations) {
  CheckCount(static_cast<int>(texts.size()), field, most_texts, violations);
  for (const auto& [key, value] : texts) {
    if (!IsLabelKey(key)) {
      violations.Add(field, absl::StrCat("has the key \"", key,
                                         "\": 1 to 63 characters a-z, 0-9, _ and -, beginning with a letter"));
      continue;
    }
    CheckText(value, absl::StrCat(field, "[\"", key, "\"]"), 0, most_characters, violations);
  }
}

void CheckCode(absl::string_view code, absl::string_view field, Violations& violations) {
  const bool allowed = std::all_of(code.begin(), code.end(), [](unsigned char c) {
    return absl::ascii_isalnum(c) || c == '.' || c == '-' || c == '_';
  });
  if (code.empty() || code.size() > kCodeLimit || !allowed) {
    violations.Add(field, "must have 1 to 20 characters of A-Z, a-z, 0-9, '.', '-' and '_'");
  }
}

}  // namespace concord::aip
