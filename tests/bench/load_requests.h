// The requests that the load client sends.
#ifndef TESTS_BENCH_LOAD_REQUESTS_H_
#define TESTS_BENCH_LOAD_REQUESTS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "grpcpp/grpcpp.h"

namespace concord::bench {

// Messages that take turns. Immutable, thus thread-safe.
//
// The file is a row of messages as gRPC frames them (a zero byte, the length in
// four bytes with the highest first, the message): with one message in it the same
// file is h2load's. Where a message holds kPlaceholder, each call puts a number in
// its place, so that no two calls ask for the same.
class LoadRequests {
 public:
  static constexpr char kPlaceholder[] = "@@@@@@@@@@@@";
  static constexpr size_t kPlaceholderSize = sizeof(kPlaceholder) - 1;

  // NOT_FOUND if it cannot be read, INVALID_ARGUMENT if it is not such a file or has no message.
  static absl::StatusOr<LoadRequests> Read(const std::string& path);

  int64_t size() const { return static_cast<int64_t>(messages_.size()); }

  // The message of the call `number`, from 0 on, with `count_from` + `number` in the placeholders.
  grpc::ByteBuffer Make(int64_t number, int64_t count_from) const;

 private:
  struct Message {
    std::string bytes;
    std::vector<size_t> placeholders;
  };
  std::vector<Message> messages_;
};

}  // namespace concord::bench

#endif  // TESTS_BENCH_LOAD_REQUESTS_H_
