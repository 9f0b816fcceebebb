// Any text as a token. Input: purpose, a line; then a text.
//
// Holds: a text that was not sealed does not open; a sealed one opens to its
// content, under its own purpose and key only, and not after any change.
#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "common/aip/seal.h"
#include "tests/fuzz/check.h"

namespace {

using concord::aip::Sealer;

// The token with one character replaced by what the text says.
std::string Change(std::string token, absl::string_view text) {
  if (text.size() < 2) return token;
  token[static_cast<unsigned char>(text[0]) % token.size()] = text[1];
  return token;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const Sealer& sealer = *new Sealer(*Sealer::Create(std::string(32, 'f')));
  // Its tokens are never made here: libFuzzer watches comparisons of texts, and
  // would learn any token that takes part in one.
  static const Sealer& secret = *new Sealer(*Sealer::Create(std::string(32, 's')));
  const absl::string_view input(reinterpret_cast<const char*>(data), size);
  const size_t line = input.find('\n');
  const std::string purpose(input.substr(0, line));
  const absl::string_view text = line == absl::string_view::npos ? absl::string_view() : input.substr(line + 1);

  FUZZ_CHECK(!secret.Open(purpose, text).has_value());
  // What the fuzzer has learnt of this key's tokens opens, and only in one spelling.
  const absl::optional<std::string> learnt = sealer.Open(purpose, text);
  FUZZ_CHECK(!learnt.has_value() || sealer.Seal(purpose, *learnt) == text);

  const std::string token = sealer.Seal(purpose, text);
  const absl::optional<std::string> content = sealer.Open(purpose, token);
  FUZZ_CHECK(content.has_value() && *content == text);
  FUZZ_CHECK(!secret.Open(purpose, token).has_value());
  FUZZ_CHECK(!sealer.Open(purpose + "x", token).has_value());
  FUZZ_CHECK(!sealer.Open(purpose, token + "A").has_value());
  const std::string changed = Change(token, text);
  FUZZ_CHECK(changed == token || !sealer.Open(purpose, changed).has_value());
  return 0;
}
