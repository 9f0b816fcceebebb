// Forecasts as the manual tells them: the real binaries, a real redis-server, a plan of five years of which every day
// can be asked for.
#include <memory>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/aip/date.h"
#include "concord/reporting/v1/reporting_service.pb.h"
#include "concord/rpc/v1/error_reason.pb.h"
#include "gmock/gmock.h"
#include "tests/integration/small_plan.h"
#include "tests/support/status_matchers.h"

namespace concord::testing {
namespace {

using absl::StatusCode;
using ::testing::SizeIs;
namespace api = ::concord::reporting::v1;
namespace rpc_v1 = ::concord::rpc::v1;

constexpr char kSeats[] = "plans/m/objectives/o1/indicators/seats";
constexpr char kParent[] = "parent: 'plans/m' ";

// Objective o1 with the actions run and off, and the indicator seats.
class ForecastManual : public ::testing::Test {
 protected:
  void SetUp() override {
    auto system = RunningSystem::Start();
    ASSERT_THAT(system.status(), IsOk());
    system_ = *std::move(system);
    CreatePlan(*system_, "m");
    CreateObjective(*system_, "m", "o1");
    Do(*system_, "ActivatePlan", "name: 'plans/m'");
    Begin("run", On(2011, 1, 1));
    Reach("1", Date(2011, 10, 1));
    Reach("2", Date(2012, 9, 30));
    Reach("3", Date(2014, 1, 31));
    Reach("4", Date(2015, 6, 30));
    Do(*system_, "CompleteAction", absl::StrCat("name: 'plans/m/actions/run' ", On(2015, 6, 30)));
    Begin("off", On(2012, 1, 1));
    Do(*system_, "CancelAction", absl::StrCat("name: 'plans/m/actions/off' ", On(2013, 3, 1)));
    CreateIndicator(*system_, "plans/m/objectives/o1", "seats",
                    absl::StrCat("baseline { value { value: '0' } } targets { date ", Date(2015, 12, 31),
                                 " value { value: '100' } } "));
    MeasureSeats(2011, "20");
    MeasureSeats(2012, "25");
  }

  void Begin(const std::string& id, const std::string& date) {
    CreateAction(*system_, "m", id);
    Do(*system_, "ApproveAction", absl::StrCat("name: 'plans/m/actions/", id, "'"));
    Do(*system_, "StartAction", absl::StrCat("name: 'plans/m/actions/", id, "' ", date));
  }

  void Reach(const std::string& id, const std::string& date) {
    Do(*system_, "CreateMilestone",
       absl::StrCat("parent: 'plans/m/actions/run' milestone_id: '", id, "' milestone { title: 'M' due_date ", date,
                    "}"));
    Do(*system_, "ReachMilestone", absl::StrCat("name: 'plans/m/actions/run/milestones/", id, "' date ", date));
  }

  void MeasureSeats(int year, const std::string& value) {
    Do(*system_, "CreateMeasurement",
       absl::StrCat("parent: '", kSeats, "' measurement_id: 'y", year, "' measurement { ", YearOf(year),
                    "value { value: '", value, "' } evidence { title: 'Minutes' } }"));
    for (const char* method : {"SubmitMeasurement", "ApproveMeasurement"}) {
      Do(*system_, method, absl::StrCat("name: '", kSeats, "/measurements/y", year, "'"));
    }
  }

  template <typename Response>
  Response Get(const std::string& method, const std::string& fields) {
    return Do(*system_, method, fields).As<Response>();
  }

