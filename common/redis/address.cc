#include <string>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"
#include "common/redis/client.h"

namespace concord::redis {
namespace {

constexpr size_t kUnixPathLimit = 107;  // The kernel's, without the closing zero.

absl::Status Wrong(const std::string& text, absl::string_view what) {
  return absl::InvalidArgumentError(absl::StrCat("\"", text, "\" is no address of a Redis: ", what));
}

}  // namespace

std::string Address::ToString() const {
  if (!unix_socket.empty()) return absl::StrCat("unix:", unix_socket);
  if (host.find(':') != std::string::npos) return absl::StrCat("[", host, "]:", port);
  return absl::StrCat(host, ":", port);
}

absl::StatusOr<Address> ParseAddress(const std::string& text) {
  Address address;
  absl::string_view rest = text;
  if (absl::ConsumePrefix(&rest, "unix:")) {
    if (rest.empty() || rest[0] != '/') return Wrong(text, "a unix socket needs an absolute path");
    if (rest.size() > kUnixPathLimit) return Wrong(text, "a unix socket's path has at most 107 bytes");
    address.unix_socket = std::string(rest);
    return address;
  }
  const size_t colon = rest.rfind(':');
  if (colon == absl::string_view::npos) return Wrong(text, "expected unix:/path or host:port");
  absl::string_view host = rest.substr(0, colon);
  const absl::string_view port = rest.substr(colon + 1);
  if (absl::ConsumePrefix(&host, "[")) {
    if (!absl::ConsumeSuffix(&host, "]")) return Wrong(text, "\"[\" without \"]\"");
  } else if (host.find(':') != absl::string_view::npos) {
    return Wrong(text, "an IPv6 address needs brackets");
  }
  if (host.empty()) return Wrong(text, "the host is missing");
  const bool digits_only = port.find_first_not_of("0123456789") == absl::string_view::npos;
  if (!digits_only || !absl::SimpleAtoi(port, &address.port) || address.port < 1 || address.port > 65535) {
    return Wrong(text, "the port is a number from 1 to 65535");
  }
  address.host = std::string(host);
  return address;
}

}  // namespace concord::redis
