#include "common/aip/decimal.h"

#include <random>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "gmock/gmock.h"

namespace concord::aip {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Pair;

constexpr int64_t kOne = 1'000'000'000;

TEST(ParseDecimal, ReadsWhatIsWritten) {
  EXPECT_EQ(ParseDecimal("0"), Nano(0));
  EXPECT_EQ(ParseDecimal("-0.00"), Nano(0));
  EXPECT_EQ(ParseDecimal("12.5"), Nano(12'500'000'000));
  EXPECT_EQ(ParseDecimal("-12.50"), Nano(-12'500'000'000));
  EXPECT_EQ(ParseDecimal("007"), Nano(7 * kOne));
  EXPECT_EQ(ParseDecimal("0.000000001"), Nano(1));
  EXPECT_EQ(ParseDecimal("999999.999999999"), Nano(999'999'999'999'999));
  EXPECT_EQ(ParseDecimal("999999999999999"), Nano(999'999'999'999'999) * kOne);
  EXPECT_EQ(ParseDecimal("-999999999999999"), Nano(-999'999'999'999'999) * kOne);
}

TEST(ParseDecimal, RefusesWhatIsNoDecimal) {
  for (const absl::string_view text : {"",
                                       "-",
                                       ".",
                                       "-.",
                                       "1.",
                                       ".5",
                                       "+1",
                                       "--1",
                                       "1-",
                                       " 1",
                                       "1 ",
                                       "1e3",
                                       "1,5",
                                       "1.5.0",
                                       "0x1",
                                       "nan",
                                       "inf",
                                       "١",
                                       "1000000000000000",
                                       "0.0000000001",
                                       "1000000.999999999"}) {
    EXPECT_EQ(ParseDecimal(text), absl::nullopt) << text;
  }
  EXPECT_EQ(ParseDecimal(absl::string_view("1\0", 2)), absl::nullopt);
}

TEST(ToNano, IsZeroForWhatMeansNothing) {
  concord::type::Decimal decimal;
  EXPECT_EQ(ToNano(decimal), Nano(0));
  decimal.set_value("1.5");
  EXPECT_EQ(ToNano(decimal), Nano(1'500'000'000));
}

TEST(ScaleOf, CountsTheDigitsAsWritten) {
  EXPECT_EQ(ScaleOf("1"), 0);
  EXPECT_EQ(ScaleOf("1.50"), 2);
  EXPECT_EQ(ScaleOf("-0.000000001"), 9);
}

TEST(FormatDecimal, WritesExactlyTheScale) {
  EXPECT_EQ(FormatDecimal(0, 0), "0");
  EXPECT_EQ(FormatDecimal(0, 2), "0.00");
  EXPECT_EQ(FormatDecimal(1, 9), "0.000000001");
  EXPECT_EQ(FormatDecimal(Nano(-12'500'000'000), 2), "-12.50");
  EXPECT_EQ(FormatDecimal(Nano(999'999'999'999'999) * kOne, 0), "999999999999999");
  EXPECT_EQ(FormatDecimal(Nano(100) * kOne, 1), "100.0");
}

TEST(FormatDecimal, RoundsHalfToEven) {
  const auto rounded = [](absl::string_view text, int scale) { return FormatDecimal(*ParseDecimal(text), scale); };
  EXPECT_EQ(rounded("0.5", 0), "0");
  EXPECT_EQ(rounded("1.5", 0), "2");
  EXPECT_EQ(rounded("2.5", 0), "2");
  EXPECT_EQ(rounded("2.500000001", 0), "3");
  EXPECT_EQ(rounded("-2.5", 0), "-2");
  EXPECT_EQ(rounded("-3.5", 0), "-4");
  EXPECT_EQ(rounded("0.125", 2), "0.12");
  EXPECT_EQ(rounded("0.135", 2), "0.14");
  EXPECT_EQ(rounded("9.995", 2), "10.00");
  EXPECT_EQ(rounded("-0.004", 2), "0.00") << "there is no negative zero";
}

TEST(FormatDecimal, WritesWhatParseReads) {
  const uint32_t seed = std::random_device()();
  SCOPED_TRACE(absl::StrCat("seed ", seed));
  std::mt19937_64 random(seed);
  for (int i = 0; i < 2'000; ++i) {
    const int scale = static_cast<int>(random() % 10);
    const uint64_t digits = random() % 1'000'000'000'000'000;
    std::string text = absl::StrCat(digits);
    if (text.size() <= static_cast<size_t>(scale)) text.insert(0, static_cast<size_t>(scale) + 1 - text.size(), '0');
    if (scale > 0) text.insert(text.size() - static_cast<size_t>(scale), ".");
    if (random() % 2 == 0 && digits != 0) text.insert(0, "-");
    if (text.size() > 15) continue;
    ASSERT_TRUE(ParseDecimal(text).has_value()) << text;
    EXPECT_EQ(FormatDecimal(*ParseDecimal(text), scale), text);
  }
}

TEST(DivideRounded, RoundsHalfToEvenAtItsScale) {
  EXPECT_EQ(DivideRounded(1, 3, 2), Nano(330'000'000));
  EXPECT_EQ(DivideRounded(2, 3, 2), Nano(670'000'000));
  EXPECT_EQ(DivideRounded(-2, 3, 2), Nano(-670'000'000));
  EXPECT_EQ(DivideRounded(2, -3, 0), Nano(-1) * kOne);
  EXPECT_EQ(DivideRounded(-6, -3, 9), Nano(2) * kOne);
  EXPECT_EQ(DivideRounded(1, 2, 0), Nano(0));
  EXPECT_EQ(DivideRounded(3, 2, 0), Nano(2) * kOne);
  EXPECT_EQ(DivideRounded(5, 2, 0), Nano(2) * kOne);
  EXPECT_EQ(DivideRounded(1, 8, 2), Nano(120'000'000));
  EXPECT_EQ(DivideRounded(1, 3, 9), Nano(333'333'333));
  EXPECT_EQ(DivideRounded(0, 7, 3), Nano(0));
}

TEST(DivideRounded, HasRoomForWeightedSums) {
  // A hundred values as great as can be, each with the greatest weight in thousandths.
  const absl::int128 value = *ParseDecimal("999999999999999");
  const absl::int128 weight = 1'000'000'000;
  EXPECT_EQ(DivideRounded(value * weight * 100, weight * 100 * kOne, 9), value);
}

TEST(ToDouble, IsTheNearest) {
  EXPECT_EQ(ToDouble(*ParseDecimal("0.1")), 0.1);
  EXPECT_EQ(ToDouble(*ParseDecimal("-12.5")), -12.5);
  EXPECT_EQ(ToDouble(*ParseDecimal("999999999999999")), 999999999999999.0);
}

TEST(CheckDecimal, TellsWhatIsWrong) {
  const auto wrong = [](const std::string& text, int scale) {
    concord::type::Decimal decimal;
    decimal.set_value(text);
    Violations violations;
    CheckDecimal(decimal, "f", scale, violations);
    return ViolationsOf(violations.ToStatus());
  };
  EXPECT_THAT(wrong("1.50", 2), IsEmpty());
  EXPECT_THAT(wrong("0", 0), IsEmpty());
  EXPECT_THAT(wrong("1.50", 1), ElementsAre(Pair("f", HasSubstr("2 digits"))));
  EXPECT_THAT(wrong("", 9), ElementsAre(Pair("f", HasSubstr("decimal"))));
  EXPECT_THAT(wrong("1.0000000000", 9), ElementsAre(Pair("f", HasSubstr("decimal"))));
}

}  // namespace
}  // namespace concord::aip
