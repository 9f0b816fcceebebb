#include "common/aip/field_mask.h"

#include "absl/strings/str_cat.h"
#include "common/aip/test_schema.h"
#include "concord/action/v1/action.pb.h"
#include "concord/objective/v1/objective.pb.h"
#include "gmock/gmock.h"
#include "google/protobuf/arena.h"
#include "google/protobuf/text_format.h"
#include "google/protobuf/util/message_differencer.h"
#include "gtest/gtest.h"

namespace concord::aip {
namespace {

using action::v1::Action;
using google::protobuf::FieldMask;
using google::protobuf::util::MessageDifferencer;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::SizeIs;

using Found = std::vector<std::pair<std::string, std::string>>;

Action Parse(const std::string& text) {
  Action action;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &action)) << text;
  return action;
}

FieldMask Mask(std::initializer_list<const char*> paths) {
  FieldMask mask;
  for (const char* path : paths) mask.add_paths(path);
  return mask;
}

Found Apply(const FieldMask& mask, const google::protobuf::Message& from, google::protobuf::Message& to) {
  Violations violations;
  ApplyUpdateMask(&mask, from, to, "update_mask", violations);
  return ViolationsOf(violations.ToStatus());
}

MATCHER_P(EqualsAction, text, "") {
  *result_listener << "which is " << arg.ShortDebugString();
  return MessageDifferencer::Equals(arg, Parse(text));
}

constexpr char kStored[] = R"pb(
  name: "plans/p/actions/a"
  uid: "u"
  title: "old"
  labels { key: "k" value: "old" }
  state: STATE_APPROVED
  create_time { seconds: 5 }
  code: "1"
  lead: "members/m"
  start_date { year: 2011 month: 1 day: 31 }
  contributors: "members/n"
)pb";

TEST(UpdateMask, ChangesOnlyTheNamedFields) {
  Action to = Parse(kStored);
  EXPECT_THAT(Apply(Mask({"title"}), Parse(R"pb(title: "new" code: "2" lead: "members/x")pb"), to), IsEmpty());
  Action expected = Parse(kStored);
  expected.set_title("new");
  EXPECT_THAT(to, EqualsAction(expected.DebugString()));
}

TEST(UpdateMask, ClearsANamedFieldThatIsNotSet) {
  Action to = Parse(kStored);
  EXPECT_THAT(Apply(Mask({"lead", "start_date", "contributors", "labels"}), Action(), to), IsEmpty());
  EXPECT_EQ(to.lead(), "");
  EXPECT_FALSE(to.has_start_date());
  EXPECT_THAT(to.contributors(), IsEmpty());
  EXPECT_THAT(to.labels(), IsEmpty());
  EXPECT_EQ(to.title(), "old");
}

TEST(UpdateMask, ReplacesListsAndMapsWhole) {
  Action to = Parse(kStored);
  const Action from = Parse(R"pb(contributors: "members/x"
                                 contributors: "members/y"
                                 labels { key: "l" value: "new" })pb");
  EXPECT_THAT(Apply(Mask({"contributors", "labels"}), from, to), IsEmpty());
  EXPECT_THAT(to.contributors(), ElementsAre("members/x", "members/y"));
  EXPECT_THAT(to.labels(), ElementsAre(Pair("l", "new")));
}

TEST(UpdateMask, ReachesIntoMessages) {
  Action to = Parse(kStored);
  EXPECT_THAT(Apply(Mask({"start_date.month", "due_date.year"}),
                    Parse("start_date { year: 1999 month: 2 } due_date { year: 2015 day: 3 }"), to),
              IsEmpty());
  EXPECT_THAT(to.start_date().ShortDebugString(), "year: 2011 month: 2 day: 31");
  EXPECT_THAT(to.due_date().ShortDebugString(), "year: 2015");
}

TEST(UpdateMask, CreatesNoMessageToClearAFieldInIt) {
  Action to = Parse(kStored);
  EXPECT_THAT(Apply(Mask({"due_date.year", "start_date.year"}), Action(), to), IsEmpty());
  EXPECT_FALSE(to.has_due_date());
  EXPECT_THAT(to.start_date().ShortDebugString(), "month: 1 day: 31");
}

TEST(UpdateMask, MayNameAFieldTwiceOrWithinAnother) {
  for (const FieldMask& mask : {Mask({"title", "start_date", "title", "start_date.year"}),
                                Mask({"start_date.year", "start_date.day", "start_date", "title"})}) {
    Action to = Parse(kStored);
    EXPECT_THAT(Apply(mask, Parse(R"pb(title: "new"
                                       start_date { year: 2012 })pb"),
                      to),
                IsEmpty());
    EXPECT_EQ(to.title(), "new");
    EXPECT_THAT(to.start_date().ShortDebugString(), "year: 2012");
  }
}

