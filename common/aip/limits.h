// Limits that many fields share, checked the same way and said in the same
// words.
//
// Pure; safe from any thread.
#ifndef COMMON_AIP_LIMITS_H_
#define COMMON_AIP_LIMITS_H_

#include <string>

#include "absl/strings/string_view.h"
#include "common/status/error.h"
#include "google/protobuf/map.h"

namespace concord::aip {

// Characters of UTF-8 text, which is valid because Protobuf refuses anything else.
int CountCharacters(absl::string_view text);

// From `least` to `most` characters. A text that has to be there must not be blank; control
// characters other than line breaks and tabs are refused.
void CheckText(absl::string_view text, absl::string_view field, int least, int most, Violations& violations);

// At most `most` elements.
void CheckCount(int count, absl::string_view field, int most, Violations& violations);

// A number from `least` to `most`; not-a-number is refused.
void CheckNumber(double value, absl::string_view field, double least, double most, Violations& violations);

// Whether `key` has 1 to 63 characters a-z, 0-9, "_" and "-", and begins with a letter.
bool IsLabelKey(absl::string_view key);

// At most 64 labels; keys of 1 to 63 characters a-z, 0-9, "_" and "-", beginning with a letter;
// values of at most 63 characters.
void CheckLabels(const google::protobuf::Map<std::string, std::string>& labels, absl::string_view field,
                 Violations& violations);

// The same of any texts by key: so many of them, each of so many characters at most.
void CheckKeyedTexts(const google::protobuf::Map<std::string, std::string>& texts, absl::string_view field,
                     int most_texts, int most_characters, Violations& violations);

// How readers cite a thing: 1 to 20 characters of A-Z, a-z, 0-9, ".", "-" and "_".
void CheckCode(absl::string_view code, absl::string_view field, Violations& violations);

}  // namespace concord::aip

#endif  // COMMON_AIP_LIMITS_H_
