// Values of rows as values of resources.
//
// Pure; safe from any thread.
#ifndef SERVICES_CONCORDCTL_DIRECTORY_FILE_VALUES_H_
#define SERVICES_CONCORDCTL_DIRECTORY_FILE_VALUES_H_

#include <string>

#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "concord/member/v1/committee.pb.h"
#include "concord/member/v1/liaison.pb.h"
#include "concord/member/v1/member.pb.h"
#include "concord/member/v1/work_item.pb.h"
#include "google/protobuf/struct.pb.h"
#include "google/type/date.pb.h"

namespace concord::ctl {

// Blanks and line ends between words as one space.
std::string OneLine(absl::string_view text);

// The first so many characters.
std::string CutToCharacters(absl::string_view text, int count);

// A year, a month or a day, as its first day. Nothing if it is none, or 1900-01-01, which stands for an unknown day.
absl::optional<google::type::Date> ToFirstDay(absl::string_view text);

// "40.20" of the text "40.20", of 4020 or of 40.2. Empty if there is none; the text itself if it is none.
std::string ToStage(const google::protobuf::Value& value);

// Whether it looks like a harmonised code. Which of them there are the service knows.
bool LooksLikeStage(absl::string_view text);

// An id of words, "iso-casco" of "ISO/CASCO", after a prefix. One that would be too long is cut, and ends with a hash
// of the text.
std::string IdOfText(absl::string_view prefix, absl::string_view text);

// Another id, for a text whose id is taken.
std::string IdWithHash(absl::string_view id, absl::string_view text);

// What a committee is, by its reference: "ISO/IEC JTC 1/SC 7" is a subcommittee.
member::v1::Committee::Kind KindOfReference(absl::string_view reference);

// What comes out of a project, by the word of its source and its reference. Nothing if the word is unknown.
absl::optional<member::v1::WorkItem::Deliverable> ToDeliverable(absl::string_view word, absl::string_view reference);

// Why the services would refuse the resource, as far as rows of these files can break their limits: so that a dry run
// tells it, with the line. Empty if they would not.
std::string ProblemOf(const member::v1::Member& member);
std::string ProblemOf(const member::v1::Committee& committee);
std::string ProblemOf(const member::v1::Liaison& liaison);
std::string ProblemOf(const member::v1::WorkItem& item);

}  // namespace concord::ctl

#endif  // SERVICES_CONCORDCTL_DIRECTORY_FILE_VALUES_H_
