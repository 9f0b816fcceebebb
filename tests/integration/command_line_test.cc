// The command line on the whole plan: what a strategy office types in a year, and what it reads.
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_split.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/integration/plan_on_file.h"

namespace concord::testing {
namespace {

using ::testing::AllOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

class CommandLineTest : public ::testing::Test {
 protected:
  void SetUp() override {
    system_ = SystemWithPlan();
    ASSERT_NE(system_, nullptr);
    Does("plan activate", "now ACTIVE");
  }

  // Words are separated by single spaces; "~" stands for one inside a word.
  std::string Run(const std::string& line, int exit_code = 0) {
    std::vector<std::string> words = absl::StrSplit(line, ' ');
    for (std::string& word : words) {
      for (char& c : word) c = c == '~' ? ' ' : c;
    }
    const auto finished = system_->Ctl(words);
    EXPECT_TRUE(finished.ok()) << finished.status();
    if (!finished.ok()) return "";
    EXPECT_EQ(finished->exit_code, exit_code) << line << "\n" << finished->output;
    return finished->output;
  }

  void Does(const std::string& line, const std::string& says) { EXPECT_THAT(Run(line), HasSubstr(says)) << line; }
  void Refuses(const std::string& line, const std::string& reason, int exit_code = 2) {
    EXPECT_THAT(Run(line, exit_code), HasSubstr(reason)) << line;
  }

