#include "common/aip/filter.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/aip/row_schema_for_test.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace concord::aip {
namespace {

using ::testing::StartsWith;

class FilterTest : public ::testing::Test {
 protected:
  bool Holds(const std::string& filter, const std::string& row) {
    const auto bound = Filter::Bind(filter, schema_.type());
    EXPECT_TRUE(bound.ok()) << filter << ": " << bound.status();
    return bound.ok() && bound->Holds(*schema_.Row(row));
  }

  // What a filter is refused with; empty if it is not.
  std::string Refusal(const std::string& filter) {
    return std::string(Filter::Bind(filter, schema_.type()).status().message());
  }

  RowSchema schema_;
};

TEST_F(FilterTest, OfNothingTakesEveryRow) {
  EXPECT_TRUE(Holds("", ""));
  EXPECT_TRUE(Holds(" \n\t ", "title: 'T'"));
}

TEST_F(FilterTest, ComparesTextByteByByte) {
  EXPECT_TRUE(Holds("title = \"a\"", "title: 'a'"));
  EXPECT_TRUE(Holds("title='a'", "title: 'a'"));
  EXPECT_TRUE(Holds("title = a", "title: 'a'"));
  EXPECT_FALSE(Holds("title = A", "title: 'a'"));
  EXPECT_TRUE(Holds("title != A", "title: 'a'"));
  EXPECT_TRUE(Holds("title < b", "title: 'a'"));
  EXPECT_TRUE(Holds("title > \"Zebra\"", "title: 'a'"));
  EXPECT_TRUE(Holds("title >= a", "title: 'a'"));
  EXPECT_FALSE(Holds("title > a", "title: 'a'"));
  EXPECT_TRUE(Holds("title = plans/p/actions/3-1", "title: 'plans/p/actions/3-1'"));
  EXPECT_TRUE(Holds("title = \"\"", "")) << "an unset text is empty";
  EXPECT_TRUE(Holds(R"(title = "a \"b\" \\ \*")", R"pb(title: 'a "b" \\ *')pb"));
}

TEST_F(FilterTest, KnowsWildcardsAtTheEndsOfAText) {
  EXPECT_TRUE(Holds("title = \"*ing\"", "title: 'training'"));
  EXPECT_FALSE(Holds("title = \"*ing\"", "title: 'trainings'"));
  EXPECT_TRUE(Holds("title = train*", "title: 'training'"));
  EXPECT_TRUE(Holds("title = \"*rain*\"", "title: 'training'"));
  EXPECT_FALSE(Holds("title != \"*rain*\"", "title: 'training'"));
  EXPECT_TRUE(Holds("title = \"*\"", ""));
  EXPECT_TRUE(Holds("title = \"**\"", "title: 'a'"));
  EXPECT_FALSE(Holds(R"(title = "\*")", "title: 'a'"));
  EXPECT_TRUE(Holds("tags:\"a*\"", "tags: 'ba' tags: 'ab'"));
  EXPECT_EQ(Refusal("title = \"a*b\""),
            "at character 9: a * stands at the beginning or the end of a value; \\* in quotes is the character");
  EXPECT_EQ(Refusal("title < a*"), "at character 9: a * goes with =, != and : only");
}

TEST_F(FilterTest, ComparesNumbers) {
  EXPECT_TRUE(Holds("count = 3", "count: 3"));
  EXPECT_TRUE(Holds("count >= -3", "count: -3"));
  EXPECT_FALSE(Holds("count > 3000000000", "count: 3"));
  EXPECT_TRUE(Holds("count = 0", "")) << "an unset number is 0";
  EXPECT_TRUE(Holds("total = 18446744073709551615", "total: 18446744073709551615"));
  EXPECT_TRUE(Holds("total > -1", "total: 1"));
  EXPECT_TRUE(Holds("weight < 1.5e1", "weight: 14.5"));
  EXPECT_TRUE(Holds("ratio = 0.1", "ratio: 0.1"));
  EXPECT_FALSE(Holds("weight = 1", "weight: nan"));
  EXPECT_FALSE(Holds("weight < 1", "weight: nan"));
  EXPECT_TRUE(Holds("weight != 1", "weight: nan"));
  EXPECT_TRUE(Holds("weight < 1", "weight: -inf"));
}

TEST_F(FilterTest, ComparesDecimalsExactly) {
  EXPECT_TRUE(Holds("value = 1.5", "value { value: '1.50' }"));
  EXPECT_TRUE(Holds("value < 0.3", "value { value: '0.29999999999999999999' }"));
  EXPECT_TRUE(Holds("value > 9", "value { value: '10' }"));
  EXPECT_TRUE(Holds("value > -10", "value { value: '-9.5' }"));
  EXPECT_TRUE(Holds("value = -0", "value { value: '0.00' }"));
  EXPECT_TRUE(Holds("value = 12e-1", "value { value: '1.2' }"));
  EXPECT_TRUE(Holds("values:2", "values { value: '1' } values { value: '2.0' }"));
  EXPECT_FALSE(Holds("value != 1", "value { value: 'many' }")) << "no number is no value";
}

TEST_F(FilterTest, ComparesTruthAndEnums) {
  EXPECT_TRUE(Holds("done = true", "done: true"));
  EXPECT_TRUE(Holds("done = false", ""));
  EXPECT_TRUE(Holds("done < true", ""));
  EXPECT_TRUE(Holds("colour = RED", "colour: COLOUR_RED"));
  EXPECT_TRUE(Holds("colour = COLOUR_RED", "colour: COLOUR_RED"));
  EXPECT_TRUE(Holds("colour != \"RED\"", ""));
  EXPECT_TRUE(Holds("colour > RED", "colour: COLOUR_BLUE"));
  EXPECT_TRUE(Holds("colours:BLUE", "colours: COLOUR_RED colours: COLOUR_BLUE"));
}

TEST_F(FilterTest, ComparesTimesAndDates) {
  const std::string noon = "create_time { seconds: 1330516800 nanos: 500000000 }";  // 2012-02-29T12:00:00.5Z
  EXPECT_TRUE(Holds("create_time = \"2012-02-29T12:00:00.5Z\"", noon));
  EXPECT_TRUE(Holds("create_time = \"2012-02-29T14:00:00.500+02:00\"", noon));
  EXPECT_TRUE(Holds("create_time > \"2012-02-29T12:00:00.499999999Z\"", noon));
  EXPECT_FALSE(Holds("create_time < \"2012-02-29T12:00:00Z\"", noon));
  EXPECT_TRUE(Holds("create_time.seconds = 1330516800", noon));
  const std::string leap_day = "due_date { year: 2012 month: 2 day: 29 }";
  EXPECT_TRUE(Holds("due_date = \"2012-02-29\"", leap_day));
  EXPECT_TRUE(Holds("due_date < 2012-03-01", leap_day));
  EXPECT_TRUE(Holds("due_date.year = 2012", leap_day));
}

TEST_F(FilterTest, FollowsPathsThroughMessagesAndMaps) {
  EXPECT_TRUE(Holds("part.title = a", "part { title: 'a' }"));
  EXPECT_TRUE(Holds("part.part.weight > 1", "part { part { weight: 2 } }"));
  EXPECT_TRUE(Holds("labels.area = \"training\"", "labels { key: 'area' value: 'training' }"));
  EXPECT_TRUE(Holds("labels.\"my key\" = x", "labels { key: 'my key' value: 'x' }"));
  EXPECT_TRUE(Holds("labels.a-b = \"\"", "labels { key: 'a-b' }"));
  EXPECT_TRUE(Holds("by_key.k.title = a", "by_key { key: 'k' value { title: 'a' } }"));
}

TEST_F(FilterTest, FindsNothingInWhatIsMissing) {
  for (const char* filter : {"due_date = \"2012-01-01\"", "due_date != \"2012-01-01\"", "note = \"\"", "note != a",
                             "size = 0", "size != 0", "part.title = \"\"", "part.title != a", "labels.area = \"\"",
                             "labels.area != x", "value != 1", "by_key.k.title = \"\"", "left != a", "sure = false"}) {
    EXPECT_FALSE(Holds(filter, "")) << filter;
    EXPECT_TRUE(Holds(absl::StrCat("NOT ", filter), "")) << filter;
  }
  EXPECT_TRUE(Holds("note = \"\"", "note: ''")) << "set, and empty";
  EXPECT_TRUE(Holds("sure = false", "sure: false"));
}

TEST_F(FilterTest, AsksWhetherSomethingIsThere) {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"title:*", "title: 'a'"},
      {"note:*", "note: ''"},
      {"count:*", "count: 1"},
      {"size:*", "size: 0"},
      {"sure:*", "sure: false"},
      {"colour:*", "colour: COLOUR_RED"},
      {"due_date:*", "due_date { }"},
      {"part:*", "part { }"},
      {"part.weight:*", "part { weight: 0 }"},
      {"parts:*", "parts { }"},
      {"parts.weight:*", "parts { } parts { weight: 0 }"},
      {"tags:*", "tags: ''"},
      {"labels:*", "labels { key: 'a' }"},
      {"labels.a:*", "labels { key: 'a' }"},
      {"by_number:*", "by_number { key: 1 }"},
      {"raw:*", "raw: 'x'"},
      {"left:*", "left: ''"},
  };
  for (const auto& [filter, row] : cases) {
    EXPECT_TRUE(Holds(filter, row)) << filter;
    EXPECT_FALSE(Holds(filter, "")) << filter;
  }
}

