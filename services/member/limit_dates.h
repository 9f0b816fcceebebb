// Tracks, and by when they want a project to be where: dated reference data. What is in force on the day on which a
// project is registered holds for it to its end.
//
// Pure; safe from any thread.
#ifndef SERVICES_MEMBER_LIMIT_DATES_H_
#define SERVICES_MEMBER_LIMIT_DATES_H_

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/types/optional.h"
#include "absl/types/span.h"

namespace concord::member {

// How long a project on one track may take, in whole months from its registration.
struct TrackLimits {
  int months;                          // To publication, 60.60. Also what the track is called.
  absl::optional<int> enquiry_months;  // To the registration of the enquiry draft, 40.00; nothing if not known.
};

// The tracks that were offered from a day on, until the next edition begins.
struct TrackEdition {
  absl::string_view id;
  absl::CivilDay first_day;
  absl::Span<const TrackLimits> tracks;
};

// The edition in force on a day; null before the first.
const TrackEdition* TrackEditionOn(absl::CivilDay day);

// Whether some edition has a track of so many months.
bool IsTrack(int months);

struct LimitDates {
  absl::optional<absl::CivilDay> enquiry;      // For 40.00.
  absl::optional<absl::CivilDay> publication;  // For 60.60.
};

// The limits of a project that was registered on this day (10.99, or else 20.00). Nothing where the edition in force
// then has no such track or no such limit. Of a day that the month in question does not have, the last of that month:
// six months after 31 August is the end of February.
LimitDates LimitDatesOf(absl::CivilDay registration, int track_months);

}  // namespace concord::member

#endif  // SERVICES_MEMBER_LIMIT_DATES_H_