TEST(UpdateMask, SetsAndClearsFieldsWithPresence) {
  TestSchema schema;
  const auto to = schema.Thing(R"pb(text: "old")pb");
  EXPECT_THAT(Apply(Mask({"inner"}), *schema.Thing("inner {}"), *to), IsEmpty());
  EXPECT_EQ(to->ShortDebugString(), "inner { }");
  EXPECT_THAT(Apply(Mask({"text", "inner"}), *schema.Thing(R"pb(text: "")pb"), *to), IsEmpty());
  EXPECT_EQ(to->ShortDebugString(), "text: \"\"");
}

TEST(UpdateMask, RefusesUnknownPathsAndChangesNothing) {
  for (const char* path : {"", ".", "titel", "Title", "title.", ".title", "start_date..year", "start_date.week",
                           "title.x", "startDate", "start_date.*", "**", " title"}) {
    Action to = Parse(kStored);
    const Found found = Apply(Mask({"lead", path}), Parse(R"pb(lead: "members/x")pb"), to);
    EXPECT_THAT(found, ElementsAre(Pair("update_mask", HasSubstr(absl::StrCat("\"", path, "\""))))) << path;
    EXPECT_THAT(to, EqualsAction(kStored));
  }
}

TEST(UpdateMask, RefusesPathsIntoListsAndMaps) {
  Action to = Parse(kStored);
  const Found found =
      Apply(Mask({"labels.k", "objective_links.kind", "contributors.x", "objective_links.0"}), Action(), to);
  EXPECT_THAT(found, AllOf(SizeIs(4), ::testing::Each(Pair("update_mask", HasSubstr("repeated field")))));
  EXPECT_THAT(to, EqualsAction(kStored));
}

TEST(UpdateMask, ListsAllViolationsInItsOwnOrder) {
  Action to = Parse(kStored);
  EXPECT_THAT(Apply(Mask({"zzz", "aaa", "state"}), Action(), to),
              ElementsAre(Pair("update_mask", HasSubstr("zzz")), Pair("update_mask", HasSubstr("aaa")),
                          Pair("update_mask", HasSubstr("state"))));
}

TEST(UpdateMask, RefusesToChangeFixedFields) {
  for (const char* path : {"name", "uid", "state", "create_time", "create_time.seconds", "delete_time"}) {
    Action to = Parse(kStored);
    const Action from = Parse(R"pb(
      name: "plans/p/actions/b"
      uid: "v"
      state: STATE_COMPLETED
      create_time { seconds: 6 }
      delete_time {}
    )pb");
    EXPECT_THAT(Apply(Mask({path}), from, to), ElementsAre(Pair("update_mask", HasSubstr("cannot be changed"))))
        << path;
    EXPECT_THAT(to, EqualsAction(kStored));
  }
}

TEST(UpdateMask, MayNameFixedFieldsThatAreEqual) {
  Action to = Parse(kStored);
  EXPECT_THAT(Apply(Mask({"name", "uid", "state", "create_time", "create_time.seconds", "delete_time", "title"}),
                    Parse(kStored), to),
              IsEmpty());
  EXPECT_THAT(to, EqualsAction(kStored));
}

TEST(UpdateMask, PassesOverTheEtag) {
  Action to = Parse(kStored);
  EXPECT_THAT(Apply(Mask({"etag"}), Parse(R"pb(etag: "e")pb"), to), IsEmpty());
  EXPECT_EQ(to.etag(), "");
}

TEST(UpdateMask, KeepsFixedFieldsInsideAMessageThatItReplaces) {
  TestSchema schema;
  const auto to = schema.Thing(R"pb(part {
                                      title: "old"
                                      stamp: "s"
                                      name: "n"
                                      part { title: "old" stamp: "t" }
                                    })pb");
  EXPECT_THAT(Apply(Mask({"part"}), *schema.Thing(R"pb(part { title: "new" stamp: "forged" name: "m" })pb"), *to),
              IsEmpty());
  EXPECT_EQ(to->ShortDebugString(), R"(part { title: "new" stamp: "s" name: "m" part { stamp: "t" } })");
  EXPECT_THAT(Apply(Mask({"part"}), *schema.Thing(""), *to), IsEmpty());
  EXPECT_EQ(to->ShortDebugString(), R"(part { stamp: "s" part { stamp: "t" } })");
}

TEST(UpdateMask, RefusesFixedFieldsInsideMessagesAndAllInsideFixedOnes) {
  TestSchema schema;
  const auto to = schema.Thing(R"pb(part { stamp: "s" }
                                    origin { title: "o" })pb");
  const auto from = schema.Thing(R"pb(part { stamp: "t" }
                                      origin { title: "p" })pb");
  EXPECT_THAT(Apply(Mask({"part.stamp", "origin.title", "origin.part.title", "origin"}), *from, *to),
              ElementsAre(Pair("update_mask", HasSubstr("part.stamp")), Pair("update_mask", HasSubstr("origin.title")),
                          Pair("update_mask", HasSubstr("origin"))));
}