TEST_F(FilterTest, LooksIntoListsAndMaps) {
  EXPECT_TRUE(Holds("tags:b", "tags: 'a' tags: 'b'"));
  EXPECT_FALSE(Holds("tags:c", "tags: 'a' tags: 'b'"));
  EXPECT_TRUE(Holds("numbers:2", "numbers: 1 numbers: 2"));
  EXPECT_TRUE(Holds("parts.title:b", "parts { title: 'a' } parts { title: 'b' }"));
  EXPECT_TRUE(Holds("parts.part.tags:b", "parts { } parts { part { tags: 'a' tags: 'b' } }"));
  EXPECT_TRUE(Holds("labels:area", "labels { key: 'area' }"));
  EXPECT_TRUE(Holds("labels:\"ar*\"", "labels { key: 'area' }"));
  EXPECT_FALSE(Holds("labels:training", "labels { key: 'area' value: 'training' }"));
  EXPECT_TRUE(Holds("labels.area:training", "labels { key: 'area' value: 'training' }"));
  EXPECT_TRUE(Holds("title:a", "title: 'a'"));
}

TEST_F(FilterTest, BindsOrTighterThanAnd) {
  EXPECT_FALSE(Holds("title = x AND title = x OR count = 1", "count: 1"));
  EXPECT_TRUE(Holds("count = 1 AND title = x OR count = 1", "count: 1"));
  EXPECT_FALSE(Holds("count = 1 OR title = x AND title = x", "count: 1"));
  EXPECT_TRUE(Holds("count = 1 OR (title = x AND title = x)", "count: 1"));
  EXPECT_TRUE(Holds("NOT title = x AND count = 1", "count: 1"));
  EXPECT_FALSE(Holds("NOT (title = x OR count = 1)", "count: 1"));
  EXPECT_TRUE(Holds("-title = x AND -(count = 2)", "count: 1"));
  EXPECT_TRUE(Holds("(count=1)AND(NOT(title=x))", "count: 1"));
}

