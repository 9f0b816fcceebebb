// Seals what a caller carries for us (etags, page tokens), so that it comes back
// as it was issued or is recognised as foreign. Readable by nobody's promise:
// the content is authenticated, not hidden.
#ifndef COMMON_AIP_SEAL_H_
#define COMMON_AIP_SEAL_H_

#include <memory>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/optional.h"

namespace concord::aip {

// HMAC-SHA256 under one key, shared by all replicas. Immutable, so safe from
// any thread, and cheap to copy. Costs about a microsecond a call.
class Sealer {
 public:
  // The key must have at least 32 bytes: INVALID_ARGUMENT. INTERNAL if OpenSSL
  // has no SHA-256.
  static absl::StatusOr<Sealer> Create(absl::string_view key);

  // URL-safe text of the content and 16 bytes of its authentication code. `purpose`
  // ("etag", "page") keeps a token of one kind from passing as another; nothing
  // else of it is stored.
  std::string Seal(absl::string_view purpose, absl::string_view content) const;

  // The content, or nothing if it was not sealed with this key and purpose.
  // Compares in constant time. Never throws, whatever the text.
  absl::optional<std::string> Open(absl::string_view purpose, absl::string_view text) const;

 private:
  class Key;

  explicit Sealer(std::shared_ptr<const Key> key) : key_(std::move(key)) {}

  // Shared by copies; immutable.
  std::shared_ptr<const Key> key_;
};

// SHA-256, 32 bytes.
std::string Sha256(absl::string_view bytes);

}  // namespace concord::aip

#endif  // COMMON_AIP_SEAL_H_
