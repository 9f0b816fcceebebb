// Indicators, milestones and figures through the whole program, against services in memory.
#include <string>

#include "absl/strings/str_replace.h"
#include "concord/action/v1/progress_report.pb.h"
#include "gmock/gmock.h"
#include "google/protobuf/util/message_differencer.h"
#include "gtest/gtest.h"
#include "services/concordctl/concordctl_fixture.h"
#include "services/concordctl/field_options.h"
#include "services/concordctl/plan_file.h"

namespace concord::ctl {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

// The plan of the fixture with two indicators, one computed from the other, and a milestone.
std::string WholePlan() {
  std::string json = kPlan;
  json.replace(json.rfind('}'), 1, R"(,
  "indicators": [
    {"name": "plans/p/objectives/1/indicators/1-a", "title": "Computed", "code": "1.a", "unit": "%",
     "direction": "DIRECTION_INCREASE", "kind": "KIND_FLOW", "frequency": "FREQUENCY_YEARLY", "source": "SOURCE_PEOPLE",
     "rollUp": {"method": "METHOD_SUM", "inputs": [{"indicator": "plans/p/objectives/1/indicators/1-b"}]}},
    {"name": "plans/p/objectives/1/indicators/1-b", "title": "Measured", "code": "1.b", "unit": "%",
     "direction": "DIRECTION_INCREASE", "kind": "KIND_FLOW", "frequency": "FREQUENCY_YEARLY", "source": "SOURCE_PEOPLE"}
  ],
  "milestones": [{"name": "plans/p/actions/1-1/milestones/m", "title": "Half way",
                  "dueDate": {"year": 2012, "month": 6, "day": 30}}]
})");
  return json;
}

TEST_F(Concordctl, ImportsIndicatorsAndMilestonesInBatchesAndThenFindsNothingToChange) {
  const Result first = Import(WholePlan());
  ASSERT_EQ(first.code, kDone) << first.err;
  EXPECT_THAT(first.out, HasSubstr("imported: 8 created"));
  EXPECT_EQ(services_.request_ids().size(), 7u) << "the two indicators are one write";
  EXPECT_EQ(Import(WholePlan()).out,
            "nothing to change: 1 plan, 1 objective, 3 actions, 2 indicators, 1 milestone are as in the file\n");
  EXPECT_EQ(services_.request_ids().size(), 7u);
}

TEST_F(Concordctl, ShowsWhatAnImportWouldChangeOfAnIndicator) {
  Import(WholePlan());
  const std::string changed = absl::StrReplaceAll(WholePlan(), {{"Half way", "Nearly"}, {"Measured", "Counted"}});
  EXPECT_THAT(Import(changed, {"--dry-run"}).out,
              AllOf(HasSubstr("title: \"Half way\" -> \"Nearly\""), HasSubstr("0 created, 2 changed")));
  ASSERT_EQ(Import(changed).code, kDone);
  EXPECT_EQ(services_.state().milestones[0].title(), "Nearly");
}

TEST_F(Concordctl, PrunesIndicatorsAndMilestonesAndBringsThemBack) {
  Import(WholePlan());
  EXPECT_THAT(Import(kPlan).out, HasSubstr("keep  plans/p/actions/1-1/milestones/m"));
  EXPECT_THAT(Import(kPlan, {"--prune"}).out, HasSubstr("3 deleted"));
  EXPECT_THAT(Import(WholePlan()).out, HasSubstr("3 brought back"));
  EXPECT_THAT(Import(WholePlan()).out, StartsWith("nothing to change"));
}

TEST_F(Concordctl, ExportsIndicatorsAndMilestones) {
  Import(WholePlan());
  const auto exported = ParsePlanFile(Run({"plan", "export"}).out);
  ASSERT_TRUE(exported.ok()) << exported.status();
  EXPECT_TRUE(google::protobuf::util::MessageDifferencer::Equals(*exported, *ParsePlanFile(WholePlan())));
}

