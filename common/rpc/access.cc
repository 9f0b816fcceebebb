#include "common/rpc/access.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

namespace concord::rpc {
namespace {

constexpr size_t kPrincipalLimit = 64;

}  // namespace

absl::StatusOr<Caller> DevelopmentAccess::Authenticate(const TransportMetadata& metadata) const {
  std::string name;
  for (const char c : metadata("concord-principal").value_or("")) {
    if (absl::ascii_isgraph(static_cast<unsigned char>(c)) && name.size() < kPrincipalLimit) name += c;
  }
  return Caller{absl::StrCat("development:", name.empty() ? "operator" : name)};
}

absl::Status DevelopmentAccess::Authorize(const Caller& /*caller*/, absl::string_view /*method*/,
                                          absl::string_view /*name*/) const {
  return absl::OkStatus();
}

bool DevelopmentAccess::Visible(const Caller& /*caller*/, const ledger::Resource& /*resource*/) const { return true; }

}  // namespace concord::rpc
