// Messages as bytes, in one way only.
#ifndef COMMON_LEDGER_ENCODING_H_
#define COMMON_LEDGER_ENCODING_H_

#include <string>

#include "google/protobuf/message.h"

namespace concord::ledger {

// Serializes a message with its maps in the order of their keys, so that equal messages have
// equal bytes: for images that are compared, and answers that are repeated.
std::string Encode(const google::protobuf::Message& message);

}  // namespace concord::ledger

#endif  // COMMON_LEDGER_ENCODING_H_
