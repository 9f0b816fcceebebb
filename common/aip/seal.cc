#include "common/aip/seal.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/sha.h>

#include <memory>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"

namespace concord::aip {
namespace {

constexpr size_t kMinimumKeyBytes = 32;
constexpr size_t kCodeBytes = 16;

constexpr size_t kBlockBytes = 64;  // SHA-256 works on blocks of this size.

struct Free {
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};
using Hash = std::unique_ptr<EVP_MD_CTX, Free>;

bool Update(EVP_MD_CTX* hash, absl::string_view bytes) {
  return EVP_DigestUpdate(hash, bytes.data(), bytes.size()) == 1;
}

// A hash that has taken in the key, each byte combined with `pad`.
Hash StartHash(absl::string_view key_block, char pad) {
  std::string block(key_block);
  for (char& byte : block) byte = static_cast<char>(byte ^ pad);
  Hash hash(EVP_MD_CTX_new());
  const bool started = EVP_DigestInit_ex(hash.get(), EVP_sha256(), nullptr) == 1 && Update(hash.get(), block);
  OPENSSL_cleanse(block.data(), block.size());
  return started ? std::move(hash) : nullptr;
}

}  // namespace

// HMAC (RFC 2104) is hash(key ^ outer pad, hash(key ^ inner pad, message)). Both
// hashes have taken in the key once, here; OpenSSL's own HMAC would do so for
// every call and look its algorithm up by name, which costs several times more.
class Sealer::Key {
 public:
  explicit Key(absl::string_view key) {
    std::string block(key.size() > kBlockBytes ? Sha256(key) : std::string(key));
    block.resize(kBlockBytes, '\0');
    inner_ = StartHash(block, 0x36);
    outer_ = StartHash(block, 0x5C);
    OPENSSL_cleanse(block.data(), block.size());
  }

  bool ok() const { return inner_ != nullptr && outer_ != nullptr; }

  // The first 16 bytes of the HMAC-SHA256 of purpose and content. The purpose's
  // length comes first, so that no other pair of them gives the same bytes. Fails
  // only when memory does; then it is empty and opens nothing.
  std::string Code(absl::string_view purpose, absl::string_view content) const {
    const Hash hash(EVP_MD_CTX_new());
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned int size = 0;
    const bool done = EVP_MD_CTX_copy_ex(hash.get(), inner_.get()) == 1 &&
                      Update(hash.get(), absl::StrCat(purpose.size(), ":", purpose)) && Update(hash.get(), content) &&
                      EVP_DigestFinal_ex(hash.get(), digest, &size) == 1 &&
                      EVP_MD_CTX_copy_ex(hash.get(), outer_.get()) == 1 &&
                      Update(hash.get(), absl::string_view(reinterpret_cast<const char*>(digest), size)) &&
                      EVP_DigestFinal_ex(hash.get(), digest, &size) == 1;
    return done ? std::string(reinterpret_cast<const char*>(digest), kCodeBytes) : "";
  }

 private:
  Hash inner_;
  Hash outer_;
};

absl::StatusOr<Sealer> Sealer::Create(absl::string_view key) {
  if (key.size() < kMinimumKeyBytes) {
    return absl::InvalidArgumentError(
        absl::StrCat("the sealing key has ", key.size(), " bytes, needs at least ", kMinimumKeyBytes));
  }
  auto shared = std::make_shared<const Key>(key);
  if (!shared->ok()) return absl::InternalError("OpenSSL offers no SHA-256");
  return Sealer(std::move(shared));
}

std::string Sealer::Seal(absl::string_view purpose, absl::string_view content) const {
  return absl::WebSafeBase64Escape(absl::StrCat(content, key_->Code(purpose, content)));
}

absl::optional<std::string> Sealer::Open(absl::string_view purpose, absl::string_view text) const {
  std::string bytes;
  if (!absl::WebSafeBase64Unescape(text, &bytes) || bytes.size() < kCodeBytes) return absl::nullopt;
  // The decoder forgives spaces, padding and stray bits; we issue one spelling
  // and take back no other.
  if (absl::WebSafeBase64Escape(bytes) != text) return absl::nullopt;
  const absl::string_view content = absl::string_view(bytes).substr(0, bytes.size() - kCodeBytes);
  const std::string code = key_->Code(purpose, content);
  if (code.size() != kCodeBytes || CRYPTO_memcmp(code.data(), bytes.data() + content.size(), kCodeBytes) != 0) {
    return absl::nullopt;
  }
  bytes.resize(content.size());
  return bytes;
}

std::string Sha256(absl::string_view bytes) {
  unsigned char digest[SHA256_DIGEST_LENGTH];
  SHA256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), digest);
  return std::string(reinterpret_cast<const char*>(digest), sizeof(digest));
}

}  // namespace concord::aip