TEST_F(FilterTest, IsRefusedWithTheCharacterWhereItGoesWrong) {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"training", "at character 9: expected = != < <= > >= or : after the field"},
      {"\"training\"", "at character 1: expected a field, NOT or ("},
      {"title = a count = 1", "at character 11: expected AND, OR or the end"},
      {"title = a AND", "at character 14: expected a field, NOT or ("},
      {"title =", "at character 8: expected a value"},
      {"title = AND", "at character 9: expected a value"},
      {"AND = a", "at character 1: expected a field, NOT or ("},
      {"NOT NOT title = a", "at character 5: expected a field, NOT or ("},
      {"(title = a", "at character 11: expected AND, OR or )"},
      {"title = a)", "at character 10: there is no ( for this )"},
      {"title = \"a", "at character 9: this quote is not closed"},
      {"title = \"a\\n\"", "at character 11: a \\ stands before \", ', \\ or * only"},
      {"title = 'é' AND part. = a", "at character 22: expected a field or a key after the point"},
      {"count = 1.5", "at character 9: count is compared with a whole number of at most 64 bits, not with 1.5"},
      {"count = \"1\"", "at character 9: count is compared with a whole number of at most 64 bits, not with \"1\""},
      {"count = 18446744073709551616",
       "at character 9: count is compared with a whole number of at most 64 bits, not with 18446744073709551616"},
      {"weight = 1e999", "at character 10: weight is compared with a number, not with 1e999"},
      {"weight = nan", "at character 10: weight is compared with a number, not with nan"},
      {"value = .5", "at character 9: value is compared with a number, not with .5"},
      {"done = \"true\"", "at character 8: done is compared with true or false, not with \"true\""},
      {"colour = PINK", "at character 10: colour is compared with one of RED, GREEN, BLUE, not with PINK"},
      {"colour = R*", "at character 10: colour is compared with one of RED, GREEN, BLUE, not with R*"},
      {"due_date = \"2011-02-29\"",
       "at character 12: due_date is compared with a date such as \"2012-06-30\", not with \"2011-02-29\""},
      {"create_time > \"2012-06-30\"",
       "at character 15: create_time is compared with a time such as \"2012-06-30T12:00:00Z\", not with "
       "\"2012-06-30\""},
      {"part = a", "at character 6: part has fields: name one of them, or ask for :*"},
      {"tags = a", "at character 6: tags may have many values: ask with :"},
      {"parts.title = a", "at character 13: title may have many values: ask with :"},
      {"labels = a", "at character 8: labels may have many values: ask with :"},
      {"raw = a", "at character 5: raw is no text: it can only be asked for :*"},
      {"by_number:1", "at character 10: by_number can only be asked for :*"},
      {"by_number.1 = a", "at character 1: by_number has keys that cannot be named"},
      {"title.x = a", "at character 7: title has no fields, so \"x\" is none"},
  };
  for (const auto& [filter, refusal] : cases) EXPECT_EQ(Refusal(filter), refusal) << filter;
}