TEST(ParsePlanFile, TellsWhatIsWrongWithIndicatorsAndMilestones) {
  const auto problem = [](const std::string& what, const std::string& replacement) {
    return std::string(ParsePlanFile(absl::StrReplaceAll(WholePlan(), {{what, replacement}})).status().ToString());
  };
  EXPECT_TRUE(ParsePlanFile(WholePlan()).ok()) << ParsePlanFile(WholePlan()).status();
  EXPECT_THAT(problem("\"1.b\"", "\"1.a\""), HasSubstr("indicators[1].code"));
  EXPECT_THAT(problem("actions/1-1/milestones/m", "actions/milestones/m"), HasSubstr("milestones[0].name"));
  EXPECT_THAT(problem("indicators/1-b", "indicators/1-a"), HasSubstr("cannot be computed from itself"));
  EXPECT_THAT(problem("{\"indicator\": \"plans/p/", "{\"indicator\": \"plans/q/"), HasSubstr("indicators[0].rollUp"));
}

TEST_F(Concordctl, RefusesAMilestoneOfAnActionThatIsNowhere) {
  const Result result = Import(absl::StrReplaceAll(WholePlan(), {{"actions/1-1/milestones", "actions/9/milestones"}}));
  EXPECT_EQ(result.code, kRefused);
  EXPECT_THAT(result.err, HasSubstr("milestones[0].name: plans/p/actions/9 is neither in the file nor on the server"));
}

TEST_F(Concordctl, CreatesAnIndicatorFromItsCodeAndFlags) {
  Import(kPlan);
  const Result created = Run({"indicator",       "create",      "1.c",           "--title",       "Trained",
                              "--unit",          "people",      "--direction",   "increase",      "--kind",
                              "cumulative",      "--frequency", "half-yearly",   "--baseline",    "0",
                              "--baseline-date", "2010-12-31",  "--target",      "2011-12-31=10", "--target",
                              "2012-12-31=25.5", "--dimension", "sex=women,men", "--label",       "a=b"});
  ASSERT_EQ(created.code, kDone) << created.err;
  EXPECT_EQ(created.out, "created plans/p/objectives/1/indicators/1-c\n");
  const auto indicator = services_.state().indicators.at(0);
  EXPECT_EQ(indicator.code(), "1.c");
  EXPECT_EQ(indicator.kind(), objective::v1::Indicator::KIND_CUMULATIVE);
  EXPECT_EQ(indicator.frequency(), objective::v1::Indicator::FREQUENCY_HALF_YEARLY);
  EXPECT_EQ(indicator.source(), objective::v1::Indicator::SOURCE_PEOPLE) << "by default";
  EXPECT_EQ(indicator.targets(1).value().value(), "25.5");
  EXPECT_EQ(indicator.dimensions(0).members_size(), 2);
  EXPECT_EQ(indicator.baseline().date().year(), 2010);
  const Result computed = Run({"indicator", "create", "1/share", "--title", "T", "--unit", "%", "--direction",
                               "increase", "--kind", "flow", "--frequency", "yearly", "--roll-up", "ratio",
                               "--numerator", "1.c", "--denominator", "plans/p/objectives/1/indicators/x"});
  ASSERT_EQ(computed.code, kRefused) << "x is not there: " << computed.out;
  EXPECT_THAT(Run({"indicator", "list"}).out, AllOf(StartsWith("CODE  TITLE"), HasSubstr("1.c   Trained")));
}

TEST_F(Concordctl, UpdatesAMilestoneByShortNames) {
  Import(WholePlan());
  ASSERT_EQ(Run({"milestone", "update", "1.1", "m", "--due-date", "2012-09-30", "--weight", "2"}).code, kDone);
  EXPECT_EQ(services_.state().milestones[0].due_date().month(), 9);
  ASSERT_EQ(Run({"milestone", "update", "1.1/m", "--clear", "weight"}).code, kDone);
  EXPECT_FALSE(services_.state().milestones[0].has_weight());
  EXPECT_EQ(Run({"milestone", "list", "1.1"}).out,
            "NAME   TITLE     STATE  DUE         REACHED  OWNER\n1-1/m  Half way         2012-09-30\n");
  EXPECT_THAT(Run({"milestone", "show", "1.1", "m"}).out, HasSubstr("title     Half way"));
  EXPECT_EQ(Run({"milestone", "delete", "1.1", "m", "--etag", "stale"}).code, kConflict);
  EXPECT_EQ(Run({"milestone", "update", "1.1", "m", "--due-date", "soon"}).code, kUsage);
  EXPECT_EQ(Run({"milestone", "update", "1.1", "m", "--weight", "1", "--weight", "2"}).code, kUsage);
  EXPECT_EQ(Run({"milestone", "update", "m", "--weight", "1"}).code, kUsage) << "of which action?";
}

