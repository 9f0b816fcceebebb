#include "services/member/limit_dates.h"

#include <algorithm>
#include <iterator>

namespace concord::member {
namespace {

// How sure each figure is: H, published and seen; M, from secondary sources; L, from memory. Whoever knows better
// corrects the figure here, or adds an edition: nothing else depends on which figures these are. A record takes a
// correction over when it is next written.

// Tracks: M. Limits for the enquiry: L, a year before publication on every track; of the middle one the guidance on
// target dates that is published (24 of 36 months) says the same.
constexpr TrackLimits kTracks2009[] = {{24, 12}, {36, 24}, {48, 36}};

// Tracks: H. Limits for the enquiry: L, as before. The limit of the shortest track is not known: a guess would call
// projects late that are not.
constexpr TrackLimits kTracks2018[] = {{18, absl::nullopt}, {24, 12}, {36, 24}};

// In the order of their first days. The days are L: tracks are known to have been in use in 2009, under the edition of
// the directives of that year; that 18 months took the place of 48 is put down to the edition of May 2018.
constexpr TrackEdition kEditions[] = {
    {"2009-1", absl::CivilDay(2009, 1, 1), kTracks2009},
    {"2018-1", absl::CivilDay(2018, 5, 1), kTracks2018},
};

// Null if the edition has none of so many months.
const TrackLimits* FindTrack(const TrackEdition& edition, int months) {
  const auto* found = std::find_if(edition.tracks.begin(), edition.tracks.end(),
                                   [months](const TrackLimits& track) { return track.months == months; });
  return found == edition.tracks.end() ? nullptr : found;
}

absl::CivilDay MonthsAfter(absl::CivilDay day, int months) {
  const absl::CivilMonth month = absl::CivilMonth(day) + months;
  const absl::CivilDay last = absl::CivilDay(month + 1) - 1;
  return std::min(absl::CivilDay(month) + (day.day() - 1), last);
}

}  // namespace

const TrackEdition* TrackEditionOn(absl::CivilDay day) {
  const TrackEdition* in_force = nullptr;
  for (const TrackEdition& edition : kEditions) {
    if (edition.first_day <= day) in_force = &edition;
  }
  return in_force;
}

bool IsTrack(int months) {
  return std::any_of(std::begin(kEditions), std::end(kEditions),
                     [months](const TrackEdition& edition) { return FindTrack(edition, months) != nullptr; });
}

LimitDates LimitDatesOf(absl::CivilDay registration, int track_months) {
  LimitDates limits;
  const TrackEdition* edition = TrackEditionOn(registration);
  const TrackLimits* track = edition == nullptr ? nullptr : FindTrack(*edition, track_months);
  if (track == nullptr) return limits;
  limits.publication = MonthsAfter(registration, track->months);
  if (track->enquiry_months.has_value()) limits.enquiry = MonthsAfter(registration, *track->enquiry_months);
  return limits;
}

}  // namespace concord::member
