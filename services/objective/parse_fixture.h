// For tests: a good resource, and what is different about it.
#ifndef SERVICES_OBJECTIVE_PARSE_FIXTURE_H_
#define SERVICES_OBJECTIVE_PARSE_FIXTURE_H_

#include <string>

#include "common/rpc/state_fixture.h"
#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"

namespace concord::objective {

// A message from two texts in Protobuf's format, of which the second wins.
template <typename Message>
Message ParseOver(const std::string& good, const std::string& different) {
  auto message = rpc::Parse<Message>(good);
  EXPECT_TRUE(google::protobuf::TextFormat::MergeFromString(different, &message)) << different;
  return message;
}

}  // namespace concord::objective

#endif  // SERVICES_OBJECTIVE_PARSE_FIXTURE_H_
