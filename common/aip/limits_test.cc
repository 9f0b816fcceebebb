#include "common/aip/limits.h"

#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"

namespace concord::aip {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Pair;

TEST(CountCharacters, CountsThemNotTheirBytes) {
  EXPECT_EQ(CountCharacters(""), 0);
  EXPECT_EQ(CountCharacters("abc"), 3);
  EXPECT_EQ(CountCharacters("é"), 1);
  EXPECT_EQ(CountCharacters("標準"), 2);
  EXPECT_EQ(CountCharacters("\xF0\x9F\x8C\x8D"), 1);
}

// Whether a check finds nothing wrong.
template <typename Check>
bool Good(const Check& check) {
  Violations violations;
  check(violations);
  return violations.empty();
}

TEST(CheckText, HasItsLimitsInCharacters) {
  const auto good = [](const std::string& text, int least, int most) {
    return Good([&](Violations& violations) { CheckText(text, "f", least, most, violations); });
  };
  EXPECT_TRUE(good("éé", 1, 2));
  EXPECT_FALSE(good("ééé", 1, 2));
  EXPECT_TRUE(good("", 0, 2));
  EXPECT_FALSE(good("", 1, 2));
  EXPECT_FALSE(good(" \n\t", 1, 9)) << "a blank is as good as nothing";
  EXPECT_TRUE(good(" ", 0, 9));
}

TEST(CheckText, RefusesControlCharactersButForBreaksAndTabs) {
  for (int c = 1; c < 256; ++c) {
    const bool control = (c < 0x20 && c != '\n' && c != '\t') || c == 0x7f;
    const std::string text = {'a', static_cast<char>(c)};
    EXPECT_EQ(Good([&](Violations& violations) { CheckText(text, "f", 0, 9, violations); }), !control) << c;
  }
  EXPECT_FALSE(Good([](Violations& violations) { CheckText(std::string("a\0b", 3), "f", 0, 9, violations); }));
}

TEST(CheckText, SaysEachThingThatIsWrong) {
  Violations violations;
  CheckText("\x01\x02\x03", "f", 1, 2, violations);
  EXPECT_THAT(ViolationsOf(violations.ToStatus()),
              ElementsAre(Pair("f", AllOf(HasSubstr("3"), HasSubstr("2"))), Pair("f", HasSubstr("control"))));
}

TEST(CheckNumber, HasBothEndsAndRefusesWhatIsNoNumber) {
  const auto good = [](double value) {
    return Good([&](Violations& violations) { CheckNumber(value, "f", 0, 10, violations); });
  };
  EXPECT_TRUE(good(0));
  EXPECT_TRUE(good(-0.0));
  EXPECT_TRUE(good(10));
  EXPECT_FALSE(good(std::nextafter(10, 11)));
  EXPECT_FALSE(good(-std::numeric_limits<double>::denorm_min()));
  EXPECT_FALSE(good(std::nan("")));
  EXPECT_FALSE(good(std::numeric_limits<double>::infinity()));
}

TEST(CheckCount, AllowsUpToItsLimit) {
  EXPECT_TRUE(Good([](Violations& violations) { CheckCount(3, "f", 3, violations); }));
  EXPECT_FALSE(Good([](Violations& violations) { CheckCount(4, "f", 3, violations); }));
}

TEST(CheckCode, AllowsWhatReadersCite) {
  const auto good = [](const std::string& code) {
    return Good([&](Violations& violations) { CheckCode(code, "f", violations); });
  };
  for (const std::string& code :
       {std::string("1"), std::string("3.1"), std::string("A-2_b"), std::string("abcdefghijklmnopqrst")})
    EXPECT_TRUE(good(code)) << code;
  for (const char* code : {"", " ", "3 1", "3/1", "é", "a\n"}) EXPECT_FALSE(good(code)) << code;
  EXPECT_FALSE(good(std::string(21, 'x')));
}

using Labels = google::protobuf::Map<std::string, std::string>;

bool GoodLabels(const Labels& labels) {
  return Good([&](Violations& violations) { CheckLabels(labels, "labels", violations); });
}

TEST(CheckLabels, HasKeysThatProgramsCanUse) {
  for (const std::string& key : {std::string("a"), std::string("a-b_9"), std::string(63, 'k')}) {
    Labels labels;
    labels[key] = "v";
    EXPECT_TRUE(GoodLabels(labels)) << key;
  }
  for (const std::string& key : {std::string(), std::string("A"), std::string("9a"), std::string("-a"),
                                 std::string("a b"), std::string("é"), std::string(64, 'k')}) {
    Labels labels;
    labels[key] = "v";
    EXPECT_FALSE(GoodLabels(labels)) << key;
  }
}

TEST(CheckLabels, HasLimitsOfNumberAndLength) {
  Labels labels;
  for (int i = 0; i < 64; ++i) labels[absl::StrCat("k", i)] = std::string(63, 'v');
  EXPECT_TRUE(GoodLabels(labels));
  labels["k0"] += "v";
  EXPECT_FALSE(GoodLabels(labels));
  labels["k0"] = "";
  labels["one-too-many"] = "";
  EXPECT_FALSE(GoodLabels(labels));
}

}  // namespace
}  // namespace concord::aip
