#include "services/concordctl/directory_file_values.h"

#include <zlib.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "common/aip/date.h"

namespace concord::ctl {
namespace {

using member::v1::Committee;
using member::v1::WorkItem;

constexpr size_t kIdLimit = 63;
constexpr size_t kHashSize = 9;  // A hyphen and eight digits.

bool IsDigit(char c) { return absl::ascii_isdigit(static_cast<unsigned char>(c)); }

// "a-b" of "A / b!".
std::string Slug(absl::string_view text) {
  std::string slug;
  for (const char c : text) {
    if (absl::ascii_isalnum(static_cast<unsigned char>(c))) {
      slug.push_back(absl::ascii_tolower(static_cast<unsigned char>(c)));
    } else if (!slug.empty() && slug.back() != '-') {
      slug.push_back('-');
    }
  }
  return std::string(absl::StripSuffix(slug, "-"));
}

bool IsAmendment(absl::string_view reference) {
  const size_t slash = reference.rfind('/');
  if (slash == absl::string_view::npos) return false;
  for (const absl::string_view word : absl::StrSplit(reference.substr(slash + 1), absl::ByAnyChar(" :"))) {
    for (const char* ending : {"Amd", "AMD", "DAM", "Cor", "COR", "Add"}) {
      if (absl::EndsWith(word, ending)) return true;
    }
  }
  return false;
}

}  // namespace

std::string OneLine(absl::string_view text) {
  std::string line(text);
  absl::RemoveExtraAsciiWhitespace(&line);
  return line;
}

std::string CutToCharacters(absl::string_view text, int count) {
  size_t end = 0;
  for (; end < text.size(); ++end) {
    const bool begins = (static_cast<unsigned char>(text[end]) & 0xC0) != 0x80;
    if (begins && count-- == 0) break;
  }
  return std::string(text.substr(0, end));
}

absl::optional<google::type::Date> ToFirstDay(absl::string_view text) {
  constexpr size_t kYear = 4;
  constexpr size_t kMonth = 7;
  std::string day(text);
  if (text.size() == kYear) day += "-01";
  if (day.size() == kMonth) day += "-01";
  const auto date = aip::ParseDate(day);
  if (!date.ok() || day == "1900-01-01") return absl::nullopt;
  return *date;
}

std::string ToStage(const google::protobuf::Value& value) {
  if (value.kind_case() != google::protobuf::Value::kNumberValue) return value.string_value();
  // 6060 and 60.6 are both 60.60.
  const double number = value.number_value();
  const double hundredths = number >= 100 ? number : number * 100;
  if (hundredths < 0 || hundredths >= 10'000) return absl::StrCat(number);
  const int code = static_cast<int>(std::lround(hundredths));
  return absl::StrFormat("%02d.%02d", code / 100, code % 100);
}

bool LooksLikeStage(absl::string_view text) {
  return text.size() == 5 && text[2] == '.' && IsDigit(text[0]) && IsDigit(text[1]) && IsDigit(text[3]) &&
         IsDigit(text[4]);
}

std::string IdWithHash(absl::string_view id, absl::string_view text) {
  const auto hash = crc32(0, reinterpret_cast<const Bytef*>(text.data()), static_cast<uInt>(text.size()));
  const std::string cut(absl::StripSuffix(id.substr(0, kIdLimit - kHashSize), "-"));
  return absl::StrFormat("%s%s%08x", cut, cut.empty() ? "" : "-", hash);
}

std::string IdOfText(absl::string_view prefix, absl::string_view text) {
  const std::string slug = Slug(text);
  const std::string id = absl::StrCat(prefix, slug);
  return slug.empty() || id.size() > kIdLimit ? IdWithHash(id, text) : id;
}

Committee::Kind KindOfReference(absl::string_view reference) {
  const auto has = [words = std::vector<std::string>(absl::StrSplit(reference, absl::ByAnyChar(" /")))](
                       std::initializer_list<absl::string_view> wanted) {
    return std::any_of(words.begin(), words.end(), [&](const std::string& word) {
      return std::find(wanted.begin(), wanted.end(), word) != wanted.end();
    });
  };
  if (has({"WG", "JWG"})) return Committee::KIND_WORKING_GROUP;
  if (has({"SC"})) return Committee::KIND_SUBCOMMITTEE;
  if (has({"PC"})) return Committee::KIND_PROJECT_COMMITTEE;
  if (has({"JTC", "JSyC", "JPC"})) return Committee::KIND_JOINT_COMMITTEE;
  return has({"TC"}) ? Committee::KIND_TECHNICAL_COMMITTEE : Committee::KIND_OTHER;
}

absl::optional<WorkItem::Deliverable> ToDeliverable(absl::string_view word, absl::string_view reference) {
  if (IsAmendment(reference)) return WorkItem::DELIVERABLE_AMENDMENT;
  if (word.empty()) return WorkItem::DELIVERABLE_UNSPECIFIED;
  if (word == "international-standard") return WorkItem::DELIVERABLE_INTERNATIONAL_STANDARD;
  if (word == "technical-specification") return WorkItem::DELIVERABLE_TECHNICAL_SPECIFICATION;
  if (word == "technical-report") return WorkItem::DELIVERABLE_TECHNICAL_REPORT;
  if (word == "publicly-available-specification") return WorkItem::DELIVERABLE_PUBLICLY_AVAILABLE_SPECIFICATION;
  if (word == "guide") return WorkItem::DELIVERABLE_GUIDE;
  if (word == "international-workshop-agreement") return WorkItem::DELIVERABLE_WORKSHOP_AGREEMENT;
  if (word == "directive" || word == "recommendation") return WorkItem::DELIVERABLE_OTHER;
  return absl::nullopt;
}

}  // namespace concord::ctl