  std::unique_ptr<RunningSystem> system_;
};

TEST_F(CommandLineTest, LeadsAMeasurementFromDraftToCorrection) {
  Does("indicator list 3", "3.c   National standards bodies in membership");
  Does("indicator show 3.c", "Chosen by Concord; not part of the published plan.");
  Does("measurement create 3.c 2012 --value 164 --dry-run", "nothing was written; this would have created");
  Does("measurement create 3.c 2012 --value 164", "3-c/measurements/2012, now DRAFT");
  Refuses("measurement submit 3.c 2012", "EVIDENCE_MISSING");
  Does("measurement update 3.c 2012 --evidence Annual~report=https://example.org/2012", "updated");
  Does("measurement submit 3.c 2012", "now SUBMITTED");
  Does("measurement return 3.c 2012 --reason count~again", "now RETURNED");
  Does("measurement submit 3.c/2012", "now SUBMITTED");
  Does("measurement approve 3.c/2012", "now APPROVED");
  Does("measurement report 3.c 2012 --id 2012-corrected --value 165 --supersedes 3.c/2012 --evidence Letter",
       "reported plans/iso-2011-2015/objectives/3/indicators/3-c/measurements/2012-corrected, now SUBMITTED");
  Does("measurement approve 3.c 2012-corrected", "now APPROVED");
  Does("measurement list 3.c", "3-c/2012            2012      164  SUPERSEDED");
  Does("measurement create 3.c 2014 --value 9", "now DRAFT");
  Does("measurement delete 3.c 2014 --reason another~indicator", "deleted");
  Does("measurement undelete 3.c/2014", "now DRAFT");
  Refuses("measurement delete 3.c 2012-corrected", "MEASUREMENT_APPROVED");
  Does("measurement report 3.a 2012 --no-data nobody~counted", "now SUBMITTED");
  Does("measurement list", "no data: nobody counted");
  Refuses("measurement report 3.a 2012-q1 --no-data wrong~period", "PERIOD_UNKNOWN");
  Does("scorecard --date 2012-12-31 --indicators", "165");
  Does("history 3.c/2012", "SubmitMeasurement");
}

TEST_F(CommandLineTest, ReportsADraftThatCouldNotBeHandedIn) {
  EXPECT_THAT(Run("measurement report 3.c 2012 --value 164", 2),
              AllOf(HasSubstr("2012 is a draft now"), HasSubstr("EVIDENCE_MISSING")));
  // Repeated under one id, it is the first one's answers again.
  Does("measurement report 3.c 2013 --value 164 --evidence Letter --request-id mine", "now SUBMITTED");
  Does("measurement report 3.c 2013 --value 164 --evidence Letter --request-id mine", "now SUBMITTED");
}

TEST_F(CommandLineTest, MaintainsIndicators) {
  Does("indicator create 3.d --title Trainers --unit people --direction increase --kind stock --frequency yearly",
       "created plans/iso-2011-2015/objectives/3/indicators/3-d");
  Does(
      "indicator create 3/all --title All --unit people --direction increase --kind stock --frequency yearly "
      "--roll-up sum --input 3.d",
      "created plans/iso-2011-2015/objectives/3/indicators/all");
  Refuses("indicator delete 3.d", "INDICATOR_IN_USE");
  Does("indicator update 3.d --baseline 12 --baseline-date 2010-12-31 --target 2015-12-31=20", "updated");
  Does("indicator delete 3/all --reason not~needed", "deleted");
  Does("indicator list 3 --deleted", "(deleted) All");
  Does("indicator undelete 3/all", "brought back");
}

TEST_F(CommandLineTest, RecordsTheWorkOnAnAction) {
  Does("action approve 3.1", "now APPROVED");
  Refuses("progress report 3.1 --percent 5 --health on-track --confidence high --because all~counted",
          "ACTION_NOT_BEGUN");
  Does("action start 3.1 --date 2011-02-01", "now IN_PROGRESS");
  Does("action update 3.1 --depends-on 3.2", "updated");
  Does("action show 3.1", "waits for 3.2 (");
  Refuses("action complete 3.1", "DEPENDENCY_NOT_COMPLETED");
  Does("action update 3.1 --clear dependencies", "updated");
  Does("action update 3.1 --report-frequency half-yearly --report-due-days 20 --lead members/afnor", "updated");
  Does("milestone create 3.1 kickoff --title The~group~has~met --due-date 2011-06-30", "now PLANNED");
  Does("milestone create 3.1/report --title The~report~is~out --due-date 2011-12-31 --weight 3", "now PLANNED");
  Does("milestone reach 3.1 kickoff --date 2011-06-15", "now REACHED");
  Does("milestone drop 3.1 report --reason not~needed", "now DROPPED");
  Does("milestone reopen 3.1 report", "now PLANNED");
  Does("milestone list --order-by due_date", "3-1/kickoff");
  Does("milestone delete 3.1 report", "deleted");
  Does("milestone undelete 3.1 report", "brought back");
  Does("progress report 3.1 --date 2011-06-30 --percent 40 --health at-risk --confidence medium --because half~counted",
       "created plans/iso-2011-2015/actions/3-1/progressReports/2011-06-30");
  Does("progress list 3.1", "40");
  Does("progress show 3.1 2011-06-30", "half counted");
  Does(
      "contribution create 3.1 days --title Experts --member members/afnor --kind expert-days --amount 12.5 --date "
      "2011-03-01",
      "created");
  Does("contribution update 3.1 days --amount 13", "updated");
  Does("contribution delete 3.1 days", "deleted");
  Does("contribution undelete 3.1 days", "brought back");
  Does(
      "activity create 3.1 course --title First~course --kind training --start-date 2011-05-02 --participants "
      "members/kebs=12",
      "created");
  Does("activity show 3.1 course", "participant_count=12");
  Does("risk create 3.1 budget --title The~budget~is~cut --likelihood 3 --impact 4 --review-date 2011-09-30",
       "now OPEN");
  Does("risk realize 3.1 budget", "now OCCURRED");
  Does("risk close 3.1 budget", "now CLOSED");
  Does("risk reopen 3.1 budget", "now OPEN");
  Does("risk list", "12");
  Does("duties --date 2012-01-31 --owner members/afnor", "progress report");
  Does("scorecard --date 2012-01-31 --since 2011-01-01", "resources have changed");
  Does("changes --since 2011-01-01", "3-1/budget");
  Does("changes --since 2011-01-01 --order-by resource", "3-1/budget");
  Does("duties --date 2012-01-31 --order-by due_date", "progress report");
  Does("history 3.1/kickoff", "ReachMilestone");
  Does("history objectives/3", "CreateObjective");
  Does("action complete 3.1 --date 2012-03-01", "now COMPLETED");
}

TEST_F(CommandLineTest, SimulatesAHistoryOnceAndNeverHidesThatItIsOne) {
  const std::string command = "plan simulate " + PlanPath();
  EXPECT_THAT(Run(command), AllOf(StartsWith("simulated plans/iso-2011-2015-simulated: 37 actions"),
                                  HasSubstr("all of it is invented")));
  EXPECT_EQ(Run(command), "plans/iso-2011-2015-simulated is there already, and stays as it is\n");
  const std::string card = Run("scorecard iso-2011-2015-simulated --date 2013-12-31 --indicators --actions");
  EXPECT_THAT(card, AllOf(StartsWith("SIMULATED: "), HasSubstr("SIMULATED: ISO Strategic Plan")));
  EXPECT_THAT(card, HasSubstr("completed"));
  Does("plan list", "SIMULATED: ISO Strategic Plan");
  Does("ledger verify plans/iso-2011-2015-simulated", "sound");
  EXPECT_THAT(Run("scorecard iso-2011-2015 --date 2013-12-31"), Not(HasSubstr("SIMULATED"))) << "the plan itself";
  EXPECT_THAT(Run("forecast iso-2011-2015-simulated --on 2014-12-31 --indicators"),
              AllOf(StartsWith("SIMULATED: "), HasSubstr("rate so far"), HasSubstr("forecasts of 15 actions, out by"),
                    HasSubstr("within their interval")));
  EXPECT_THAT(Run("forecast iso-2011-2015 --on 2014-12-31"), Not(HasSubstr("SIMULATED")));
  Does("measurement list --plan iso-2011-2015-simulated --filter status=SUPERSEDED", "SUPERSEDED");
}

TEST_F(CommandLineTest, ComputesFormulasAndTellsWhatWentIn) {
  Does("formula list", "development-time");
  Does("formula show secretariat-twinned-share", "Example: of four committees");
  Does("formula compute liaisons", "counted 0 of 0 records");
  Does("formula compute secretariat-top-share top=2", "no data on ");
  Does("formula compute priorities-with-work", "0.0 % on ");
  Does("committee create 34 --title Food --reference TC~34 --kind technical-committee", "committees/34");
  Does("formula inputs secretariat-twinned-share --filter standing~=~MISSING", "34      MISSING");
  Does("formula compute secretariat-twinned-share committee=34", "without what is needed: 34");
  Refuses("formula compute nothing", "RESOURCE_NOT_FOUND", 3);
  Refuses("formula compute liaisons with=nobody", "parameters.with: must be one of all, committee, organization");
  Refuses("formula compute liaisons with", "is no parameter", 1);
}

TEST_F(CommandLineTest, ShowsWhatMembersAndCommitteesDo) {
  Does("member create 7 --title Standards~Council --category member-body", "members/7");
  Does("committee create 34 --title Food --reference TC~34 --kind technical-committee", "committees/34");
  Does("member scorecard 7", "member-own-actions");
  Does("member scorecard 7 --as secretariat", "development-time percentile=90");
  Does("member scorecard 7 --as partner", "liaison-reciprocity");
  Does("committee scorecard 34", "stakeholder-balance");
  Refuses("member scorecard 7 --as committee", "give member, secretariat or partner", 1);
  Refuses("committee scorecard 35", "RESOURCE_NOT_FOUND", 3);
}

TEST_F(CommandLineTest, PublishesAReportAndShowsWhatIsRestated) {
  Does("report publish y2012 --title The~year~2012 --date 2012-12-31", "publishedReports/y2012");
  Does("report list", "y2012       1  2012-12-31  The year 2012");
  Does("report show y2012", "The year 2012");
  Does("report restatements y2012", "nothing is another figure now");
  Does("milestone create 3.1/kickoff --title Kickoff --due-date 2012-06-30", "milestones/kickoff");
  Does("action approve 3.1", "now APPROVED");
  Does("action start 3.1 --date 2012-01-01", "now IN_PROGRESS");
  Does("milestone reach 3.1 kickoff --date 2012-06-30", "now REACHED");
  Does("report restatements y2012", "progress");
  Does("history plans/iso-2011-2015/publishedReports/y2012", "CreatePublishedReport");
  Refuses("report restatements y2013", "RESOURCE_NOT_FOUND", 3);
}

TEST_F(CommandLineTest, ShowsTrendsAndWhatNeedsAttention) {
  Does("trend --by year --objectives", "2015-12-31  7");
  Does("trend --by year", "2011-12-31  the plan");
  Refuses("trend --by week", "give month, quarter, half-year or year", 1);
  Does("attention --date 2016-01-01 --filter reason~=~OVERDUE", "OVERDUE  2016-01-01  1-1");
  Does("completeness --date 2012-12-31", "objective action");
}

TEST_F(CommandLineTest, ForecastsAndSaysHowFarItWasOutBefore) {
  Does("forecast --on 2012-12-31", "proposed");
  Does("forecast --on 2012-12-31", "the same method before: no data");
  Does("forecast --on 2012-12-31", "plans/iso-2011-2015, forecast on 2012-12-31, formulas");
  Does("forecast --on 2012-12-31 --indicators", "no values");
  Does("forecast --on 2012-12-31 --filter basis~=~ON_HOLD", "taken to last as long as planned");
  Does("forecast --on 2012-12-31 --output json", "\"basis\": \"BASIS_PROPOSED\"");
  Does("forecast --on 2012-12-31 --indicators --output json", "\"indicatorForecasts\"");
  Does("forecast --help", "from nothing that is dated later");
  Refuses("forecast --on yesterday", "yesterday", 1);
}

}  // namespace
}  // namespace concord::testing
