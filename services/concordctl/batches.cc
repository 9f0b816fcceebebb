#include "services/concordctl/batches.h"

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "common/aip/resource_name.h"
#include "common/status/macros.h"

namespace concord::ctl {
namespace {

using google::protobuf::Message;

// A batch is one commit, that has at most 500 resources and 1 MiB.
constexpr size_t kBatchResources = 400;
constexpr size_t kBatchBytes = 256 << 10;

}  // namespace

void FillCreate(const Message& resource, Message& request) {
  const std::string field = FieldOf(resource.GetDescriptor());
  const std::string name = GetText(resource, "name");
  MutablePart(request, field).CopyFrom(resource);
  SetText(request, field + "_id", aip::LastIdOf(name));
  if (HasField(request, "parent")) SetText(request, "parent", aip::ParentOf(name));
}

std::string AnyParentOf(absl::string_view name) {
  std::vector<std::string> pieces = absl::StrSplit(name, '/');
  pieces.resize(pieces.size() - 2);
  for (size_t i = 3; i < pieces.size(); i += 2) pieces[i] = "-";
  return absl::StrJoin(pieces, "/");
}

absl::StatusOr<size_t> CreateSome(Session& session, RequestType type, const std::vector<const Message*>& resources,
                                  size_t begin) {
  const std::unique_ptr<Message> request = NewMessage(type);
  const std::unique_ptr<Message> created = NewResponse(type);
  SetText(*request, "parent", AnyParentOf(GetText(*resources[begin], "name")));
  size_t bytes = 0;
  size_t end = begin;
  for (; end < resources.size() && end - begin < kBatchResources; ++end) {
    bytes += resources[end]->ByteSizeLong();
    if (end > begin && bytes > kBatchBytes) break;
    FillCreate(*resources[end], AddPart(*request, "requests"));
  }
  CONCORD_RETURN_IF_ERROR(session.Call(*request, *created));
  return end - begin;
}

}  // namespace concord::ctl
