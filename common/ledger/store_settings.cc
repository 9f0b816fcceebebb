// Whether a Redis is one that keeps what it acknowledged.
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "common/ledger/store.h"
#include "common/status/macros.h"

namespace concord::ledger {
namespace {

// The value of a line of INFO; empty if it has none such.
absl::string_view InfoLine(absl::string_view info, absl::string_view name) {
  for (absl::string_view line : absl::StrSplit(info, "\r\n")) {
    if (absl::ConsumePrefix(&line, name) && absl::ConsumePrefix(&line, ":")) return line;
  }
  return "";
}

}  // namespace

absl::Status Store::CheckSettings() {
  if (options_.accept_data_loss) return absl::OkStatus();
  CONCORD_ASSIGN_OR_RETURN(auto replies,
                           redis::SendAndWait(*client_, {.commands = {{"CONFIG", "GET", "appendonly"},
                                                                      {"CONFIG", "GET", "appendfsync"},
                                                                      {"CONFIG", "GET", "maxmemory-policy"}},
                                                         .routing_key = ""}));
  const std::pair<const char*, const char*> wanted[] = {
      {"appendonly", "yes"}, {"appendfsync", "always"}, {"maxmemory-policy", "noeviction"}};
  for (size_t i = 0; i < 3; ++i) {
    const redis::Reply& reply = replies[i];
    if (reply.is_error()) return ErrorOf(reply);
    const std::string found = reply.elements.size() == 2 ? reply.elements[1].text : "";
    if (found != wanted[i].second) {
      return absl::FailedPreconditionError(absl::StrCat("redis has ", wanted[i].first, " ", found, ", but only ",
                                                        wanted[i].second, " keeps what was acknowledged"));
    }
  }
  return options_.replicas == 0 ? absl::OkStatus() : CheckReplicas();
}

absl::Status Store::CheckReplicas() {
  CONCORD_ASSIGN_OR_RETURN(
      auto replies,
      redis::SendAndWait(*client_, {.commands = {{"INFO", "server"}, {"INFO", "replication"}}, .routing_key = ""}));
  for (const redis::Reply& reply : replies) {
    if (reply.is_error()) return ErrorOf(reply);
  }
  CONCORD_RETURN_IF_ERROR(CheckVersion(InfoLine(replies[0].text, "redis_version")));
  int connected = 0;
  if (!absl::SimpleAtoi(InfoLine(replies[1].text, "connected_slaves"), &connected)) connected = 0;
  if (connected >= options_.replicas) return absl::OkStatus();
  // Replicas come and go; settings do not.
  return absl::UnavailableError(
      absl::StrCat("redis has ", connected, " replicas, but ", options_.replicas, " are to have every write"));
}

absl::Status Store::CheckVersion(absl::string_view version) {
  const std::vector<absl::string_view> parts = absl::StrSplit(version, '.');
  int major = 0;
  int minor = 0;
  const bool readable = parts.size() >= 2 && absl::SimpleAtoi(parts[0], &major) && absl::SimpleAtoi(parts[1], &minor);
  if (readable && (major < 7 || (major == 7 && minor < 2))) return absl::OkStatus();
  return absl::FailedPreconditionError(absl::StrCat(
      "redis is of version ", version,
      ", but with replicas it must be before 7.2: from then on WAIT proves nothing of what was only read"));
}

}  // namespace concord::ledger
