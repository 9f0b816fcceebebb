#include "common/aip/field_behavior.h"

#include "common/aip/test_schema.h"
#include "concord/action/v1/action.pb.h"
#include "concord/action/v1/action_service.pb.h"
#include "concord/objective/v1/plan.pb.h"
#include "gmock/gmock.h"
#include "google/protobuf/text_format.h"
#include "google/protobuf/util/message_differencer.h"
#include "gtest/gtest.h"

namespace concord::aip {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Pair;

using Found = std::vector<std::pair<std::string, std::string>>;

template <typename Message>
Message Parse(const std::string& text) {
  Message message;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &message)) << text;
  return message;
}

action::v1::Action ParseAction(const std::string& text) { return Parse<action::v1::Action>(text); }

Found MissingIn(const google::protobuf::Message& message, absl::string_view prefix = "") {
  Violations violations;
  CheckRequiredFields(message, prefix, violations);
  return ViolationsOf(violations.ToStatus());
}

Found UnknownIn(const google::protobuf::Message& message, absl::string_view prefix = "") {
  Violations violations;
  CheckKnownValues(message, prefix, violations);
  return ViolationsOf(violations.ToStatus());
}

MATCHER_P2(EqualsText, schema, text, "") {
  *result_listener << "which is " << arg->ShortDebugString();
  return google::protobuf::util::MessageDifferencer::Equals(*arg, *schema->Thing(text));
}

TEST(HasBehavior, TellsAnnotatedFields) {
  const auto* action = action::v1::Action::descriptor();
  EXPECT_TRUE(HasBehavior(*action->FindFieldByName("title"), google::api::REQUIRED));
  EXPECT_FALSE(HasBehavior(*action->FindFieldByName("title"), google::api::OUTPUT_ONLY));
  EXPECT_TRUE(HasBehavior(*action->FindFieldByName("state"), google::api::OUTPUT_ONLY));
  EXPECT_FALSE(HasBehavior(*action->FindFieldByName("lead"), google::api::REQUIRED));
}

