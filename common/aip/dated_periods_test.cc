#include "common/aip/dated_periods.h"

#include <string>
#include <vector>

#include "concord/member/v1/member.pb.h"
#include "concord/member/v1/participation.pb.h"
#include "gmock/gmock.h"
#include "google/protobuf/text_format.h"

namespace concord::aip {
namespace {

namespace v1 = member::v1;

using ::testing::ElementsAre;
using ::testing::IsEmpty;

template <typename Record>
Record Parsed(const std::string& text) {
  Record record;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &record)) << text;
  return record;
}

v1::Participation Periods(const std::string& text) { return Parsed<v1::Participation>(text); }

constexpr char kFirst[] =
    "role_periods { role: ROLE_OBSERVER end_date { year: 2011 month: 6 day: 30 } } "
    "role_periods { role: ROLE_PARTICIPANT start_date { year: 2011 month: 7 day: 1 } "
    "end_date { year: 2012 month: 1 day: 1 } } ";

TEST(DatedPeriods, HoldOnBothOfTheirEnds) {
  const v1::Participation participation = Periods(kFirst);
  const auto role_on = [&](absl::CivilDay day) {
    const v1::RolePeriod* period = InForceOn(participation.role_periods(), day);
    return period == nullptr ? v1::Participation::ROLE_UNSPECIFIED : period->role();
  };
  EXPECT_EQ(role_on(absl::CivilDay(1950, 1, 1)), v1::Participation::ROLE_OBSERVER);
  EXPECT_EQ(role_on(absl::CivilDay(2011, 6, 30)), v1::Participation::ROLE_OBSERVER);
  EXPECT_EQ(role_on(absl::CivilDay(2011, 7, 1)), v1::Participation::ROLE_PARTICIPANT);
  EXPECT_EQ(role_on(absl::CivilDay(2012, 1, 1)), v1::Participation::ROLE_PARTICIPANT);
  EXPECT_EQ(role_on(absl::CivilDay(2012, 1, 2)), v1::Participation::ROLE_UNSPECIFIED);
}

TEST(DatedPeriods, AreOpenWithoutAnEnd) {
  EXPECT_EQ(OpenOneOf(Periods(kFirst).role_periods()), nullptr);
  const v1::Participation open =
      Periods("role_periods { role: ROLE_OBSERVER start_date { year: 2012 month: 1 day: 1 } }");
  ASSERT_NE(OpenOneOf(open.role_periods()), nullptr);
  EXPECT_NE(InForceOn(open.role_periods(), absl::CivilDay(2200, 1, 1)), nullptr);
}

std::vector<std::string> BadFields(const std::string& text) {
  Violations violations;
  CheckPeriods(Periods(text).role_periods(), "p", 100, violations);
  std::vector<std::string> fields;
  for (const auto& [field, description] : ViolationsOf(violations.ToStatus())) fields.push_back(field);
  return fields;
}

TEST(DatedPeriods, ShareNoDay) {
  EXPECT_THAT(BadFields(kFirst), IsEmpty());
  EXPECT_THAT(BadFields(std::string(kFirst) + "role_periods { start_date { year: 2012 month: 1 day: 1 } }"),
              ElementsAre("p[2]"));
  EXPECT_THAT(BadFields(std::string(kFirst) + "role_periods { start_date { year: 2012 month: 1 day: 2 } }"), IsEmpty());
  EXPECT_THAT(BadFields("role_periods {} role_periods {}"), ElementsAre("p[1]"));
}

TEST(DatedPeriods, MayShareADayWhereTheyAreOfDifferentKinds) {
  const auto member = Parsed<v1::Member>("group_periods { group: 'ldc' } group_periods { group: 'sids' }");
  Violations violations;
  CheckPeriods(
      member.group_periods(), "p", 100, [](const v1::GroupPeriod& period) { return period.group(); }, violations);
  EXPECT_TRUE(violations.empty());
}

TEST(DatedPeriods, AreNotLookedThroughWhereThereAreTooMany) {
  std::string many;
  for (int i = 0; i < 101; ++i) many += "role_periods {} ";
  EXPECT_THAT(BadFields(many), ElementsAre("p"));
}

TEST(DatedPeriods, EndAfterTheyBeginAndOnRealDays) {
  EXPECT_THAT(
      BadFields("role_periods { start_date { year: 2012 month: 1 day: 2 } end_date { year: 2012 month: 1 day: 1 } }"),
      ElementsAre("p[0].end_date"));
  EXPECT_THAT(BadFields("role_periods { start_date { year: 2012 month: 2 day: 30 } end_date { year: 1 } }"),
              ElementsAre("p[0].start_date", "p[0].end_date"));
  EXPECT_THAT(
      BadFields("role_periods { start_date { year: 2012 month: 1 day: 1 } end_date { year: 2012 month: 1 day: 1 } }"),
      IsEmpty());
}

}  // namespace
}  // namespace concord::aip
