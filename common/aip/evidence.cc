#include "common/aip/evidence.h"

#include <algorithm>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/aip/limits.h"

namespace concord::aip {
namespace {

constexpr int kEvidenceLimit = 20;
constexpr int kTitleLimit = 200;
constexpr int kAddressLimit = 2'000;

// Anything but what hides or breaks an address where it is shown.
bool IsAddressCharacter(unsigned char c) { return c > 0x20 && c != 0x7f && c != '"' && c != '<' && c != '>'; }

bool IsWebAddress(absl::string_view text) {
  const size_t scheme_size = absl::StartsWithIgnoreCase(text, "https://")  ? 8
                             : absl::StartsWithIgnoreCase(text, "http://") ? 7
                                                                           : 0;
  if (scheme_size == 0 || !std::all_of(text.begin(), text.end(), IsAddressCharacter)) return false;
  const absl::string_view rest = text.substr(scheme_size);
  return !rest.empty() && rest.find_first_of("/?#") != 0;
}

void CheckAddress(absl::string_view uri, absl::string_view field, Violations& violations) {
  if (uri.empty()) return;
  if (CountCharacters(uri) > kAddressLimit) {
    violations.Add(field, absl::StrCat("must have at most ", kAddressLimit, " characters"));
  } else if (!IsWebAddress(uri)) {
    violations.Add(field, "must be an address that begins with http:// or https://, without blanks or quotes");
  }
}

}  // namespace

void CheckEvidence(const google::protobuf::RepeatedPtrField<concord::type::Evidence>& evidence, absl::string_view field,
                   Violations& violations) {
  CheckCount(evidence.size(), field, kEvidenceLimit, violations);
  for (int i = 0; i < evidence.size(); ++i) {
    const std::string path = absl::StrCat(field, "[", i, "]");
    CheckText(evidence[i].title(), absl::StrCat(path, ".title"), 1, kTitleLimit, violations);
    CheckAddress(evidence[i].uri(), absl::StrCat(path, ".uri"), violations);
  }
}

}  // namespace concord::aip
