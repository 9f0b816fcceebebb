#include "services/concordctl/plan_file.h"

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_replace.h"
#include "common/status/error.h"
#include "gmock/gmock.h"
#include "google/protobuf/util/message_differencer.h"
#include "gtest/gtest.h"

namespace concord::ctl {
namespace {

using google::protobuf::util::MessageDifferencer;
using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::UnorderedElementsAre;

// A small sound file; each test spoils it in its own way.
constexpr char kSound[] = R"({
  "format": "concord-plan-1",
  "plan": {
    "name": "plans/p", "title": "P", "organization": {"title": "O"},
    "period": {"startDate": {"year": 2011, "month": 1, "day": 1}, "endDate": {"year": 2015, "month": 12, "day": 31}}
  },
  "objectives": [{"name": "plans/p/objectives/1", "title": "One", "code": "1"}],
  "actions": [
    {"name": "plans/p/actions/1-1", "title": "A", "code": "1.1",
     "objectiveLinks": [{"objective": "plans/p/objectives/1", "kind": "KIND_CONTRIBUTES"}]},
    {"name": "plans/p/actions/1-2", "title": "B", "code": "1.2", "dependencies": ["plans/p/actions/1-1"],
     "objectiveLinks": [{"objective": "plans/p/objectives/1", "kind": "KIND_SUPPORTS", "weight": 2}]}
  ]
})";

using Problems = std::vector<std::pair<std::string, std::string>>;

Problems ProblemsOf(const std::string& json) { return ViolationsOf(ParsePlanFile(json).status()); }

// The problems after one text in the sound file has been replaced everywhere.
Problems ProblemsWith(const std::string& what, const std::string& replacement) {
  EXPECT_THAT(kSound, HasSubstr(what));
  return ProblemsOf(absl::StrReplaceAll(kSound, {{what, replacement}}));
}

planfile::v1::PlanFile Sound() { return *ParsePlanFile(kSound); }

TEST(ParsePlanFile, ReadsASoundFile) {
  const auto file = ParsePlanFile(kSound);
  ASSERT_TRUE(file.ok()) << file.status();
  EXPECT_EQ(file->actions(1).dependencies(0), "plans/p/actions/1-1");
  EXPECT_EQ(file->actions(1).objective_links(0).weight(), 2);
}

TEST(ParsePlanFile, ReadsThePlanThatIsDelivered) {
  const char* source = std::getenv("CONCORD_SOURCE");
  ASSERT_NE(source, nullptr) << "run by ctest";
  std::ifstream stream(std::string(source) + "/deploy/plans/iso-2011-2015/plan.json");
  const std::string text{std::istreambuf_iterator<char>(stream), {}};
  const auto file = ParsePlanFile(text);
  ASSERT_TRUE(file.ok()) << file.status();
  EXPECT_EQ(file->objectives_size(), 7);
  EXPECT_EQ(file->actions_size(), 37);
  EXPECT_EQ(file->plan().strengths_size(), 9);
  const auto again = ParsePlanFile(FormatPlanFile(*file));
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_TRUE(MessageDifferencer::Equals(*file, *again));
}

TEST(ParsePlanFile, TellsTheLineOfASyntaxError) {
  EXPECT_THAT(ProblemsWith("\"title\": \"One\",", "\"title\" \"One\","),
              ElementsAre(Pair("file", AllOf(HasSubstr("line 7"), Not(HasSubstr("\n"))))));
}

TEST(ParsePlanFile, TellsTheProblemOfAFileThatIsNotUtf8) {
  EXPECT_THAT(ProblemsOf("{\"source\": \"\xFF\xFE\", x}"), ElementsAre(Pair("file", testing::_)));
  EXPECT_THAT(ProblemsOf("{\"\xC3\" 1}"), ElementsAre(Pair("file", testing::_)));
}

TEST(ParsePlanFile, RefusesWhatIsNoObject) {
  EXPECT_THAT(ProblemsOf("[]"), ElementsAre(Pair("file", HasSubstr("not a JSON object"))));
  EXPECT_THAT(ProblemsOf(""), ElementsAre(Pair("file", HasSubstr("not a JSON object"))));
}

