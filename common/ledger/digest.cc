#include "common/ledger/digest.h"

#include <openssl/evp.h>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"

namespace concord::ledger {
namespace {

// An algorithm, fetched once: OpenSSL would look it up by its name for every hash, which costs as much as the
// hash of a small text itself. Immutable and lives as long as the program.
const EVP_MD* Fetch(const char* name) { return EVP_MD_fetch(nullptr, name, nullptr); }

std::string HashHex(const EVP_MD* algorithm, absl::string_view bytes) {
  unsigned char hash[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  EVP_Digest(bytes.data(), bytes.size(), hash, &size, algorithm, nullptr);
  return absl::BytesToHexString(absl::string_view(reinterpret_cast<const char*>(hash), size));
}

}  // namespace

std::string Sha256Hex(absl::string_view bytes) {
  static const EVP_MD* const kSha256 = Fetch("SHA256");
  return HashHex(kSha256, bytes);
}

std::string ChainDigest(absl::string_view previous_digest, int64_t revision, int64_t time_micros,
                        absl::string_view body_sha256_hex) {
  static const EVP_MD* const kSha1 = Fetch("SHA1");
  return HashHex(kSha1, absl::StrCat(previous_digest, ":", revision, ":", time_micros, ":", body_sha256_hex));
}

std::string DigestPiece(absl::string_view digest) { return std::string(digest.substr(0, 16)); }

}  // namespace concord::ledger
