#include "services/concordctl/json.h"

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/io/zero_copy_stream_impl_lite.h"
#include "google/protobuf/util/json_util.h"
#include "google/protobuf/util/type_resolver_util.h"
#include "services/concordctl/display_text.h"

namespace concord::ctl {
namespace {

constexpr char kTypePrefix[] = "type.googleapis.com";

// Bytes with map entries in the order of their keys, which the plain
// serialisation leaves to chance.
std::string SerializeInOrder(const google::protobuf::Message& message) {
  std::string bytes;
  {
    google::protobuf::io::StringOutputStream stream(&bytes);
    google::protobuf::io::CodedOutputStream coded(&stream);
    coded.SetSerializationDeterministic(true);
    message.SerializeToCodedStream(&coded);
  }
  return bytes;
}

// The printer of Protobuf indents by one space. A line of JSON never begins
// inside a string, so doubling what a line begins with is safe.
std::string DoubleIndentation(absl::string_view json) {
  std::string wide;
  wide.reserve(json.size() * 5 / 4);
  bool at_line_start = true;
  for (char c : json) {
    if (at_line_start && c == ' ') wide.push_back(' ');
    if (c != ' ') at_line_start = c == '\n';
    wide.push_back(c);
  }
  return wide;
}

// The parser's message has three lines: what is wrong, the surroundings, and a
// mark under the place. Finds the line of the text if the surroundings occur once.
std::string DescribeParseError(absl::string_view json, absl::string_view message) {
  const size_t first = message.find('\n');
  if (first == absl::string_view::npos) return std::string(message);
  const size_t last = message.rfind('\n');
  const absl::string_view what = absl::StripSuffix(message.substr(0, first), ".");
  const absl::string_view surroundings = last > first ? message.substr(first + 1, last - first - 1) : "";
  const size_t column = message.size() - last - 2;  // The mark stands under the place.
  std::string near = absl::StrReplaceAll(absl::StripAsciiWhitespace(surroundings), {{"\n", " "}, {"\t", " "}});
  std::string text = absl::StrCat(what, ", near: ", near);
  const size_t found = surroundings.empty() ? absl::string_view::npos : json.find(surroundings);
  if (found == absl::string_view::npos || json.find(surroundings, found + 1) != absl::string_view::npos) return text;
  const size_t end = std::min(json.size(), found + std::min(column, surroundings.size()));
  return absl::StrCat("line ", 1 + std::count(json.begin(), json.begin() + end, '\n'), ": ", text);
}

}  // namespace

std::string ToJson(const google::protobuf::Message& message) {
  const std::unique_ptr<google::protobuf::util::TypeResolver> resolver(
      google::protobuf::util::NewTypeResolverForDescriptorPool(kTypePrefix, message.GetDescriptor()->file()->pool()));
  google::protobuf::util::JsonPrintOptions options;
  options.add_whitespace = true;
  std::string json;
  const auto status = google::protobuf::util::BinaryToJsonString(
      resolver.get(), absl::StrCat(kTypePrefix, "/", message.GetDescriptor()->full_name()), SerializeInOrder(message),
      &json, options);
  if (!status.ok()) return "{}\n";
  json = DoubleIndentation(json);
  if (!absl::EndsWith(json, "\n")) json.push_back('\n');
  return json;
}

// Line ends stand only between the parts of a document, never inside a string.
std::string ToJsonLine(const google::protobuf::Message& message) {
  std::string line;
  for (absl::string_view part : absl::StrSplit(ToJson(message), '\n')) {
    absl::StrAppend(&line, absl::StripLeadingAsciiWhitespace(part), absl::EndsWith(part, ",") ? " " : "");
  }
  return line + "\n";
}

google::protobuf::Value ToJsonValue(const google::protobuf::Message& message) {
  google::protobuf::Value value;
  if (!google::protobuf::util::JsonStringToMessage(ToJson(message), &value).ok()) value.mutable_struct_value();
  return value;
}

absl::Status FromJson(absl::string_view json, bool lenient, google::protobuf::Message& message) {
  google::protobuf::util::JsonParseOptions options;
  options.ignore_unknown_fields = lenient;
  const auto status = google::protobuf::util::JsonStringToMessage({json.data(), json.size()}, &message, options);
  if (status.ok()) return absl::OkStatus();
  const auto text = status.message();
  // The surroundings may be cut inside a character, or be no UTF-8 at all.
  return absl::InvalidArgumentError(Printable(DescribeParseError(json, absl::string_view(text.data(), text.size()))));
}

}  // namespace concord::ctl
