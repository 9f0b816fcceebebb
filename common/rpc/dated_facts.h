// Facts that hold for a time, asked about on a day: requests that have a field on_date.
//
// A resource says what holds without an end; what held on a day follows from the periods that it has. as_of asks
// what was known at a moment, on_date about a day as it is known.
//
// Pure; safe from any thread.
#ifndef COMMON_RPC_DATED_FACTS_H_
#define COMMON_RPC_DATED_FACTS_H_

#include <functional>

#include "absl/time/civil_time.h"
#include "absl/types/optional.h"
#include "common/ledger/collection.h"
#include "common/status/error.h"
#include "google/protobuf/message.h"

namespace concord::rpc {

// Makes those fields of a resource that follow from its dated facts what they were on a day.
using FactsOnDay = std::function<void(absl::CivilDay day, google::protobuf::Message& resource)>;

// Adds a violation if on_date is set and no day.
void CheckOnDate(const google::protobuf::Message& request, Violations& violations);

// The day of a request that CheckOnDate has passed; nothing if it asks about none.
absl::optional<absl::CivilDay> OnDateOf(const google::protobuf::Message& request);

// The resource with its facts of the day, everything else as it is.
ledger::Resource OnDay(const ledger::Resource& resource, absl::CivilDay day, const FactsOnDay& facts);

}  // namespace concord::rpc

#endif  // COMMON_RPC_DATED_FACTS_H_
