// The chain of digests that binds a scope's history.
#ifndef COMMON_LEDGER_DIGEST_H_
#define COMMON_LEDGER_DIGEST_H_

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"

namespace concord::ledger {

// SHA-256 as 64 hexadecimal digits.
std::string Sha256Hex(absl::string_view bytes);

// digest(n) from digest(n-1), which is empty for the first revision. Computes
// what commit_script.lua computes.
std::string ChainDigest(absl::string_view previous_digest, int64_t revision, int64_t time_micros,
                        absl::string_view body_sha256_hex);

// The part of a digest that tokens carry: its first 16 digits.
std::string DigestPiece(absl::string_view digest);

}  // namespace concord::ledger

#endif  // COMMON_LEDGER_DIGEST_H_
