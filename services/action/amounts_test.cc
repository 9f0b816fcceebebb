#include "services/action/amounts.h"

#include "gtest/gtest.h"

namespace concord::action {
namespace {

template <typename Check, typename Value>
bool Accepts(Check check, const Value& value) {
  Violations violations;
  check(value, "field", violations);
  return violations.empty();
}

concord::type::Decimal Decimal(const std::string& value) {
  concord::type::Decimal decimal;
  decimal.set_value(value);
  return decimal;
}

TEST(CheckPercent, AcceptsTheWholeRangeWithTwoDigits) {
  for (const char* good : {"0", "0.00", "0.01", "37.5", "99.99", "100", "100.00"}) {
    EXPECT_TRUE(Accepts(CheckPercent, Decimal(good))) << good;
  }
  for (const char* bad : {"", "-0.01", "-1", "100.01", "101", "12.345", "1e1", "50%", "half", "99999999999999999999"}) {
    EXPECT_FALSE(Accepts(CheckPercent, Decimal(bad))) << bad;
  }
}

TEST(CheckAmount, AcceptsMoreThanNothing) {
  for (const char* good : {"0.01", "1", "12.5", "999999999999.99"}) {
    EXPECT_TRUE(Accepts(CheckAmount, Decimal(good))) << good;
  }
  for (const char* bad : {"", "0", "0.00", "-1", "0.001", "1,5"}) {
    EXPECT_FALSE(Accepts(CheckAmount, Decimal(bad))) << bad;
  }
}

TEST(CheckAmount, SaysOneThingAboutAValue) {
  Violations violations;
  CheckAmount(Decimal("nothing"), "field", violations);
  CheckAmount(Decimal("-0.001"), "field", violations);
  EXPECT_EQ(violations.size(), 2);
}

TEST(CheckCurrency, AcceptsThreeCapitals) {
  for (const char* good : {"CHF", "EUR", "XDR"}) EXPECT_TRUE(Accepts(CheckCurrency, std::string(good))) << good;
  for (const char* bad : {"", "chf", "Fr.", "CH", "EURO", "E R",
                          "\xc3\x84"
                          "B"}) {
    EXPECT_FALSE(Accepts(CheckCurrency, std::string(bad))) << bad;
  }
}

}  // namespace
}  // namespace concord::action
