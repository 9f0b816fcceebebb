// The order of writes does not matter where it should not.
#include <algorithm>
#include <map>
#include <random>
#include <string>
#include <tuple>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/aip/date.h"
#include "common/aip/decimal.h"
#include "common/rpc/standard_methods.h"
#include "concord/action/v1/contribution_service.pb.h"
#include "concord/action/v1/progress_report_service.pb.h"
#include "services/action/contribution_rules.h"
#include "services/action/progress_report_rules.h"
#include "services/action/record_fixture.h"

namespace concord::action {
namespace {

using v1::Contribution;
using v1::ProgressReport;

constexpr char kAction[] = "plans/p/actions/running";
constexpr int kRounds = 40;
constexpr int kRecords = 30;

// An own state for each round, into which records are written through the methods of their type.
template <typename Record, typename CreateRequest, typename ListRequest, typename ListResponse>
class Records : public RecordWrite {
 public:
  explicit Records(const rpc::ResourceRules& rules)
      : RecordWrite(Record::default_instance()),
        methods_({&state_.types().Of(Record::descriptor()), rules, &state_.stamper(), &state_.tokens()}),
        create_(methods_.Create(CreateRequest::default_instance())),
        list_(methods_.List(ListRequest::default_instance(), ListResponse::default_instance())) {}
  void TestBody() override {}

  void Create(const CreateRequest& request) {
    rpc::Context context = state_.Look();
    const auto change = create_.write(request, context);
    ASSERT_TRUE(change.ok()) << change.status();
    state_.Put(static_cast<const Record&>(*change->puts.at(0).message));
  }

  ListResponse List() {
    ListRequest request;
    request.set_parent(kAction);
    request.set_page_size(1'000);
    rpc::Context context = state_.Look();
    const auto reply = list_.read(request, context);
    EXPECT_TRUE(reply.ok()) << reply.status();
    ListResponse response;
    EXPECT_TRUE(reply.ok() && response.ParseFromString(**reply));
    return response;
  }

 private:
  const rpc::StandardMethods methods_;
  const rpc::Method create_;
  const rpc::Method list_;
};

using Reports = Records<ProgressReport, v1::CreateProgressReportRequest, v1::ListProgressReportsRequest,
                        v1::ListProgressReportsResponse>;
using Contributions =
    Records<Contribution, v1::CreateContributionRequest, v1::ListContributionsRequest, v1::ListContributionsResponse>;

// What stays the same whenever it is written.
template <typename Record>
std::string WithoutTimes(Record record) {
  record.clear_create_time();
  if constexpr (!std::is_same_v<Record, ProgressReport>) {
    record.clear_update_time();
    record.clear_etag();
  }
  return record.SerializeAsString();
}

template <typename Rows>
std::vector<std::string> ContentOf(const Rows& rows) {
  std::vector<std::string> content;
  for (const auto& row : rows) content.push_back(WithoutTimes(row));
  return content;
}

// Few days, so that several reports tell of the same one.
std::vector<v1::CreateProgressReportRequest> SomeReports(std::mt19937& random) {
  std::vector<v1::CreateProgressReportRequest> requests;
  for (int i = 0; i < kRecords; ++i) {
    requests.push_back(rpc::Parse<v1::CreateProgressReportRequest>(
        absl::StrCat("parent: '", kAction, "' progress_report_id: 'r", i, "' progress_report { date { year: 2012 ",
                     "month: 2 day: ", 1 + random() % 29, " } percent { value: '", random() % 101,
                     "' } health: HEALTH_ON_TRACK confidence: CONFIDENCE_LOW confidence_reason: 'A guess' }")));
  }
  return requests;
}

std::vector<v1::CreateContributionRequest> SomeContributions(std::mt19937& random) {
  std::vector<v1::CreateContributionRequest> requests;
  for (int i = 0; i < kRecords; ++i) {
    requests.push_back(rpc::Parse<v1::CreateContributionRequest>(
        absl::StrCat("parent: '", kAction, "' contribution_id: 'c", i, "' contribution { title: 'T' member: 'members/m",
                     random() % 5, "' kind: KIND_EXPERT_DAYS amount { value: '", random() % 50,
                     ".25' } date { year: ", "2012 month: 2 day: ", 1 + random() % 29, " } }")));
  }
  return requests;
}

// The one that counts: the latest day, of it the one written last.
std::string LatestOf(const v1::ListProgressReportsResponse& list) {
  const auto order = [](const ProgressReport& report) {
    return std::make_tuple(aip::ToDay(report.date()), report.create_time().seconds(), report.create_time().nanos(),
                           report.name());
  };
  return std::max_element(list.progress_reports().begin(), list.progress_reports().end(),
                          [&](const auto& a, const auto& b) { return order(a) < order(b); })
      ->name();
}

// The same by the order in which they were sent.
std::string LatestSent(const std::vector<v1::CreateProgressReportRequest>& sent) {
  const v1::CreateProgressReportRequest* latest = &sent.front();
  for (const auto& request : sent) {
    const auto& date = request.progress_report().date();
    if (aip::ToDay(date) >= aip::ToDay(latest->progress_report().date())) latest = &request;
  }
  return absl::StrCat(kAction, "/progressReports/", latest->progress_report_id());
}

TEST(RandomOrders, OfReportsGiveTheSameListAndTheLatestOfTheLatestDay) {
  const unsigned seed = std::random_device()();
  SCOPED_TRACE(absl::StrCat("seed ", seed));
  std::mt19937 random(seed);
  std::vector<v1::CreateProgressReportRequest> requests = SomeReports(random);
  std::vector<std::string> expected;
  for (int round = 0; round < kRounds; ++round) {
    Reports reports(ProgressReportRules());
    for (const auto& request : requests) reports.Create(request);
    const auto list = reports.List();
    ASSERT_EQ(list.progress_reports_size(), kRecords);
    if (round == 0) expected = ContentOf(list.progress_reports());
    ASSERT_EQ(ContentOf(list.progress_reports()), expected) << "round " << round;
    ASSERT_EQ(LatestOf(list), LatestSent(requests)) << "round " << round;
    std::shuffle(requests.begin(), requests.end(), random);
  }
}

TEST(RandomOrders, OfContributionsGiveTheSameListAndTheSameSums) {
  const unsigned seed = std::random_device()();
  SCOPED_TRACE(absl::StrCat("seed ", seed));
  std::mt19937 random(seed);
  std::vector<v1::CreateContributionRequest> requests = SomeContributions(random);
  std::vector<std::string> expected;
  std::map<std::string, aip::Nano> expected_sums;
  for (const auto& request : requests) {
    expected_sums[request.contribution().member()] += aip::ToNano(request.contribution().amount());
  }
  for (int round = 0; round < kRounds; ++round) {
    Contributions contributions(ContributionRules());
    for (const auto& request : requests) contributions.Create(request);
    const auto list = contributions.List();
    if (round == 0) expected = ContentOf(list.contributions());
    ASSERT_EQ(ContentOf(list.contributions()), expected) << "round " << round;
    std::map<std::string, aip::Nano> sums;
    for (const Contribution& one : list.contributions()) sums[one.member()] += aip::ToNano(one.amount());
    ASSERT_TRUE(sums == expected_sums) << "round " << round;
    std::shuffle(requests.begin(), requests.end(), random);
  }
}

}  // namespace
}  // namespace concord::action
