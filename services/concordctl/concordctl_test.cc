// The whole program against services in memory.
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "gmock/gmock.h"
#include "google/protobuf/util/message_differencer.h"
#include "gtest/gtest.h"
#include "services/concordctl/concordctl_fixture.h"
#include "services/concordctl/plan_file.h"

namespace concord::ctl {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

TEST_F(Concordctl, ImportsAPlanAndThenFindsNothingToChange) {
  const Result first = Import(kPlan);
  EXPECT_EQ(first.code, kDone) << first.err;
  EXPECT_THAT(first.out, HasSubstr("imported: 5 created, 0 changed"));
  const Result second = Import(kPlan);
  EXPECT_EQ(second.code, kDone) << second.err;
  EXPECT_EQ(second.out, "nothing to change: 1 plan, 1 objective, 3 actions are as in the file\n");
  EXPECT_EQ(services_.request_ids().size(), 5u) << "the second import wrote something";
}

TEST_F(Concordctl, ShowsWhatAnImportWouldChangeAndWritesNothing) {
  Import(kPlan);
  const Result dry = Import(With("Second", "Changed"), {"--dry-run"});
  EXPECT_EQ(dry.code, kDone) << dry.err;
  EXPECT_THAT(dry.out, AllOf(HasSubstr("change  plans/p/actions/1-2\n"), HasSubstr("title: \"Second\" -> \"Changed\""),
                             HasSubstr("nothing was written: 0 created, 1 changed")));
  EXPECT_EQ(services_.state().actions[0].title(), "Second");
}

TEST_F(Concordctl, LetsCodesChangePlacesThroughAnImport) {
  Import(kPlan);
  const Result result = Import(absl::StrReplaceAll(kPlan, {{"\"1.1\"", "\"1.2\""}, {"\"1.2\"", "\"1.1\""}}));
  EXPECT_EQ(result.code, kDone) << result.err;
  EXPECT_THAT(Import(absl::StrReplaceAll(kPlan, {{"\"1.1\"", "\"1.2\""}, {"\"1.2\"", "\"1.1\""}})).out,
              StartsWith("nothing to change"));
}

TEST_F(Concordctl, KeepsPrunesAndBringsBack) {
  Import(kPlan);
  const auto smaller = *[] {
    auto file = ParsePlanFile(kPlan);
    file->mutable_actions()->RemoveLast();
    return file;
  }();
  const std::string json = FormatPlanFile(smaller);
  EXPECT_THAT(Import(json).out, HasSubstr("keep  plans/p/actions/1-3"));
  EXPECT_THAT(Import(json, {"--prune"}).out, HasSubstr("delete  plans/p/actions/1-3"));
  const Result back = Import(With("Third", "Third again"));
  EXPECT_EQ(back.code, kDone) << back.err;
  EXPECT_THAT(back.out, HasSubstr("bring back  plans/p/actions/1-3"));
  EXPECT_THAT(Import(With("Third", "Third again")).out, StartsWith("nothing to change"));
}

TEST_F(Concordctl, GoesOnWithAnImportThatWasCutOff) {
  services_.BreakAfterWrites(3);
  const Result cut = Import(kPlan);
  EXPECT_EQ(cut.code, kUnavailable);
  EXPECT_THAT(cut.err, HasSubstr("stopped at plans/p/actions/1-1, after 3 of 5 steps"));
  services_.BreakAfterWrites(-1);
  const Result rest = Import(kPlan);
  EXPECT_EQ(rest.code, kDone) << rest.err;
  EXPECT_THAT(rest.out, HasSubstr("imported: 2 created"));
}

TEST_F(Concordctl, RepeatsAWriteWhoseAnswerWasLostUnderTheSameId) {
  services_.FailNextWrites({grpc::StatusCode::UNAVAILABLE, grpc::StatusCode::UNAVAILABLE});
  const Result result = Import(kPlan);
  EXPECT_EQ(result.code, kDone) << result.err;
  EXPECT_THAT(services_.request_ids(), ElementsAre("id-1", "id-1", "id-1", "id-2", "id-3", "id-4", "id-5"));
  EXPECT_THAT(waits_, ElementsAre(absl::Milliseconds(200), absl::Milliseconds(400)));
}

TEST_F(Concordctl, TellsAllThatIsWrongWithAFileAndWritesNothing) {
  const Result result = Import(With("\"code\": \"1.2\"", "\"code\": \"1.1\", \"colour\": 1"));
  EXPECT_EQ(result.code, kRefused);
  EXPECT_THAT(result.err, AllOf(HasSubstr("  - actions[1].colour: "), HasSubstr("  - actions[1].code: ")));
  EXPECT_THAT(services_.request_ids(), IsEmpty());
}

TEST_F(Concordctl, ExportsWhatWasImported) {
  Import(kPlan);
  const Result result = Run({"plan", "export"});
  EXPECT_EQ(result.code, kDone) << result.err;
  const auto exported = ParsePlanFile(result.out);
  ASSERT_TRUE(exported.ok()) << exported.status();
  EXPECT_TRUE(google::protobuf::util::MessageDifferencer::Equals(*exported, *ParsePlanFile(kPlan)));
}

TEST_F(Concordctl, ListsAndShowsByShortNames) {
  Import(kPlan);
  EXPECT_EQ(Run({"action", "list"}).out,
            "CODE  TITLE   STATE  FOR   START  DUE  LEAD\n"
            "1.1   First          1\n"
            "1.2   Second         1\n"
            "1.3   Third          1(s)\n");
  EXPECT_THAT(Run({"action", "show", "1.1"}).out, HasSubstr("title            First\n"));
  EXPECT_THAT(Run({"action", "show", "1.1"}).out, EndsWith("\nwaits for 1.2 (Second), which is UNSPECIFIED\n"))
      << "actions in memory have no state";
  EXPECT_THAT(Run({"action", "show", "1.2"}).out, Not(HasSubstr("waits for")));
  EXPECT_THAT(Run({"action", "show", "plans/p/actions/1-2", "--output", "json"}).out,
              HasSubstr("\"title\": \"Second\""));
}

TEST_F(Concordctl, SendsAVerbWithAllItsFlags) {
  Import(kPlan);
  const Result dry = Run({"action", "approve", "1.1", "--dry-run"});
  EXPECT_EQ(dry.out, "nothing was written; this would have approved plans/p/actions/1-1, now APPROVED\n");
  const Result result = Run({"action", "approve", "1.1", "--request-id", "mine", "--reason", "why not"});
  EXPECT_EQ(result.out, "approved plans/p/actions/1-1, now APPROVED\n") << result.err;
  EXPECT_EQ(services_.request_ids().back(), "mine");
  EXPECT_EQ(Run({"action", "approve", "1.1", "--etag", "stale"}).code, kConflict);
}

TEST_F(Concordctl, CreatesAndUpdatesJustWhatWasGiven) {
  Import(kPlan);
  const Result created = Run({"action", "create", "1.4", "--title", "Fourth", "--contributes-to", "1=2.5",
                              "--depends-on", "1.3", "--due-date", "2013-06-30", "--label", "a=b"});
  ASSERT_EQ(created.code, kDone) << created.err;
  const auto action = services_.state().actions.back();
  EXPECT_EQ(action.name(), "plans/p/actions/1-4");
  EXPECT_EQ(action.code(), "1.4");
  EXPECT_EQ(action.objective_links(0).weight(), 2.5);
  EXPECT_EQ(action.dependencies(0), "plans/p/actions/1-3");
  EXPECT_EQ(action.due_date().month(), 6);
  const Result updated = Run({"action", "update", "1.4", "--title", "4th", "--clear", "dependencies"});
  ASSERT_EQ(updated.code, kDone) << updated.err;
  EXPECT_EQ(services_.state().actions.back().title(), "4th");
  EXPECT_EQ(services_.state().actions.back().dependencies_size(), 0);
  EXPECT_EQ(services_.state().actions.back().due_date().month(), 6);
  EXPECT_EQ(Run({"objective", "update", "1"}).code, kUsage) << "nothing to change";
}

TEST_F(Concordctl, TellsWhatIsNotThere) {
  Import(kPlan);
  const Result result = Run({"action", "show", "9.9"});
  EXPECT_EQ(result.code, kNotFound);
  EXPECT_EQ(result.out, "");
  EXPECT_THAT(result.err, StartsWith(absl::StrCat("concordctl: there is no plans/p/actions/9-9 (GetAction at ",
                                                  services_.address(), ")\n")));
  const Result json = Run({"action", "show", "9.9", "--output", "json"});
  EXPECT_THAT(json.err, AllOf(StartsWith("{"), HasSubstr("\"exitCode\": 3")));
}

TEST_F(Concordctl, TellsUsageErrorsAsSuch) {
  EXPECT_EQ(Run({"action", "fly", "1.1"}).code, kUsage);
  EXPECT_EQ(Run({"plan", "import", "/nonexistent/plan.json"}).code, kUsage);
  EXPECT_EQ(Run({"plan", "list", "--timeout", "soon"}).code, kUsage);
  EXPECT_EQ(Run({"plan", "list", "--output", "xml"}).code, kUsage);
  EXPECT_EQ(Run({"action", "list"}).code, kUsage) << "there is no plan to list them of";
  EXPECT_THAT(Run({"--output", "json", "action", "fly"}).err, StartsWith("{"));
}

TEST_F(Concordctl, ShowsTheScorecardWithPercentagesAndNoData) {
  Import(kPlan);
  const Result result = Run({"scorecard", "--actions"});
  EXPECT_EQ(result.code, kDone) << result.err;
  EXPECT_THAT(result.out, AllOf(HasSubstr("62.5 %"), HasSubstr("no data"), HasSubstr("at risk"), HasSubstr("2 of 3"),
                                HasSubstr("1.1")));
  EXPECT_THAT(Run({"scorecard", "--actions", "--output", "json"}).out,
              AllOf(HasSubstr("\"scorecard\": {"), HasSubstr("\"actionScores\": [")));
  EXPECT_EQ(Run({"scorecard", "--date", "2012-02-30"}).code, kUsage);
  EXPECT_EQ(Run({"scorecard", "--as-of", "yesterday"}).code, kUsage);
}

TEST_F(Concordctl, ShowsTheHistoryWithWhatChanged) {
  Import(kPlan);
  const Result result = Run({"history", "1.1"});
  EXPECT_EQ(result.code, kDone) << result.err;
  EXPECT_THAT(result.out,
              AllOf(HasSubstr("state PROPOSED -> APPROVED"), HasSubstr("(created)"), HasSubstr("ApproveAction")));
  EXPECT_EQ(Run({"history", "7.7"}).code, kNotFound);
}

TEST_F(Concordctl, IsContentOnlyWhenAllServicesServe) {
  EXPECT_EQ(Run({"status"}).code, kDone);
  const Result down = Run({"status", "--reporting", "unix:/nonexistent/socket"});
  EXPECT_EQ(down.code, kUnavailable);
  EXPECT_THAT(down.out, HasSubstr("UNREACHABLE"));
  EXPECT_THAT(waits_, IsEmpty()) << "status asks once";
}

TEST_F(Concordctl, ExplainsItselfWithExamplesAndExitCodes) {
  EXPECT_THAT(Run({"--help"}).out, AllOf(HasSubstr("Exit codes:"), HasSubstr("scorecard")));
  EXPECT_THAT(Run({"plan", "import", "--help"}).out, AllOf(HasSubstr("Examples:"), HasSubstr("--prune")));
  EXPECT_THAT(Run({"--version"}).out, StartsWith("concordctl "));
}

}  // namespace
}  // namespace concord::ctl
