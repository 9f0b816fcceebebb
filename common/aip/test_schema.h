// A schema for tests only, with what the project's own schemas do not have
// today: annotated fields inside messages, maps of messages and enums, oneofs.
#ifndef COMMON_AIP_TEST_SCHEMA_H_
#define COMMON_AIP_TEST_SCHEMA_H_

#include <memory>
#include <string>

#include "google/api/field_behavior.pb.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/descriptor.pb.h"
#include "google/protobuf/dynamic_message.h"
#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"

namespace concord::aip {

// Not thread-safe; must outlive its messages.
class TestSchema {
 public:
  using MessagePtr = std::unique_ptr<google::protobuf::Message>;

  TestSchema() {
    google::protobuf::FileDescriptorProto file;
    EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(kFile, &file));
    const auto* built = pool_.BuildFile(file);
    EXPECT_NE(built, nullptr);
    type_ = built->FindMessageTypeByName("Thing");
  }

  // A Thing from Protobuf's text format.
  MessagePtr Thing(const std::string& text) {
    MessagePtr thing(factory_.GetPrototype(type_)->New());
    EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, thing.get())) << text;
    return thing;
  }

 private:
  // name, etag; fixed: stamp (OUTPUT_ONLY), origin (IMMUTABLE); part and parts
  // of Part, which has them inside, too; by_key: map<string, Part>; by_number:
  // map<int32, Colour>; colours; either text or inner, or neither.
  static constexpr char kFile[] = R"pb(
    name: "test_schema.proto"
    package: "test"
    syntax: "proto3"
    message_type {
      name: "Thing"
      field { name: "name" number: 1 type: TYPE_STRING label: LABEL_OPTIONAL }
      field { name: "etag" number: 2 type: TYPE_STRING label: LABEL_OPTIONAL }
      field {
        name: "stamp"
        number: 3
        type: TYPE_STRING
        label: LABEL_OPTIONAL
        options {
          [google.api.field_behavior]: OUTPUT_ONLY
        }
      }
      field {
        name: "origin"
        number: 4
        type: TYPE_MESSAGE
        type_name: ".test.Part"
        label: LABEL_OPTIONAL
        options {
          [google.api.field_behavior]: IMMUTABLE
        }
      }
      field { name: "part" number: 5 type: TYPE_MESSAGE type_name: ".test.Part" label: LABEL_OPTIONAL }
      field { name: "parts" number: 6 type: TYPE_MESSAGE type_name: ".test.Part" label: LABEL_REPEATED }
      field { name: "by_key" number: 7 type: TYPE_MESSAGE type_name: ".test.Thing.ByKeyEntry" label: LABEL_REPEATED }
      field {
        name: "by_number"
        number: 8
        type: TYPE_MESSAGE
        type_name: ".test.Thing.ByNumberEntry"
        label: LABEL_REPEATED
      }
      field { name: "colours" number: 9 type: TYPE_ENUM type_name: ".test.Colour" label: LABEL_REPEATED }
      field { name: "text" number: 10 type: TYPE_STRING label: LABEL_OPTIONAL oneof_index: 0 }
      field { name: "inner" number: 11 type: TYPE_MESSAGE type_name: ".test.Part" label: LABEL_OPTIONAL oneof_index: 0 }
      oneof_decl { name: "either" }
      nested_type {
        name: "ByKeyEntry"
        field { name: "key" number: 1 type: TYPE_STRING label: LABEL_OPTIONAL }
        field { name: "value" number: 2 type: TYPE_MESSAGE type_name: ".test.Part" label: LABEL_OPTIONAL }
        options { map_entry: true }
      }
      nested_type {
        name: "ByNumberEntry"
        field { name: "key" number: 1 type: TYPE_INT32 label: LABEL_OPTIONAL }
        field { name: "value" number: 2 type: TYPE_ENUM type_name: ".test.Colour" label: LABEL_OPTIONAL }
        options { map_entry: true }
      }
    }
    message_type {
      name: "Part"
      field {
        name: "title"
        number: 1
        type: TYPE_STRING
        label: LABEL_OPTIONAL
        options {
          [google.api.field_behavior]: REQUIRED
        }
      }
      field {
        name: "stamp"
        number: 2
        type: TYPE_STRING
        label: LABEL_OPTIONAL
        options {
          [google.api.field_behavior]: OUTPUT_ONLY
        }
      }
      field { name: "name" number: 3 type: TYPE_STRING label: LABEL_OPTIONAL }
      field { name: "part" number: 4 type: TYPE_MESSAGE type_name: ".test.Part" label: LABEL_OPTIONAL }
      field { name: "colour" number: 5 type: TYPE_ENUM type_name: ".test.Colour" label: LABEL_OPTIONAL }
    }
    enum_type {
      name: "Colour"
      value { name: "COLOUR_UNSPECIFIED" number: 0 }
      value { name: "COLOUR_RED" number: 1 }
    })pb";

  google::protobuf::DescriptorPool pool_{google::protobuf::DescriptorPool::generated_pool()};
  google::protobuf::DynamicMessageFactory factory_;
  const google::protobuf::Descriptor* type_ = nullptr;
};

}  // namespace concord::aip

#endif  // COMMON_AIP_TEST_SCHEMA_H_
