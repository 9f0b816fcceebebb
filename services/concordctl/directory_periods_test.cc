#include "services/concordctl/directory_periods.h"

#include <string>

#include "concord/member/v1/participation.pb.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/concordctl/directory_file_fixture.h"

namespace concord::ctl {
namespace {

using member::v1::Participation;
using member::v1::RolePeriod;
using ::testing::HasSubstr;

using Periods = google::protobuf::RepeatedPtrField<RolePeriod>;

constexpr Participation::Role kNobody = Participation::ROLE_UNSPECIFIED;
constexpr Participation::Role kP = Participation::ROLE_PARTICIPANT;
constexpr Participation::Role kO = Participation::ROLE_OBSERVER;

RolePeriod Period(Participation::Role role, const std::string& start = "", const std::string& end = "") {
  RolePeriod period;
  period.set_role(role);
  if (!start.empty()) *period.mutable_start_date() = *aip::ParseDate(start);
  if (!end.empty()) *period.mutable_end_date() = *aip::ParseDate(end);
  return period;
}

Periods List(std::initializer_list<RolePeriod> periods) { return Periods(periods.begin(), periods.end()); }

std::string Text(const Periods& periods) {
  std::string text;
  for (const RolePeriod& period : periods) {
    absl::StrAppend(&text, text.empty() ? "" : " ", period.role() == kP ? "P" : "O", DaysOf(period));
  }
  return text;
}

// What a snapshot of 2011-07-01 makes of the periods; kNobody for nothing.
std::string Continue(Periods periods, Participation::Role now) {
  const RolePeriod period = Period(now);
  const auto same = [](const RolePeriod& a, const RolePeriod& b) { return a.role() == b.role(); };
  const auto continued = ContinuePeriods(now == kNobody ? nullptr : &period, absl::CivilDay(2011, 7, 1), same, periods);
  return continued.ok() ? Text(periods) : std::string(continued.status().message());
}

TEST(ContinuePeriods, BeginsAsLongAgoAsAnybodyKnowsWhereNothingWasRecorded) { EXPECT_EQ(Continue({}, kP), "P.."); }

TEST(ContinuePeriods, LeavesWhatIsStillSo) {
  EXPECT_EQ(Continue(List({Period(kP)}), kP), "P..");
  EXPECT_EQ(Continue(List({Period(kP, "2010-01-01", "2012-12-31")}), kP), "P2010-01-01..2012-12-31");
  EXPECT_EQ(Continue(List({Period(kP, "", "2010-12-31")}), kNobody), "P..2010-12-31");
}

TEST(ContinuePeriods, EndsTheDayBefore) {
  EXPECT_EQ(Continue(List({Period(kP)}), kNobody), "P..2011-06-30");
  EXPECT_EQ(Continue(List({Period(kP)}), kO), "P..2011-06-30 O2011-07-01..");
  EXPECT_EQ(Continue(List({Period(kP, "2010-01-01", "2012-12-31")}), kO), "P2010-01-01..2011-06-30 O2011-07-01..");
}

TEST(ContinuePeriods, TakesUpWhatHadEnded) {
  EXPECT_EQ(Continue(List({Period(kP, "", "2010-12-31")}), kP), "P..2010-12-31 P2011-07-01..");
}

TEST(ContinuePeriods, LetsTheLastSnapshotOfADayHold) {
  EXPECT_EQ(Continue(List({Period(kP, "", "2011-06-30"), Period(kO, "2011-07-01")}), kP),
            "P..2011-06-30 P2011-07-01..");
  EXPECT_EQ(Continue(List({Period(kP, "", "2011-06-30"), Period(kO, "2011-07-01")}), kNobody), "P..2011-06-30");
  EXPECT_EQ(Continue(List({Period(kO, "2011-07-01")}), kNobody), "O2011-07-01..2011-07-01")
      << "a list that is empty could not be sent";
}

TEST(ContinuePeriods, RefusesASnapshotThatIsOlderThanTheRecord) {
  const std::string problem = "what is recorded begins on 2011-08-01, after the day of the snapshot";
  EXPECT_EQ(Continue(List({Period(kO, "2011-08-01")}), kP), problem);
  EXPECT_EQ(Continue(List({Period(kP, "", "2011-07-31"), Period(kO, "2011-08-01")}), kNobody), problem);
  EXPECT_EQ(Continue(List({Period(kP, "", "2011-07-31"), Period(kO, "2011-08-01")}), kP), "P..2011-07-31 O2011-08-01..")
      << "which it does not contradict";
}

}  // namespace
}  // namespace concord::ctl
