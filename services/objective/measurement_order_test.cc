// The order in which measurements are approved does not matter where it should not.
#include <algorithm>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/aip/date.h"
#include "common/aip/decimal.h"
#include "gmock/gmock.h"
#include "services/objective/measurement_status.h"

namespace concord::objective {
namespace {

using v1::Indicator;
using v1::Measurement;

// Measurements of one indicator by name.
using Record = std::map<std::string, Measurement>;

InForce InForceOf(const Record& record) {
  InForce in_force;
  for (const auto& [name, measurement] : record) {
    if (measurement.status() == Measurement::STATUS_APPROVED) in_force.push_back(&measurement);
  }
  return in_force;
}

bool ApproveIn(Record& record, const Indicator& indicator, const std::string& name) {
  Measurement measurement = record.at(name);
  const auto superseded = Approve(indicator, InForceOf(record), absl::CivilDay(2100, 1, 1), measurement);
  if (!superseded.ok()) return false;
  if (superseded->has_value()) record[(*superseded)->name()] = **superseded;
  record[name] = measurement;
  return true;
}

std::string Text(const Record& record) {
  std::string text;
  for (const auto& [name, measurement] : record) absl::StrAppend(&text, measurement.ShortDebugString(), "\n");
  return text;
}

Measurement Submitted(const std::string& name, int year, int value, const std::string& part) {
  Measurement measurement;
  measurement.set_name(name);
  measurement.set_status(Measurement::STATUS_SUBMITTED);
  *measurement.mutable_period()->mutable_start_date() = aip::FromDay(absl::CivilDay(year, 1, 1));
  *measurement.mutable_period()->mutable_end_date() = aip::FromDay(absl::CivilDay(year, 12, 31));
  measurement.mutable_value()->set_value(absl::StrCat(value));
  if (!part.empty()) (*measurement.mutable_dimensions())["part"] = part;
  return measurement;
}

class AnyOrder : public ::testing::Test {
 protected:
  std::vector<std::string> Shuffled(const Record& record) {
    std::vector<std::string> names;
    for (const auto& [name, measurement] : record) names.push_back(name);
    std::shuffle(names.begin(), names.end(), random_);
    return names;
  }

  const uint32_t seed_ = std::random_device()();
  ::testing::ScopedTrace trace_{__FILE__, __LINE__, absl::StrCat("seed ", seed_)};
  std::mt19937 random_{seed_};
};

Indicator Cumulative() {
  Indicator indicator;
  indicator.set_kind(Indicator::KIND_CUMULATIVE);
  return indicator;
}

// Ten years of two parts and the whole, each series rising.
Record RisingSeries(std::mt19937& random) {
  Record record;
  for (const char* part : {"", "a", "b"}) {
    int value = 0;
    for (int year = 2001; year <= 2010; ++year) {
      value += static_cast<int>(random() % 3);
      const std::string name = absl::StrCat("m", part, year);
      record[name] = Submitted(name, year, value, part);
    }
  }
  return record;
}

TEST_F(AnyOrder, LeadsToTheSameStateWherePeriodsDiffer) {
  for (int round = 0; round < 50; ++round) {
    const Record submitted = RisingSeries(random_);
    Record first = submitted;
    for (const std::string& name : Shuffled(first)) ASSERT_TRUE(ApproveIn(first, Cumulative(), name)) << name;
    Record second = submitted;
    for (const std::string& name : Shuffled(second)) ASSERT_TRUE(ApproveIn(second, Cumulative(), name)) << name;
    ASSERT_EQ(Text(first), Text(second));
  }
}

// Two values of which one falls below the other exclude each other, whichever comes first.
TEST_F(AnyOrder, RefusesWhicheverOfTwoComesSecond) {
  for (int round = 0; round < 500; ++round) {
    const int first_year = 2001 + static_cast<int>(random_() % 5);
    const int second_year = first_year + 1 + static_cast<int>(random_() % 5);
    const int first_value = static_cast<int>(random_() % 10);
    const int second_value = static_cast<int>(random_() % 10);
    Record record = {{"a", Submitted("a", first_year, first_value, "")},
                     {"b", Submitted("b", second_year, second_value, "")}};
    Record other = record;
    const bool rises = first_value <= second_value;
    EXPECT_TRUE(ApproveIn(record, Cumulative(), "a"));
    EXPECT_EQ(ApproveIn(record, Cumulative(), "b"), rises);
    EXPECT_TRUE(ApproveIn(other, Cumulative(), "b"));
    EXPECT_EQ(ApproveIn(other, Cumulative(), "a"), rises);
  }
}

// Whatever is tried in whatever order: of each place at most one is in force, and no series falls.
TEST_F(AnyOrder, NeverLeavesTwoInForceNorASeriesThatFalls) {
  for (int round = 0; round < 50; ++round) {
    Record record;
    std::vector<std::string> names;
    for (int i = 0; i < 60; ++i) {
      const std::string name = absl::StrCat("m", i);
      record[name] = Submitted(name, 2001 + static_cast<int>(random_() % 4), static_cast<int>(random_() % 20), "");
      if (!names.empty() && random_() % 2 == 0) record[name].set_supersedes(names[random_() % names.size()]);
      names.push_back(name);
      ApproveIn(record, Cumulative(), names[random_() % names.size()]);
    }
    std::map<int, int> series;
    for (const Measurement* measurement : InForceOf(record)) {
      const int year = measurement->period().start_date().year();
      ASSERT_TRUE(series.emplace(year, static_cast<int>(aip::ToDouble(aip::ToNano(measurement->value())))).second)
          << Text(record);
    }
    int before = 0;
    for (const auto& [year, value] : series) {
      ASSERT_GE(value, before) << Text(record);
      before = value;
    }
    for (const auto& [name, measurement] : record) {
      const bool replaced = measurement.status() == Measurement::STATUS_SUPERSEDED;
      ASSERT_EQ(replaced, !measurement.superseded_by().empty());
    }
  }
}

}  // namespace
}  // namespace concord::objective
