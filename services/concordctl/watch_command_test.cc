#include <string>
#include <vector>

#include "absl/strings/str_split.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/concordctl/concordctl_fixture.h"

namespace concord::ctl {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::StartsWith;

using WatchCommand = Concordctl;

TEST_F(WatchCommand, ShowsTheStateAndEachChangeAndGoesOnByItself) {
  const Result result = Run({"watch", "plans/p"});
  EXPECT_EQ(result.out,
            "2011-03-13T07:06:47Z  plans/p/actions/1-1  state\n"
            "2011-03-13T07:06:48Z  plans/p/actions/1-1  changed  title\n"
            "2011-03-13T07:06:49Z  plans/p/actions/1-1  ended\n");
  EXPECT_THAT(result.err, HasSubstr("interrupted, going on"));
  EXPECT_THAT(result.err, HasSubstr("to go on: --resume t5\n"));
  EXPECT_THAT(waits_, SizeIs(1));
  EXPECT_EQ(result.code, kRefused) << "a history that is gone is for the caller to decide";
}

TEST_F(WatchCommand, ShowsOnlyChangesIfAsked) {
  const Result result = Run({"watch", "plans/p", "--no-state"});
  EXPECT_THAT(result.out, StartsWith("2011-03-13T07:06:48Z  plans/p/actions/1-1  changed  title\n"));
}

TEST_F(WatchCommand, GoesOnFromAToken) {
  const Result result = Run({"watch", "plans/p", "--resume", "t3"});
  EXPECT_EQ(result.out, "2011-03-13T07:06:49Z  plans/p/actions/1-1  ended\n");
}

TEST_F(WatchCommand, PrintsOneObjectALine) {
  const Result result = Run({"watch", "plans/p", "--output", "json"});
  const std::vector<std::string> lines = absl::StrSplit(result.out, '\n', absl::SkipEmpty());
  ASSERT_THAT(lines, SizeIs(3));
  EXPECT_THAT(lines[1], HasSubstr(R"("what": "changed")"));
  EXPECT_THAT(lines[1], HasSubstr(R"("title": "Second")"));
  EXPECT_THAT(lines[1], HasSubstr(R"("revision": "8")"));
  EXPECT_THAT(lines[2], HasSubstr(R"("what": "ended")"));
  for (const std::string& line : lines) EXPECT_EQ(line.front(), '{');
}

TEST_F(WatchCommand, AsksTheMemberServiceForItsScopesWithoutAnyPlan) {
  const Result result = Run({"watch", "directory"});
  EXPECT_EQ(result.code, kUnavailable);
  EXPECT_THAT(result.err, HasSubstr("not here")) << "the services in memory watch one plan only";
}

TEST_F(WatchCommand, ShowsAScorecardAgainWhenItHasBecomeAnother) {
  const Result result = Run({"scorecard", "p", "--watch"});
  EXPECT_THAT(result.out, HasSubstr("The plan"));
  EXPECT_THAT(result.out, HasSubstr("1776 completed"));
  const std::vector<std::string> cards = absl::StrSplit(result.out, "The plan\n");
  EXPECT_THAT(cards, SizeIs(3)) << "what comes before the first, and two";
  EXPECT_EQ(result.code, kNotFound) << "the plan is gone";
  const Result json = Run({"scorecard", "p", "--watch", "--output", "json"});
  const std::vector<std::string> lines = absl::StrSplit(json.out, '\n', absl::SkipEmpty());
  ASSERT_THAT(lines, SizeIs(2));
  EXPECT_THAT(lines[1], HasSubstr(R"("completedCount": 1776)"));
}

TEST_F(WatchCommand, OfAScorecardIsOfTodayOnly) {
  const Result result = Run({"scorecard", "p", "--watch", "--date", "2012-01-01"});
  EXPECT_EQ(result.code, kUsage);
  EXPECT_THAT(result.err, HasSubstr("--watch shows the scorecard of today"));
}

TEST_F(WatchCommand, EndsWellWhenTheUserStopsIt) {
  interrupted_ = true;
  const Result result = Run({"watch", "plans/p"});
  EXPECT_EQ(result.code, kDone) << result.err;
  EXPECT_THAT(waits_, IsEmpty());
}

TEST_F(WatchCommand, GivesUpIfThereNeverWasAnything) {
  const Result result = Run({"watch", "plans/nobody"});
  EXPECT_EQ(result.code, kUnavailable);
  EXPECT_EQ(result.out, "");
  EXPECT_THAT(waits_, SizeIs(4));
}

}  // namespace
}  // namespace concord::ctl
