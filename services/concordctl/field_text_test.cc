#include "services/concordctl/field_text.h"

#include "concord/action/v1/action.pb.h"
#include "concord/objective/v1/objective.pb.h"
#include "concord/objective/v1/plan.pb.h"
#include "gmock/gmock.h"
#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"

namespace concord::ctl {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

template <typename T>
T Parse(const char* text) {
  T message;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &message));
  return message;
}

template <typename T>
std::string Text(const T& message, const char* field) {
  return FieldText(message, *T::descriptor()->FindFieldByName(field));
}

TEST(FieldText, WritesDatesTimesStatesListsAndMaps) {
  const auto action = Parse<action::v1::Action>(R"pb(
    title: "Räume"
    state: STATE_IN_PROGRESS
    start_date { year: 2011 month: 2 day: 3 }
    update_time { seconds: 1300000000 nanos: 500000000 }
    contributors: "members/a"
    contributors: "members/b"
    labels { key: "z" value: "1" }
    labels { key: "a" value: "2" }
    objective_links { objective: "plans/p/objectives/1" kind: KIND_SUPPORTS weight: 2.5 })pb");
  EXPECT_EQ(Text(action, "title"), "Räume");
  EXPECT_EQ(Text(action, "state"), "IN_PROGRESS");
  EXPECT_EQ(Text(action, "start_date"), "2011-02-03");
  EXPECT_EQ(Text(action, "update_time"), "2011-03-13T07:06:40.5Z");
  EXPECT_EQ(Text(action, "contributors"), "members/a; members/b");
  EXPECT_EQ(Text(action, "labels"), "a=2; z=1");
  EXPECT_EQ(Text(action, "objective_links"), "objective=plans/p/objectives/1, kind=SUPPORTS, weight=2.5");
  EXPECT_EQ(Text(action, "lead"), "");
}

TEST(FieldText, TellsAWeightOfZeroFromNone) {
  EXPECT_EQ(Text(Parse<objective::v1::Objective>("weight: 0"), "weight"), "0");
  EXPECT_EQ(Text(Parse<objective::v1::Objective>(""), "weight"), "");
}

TEST(FindChanges, NamesEveryFieldThatDiffersWithBothTexts) {
  const auto changes = FindChanges(Parse<objective::v1::Objective>(R"(title: "a" code: "1" owner: "x")"),
                                   Parse<objective::v1::Objective>(R"(title: "b" code: "1" weight: 0)"));
  ASSERT_EQ(changes.size(), 3u);
  EXPECT_EQ(changes[0].field, "title");
  EXPECT_EQ(changes[0].before, "a");
  EXPECT_EQ(changes[0].after, "b");
  EXPECT_EQ(changes[1].field, "weight");
  EXPECT_EQ(changes[2].field, "owner");
  EXPECT_EQ(changes[2].after, "");
}

TEST(FindChanges, FindsNoneBetweenEqualMessages) {
  const auto plan = Parse<objective::v1::Plan>(R"(title: "a" labels { key: "k" value: "v" })");
  EXPECT_THAT(FindChanges(plan, plan), IsEmpty());
}

}  // namespace
}  // namespace concord::ctl
