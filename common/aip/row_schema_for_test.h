// Rows of every kind of field, for the tests of filters and orders. No row of the project's own has all of
// them.
#ifndef COMMON_AIP_ROW_SCHEMA_FOR_TEST_H_
#define COMMON_AIP_ROW_SCHEMA_FOR_TEST_H_

#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>

#include "absl/strings/string_view.h"
#include "google/protobuf/compiler/parser.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/descriptor.pb.h"
#include "google/protobuf/dynamic_message.h"
#include "google/protobuf/io/tokenizer.h"
#include "google/protobuf/io/zero_copy_stream_impl_lite.h"
#include "google/protobuf/text_format.h"
#include "google/protobuf/timestamp.pb.h"
#include "google/protobuf/util/json_util.h"
#include "google/type/date.pb.h"

namespace concord::aip {

// Stops the program where something is wrong with it. Not thread-safe; must outlive its rows.
class RowSchema {
 public:
  using MessagePtr = std::unique_ptr<google::protobuf::Message>;

  RowSchema() {
    google::protobuf::Timestamp::descriptor();  // Linked in, so that they can be imported.
    google::type::Date::descriptor();
    google::protobuf::io::ArrayInputStream stream(kSource, sizeof(kSource) - 1);
    google::protobuf::io::Tokenizer tokenizer(&stream, nullptr);
    google::protobuf::FileDescriptorProto file;
    google::protobuf::compiler::Parser parser;
    Check(parser.Parse(&tokenizer, &file), "the schema does not parse");
    file.set_name("rows.proto");
    const auto* built = pool_.BuildFile(file);
    Check(built != nullptr, "the schema is not sound");
    type_ = built->FindMessageTypeByName("Row");
  }

  const google::protobuf::Descriptor& type() const { return *type_; }

  // From Protobuf's text format.
  MessagePtr Row(const std::string& text) {
    MessagePtr row(factory_.GetPrototype(type_)->New());
    Check(google::protobuf::TextFormat::ParseFromString(text, row.get()), text);
    return row;
  }

  // From JSON.
  MessagePtr JsonRow(const std::string& json) {
    MessagePtr row(factory_.GetPrototype(type_)->New());
    Check(google::protobuf::util::JsonStringToMessage(json, row.get()).ok(), json);
    return row;
  }

 private:
  static void Check(bool right, const std::string& what) {
    if (right) return;
    std::fprintf(stderr, "%s\n", what.c_str());
    std::abort();
  }

  static constexpr char kSource[] = R"pb(
    syntax = "proto3"
    ;
    package rows;
    import "google/protobuf/timestamp.proto";
    import "google/type/date.proto";

    message Row {
      string name = 1;
      string title = 2;
      optional string note = 3;
      bool done = 4;
      optional bool sure = 5;
      int32 count = 6;
      optional int64 size = 7;
      uint64 total = 8;
      double weight = 9;
      optional double share = 10;
      float ratio = 11;
      Colour colour = 12;
      google.protobuf.Timestamp create_time = 13;
      google.type.Date due_date = 14;
      Decimal value = 15;
      map<string, string> labels = 16;
      Part part = 17;
      repeated Part parts = 18;
      repeated string tags = 19;
      repeated Colour colours = 20;
      repeated int32 numbers = 21;
      repeated Decimal values = 22;
      map<string, Part> by_key = 23;
      map<int32, string> by_number = 24;
      bytes raw = 25;
      oneof either {
        string left = 26;
        int32 right = 27;
      }
    }

    message Part {
      string title = 1;
      optional double weight = 2;
      Part part = 3;
      repeated string tags = 4;
      google.type.Date due_date = 5;
    }

    message Decimal {
      string value = 1;
    }

    enum Colour {
      COLOUR_UNSPECIFIED = 0;
      COLOUR_RED = 1;
      COLOUR_GREEN = 2;
      COLOUR_BLUE = 3;
    })pb";

  google::protobuf::DescriptorPool pool_{google::protobuf::DescriptorPool::generated_pool()};
  google::protobuf::DynamicMessageFactory factory_;
  const google::protobuf::Descriptor* type_ = nullptr;
};

}  // namespace concord::aip

#endif  // COMMON_AIP_ROW_SCHEMA_FOR_TEST_H_
