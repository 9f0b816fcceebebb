#include "services/action/progress_report_rules.h"

#include "common/aip/field_behavior.h"
#include "concord/action/v1/error_reason.pb.h"
#include "concord/rpc/v1/error_reason.pb.h"
#include "services/action/record_fixture.h"
#include "tests/support/status_matchers.h"

namespace concord::action {
namespace {

using absl::StatusCode;
using concord::testing::HasReason;
using concord::testing::IsOk;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using v1::ProgressReport;

std::vector<std::string> BadProgressReportFields(const std::string& text) {
  return BadFieldsOf<ProgressReport>(CheckProgressReportValues, "progress_report", text);
}
constexpr char kGoodProgressReport[] =
    "date { year: 2012 month: 2 day: 15 } percent { value: '37.5' } confidence_reason: 'Counted' ";

TEST(ProgressReportValues, AreGoodUpToTheirLimits) {
  EXPECT_THAT(BadProgressReportFields(kGoodProgressReport), IsEmpty());
  EXPECT_THAT(BadProgressReportFields(
                  absl::StrCat(kGoodProgressReport, "narrative: '", std::string(4'000, 'n'),
                               "' reporter: 'members/sn' evidence { title: 'Minutes' uri: 'https://x.org/m' }")),
              IsEmpty());
  EXPECT_THAT(BadProgressReportFields(absl::StrCat(kGoodProgressReport, "confidence_reason: '", std::string(1'001, 'c'),
                                                   "' narrative: '", std::string(4'001, 'n'), "'")),
              ElementsAre("progress_report.confidence_reason", "progress_report.narrative"));
}

TEST(ProgressReportValues, NameWhatIsWrong) {
  EXPECT_THAT(
      BadProgressReportFields("date { year: 2012 month: 2 day: 30 } percent { value: '100.5' } confidence_reason: ' ' "
                              "evidence { } reporter: 'plans/p'"),
      ElementsAre("progress_report.date", "progress_report.percent", "progress_report.confidence_reason",
                  "progress_report.evidence[0].title", "progress_report.reporter"));
}

TEST(ProgressReportValues, SayHowItGoesAndHowSureOneIs) {
  Violations violations;
  aip::CheckRequiredFields(ProgressReport(), "progress_report", violations);
  std::vector<std::string> fields;
  for (const auto& [field, description] : ViolationsOf(violations.ToStatus())) fields.push_back(field);
  EXPECT_THAT(fields, ElementsAre("progress_report.date", "progress_report.percent", "progress_report.health",
                                  "progress_report.confidence", "progress_report.confidence_reason"));
}

class ProgressReportWrite : public RecordWrite {
 protected:
  ProgressReportWrite() : RecordWrite(ProgressReport::default_instance()) {}

  absl::StatusOr<ProgressReport> Create(const std::string& action, const std::string& day) {
    return Write<ProgressReport>(ProgressReportRules(),
                                 absl::StrCat("name: '", action, "/progressReports/r' date { ", day, " }"));
  }
};

TEST_F(ProgressReportWrite, TellsOfAnActionThatIsUnderWay) {
  const std::string day = "year: 2012 month: 2 day: 15";
  for (const char* action : {"plans/p/actions/running", "plans/p/actions/held"}) {
    EXPECT_THAT(Create(action, day), IsOk()) << action;
  }
  for (const char* action : {"plans/p/actions/proposed", "plans/p/actions/approved"}) {
    EXPECT_THAT(Create(action, day), HasReason(StatusCode::kFailedPrecondition, v1::ERROR_REASON_ACTION_NOT_BEGUN));
  }
  for (const char* action : {"plans/p/actions/completed", "plans/p/actions/cancelled"}) {
    EXPECT_THAT(Create(action, day), HasReason(StatusCode::kFailedPrecondition, v1::ERROR_REASON_ACTION_ENDED));
  }
  EXPECT_THAT(Create("plans/closed/actions/running", day),
              HasReason(StatusCode::kFailedPrecondition, v1::ERROR_REASON_PLAN_CLOSED));
}

TEST_F(ProgressReportWrite, IsAboutADayFromTheStartToToday) {
  const std::string running = "plans/p/actions/running";
  EXPECT_THAT(Create(running, "year: 2012 month: 2 day: 1"), IsOk());
  EXPECT_THAT(Create(running, "year: 2012 month: 2 day: 29"), IsOk());
  for (const char* day : {"year: 2012 month: 1 day: 31", "year: 2012 month: 3 day: 1"}) {
    const auto refused = Create(running, day);
    EXPECT_THAT(refused, HasReason(StatusCode::kInvalidArgument, rpc::v1::ERROR_REASON_INVALID_REQUEST)) << day;
    ASSERT_EQ(ViolationsOf(refused.status()).size(), 1);
    EXPECT_EQ(ViolationsOf(refused.status())[0].first, "progress_report.date");
  }
}

}  // namespace
}  // namespace concord::action
