// concord.ledger.v1.LedgerService: the record itself, for auditors and
// operators. Every service serves it for the scopes that it works on.
#ifndef COMMON_RPC_LEDGER_METHODS_H_
#define COMMON_RPC_LEDGER_METHODS_H_

#include "common/rpc/engine.h"
#include "common/rpc/page_token.h"

namespace concord::rpc {

// Adds its methods to the engine. `tokens` must outlive it.
void AddLedgerMethods(Engine& engine, const PageTokens* tokens);

}  // namespace concord::rpc

#endif  // COMMON_RPC_LEDGER_METHODS_H_