TEST(NoMask, BringsTheFieldsThatAreSet) {
  for (const bool with_empty_mask : {false, true}) {
    Action to = Parse(kStored);
    const Action from = Parse(R"pb(
      name: "plans/p/actions/b"
      etag: "e"
      state: STATE_COMPLETED
      title: "new"
      start_date { year: 2012 }
      contributors: "members/x"
    )pb");
    const FieldMask empty;
    Violations violations;
    ApplyUpdateMask(with_empty_mask ? &empty : nullptr, from, to, "update_mask", violations);
    EXPECT_TRUE(violations.empty());
    Action expected = Parse(kStored);
    expected.set_title("new");
    expected.mutable_start_date()->Clear();
    expected.mutable_start_date()->set_year(2012);
    expected.set_contributors(0, "members/x");
    EXPECT_THAT(to, EqualsAction(expected.DebugString()));
  }
}

TEST(Star, ReplacesEverythingThatIsNotFixed) {
  Action to = Parse(kStored);
  EXPECT_THAT(Apply(Mask({"*"}), Parse(R"pb(name: "x" etag: "e" title: "new" uid: "v" state: STATE_COMPLETED)pb"), to),
              IsEmpty());
  EXPECT_THAT(to, EqualsAction(R"pb(
                name: "plans/p/actions/a"
                uid: "u"
                title: "new"
                state: STATE_APPROVED
                create_time { seconds: 5 }
              )pb"));
}

TEST(Star, MustBeTheOnlyPath) {
  Action to = Parse(kStored);
  EXPECT_THAT(Apply(Mask({"*", "title"}), Action(), to), ElementsAre(Pair("update_mask", HasSubstr("only one"))));
  EXPECT_THAT(to, EqualsAction(kStored));
}

TEST(Star, ReplacesListsAndMapsOfMessagesAndOneofs) {
  TestSchema schema;
  const auto to = schema.Thing(R"pb(parts { title: "a" }
                                    by_key {
                                      key: "k"
                                      value { title: "b" }
                                    }
                                    text: "c"
                                    colours: 1)pb");
  const auto from = schema.Thing(R"pb(
    parts { title: "x" }
    parts { title: "y" }
    by_key {
      key: "l"
      value { title: "z" }
    }
    inner { title: "i" }
  )pb");
  EXPECT_THAT(Apply(Mask({"*"}), *from, *to), IsEmpty());
  EXPECT_TRUE(MessageDifferencer::Equals(*to, *from)) << to->ShortDebugString();
}

TEST(UpdateMask, TellsZeroFromAbsentInAnOptionalField) {
  objective::v1::Objective to, from;
  to.set_weight(2);
  from.set_weight(0);
  EXPECT_THAT(Apply(Mask({"weight"}), from, to), IsEmpty());
  EXPECT_TRUE(to.has_weight());
  EXPECT_EQ(to.weight(), 0);
  EXPECT_THAT(Apply(Mask({"weight"}), objective::v1::Objective(), to), IsEmpty());
  EXPECT_FALSE(to.has_weight());
}

TEST(UpdateMask, OfOneMemberOfAOneofLeavesTheOthersAlone) {
  TestSchema schema;
  const auto to = schema.Thing(R"pb(inner { title: "i" })pb");
  EXPECT_THAT(Apply(Mask({"text"}), *schema.Thing(""), *to), IsEmpty());
  EXPECT_EQ(to->ShortDebugString(), R"(inner { title: "i" })");
  EXPECT_THAT(Apply(Mask({"inner.title"}), *schema.Thing(R"pb(text: "t")pb"), *to), IsEmpty());
  EXPECT_EQ(to->ShortDebugString(), "inner { }");
}

TEST(UpdateMask, LeavesTheSourceAsItWasAndWorksOnAnArena) {
  google::protobuf::Arena arena;
  auto* to = google::protobuf::Arena::CreateMessage<Action>(&arena);
  to->CopyFrom(Parse(kStored));
  const Action from = Parse(R"pb(
    title: "a title that is too long to be kept inside of a string object"
    contributors: "members/x"
    labels { key: "l" value: "v" }
    objective_links { objective: "o" }
    start_date { year: 2012 }
  )pb");
  const std::string before = from.DebugString();
  EXPECT_THAT(Apply(Mask({"*"}), from, *to), IsEmpty());
  EXPECT_EQ(from.DebugString(), before);
  EXPECT_THAT(to->objective_links(), SizeIs(1));
  EXPECT_EQ(to->title(), from.title());
  EXPECT_THAT(to->labels(), ElementsAre(Pair("l", "v")));
}

}  // namespace
}  // namespace concord::aip