TEST_F(FilterTest, RefusesWhatIsNoTimeAndNoDay) {
  for (const char* time :
       {"2011-02-29T12:00:00Z", "2012-02-29T24:00:00Z", "2012-02-29T12:60:00Z", "2012-02-29T12:00:60Z",
        "2012-02-29 12:00:00Z", "2012-02-29t12:00:00z", "2012-02-29T12:00:00", "2012-02-29T12:00:00.Z",
        "2012-02-29T12:00:00.1234567890Z", "2012-02-29T12:00:00+24:00", "2012-02-29T12:00:00+0100",
        "0000-01-01T00:00:00Z", "infinite-future", " 2012-02-29T12:00:00Z", "2012-02-29T12:00:00Z "}) {
    EXPECT_THAT(Refusal(absl::StrCat("create_time < \"", time, "\"")), StartsWith("at character 15: ")) << time;
  }
  for (const char* day : {"2011-02-29", "1899-12-31", "2201-01-01", "2012-2-9", "2012-00-01", "2012-02-29T00:00:00Z"}) {
    EXPECT_THAT(Refusal(absl::StrCat("due_date < \"", day, "\"")), StartsWith("at character 12: ")) << day;
  }
}

TEST_F(FilterTest, NamesTheNearestFields) {
  EXPECT_EQ(Refusal("color = RED"),
            "at character 1: there is no field \"color\"; the nearest are colour, colours, count");
  EXPECT_THAT(Refusal("part.titel = a"),
              StartsWith("at character 6: there is no field \"titel\"; the nearest are title"));
}

TEST_F(FilterTest, HasLimits) {
  const auto chain = [](int count) { return absl::StrJoin(std::vector<std::string>(count, "count=1"), " OR "); };
  EXPECT_EQ(Refusal(chain(100)), "");
  EXPECT_EQ(Refusal(chain(101)), "at character 1101: more than 100 comparisons");
  const auto nested = [](int depth) { return std::string(depth, '(') + "count = 1" + std::string(depth, ')'); };
  EXPECT_EQ(Refusal(nested(20)), "");
  EXPECT_EQ(Refusal(nested(21)), "at character 21: parentheses may be nested 20 deep");
  EXPECT_EQ(Refusal("title = \"" + std::string(1'990, 'a') + "\""), "");
  EXPECT_EQ(Refusal("title = \"" + std::string(1'991, 'a') + "\""), "must have at most 2000 characters");
  std::string umlauts = "title = \"";
  for (int i = 0; i < 1'990; ++i) umlauts += "ü";
  EXPECT_EQ(Refusal(umlauts + "\""), "") << "characters, not bytes";
}

}  // namespace
}  // namespace concord::aip
