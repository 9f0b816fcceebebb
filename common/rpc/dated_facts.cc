#include "common/rpc/dated_facts.h"

#include <memory>
#include <utility>

#include "common/aip/date.h"
#include "common/ledger/encoding.h"
#include "common/rpc/stamper.h"
#include "google/type/date.pb.h"

namespace concord::rpc {
namespace {

using google::protobuf::Message;

const google::type::Date& DateOf(const Message& request) {
  const auto* field = request.GetDescriptor()->FindFieldByName("on_date");
  return static_cast<const google::type::Date&>(request.GetReflection()->GetMessage(request, field));
}

}  // namespace

void CheckOnDate(const Message& request, Violations& violations) {
  if (HasField(request, "on_date")) aip::CheckDay(DateOf(request), "on_date", violations);
}

absl::optional<absl::CivilDay> OnDateOf(const Message& request) {
  if (!HasField(request, "on_date")) return absl::nullopt;
  return aip::ToDay(DateOf(request));
}

ledger::Resource OnDay(const ledger::Resource& resource, absl::CivilDay day, const FactsOnDay& facts) {
  std::unique_ptr<Message> message = CopyOf(*resource.message);
  facts(day, *message);
  ledger::Resource dated;
  dated.name = resource.name;
  dated.collection = resource.collection;
  dated.stamp = resource.stamp;
  dated.deleted = resource.deleted;
  dated.sealed = resource.sealed;
  dated.bytes = ledger::Encode(*message);
  dated.message = std::move(message);
  return dated;
}

}  // namespace concord::rpc
