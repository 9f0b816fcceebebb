#include "services/member/limit_dates.h"

#include <utility>

#include "gmock/gmock.h"

namespace concord::member {
namespace {

using absl::CivilDay;
using ::testing::Eq;
using ::testing::Pair;

// As (enquiry, publication).
std::pair<absl::optional<CivilDay>, absl::optional<CivilDay>> Limits(CivilDay registration, int track_months) {
  const LimitDates limits = LimitDatesOf(registration, track_months);
  return {limits.enquiry, limits.publication};
}

const auto kNone = Pair(Eq(absl::nullopt), Eq(absl::nullopt));

// The id of the edition in force; empty if there is none.
absl::string_view EditionOn(CivilDay day) {
  const TrackEdition* edition = TrackEditionOn(day);
  return edition == nullptr ? "" : edition->id;
}

TEST(TrackEditions, HoldFromTheirFirstDayToTheNext) {
  EXPECT_EQ(EditionOn(CivilDay(2008, 12, 31)), "");
  EXPECT_EQ(EditionOn(CivilDay(2009, 1, 1)), "2009-1");
  EXPECT_EQ(EditionOn(CivilDay(2018, 4, 30)), "2009-1");
  EXPECT_EQ(EditionOn(CivilDay(2018, 5, 1)), "2018-1");
  EXPECT_EQ(EditionOn(CivilDay(2200, 12, 31)), "2018-1");
}

TEST(TrackEditions, WantTheEnquiryBeforeThePublication) {
  for (const CivilDay day : {CivilDay(2011, 1, 1), CivilDay(2021, 1, 1)}) {
    for (const TrackLimits& track : TrackEditionOn(day)->tracks) {
      if (track.enquiry_months.has_value()) EXPECT_LT(*track.enquiry_months, track.months) << day;
    }
  }
}

TEST(Tracks, AreThoseOfAnyEdition) {
  for (const int months : {18, 24, 36, 48}) EXPECT_TRUE(IsTrack(months)) << months;
  for (const int months : {0, -24, 12, 19, 60}) EXPECT_FALSE(IsTrack(months)) << months;
}

TEST(LimitDates, AreWholeMonthsAfterRegistration) {
  const CivilDay registration(2011, 3, 15);
  EXPECT_THAT(Limits(registration, 24), Pair(CivilDay(2012, 3, 15), CivilDay(2013, 3, 15)));
  EXPECT_THAT(Limits(registration, 36), Pair(CivilDay(2013, 3, 15), CivilDay(2014, 3, 15)));
  EXPECT_THAT(Limits(registration, 48), Pair(CivilDay(2014, 3, 15), CivilDay(2015, 3, 15)));
}

TEST(LimitDates, StayInTheMonthThatTheyFallIn) {
  EXPECT_THAT(Limits(CivilDay(2012, 2, 29), 36), Pair(CivilDay(2014, 2, 28), CivilDay(2015, 2, 28)));
  EXPECT_THAT(Limits(CivilDay(2012, 2, 29), 48), Pair(CivilDay(2015, 2, 28), CivilDay(2016, 2, 29)));
  EXPECT_THAT(Limits(CivilDay(2011, 2, 28), 24), Pair(CivilDay(2012, 2, 28), CivilDay(2013, 2, 28)))
      << "the last of a month has no meaning of its own";
  EXPECT_THAT(Limits(CivilDay(2018, 8, 31), 18), Pair(Eq(absl::nullopt), CivilDay(2020, 2, 29)));
  EXPECT_THAT(Limits(CivilDay(2010, 12, 31), 24), Pair(CivilDay(2011, 12, 31), CivilDay(2012, 12, 31)));
}

TEST(LimitDates, AreThoseOfTheEditionInForceAtRegistration) {
  EXPECT_THAT(Limits(CivilDay(2018, 4, 30), 48), Pair(CivilDay(2021, 4, 30), CivilDay(2022, 4, 30)));
  EXPECT_THAT(Limits(CivilDay(2018, 4, 30), 18), kNone);
  EXPECT_THAT(Limits(CivilDay(2018, 5, 1), 48), kNone);
  EXPECT_THAT(Limits(CivilDay(2018, 5, 1), 18), Pair(Eq(absl::nullopt), CivilDay(2019, 11, 1)))
      << "no limit for the enquiry is known";
  EXPECT_THAT(Limits(CivilDay(2018, 5, 1), 36), Pair(CivilDay(2020, 5, 1), CivilDay(2021, 5, 1)));
}

TEST(LimitDates, AreAbsentWithoutATrackOrAnEdition) {
  EXPECT_THAT(Limits(CivilDay(2011, 3, 15), 0), kNone);
  EXPECT_THAT(Limits(CivilDay(2011, 3, 15), 30), kNone);
  EXPECT_THAT(Limits(CivilDay(2008, 12, 31), 36), kNone);
}

}  // namespace
}  // namespace concord::member
