#include "common/ledger/epoch.h"

#include <openssl/rand.h>

#include "absl/strings/escaping.h"
#include "absl/strings/string_view.h"

namespace concord::ledger {

namespace {

template <size_t kBytes>
std::string RandomHex() {
  unsigned char bytes[kBytes];
  RAND_bytes(bytes, sizeof(bytes));
  return absl::BytesToHexString(absl::string_view(reinterpret_cast<const char*>(bytes), sizeof(bytes)));
}

}  // namespace

std::string NewEpoch() { return RandomHex<8>(); }

std::string NewId() { return RandomHex<16>(); }

}  // namespace concord::ledger