TEST(ParsePlanFile, RefusesMoreThanEightMebibytesUnread) {
  EXPECT_THAT(ProblemsOf(std::string(kMaximumPlanFileBytes + 1, ' ')), ElementsAre(Pair("file", HasSubstr("8388609"))));
}

TEST(ParsePlanFile, RefusesAnotherFormat) {
  EXPECT_THAT(ProblemsWith("concord-plan-1", "concord-plan-2"),
              ElementsAre(Pair("format", HasSubstr("concord-plan-1"))));
}

TEST(ParsePlanFile, TellsEveryUnknownField) {
  EXPECT_THAT(ProblemsWith("\"title\": \"One\",", "\"title\": \"One\", \"tilte\": \"One\", \"colour\": 1,"),
              UnorderedElementsAre(Pair("objectives[0].tilte", HasSubstr("no such field")),
                                   Pair("objectives[0].colour", HasSubstr("no such field"))));
}

TEST(ParsePlanFile, RefusesWhatOnlyTheServicesSet) {
  EXPECT_THAT(ProblemsWith("\"code\": \"1.1\",",
                           "\"code\": \"1.1\", \"uid\": \"u\", \"etag\": \"e\", \"state\": \"STATE_PROPOSED\","),
              UnorderedElementsAre(Pair("actions[0].uid", HasSubstr("services")),
                                   Pair("actions[0].etag", HasSubstr("services")),
                                   Pair("actions[0].state", HasSubstr("services"))));
}

TEST(ParsePlanFile, RefusesAValueThatTheSchemaDoesNotKnow) {
  EXPECT_THAT(ProblemsWith("KIND_SUPPORTS", "KIND_HELPS"),
              Contains(Pair("actions[1].objectiveLinks[0].kind", HasSubstr("KIND_HELPS"))));
}

TEST(ParsePlanFile, RefusesAFieldOfTheWrongType) {
  EXPECT_THAT(ProblemsWith("\"title\": \"One\"", "\"title\": {}"), ElementsAre(Pair("file", HasSubstr("types"))));
}

TEST(ParsePlanFile, TellsEveryRequiredFieldThatIsMissing) {
  EXPECT_THAT(ProblemsWith("\"title\": \"A\", ", ""), ElementsAre(Pair("actions[0].title", testing::_)));
  EXPECT_THAT(ProblemsWith("\"kind\": \"KIND_CONTRIBUTES\"", "\"weight\": 1"),
              ElementsAre(Pair("actions[0].objectiveLinks[0].kind", testing::_)));
}

TEST(ParsePlanFile, RefusesAPlanThatIsMissingOrHasNoName) {
  EXPECT_THAT(ProblemsOf(R"({"format": "concord-plan-1"})"), ElementsAre(Pair("plan", HasSubstr("missing"))));
  EXPECT_THAT(ProblemsWith("\"name\": \"plans/p\"", "\"name\": \"plans/P_\""),
              ElementsAre(Pair("plan.name", HasSubstr("plans/P_"))));
}

TEST(ParsePlanFile, RefusesNamesUnderAnotherPlan) {
  EXPECT_THAT(ProblemsWith("plans/p/actions/1-1", "plans/q/actions/1-1"),
              UnorderedElementsAre(Pair("actions[0].name", HasSubstr("plans/q")),
                                   Pair("actions[1].dependencies[0]", HasSubstr("plans/q"))));
}

TEST(ParsePlanFile, RefusesNamesAndCodesGivenTwice) {
  EXPECT_THAT(ProblemsWith("\"code\": \"1.2\", \"dependencies\": [\"plans/p/actions/1-1\"]", "\"code\": \"1.1\""),
              ElementsAre(Pair("actions[1].code", HasSubstr("actions[0].code"))));
  EXPECT_THAT(ProblemsWith("\"name\": \"plans/p/actions/1-2\"", "\"name\": \"plans/p/actions/1-1\""),
              Contains(Pair("actions[1].name", HasSubstr("actions[0].name"))));
}

TEST(ParsePlanFile, RefusesACircle) {
  EXPECT_THAT(
      ProblemsWith("\"code\": \"1.1\",", "\"code\": \"1.1\", \"dependencies\": [\"plans/p/actions/1-2\"],"),
      ElementsAre(Pair("actions", HasSubstr("plans/p/actions/1-1 -> plans/p/actions/1-2 -> plans/p/actions/1-1"))));
}

