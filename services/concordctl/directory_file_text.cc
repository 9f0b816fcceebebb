#include "services/concordctl/directory_file_text.h"

#include <zlib.h>

#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/strip.h"
#include "services/concordctl/json.h"

namespace concord::ctl {
namespace {

constexpr size_t kTextLimit = size_t{1} << 30;
constexpr size_t kPiece = size_t{1} << 20;
constexpr absl::string_view kGzipMark = "\x1f\x8b";
constexpr absl::string_view kByteOrderMark = "\xef\xbb\xbf";
constexpr int kGzipWindow = 16 + MAX_WBITS;  // What tells zlib that it is gzip.

absl::Status TooLong() { return absl::InvalidArgumentError("has more than 1 GiB"); }

// Inflates all members of the file, one after the other, as gunzip does.
absl::Status InflateAll(z_stream& stream, std::string& text) {
  while (true) {
    const size_t before = text.size();
    if (before > kTextLimit) return TooLong();
    text.resize(before + kPiece);
    stream.next_out = reinterpret_cast<Bytef*>(&text[before]);
    stream.avail_out = kPiece;
    const int result = inflate(&stream, Z_NO_FLUSH);
    text.resize(before + kPiece - stream.avail_out);
    if (result == Z_STREAM_END) {
      if (stream.avail_in == 0) return absl::OkStatus();
      inflateReset(&stream);
      continue;
    }
    if (result != Z_OK || (stream.avail_in == 0 && stream.avail_out > 0)) {
      return absl::InvalidArgumentError("is damaged: it cannot be decompressed to its end");
    }
  }
}

absl::StatusOr<std::string> Inflate(absl::string_view bytes) {
  z_stream stream{};
  if (inflateInit2(&stream, kGzipWindow) != Z_OK) return absl::InternalError("zlib cannot be used");
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  std::string text;
  const absl::Status inflated = InflateAll(stream, text);
  inflateEnd(&stream);
  if (!inflated.ok()) return inflated;
  return text;
}

}  // namespace

absl::StatusOr<std::string> TextOfFile(absl::string_view bytes) {
  if (bytes.size() > kTextLimit) return TooLong();
  std::string text;
  if (absl::StartsWith(bytes, kGzipMark)) {
    auto inflated = Inflate(bytes);
    if (!inflated.ok()) return inflated;
    text = *std::move(inflated);
  } else {
    text = std::string(bytes);
  }
  if (absl::StartsWith(text, kByteOrderMark)) text.erase(0, kByteOrderMark.size());
  return text;
}

bool ForEachJsonRow(absl::string_view text, DirectoryPart part, absl::optional<DirectoryCollection> collection,
                    google::protobuf::Message& row, DirectoryReport& report, absl::FunctionRef<void(Origin)> take) {
  bool all = true;
  Origin origin{part, 0};
  while (!text.empty()) {
    const absl::string_view line = absl::StripAsciiWhitespace(text.substr(0, text.find('\n')));
    text.remove_prefix(text.find('\n') == absl::string_view::npos ? text.size() : text.find('\n') + 1);
    ++origin.line;
    if (line.empty()) continue;
    row.Clear();
    const absl::Status read = FromJson(line, /*lenient=*/true, row);
    if (read.ok()) {
      take(origin);
    } else {
      all = false;
      report.Reject({origin, collection, "", std::string(absl::StripPrefix(read.message(), "line 1: "))});
    }
  }
  return all;
}

}  // namespace concord::ctl