TEST(CheckRequiredFields, FindsNothingMissingInACompleteMessage) {
  EXPECT_THAT(MissingIn(ParseAction(R"pb(
                title: "t"
                code: "1"
                objective_links { objective: "plans/p/objectives/o" kind: KIND_SUPPORTS }
              )pb")),
              IsEmpty());
}

TEST(CheckRequiredFields, FindsAllThatIsMissing) {
  EXPECT_THAT(MissingIn(action::v1::Action()), ElementsAre(Pair("title", "must be set"), Pair("code", "must be set"),
                                                           Pair("objective_links", "must not be empty")));
}

TEST(CheckRequiredFields, TakesADefaultForMissing) {
  EXPECT_THAT(MissingIn(ParseAction(R"pb(
                title: ""
                code: "1"
                objective_links { objective: "o" kind: KIND_UNSPECIFIED }
              )pb")),
              ElementsAre(Pair("title", "must be set"), Pair("objective_links[0].kind", "must be set")));
}

TEST(CheckRequiredFields, LooksIntoMessagesAndListsAndNamesThePath) {
  const auto request = Parse<action::v1::CreateActionRequest>(R"pb(
    parent: "plans/p"
    action_id: "a"
    action {
      code: "1"
      objective_links { objective: "o" kind: KIND_SUPPORTS }
      objective_links { kind: KIND_SUPPORTS }
    }
  )pb");
  EXPECT_THAT(MissingIn(request), ElementsAre(Pair("action.title", "must be set"),
                                              Pair("action.objective_links[1].objective", "must be set")));
  EXPECT_THAT(MissingIn(request.action(), "entry.action").front(), Pair("entry.action.title", "must be set"));
}

TEST(CheckRequiredFields, AsksNothingOfAMessageThatIsNotSet) {
  const auto request = Parse<action::v1::CreateActionRequest>(R"pb(parent: "plans/p" action_id: "a")pb");
  EXPECT_THAT(MissingIn(request), ElementsAre(Pair("action", "must be set")));
}

TEST(CheckRequiredFields, AsksEverythingOfAMessageThatIsSetButEmpty) {
  const auto plan = Parse<objective::v1::Plan>(R"pb(title: "t"
                                                    organization {}
                                                    period { start_date {} })pb");
  EXPECT_THAT(MissingIn(plan),
              ElementsAre(Pair("organization.title", "must be set"), Pair("period.end_date", "must be set")));
}

TEST(CheckRequiredFields, LooksIntoMapsAndOneofs) {
  TestSchema schema;
  EXPECT_THAT(MissingIn(*schema.Thing(R"pb(by_key {
                                             key: "k"
                                             value {}
                                           }
                                           by_key {
                                             key: "l"
                                             value { title: "t" }
                                           }
                                           inner {})pb")),
              ElementsAre(Pair("by_key[\"k\"].title", "must be set"), Pair("inner.title", "must be set")));
}

TEST(ClearOutputOnlyFields, ClearsThemAndNothingElse) {
  auto action = ParseAction(R"pb(
    name: "plans/p/actions/a"
    uid: "u"
    title: "t"
    etag: "e"
    state: STATE_APPROVED
    create_time {}
    lead: "members/m"
    actual_start_date { year: 2011 }
  )pb");
  ClearOutputOnlyFields(action);
  EXPECT_TRUE(google::protobuf::util::MessageDifferencer::Equals(
      action, ParseAction(R"pb(name: "plans/p/actions/a" title: "t" etag: "e" lead: "members/m")pb")))
      << action.ShortDebugString();
}

TEST(ClearOutputOnlyFields, LooksIntoMessagesListsMapsAndOneofs) {
  TestSchema schema;
  const auto thing = schema.Thing(R"pb(
    stamp: "s"
    part {
      title: "a"
      stamp: "s"
      part { stamp: "s" }
    }
    parts { title: "b" stamp: "s" }
    parts { stamp: "s" }
    by_key {
      key: "k"
      value { title: "c" stamp: "s" }
    }
    by_number { key: 1 value: COLOUR_RED }
    inner { title: "d" stamp: "s" }
  )pb");
  ClearOutputOnlyFields(*thing);
  EXPECT_THAT(thing, EqualsText(&schema, R"pb(
                part {
                  title: "a"
                  part {}
                }
                parts { title: "b" }
                parts {}
                by_key {
                  key: "k"
                  value { title: "c" }
                }
                by_number { key: 1 value: COLOUR_RED }
                inner { title: "d" }
              )pb"));
}

TEST(CheckKnownValues, AcceptsWhatTheSchemaDefines) {
  EXPECT_THAT(UnknownIn(ParseAction(R"pb(state: STATE_APPROVED
                                         objective_links { kind: KIND_UNSPECIFIED })pb")),
              IsEmpty());
  EXPECT_THAT(UnknownIn(action::v1::Action()), IsEmpty());
}

TEST(CheckKnownValues, RefusesOthersAndNamesThePath) {
  action::v1::CreateActionRequest request;
  request.mutable_action()->set_state(static_cast<action::v1::Action::State>(77));
  request.mutable_action()->add_objective_links();
  request.mutable_action()->add_objective_links()->set_kind(static_cast<action::v1::ObjectiveLink::Kind>(-1));
  // Open enums keep what they do not know also on the way.
  action::v1::CreateActionRequest received;
  ASSERT_TRUE(received.ParseFromString(request.SerializeAsString()));
  EXPECT_THAT(UnknownIn(received), ElementsAre(Pair("action.objective_links[1].kind", HasSubstr("-1")),
                                               Pair("action.state", HasSubstr("77"))));
  EXPECT_THAT(UnknownIn(received, "x").back().first, "x.action.state");
}

TEST(CheckKnownValues, LooksIntoListsAndMaps) {
  TestSchema schema;
  EXPECT_THAT(UnknownIn(*schema.Thing(R"pb(
                colours: 1
                colours: 5
                by_number { key: -3 value: 6 }
                by_key {
                  key: "k"
                  value { colour: 7 }
                }
              )pb")),
              ElementsAre(Pair("by_key[\"k\"].colour", HasSubstr("7")), Pair("by_number[-3]", HasSubstr("6")),
                          Pair("colours[1]", HasSubstr("5"))));
}

TEST(CheckKnownValues, NeedsNoCheckOfTextBecauseParsingRefusesWhatIsNotUtf8) {
  const std::string title_field = "\x1A\x01\xFF";  // Field 3, one byte that is never part of UTF-8.
  action::v1::Action action;
  EXPECT_FALSE(action.ParseFromString(title_field));
  EXPECT_TRUE(action.ParseFromString("\x1A\x01x"));
}

}  // namespace
}  // namespace concord::aip
