// Text as a terminal shows it.
//
// Pure; safe from any thread.
#ifndef SERVICES_CONCORDCTL_DISPLAY_TEXT_H_
#define SERVICES_CONCORDCTL_DISPLAY_TEXT_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace concord::ctl {

// The text in one line that is safe to show: line ends and tabs become a space,
// other control characters (with which a title could take over a terminal) and
// bytes that are not UTF-8 become "?".
std::string Printable(absl::string_view text);

bool IsUtf8(absl::string_view text);

// How many columns a printable text takes: two for East Asian wide characters
// and pictures, none for combining marks.
int DisplayWidth(absl::string_view text);

// The text, or as much of its beginning as fits with "…" at the end. `width` is
// at least 1.
std::string CutToWidth(absl::string_view text, int width);

// A printable text in lines of at most `width` columns, broken between words where that is possible.
std::vector<std::string> Wrapped(absl::string_view text, int width);

}  // namespace concord::ctl

#endif  // SERVICES_CONCORDCTL_DISPLAY_TEXT_H_
