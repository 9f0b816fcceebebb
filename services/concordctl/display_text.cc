#include "services/concordctl/display_text.h"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace concord::ctl {
namespace {

struct Range {
  uint32_t first;
  uint32_t last;
};

// The blocks that matter in names and titles; not the whole of Unicode's tables.
constexpr Range kNoWidth[] = {{0x0300, 0x036F}, {0x0483, 0x0489}, {0x0591, 0x05BD}, {0x064B, 0x065F}, {0x1AB0, 0x1AFF},
                              {0x1DC0, 0x1DFF}, {0x200B, 0x200F}, {0x202A, 0x202E}, {0x2060, 0x2064}, {0x20D0, 0x20FF},
                              {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F}, {0xFEFF, 0xFEFF}};
constexpr Range kDoubleWidth[] = {{0x1100, 0x115F},   {0x2E80, 0x303E},   {0x3041, 0xA4CF},   {0xAC00, 0xD7A3},
                                  {0xF900, 0xFAFF},   {0xFE30, 0xFE6F},   {0xFF00, 0xFF60},   {0xFFE0, 0xFFE6},
                                  {0x1F300, 0x1F64F}, {0x1F680, 0x1F6FF}, {0x1F900, 0x1F9FF}, {0x20000, 0x3FFFD}};

template <size_t N>
bool IsIn(const Range (&ranges)[N], uint32_t character) {
  return std::any_of(std::begin(ranges), std::end(ranges),
                     [&](const Range& range) { return range.first <= character && character <= range.last; });
}

struct Character {
  uint32_t code = 0;
  size_t size = 1;     // In bytes.
  bool valid = false;  // Whether it is UTF-8 in its shortest form.
};

// The first character of a text that is not empty.
Character Decode(absl::string_view text) {
  const auto byte = [&](size_t i) { return static_cast<uint8_t>(text[i]); };
  if (byte(0) < 0x80) return {byte(0), 1, true};
  const size_t size = byte(0) >= 0xF0 ? 4 : byte(0) >= 0xE0 ? 3 : 2;
  constexpr uint32_t kSmallest[] = {0, 0, 0x80, 0x800, 0x10000};
  if (byte(0) < 0xC2 || byte(0) > 0xF4 || text.size() < size) return {};
  uint32_t code = byte(0) & (0xFF >> (size + 1));
  for (size_t i = 1; i < size; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return {};
    code = code << 6 | (byte(i) & 0x3F);
  }
  const bool surrogate = code >= 0xD800 && code <= 0xDFFF;
  if (code < kSmallest[size] || code > 0x10FFFF || surrogate) return {};
  return {code, size, true};
}

int WidthOf(uint32_t character) {
  if (IsIn(kNoWidth, character)) return 0;
  return IsIn(kDoubleWidth, character) ? 2 : 1;
}

// Controls, and the marks that turn the direction of the text around them.
bool IsDangerous(uint32_t character) {
  return character < 0x20 || (character >= 0x7F && character < 0xA0) || (character >= 0x202A && character <= 0x202E) ||
         (character >= 0x2066 && character <= 0x2069);
}

}  // namespace

std::string Printable(absl::string_view text) {
  std::string printable;
  for (size_t i = 0; i < text.size();) {
    const Character character = Decode(text.substr(i));
    if (text[i] == '\n' || text[i] == '\t' || text[i] == '\r') {
      printable.push_back(' ');
    } else if (!character.valid || IsDangerous(character.code)) {
      printable.push_back('?');
    } else {
      printable.append(text.data() + i, character.size);
    }
    i += character.size;
  }
  return printable;
}

bool IsUtf8(absl::string_view text) {
  while (!text.empty()) {
    const Character first = Decode(text);
    if (!first.valid) return false;
    text.remove_prefix(first.size);
  }
  return true;
}

int DisplayWidth(absl::string_view text) {
  int width = 0;
  for (size_t i = 0; i < text.size();) {
    const Character character = Decode(text.substr(i));
    width += character.valid ? WidthOf(character.code) : 1;
    i += character.size;
  }
  return width;
}

std::string CutToWidth(absl::string_view text, int width) {
  if (DisplayWidth(text) <= width) return std::string(text);
  size_t end = 0;
  for (int taken = 0; end < text.size();) {
    const Character character = Decode(text.substr(end));
    taken += character.valid ? WidthOf(character.code) : 1;
    if (taken > width - 1) break;
    end += character.size;
  }
  return std::string(text.substr(0, end)) + "…";
}

std::vector<std::string> Wrapped(absl::string_view text, int width) {
  std::vector<std::string> lines;
  std::string line;
  for (absl::string_view word : absl::StrSplit(text, ' ')) {
    if (!line.empty() && DisplayWidth(line) + 1 + DisplayWidth(word) > width) lines.push_back(std::exchange(line, ""));
    if (!line.empty()) line += ' ';
    absl::StrAppend(&line, word);
  }
  lines.push_back(line);
  return lines;
}

}  // namespace concord::ctl
