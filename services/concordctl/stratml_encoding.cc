// The bytes of a StratML document as text, within the limits of its size.
#include <algorithm>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "services/concordctl/display_text.h"
#include "services/concordctl/plan_file.h"
#include "services/concordctl/stratml_document.h"

namespace concord::ctl {
namespace {

constexpr std::ptrdiff_t kMarkupLimit = 500'000;
constexpr int kEncodingShown = 40;  // Columns.
constexpr char kByteOrderMark[] = "\xEF\xBB\xBF";

bool IsForbidden(unsigned char c) { return (c < 0x20 && c != '\n' && c != '\t' && c != '\r') || c == 0x7f; }

// The encoding that the declaration of a document names, in small letters; empty if it names none.
std::string DeclaredEncoding(absl::string_view text) {
  if (!absl::ConsumePrefix(&text, "<?xml")) return "";
  const absl::string_view declaration = text.substr(0, text.find("?>"));
  size_t at = declaration.find("encoding");
  if (at == absl::string_view::npos) return "";
  at = declaration.find_first_of("\"'", at);
  if (at == absl::string_view::npos) return "";
  const size_t end = declaration.find(declaration[at], at + 1);
  if (end == absl::string_view::npos) return "";
  return absl::AsciiStrToLower(declaration.substr(at + 1, end - at - 1));
}

std::string FromLatin1(absl::string_view text) {
  std::string utf8;
  for (const char character : text) {
    const auto c = static_cast<unsigned char>(character);
    if (c < 0x80) {
      utf8.push_back(character);
    } else {
      utf8.push_back(static_cast<char>(0xC0 | (c >> 6)));
      utf8.push_back(static_cast<char>(0x80 | (c & 0x3F)));
    }
  }
  return utf8;
}

}  // namespace

bool HasStratmlForbidden(absl::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return IsForbidden(static_cast<unsigned char>(c)); });
}

int StratmlLineAt(absl::string_view text, size_t offset) {
  return 1 + static_cast<int>(std::count(text.begin(), text.begin() + std::min(offset, text.size()), '\n'));
}

absl::StatusOr<std::string> DecodeStratml(absl::string_view bytes) {
  if (bytes.size() > kMaximumPlanFileBytes) {
    return StratmlRefusal(1, absl::StrCat("the document has more than ", kMaximumPlanFileBytes, " bytes"));
  }
  if (absl::StartsWith(bytes, "\xFE\xFF") || absl::StartsWith(bytes, "\xFF\xFE") ||
      bytes.substr(0, 4).find('\0') != absl::string_view::npos) {
    return StratmlRefusal(1, "UTF-16 and UTF-32 are not read: save the document as UTF-8");
  }
  absl::ConsumePrefix(&bytes, kByteOrderMark);
  const std::string encoding = DeclaredEncoding(bytes);
  std::string text(bytes);
  if (encoding == "iso-8859-1" || encoding == "latin1") {
    text = FromLatin1(bytes);
  } else if (!encoding.empty() && encoding != "utf-8" && encoding != "us-ascii" && encoding != "ascii") {
    const std::string shown = CutToWidth(Printable(encoding), kEncodingShown);
    return StratmlRefusal(1, absl::StrCat("the encoding \"", shown, "\" is not read: save the document as UTF-8"));
  }
  const auto bad =
      std::find_if(text.begin(), text.end(), [](char c) { return IsForbidden(static_cast<unsigned char>(c)); });
  if (bad != text.end()) {
    return StratmlRefusal(StratmlLineAt(text, static_cast<size_t>(bad - text.begin())), "there is a control character");
  }
  size_t start = 0;
  for (int line = 1; start < text.size(); ++line) {
    const size_t end = std::min(text.find('\n', start), text.size());
    if (!IsUtf8(absl::string_view(text).substr(start, end - start))) return StratmlRefusal(line, "this is not UTF-8");
    start = end + 1;
  }
  const auto markup = std::count_if(text.begin(), text.end(), [](char c) { return c == '<' || c == '='; });
  if (markup > kMarkupLimit) {
    return StratmlRefusal(1, absl::StrCat("the document has more than ", kMarkupLimit, " tags and attributes"));
  }
  return text;
}

bool LooksLikeXml(absl::string_view bytes) {
  // A byte order mark of UTF-16 begins no JSON either, and ReadStratml says what to do about it.
  if (absl::StartsWith(bytes, "\xFE\xFF") || absl::StartsWith(bytes, "\xFF\xFE")) return true;
  absl::ConsumePrefix(&bytes, kByteOrderMark);
  return absl::StartsWith(absl::StripLeadingAsciiWhitespace(bytes), "<");
}

}  // namespace concord::ctl
