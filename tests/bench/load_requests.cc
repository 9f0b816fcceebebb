#include "tests/bench/load_requests.h"

#include <fstream>
#include <iterator>
#include <utility>

#include "absl/strings/str_cat.h"

namespace concord::bench {

absl::StatusOr<LoadRequests> LoadRequests::Read(const std::string& path) {
  constexpr size_t kPrefixSize = 5;
  std::ifstream file(path, std::ios::binary);
  if (!file) return absl::NotFoundError(absl::StrCat("cannot read ", path));
  const std::string content((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  LoadRequests requests;
  for (size_t at = 0; at < content.size();) {
    if (content.size() - at < kPrefixSize || content[at] != 0) {
      return absl::InvalidArgumentError(absl::StrCat(path, " has no message at byte ", at));
    }
    size_t length = 0;
    for (size_t i = 1; i < kPrefixSize; ++i) length = length << 8 | static_cast<unsigned char>(content[at + i]);
    at += kPrefixSize;
    if (content.size() - at < length) return absl::InvalidArgumentError(absl::StrCat(path, " ends inside a message"));
    Message message;
    message.bytes = content.substr(at, length);
    for (size_t found = 0; (found = message.bytes.find(kPlaceholder, found)) != std::string::npos;) {
      message.placeholders.push_back(found);
      found += kPlaceholderSize;
    }
    requests.messages_.push_back(std::move(message));
    at += length;
  }
  if (requests.messages_.empty()) return absl::InvalidArgumentError(absl::StrCat(path, " is empty"));
  return requests;
}

grpc::ByteBuffer LoadRequests::Make(int64_t number, int64_t count_from) const {
  const Message& message = messages_[static_cast<size_t>(number % size())];
  if (message.placeholders.empty()) {
    const grpc::Slice slice(message.bytes);
    return grpc::ByteBuffer(&slice, 1);
  }
  std::string bytes = message.bytes;
  for (const size_t begin : message.placeholders) {
    int64_t rest = count_from + number;
    for (size_t i = kPlaceholderSize; i-- > 0; rest /= 10) bytes[begin + i] = static_cast<char>('0' + rest % 10);
  }
  const grpc::Slice slice(bytes);
  return grpc::ByteBuffer(&slice, 1);
}

}  // namespace concord::bench