  std::unique_ptr<RunningSystem> system_;
};

// On 2012-12-31 half of run is done after two years; the third milestone and the end came later.
TEST_F(ForecastManual, ForecastsWhenActionsWillBeCompleted) {
  CreateAction(*system_, "m", "next",
               absl::StrCat("dependencies: 'plans/m/actions/run' start_date ", Date(2014, 1, 1), "due_date ",
                            Date(2014, 6, 30)));
  Do(*system_, "ApproveAction", "name: 'plans/m/actions/next'");
  const auto list =
      Get<api::ListActionForecastsResponse>("ListActionForecasts", absl::StrCat(kParent, On(2012, 12, 31)));
  ASSERT_THAT(list.action_forecasts(), SizeIs(3));
  EXPECT_EQ(list.action_forecasts(0).code(), "next");
  EXPECT_EQ(list.action_forecasts(0).held_by(), "plans/m/actions/run");
  EXPECT_EQ(list.action_forecasts(1).basis(), api::ActionForecast::BASIS_NO_REPORT) << "nobody reports on off";
  const api::ActionForecast& run = list.action_forecasts(2);
  EXPECT_EQ(run.basis(), api::ActionForecast::BASIS_RATE_SO_FAR);
  EXPECT_EQ(aip::FormatDate(run.expected_end_date()), "2014-07-01") << "639 days for one half";
  EXPECT_EQ(run.interval_state(), api::INTERVAL_STATE_FEW_PAST_FORECASTS);
  EXPECT_EQ(list.method_error().forecast_count(), 0);
  EXPECT_EQ(list.formula_edition(), "2026-2");
  EXPECT_FALSE(list.revisions().empty());

  const auto later =
      Get<api::ListActionForecastsResponse>("ListActionForecasts", absl::StrCat(kParent, On(2015, 6, 30)));
  EXPECT_EQ(later.method_error().resource_count(), 1);
  EXPECT_GT(later.method_error().forecast_count(), 10) << "at each quarter end while run was in progress";
  EXPECT_EQ(later.action_forecasts(2).basis(), api::ActionForecast::BASIS_ACTUAL_END);
}

TEST_F(ForecastManual, PagesThroughForecastsFilteredAndInAnyOrder) {
  const std::string parent = absl::StrCat(kParent, On(2012, 12, 31), "order_by: 'basis, code desc' page_size: 1 ");
  const auto first = Get<api::ListActionForecastsResponse>("ListActionForecasts", parent);
  ASSERT_THAT(first.action_forecasts(), SizeIs(1));
  const auto second = Get<api::ListActionForecastsResponse>(
      "ListActionForecasts", absl::StrCat(parent, "page_token: '", first.next_page_token(), "'"));
  ASSERT_THAT(second.action_forecasts(), SizeIs(1));
  EXPECT_NE(first.action_forecasts(0).code(), second.action_forecasts(0).code());
  EXPECT_EQ(second.next_page_token(), "");
  const auto filtered = Get<api::ListActionForecastsResponse>(
      "ListActionForecasts", absl::StrCat(kParent, On(2012, 12, 31), "filter: 'basis = RATE_SO_FAR'"));
  ASSERT_THAT(filtered.action_forecasts(), SizeIs(1));
  EXPECT_EQ(filtered.action_forecasts(0).code(), "run");
  EXPECT_THAT(Ask(*system_, "ListActionForecasts", absl::StrCat(kParent, "filter: 'colour = RED'")).status,
              HasReason(StatusCode::kInvalidArgument, rpc_v1::ERROR_REASON_INVALID_REQUEST));
}

TEST_F(ForecastManual, RefusesWhatCannotBeAsked) {
  for (const char* method : {"ListActionForecasts", "ListIndicatorForecasts"}) {
    const auto refused = [&](const std::string& more) {
      return Ask(*system_, method, absl::StrCat(kParent, more)).status;
    };
    for (const char* more : {"parent: 'members/m'", "date { year: 2012 month: 2 day: 30 }", "page_size: -1",
                             "order_by: 'colour'", "filter: 'basis ='"}) {
      EXPECT_THAT(refused(more), HasReason(StatusCode::kInvalidArgument, rpc_v1::ERROR_REASON_INVALID_REQUEST))
          << method << " " << more;
    }
    EXPECT_THAT(refused("parent: 'plans/none'"),
                HasReason(StatusCode::kNotFound, rpc_v1::ERROR_REASON_RESOURCE_NOT_FOUND));
    EXPECT_THAT(refused("as_of { time { seconds: 9000000000 } }"),
                HasReason(StatusCode::kInvalidArgument, rpc_v1::ERROR_REASON_FUTURE_MOMENT));
    EXPECT_THAT(refused("page_token: 'x'"),
                HasReason(StatusCode::kInvalidArgument, rpc_v1::ERROR_REASON_TOKEN_INVALID));
  }
}

// What was known then, too: the same question at the revisions of the first answer has the same answer.
TEST_F(ForecastManual, AnswersAsOfAPastMoment) {
  const std::string fields = absl::StrCat(kParent, On(2013, 12, 31));
  const auto before = Get<api::ListIndicatorForecastsResponse>("ListIndicatorForecasts", fields);
  MeasureSeats(2013, "30");
  const auto now = Get<api::ListIndicatorForecastsResponse>("ListIndicatorForecasts", fields);
  EXPECT_EQ(now.indicator_forecasts(0).basis(), api::IndicatorForecast::BASIS_LINE);
  ASSERT_THAT(before.revisions(), SizeIs(1));
  const auto then = Get<api::ListIndicatorForecastsResponse>(
      "ListIndicatorForecasts",
      absl::StrCat(fields, "as_of { revisions { ", before.revisions(0).ShortDebugString(), " } }"));
  EXPECT_EQ(then.SerializeAsString(), before.SerializeAsString());
}

TEST_F(ForecastManual, ForecastsIndicatorsWithTheErrorOfTheMethod) {
  const auto before =
      Get<api::ListIndicatorForecastsResponse>("ListIndicatorForecasts", absl::StrCat(kParent, On(2012, 12, 31)));
  ASSERT_THAT(before.indicator_forecasts(), SizeIs(1));
  EXPECT_EQ(before.indicator_forecasts(0).basis(), api::IndicatorForecast::BASIS_FEW_VALUES);
  EXPECT_FALSE(before.indicator_forecasts(0).has_expected_value());
  MeasureSeats(2013, "30");
  MeasureSeats(2014, "36");
  const auto list =
      Get<api::ListIndicatorForecastsResponse>("ListIndicatorForecasts", absl::StrCat(kParent, On(2014, 12, 31)));
  const api::IndicatorForecast& seats = list.indicator_forecasts(0);
  EXPECT_EQ(seats.basis(), api::IndicatorForecast::BASIS_LINE);
  EXPECT_EQ(seats.expected_value().value(), "41.0") << "20, 25, 30, 36: mean 27.75, slope 5.3";
  EXPECT_EQ(seats.target_met(), api::OUTLOOK_NO) << "100";
  EXPECT_EQ(seats.rate_needed().value(), "64.000");
  EXPECT_EQ(seats.method_error().mean_absolute_error(), 1) << "35 was forecast";
  EXPECT_EQ(list.method_error().forecast_count(), 1);
  EXPECT_FALSE(list.method_error().has_mean_absolute_error()) << "of many units together";
}

}  // namespace
}  // namespace concord::testing
