// Messages for tests, written as Protobuf's text format.
#ifndef SERVICES_REPORTING_PROTO_OF_H_
#define SERVICES_REPORTING_PROTO_OF_H_

#include <gtest/gtest.h>

#include <string>

#include "google/protobuf/text_format.h"

namespace concord::reporting {

//   ProtoOf<Indicator>("code: 'a' due_days: 30")
template <typename Message>
Message ProtoOf(const std::string& text) {
  Message message;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &message)) << text;
  return message;
}

}  // namespace concord::reporting

#endif  // SERVICES_REPORTING_PROTO_OF_H_
