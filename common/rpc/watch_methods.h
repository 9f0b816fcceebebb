// LedgerService.WatchResources.
#ifndef COMMON_RPC_WATCH_METHODS_H_
#define COMMON_RPC_WATCH_METHODS_H_

#include "common/rpc/engine.h"
#include "common/rpc/watch_hub.h"

namespace concord::rpc {

// Adds the method to the engine. `hub` must outlive it.
void AddWatchMethod(Engine& engine, WatchHub* hub);

}  // namespace concord::rpc

#endif  // COMMON_RPC_WATCH_METHODS_H_