TEST(ParsePlanFile, RefusesAnActionThatDependsOnItself) {
  EXPECT_THAT(ProblemsWith("\"code\": \"1.1\",", "\"code\": \"1.1\", \"dependencies\": [\"plans/p/actions/1-1\"],"),
              ElementsAre(Pair("actions[0].dependencies[0]", HasSubstr("itself"))));
}

Problems ProblemsOnServer(const planfile::v1::PlanFile& file, const PlanState& server, bool prune) {
  Violations violations;
  CheckAgainstServer(file, server, prune, violations);
  return ViolationsOf(violations.ToStatus());
}

TEST(CheckAgainstServer, AcceptsReferencesToWhatLivesThere) {
  PlanState server;
  server.objectives.emplace_back(Sound().objectives(0));
  auto file = Sound();
  file.clear_objectives();
  EXPECT_THAT(ProblemsOnServer(file, server, false), IsEmpty());
  EXPECT_THAT(ProblemsOnServer(file, server, true),
              Contains(Pair("actions[0].objectiveLinks[0].objective", HasSubstr("not in the file"))));
}

TEST(CheckAgainstServer, RefusesReferencesToWhatIsDeleted) {
  PlanState server;
  server.objectives.emplace_back(Sound().objectives(0));
  server.objectives[0].mutable_delete_time()->set_seconds(1);
  auto file = Sound();
  file.clear_objectives();
  EXPECT_THAT(ProblemsOnServer(file, server, false),
              Contains(Pair("actions[0].objectiveLinks[0].objective", testing::_)));
}

TEST(CheckAgainstServer, RefusesACodeThatSomethingOutsideTheFileHolds) {
  PlanState server;
  server.actions.emplace_back(Sound().actions(0));
  server.actions[0].set_name("plans/p/actions/other");
  EXPECT_THAT(ProblemsOnServer(Sound(), server, false),
              ElementsAre(Pair("actions[0].code", HasSubstr("plans/p/actions/other"))));
  EXPECT_THAT(ProblemsOnServer(Sound(), server, true), IsEmpty());
}

TEST(CheckAgainstServer, RefusesACircleThroughWhatIsOutsideTheFile) {
  PlanState server;
  server.actions.emplace_back(Sound().actions(1));
  server.actions[0].set_name("plans/p/actions/other");
  server.actions[0].set_code("other");
  auto file = Sound();
  file.mutable_actions(0)->add_dependencies("plans/p/actions/other");
  EXPECT_THAT(ProblemsOnServer(file, server, false), ElementsAre(Pair("actions", HasSubstr("other"))));
}

TEST(ToPlanFile, HoldsTheLivingInOrderWithoutWhatTheServicesSet) {
  const auto sound = Sound();
  PlanState server;
  server.plan = sound.plan();
  server.plan->set_uid("u");
  server.plan->set_state(objective::v1::Plan::STATE_ACTIVE);
  server.objectives.emplace_back(sound.objectives(0));
  server.actions = {sound.actions(1), sound.actions(0), sound.actions(0)};
  server.actions[0].set_etag("e");
  server.actions[2].set_name("plans/p/actions/gone");
  server.actions[2].mutable_delete_time()->set_seconds(1);
  EXPECT_TRUE(MessageDifferencer::Equals(ToPlanFile(server), sound));
}

TEST(FormatPlanFile, IsIndentedByTwoSpacesAndEqualForEqualFiles) {
  auto file = Sound();
  for (int i = 0; i < 30; ++i) (*file.mutable_plan()->mutable_labels())["key" + std::to_string(i)] = "  two  spaces";
  auto other = Sound();
  for (int i = 29; i >= 0; --i) (*other.mutable_plan()->mutable_labels())["key" + std::to_string(i)] = "  two  spaces";
  EXPECT_EQ(FormatPlanFile(file), FormatPlanFile(other));
  EXPECT_THAT(FormatPlanFile(file), HasSubstr("\n  \"plan\": {\n    \"name\": \"plans/p\""));
  EXPECT_THAT(FormatPlanFile(file), HasSubstr("\"  two  spaces\""));
}

}  // namespace
}  // namespace concord::ctl
