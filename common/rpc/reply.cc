#include "common/rpc/reply.h"

#include <utility>

#include "common/ledger/encoding.h"
#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/wire_format_lite.h"

namespace concord::rpc {

Reply ReplyWith(const google::protobuf::Message& message) {
  return std::make_shared<const std::string>(ledger::Encode(message));
}

Reply ReplyWith(ledger::SnapshotPtr snapshot, const ledger::Resource& resource) {
  return {std::move(snapshot), &resource.bytes};
}

Reply ReplyWith(ledger::ResourcePtr resource) {
  const std::string* bytes = &resource->bytes;
  return {std::move(resource), bytes};
}

void ListReply::AddBytes(const std::string& row) {
  using google::protobuf::internal::WireFormatLite;
  uint8_t header[16];
  uint8_t* end = google::protobuf::io::CodedOutputStream::WriteTagToArray(
      WireFormatLite::MakeTag(field_, WireFormatLite::WIRETYPE_LENGTH_DELIMITED), header);
  end = google::protobuf::io::CodedOutputStream::WriteVarint32ToArray(static_cast<uint32_t>(row.size()), end);
  bytes_.append(reinterpret_cast<const char*>(header), static_cast<size_t>(end - header));
  bytes_.append(row);
}

Reply ListReply::Finish(const google::protobuf::Message& rest) {
  rest.AppendToString(&bytes_);
  return Finish();
}

Reply ListReply::Finish() { return std::make_shared<const std::string>(std::move(bytes_)); }

Reply ReplyWith(const std::vector<ledger::ResourcePtr>& resources, int rows_field) {
  if (rows_field == 0) return ReplyWith(resources.front());
  ListReply reply(rows_field);
  for (const ledger::ResourcePtr& resource : resources) reply.Add(*resource);
  return reply.Finish();
}

}  // namespace concord::rpc
