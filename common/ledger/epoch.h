// Random names: for the lives of scopes, and for what comes without an id.
#ifndef COMMON_LEDGER_EPOCH_H_
#define COMMON_LEDGER_EPOCH_H_

#include <string>

namespace concord::ledger {

// 16 random hexadecimal digits. Thread-safe.
std::string NewEpoch();

// 32 of them. Thread-safe.
std::string NewId();

}  // namespace concord::ledger

#endif  // COMMON_LEDGER_EPOCH_H_