TEST(FillFields, TakesTheWordsOfAnEnumAndTellsThemAll) {
  action::v1::ProgressReport report;
  report.set_name("plans/p/actions/1/progressReports/r");
  google::protobuf::FieldMask mask;
  const std::vector<FieldOption> options = {{"--health", "health", "", ""}};
  ASSERT_TRUE(FillFields(options, {{"--health", {"At_Risk"}}}, report, mask).ok());
  EXPECT_EQ(report.health(), action::v1::ProgressReport::HEALTH_AT_RISK);
  EXPECT_EQ(mask.paths(0), "health");
  const auto refused = FillFields(options, {{"--health", {"unspecified"}}}, report, mask);
  EXPECT_THAT(std::string(refused.message()), HasSubstr("none of on-track, at-risk, off-track"));
}

TEST_F(Concordctl, ShowsAttainmentBesideDeliveryAndWhatIsOwed) {
  Import(kPlan);
  const Result result = Run({"scorecard", "--indicators"});
  EXPECT_EQ(result.code, kDone) << result.err;
  EXPECT_THAT(result.out,
              AllOf(HasSubstr("ATTAINMENT"), HasSubstr("37.5 %"), HasSubstr("none yet"), HasSubstr("52.5"),
                    HasSubstr("on target"), HasSubstr("owed: 7 overdue"),
                    HasSubstr("and 5 more: concordctl duties plans/p --overdue --date "), Not(HasSubstr("SIMULATED"))));
}

TEST_F(Concordctl, ShowsWhatWasSoBeforeAndHowMuchHasChanged) {
  Import(kPlan);
  const Result result = Run({"scorecard", "--since", "2012-06-30"});
  EXPECT_EQ(result.code, kDone) << result.err;
  EXPECT_THAT(result.out, AllOf(HasSubstr("WAS: on 2012-06-30, as it was known then; since 2012-06-30 1 resources"),
                                HasSubstr("25 %")));
  EXPECT_THAT(Run({"scorecard", "--since", "2012-06-30", "--output", "json"}).out, HasSubstr("\"changeCount\": 1"));
  EXPECT_EQ(Run({"scorecard", "--since", "lately"}).code, kUsage);
}

TEST_F(Concordctl, SaysOfASimulatedPlanThatItIsOne) {
  Import(With("\"title\": \"The plan\"", "\"title\": \"The plan\", \"labels\": {\"simulated\": \"true\"}"));
  EXPECT_THAT(Run({"scorecard"}).out, StartsWith("SIMULATED: "));
}

TEST_F(Concordctl, ListsDutiesByOwner) {
  Import(kPlan);
  const Result result = Run({"duties", "--owner", "members/a", "--overdue"});
  EXPECT_EQ(result.code, kDone) << result.err;
  EXPECT_THAT(result.out, HasSubstr("owner = \"members/a\" AND overdue = true"));
  EXPECT_LT(result.out.find("(strategy office)"), result.out.find("members/a  "));
  EXPECT_THAT(result.out, HasSubstr("1-a"));
}

TEST_F(Concordctl, ListsWhatHasChanged) {
  Import(kPlan);
  EXPECT_EQ(Run({"changes", "--since", "2012-06-30"}).out,
            "WHEN                  WHAT     RESOURCE  TITLE\n2012-06-30T00:00:00Z  DELETED  1-1/m\n");
  EXPECT_EQ(Run({"changes"}).code, kUsage);
}

}  // namespace
}  // namespace concord::ctl
