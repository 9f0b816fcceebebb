// Nothing that a caller may not see shows in any answer of this service: each is, byte for byte, what it would be if
// those rows were not there at all. So no count, no mean, no name of something missing, and no explanation tells of
// them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <regex>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/rpc/engine.h"
#include "common/rpc/state_fixture.h"
#include "concord/action/v1/activity.pb.h"
#include "concord/action/v1/contribution.pb.h"
#include "concord/member/v1/adoption.pb.h"
#include "concord/member/v1/ballot.pb.h"
#include "concord/member/v1/committee.pb.h"
#include "concord/member/v1/expert_delegation.pb.h"
#include "concord/member/v1/liaison.pb.h"
#include "concord/member/v1/member.pb.h"
#include "concord/member/v1/participation.pb.h"
#include "concord/member/v1/work_item.pb.h"
#include "concord/reporting/v1/formula_service.pb.h"
#include "concord/reporting/v1/published_report.pb.h"
#include "services/reporting/formulas/formula.h"
#include "services/reporting/plan_resources.h"
#include "services/reporting/service.h"

namespace concord::reporting {
namespace {

using google::protobuf::Message;

constexpr char kDay[] = " date { year: 2012 month: 2 day: 28 } ";

// Two halves of everything that a report is made of. Both reach into each other.
class Half {
 public:
  Half(rpc::State& state, std::string mark) : state_(state), mark_(std::move(mark)) {}

  // Marks: "@2011-01-31" a day, "#" the half's own mark, in names and texts.
  template <typename Row>
  void Put(const std::string& name, const std::string& fields) {
    const std::regex day("@(\\d+)-0?(\\d+)-0?(\\d+)");
    Row row = rpc::Parse<Row>(
        std::regex_replace(std::regex_replace(fields, std::regex("#"), mark_), day, "{ year: $1 month: $2 day: $3 }"));
    row.set_name(std::regex_replace(name, std::regex("#"), mark_));
    names_.push_back(row.name());
    state_.Put(row);
  }

  const std::vector<std::string>& names() const { return names_; }

 private:
  rpc::State& state_;
  const std::string mark_;
  std::vector<std::string> names_;
};

void PutPlanHalf(Half& half) {
  half.Put<objective::v1::Objective>("plans/p/objectives/o#", "title: 'Objective #' code: 'o#' weight: 2");
  half.Put<objective::v1::Indicator>(
      "plans/p/objectives/o#/indicators/i",
      "title: 'Indicator #' code: 'i#' unit: 'seats' kind: KIND_CUMULATIVE frequency: FREQUENCY_QUARTERLY direction: "
      "DIRECTION_INCREASE source: SOURCE_PEOPLE baseline { value { value: '1' } } targets { date: @2012-12-31 value { "
      "value: '90' } }");
  for (const char* quarter : {"1 @2011-01-01 @2011-03-31", "2 @2011-04-01 @2011-06-30", "3 @2011-07-01 @2011-09-30"}) {
    const std::string number(quarter, 1);
    half.Put<objective::v1::Measurement>(absl::StrCat("plans/p/objectives/o#/indicators/i/measurements/m", number),
                                         absl::StrCat("status: STATUS_APPROVED value { value: '1", number,
                                                      "' } period { start_date: ", std::string(quarter).substr(2, 11),
                                                      " end_date: ", std::string(quarter).substr(14), " }"));
  }
  const std::string links =
      "objective_links { objective: 'plans/p/objectives/o#' kind: KIND_CONTRIBUTES } "
      "objective_links { objective: 'plans/p/objectives/oshown' kind: KIND_CONTRIBUTES weight: 3 } ";
  for (const char* id : {"done", "late", "wait"}) {
    const std::string state =
        std::string(id) == "done" ? "STATE_COMPLETED actual_end_date: @2011-08-10 " : "STATE_IN_PROGRESS ";
    half.Put<action::v1::Action>(absl::StrCat("plans/p/actions/", id, "#"),
                                 absl::StrCat("title: '", id, " #' code: '", id, "#' lead: 'members/mshown' state: ",
                                              state, links, "actual_start_date: @2011-02-01 start_date: @2011-02-01 ",
                                              "due_date: @2012-01-31 dependencies: 'plans/p/actions/doneshown'"));
    half.Put<action::v1::ProgressReport>(absl::StrCat("plans/p/actions/", id, "#/progressReports/r"),
                                         "date: @2011-06-30 percent { value: '40' } health: HEALTH_OFF_TRACK");
    half.Put<action::v1::Milestone>(absl::StrCat("plans/p/actions/", id, "#/milestones/m"),
                                    "title: 'Milestone #' state: STATE_PLANNED due_date: @2011-09-30 weight: 1");
    half.Put<action::v1::Risk>(absl::StrCat("plans/p/actions/", id, "#/risks/r"), "title: 'Risk #'");
    half.Put<action::v1::Activity>(absl::StrCat("plans/p/actions/", id, "#/activities/a"),
                                   "title: 'Study #' kind: KIND_STUDY start_date: @2012-01-15 reach_count: 100 "
                                   "participations { member: 'members/m#' participant_count: 12 }");
    half.Put<action::v1::Activity>(absl::StrCat("plans/p/actions/", id, "#/activities/t"),
                                   "title: 'Course #' kind: KIND_TRAINING start_date: @2012-01-15 participations { "
                                   "member: 'members/mshown' participant_count: 12 }");
    half.Put<action::v1::Contribution>(
        absl::StrCat("plans/p/actions/", id, "#/contributions/c"),
        "title: 'Gift #' member: 'members/mshown' kind: KIND_EXPERT_DAYS amount { value: "
        "'3' } date: @2011-06-01");
  }
  half.Put<v1::PublishedReport>("plans/p/publishedReports/r#", "title: 'Report #' number: 1");
}

void PutDirectoryHalf(Half& half) {
  half.Put<member::v1::Member>("members/m#",
                               "title: 'Body #' category_periods { category: CATEGORY_MEMBER_BODY } group_periods { "
                               "group: 'income-low' }");
  half.Put<member::v1::Committee>(
      "committees/c#", "title: 'Committee #' reference: 'TC #' secretariat_periods { member: 'members/mshown' }");
  half.Put<member::v1::Participation>("committees/c#/participations/m#",
                                      "member: 'members/m#' role_periods { role: ROLE_PARTICIPANT }");
  half.Put<member::v1::Participation>("committees/c#/participations/other",
                                      "member: 'members/mshown' role_periods { role: ROLE_PARTICIPANT }");
  half.Put<member::v1::Participation>("committees/cshown/participations/m#",
                                      "member: 'members/m#' role_periods { role: ROLE_PARTICIPANT }");
  half.Put<member::v1::ExpertDelegation>(
      "committees/cshown/experts/m#",
      "member: 'members/m#' count_date: @2011-06-30 expert_counts { category: STAKEHOLDER_CATEGORY_CONSUMERS "
      "expert_count: 7 }");
  half.Put<member::v1::Liaison>("committees/cshown/liaisons/l#",
                                "counterpart: 'members/m#' category: CATEGORY_A given_count: 4 received_count: 1 "
                                "review_due_date: @2012-01-01");
  half.Put<member::v1::Liaison>("committees/cshown/liaisons/k#",
                                "counterpart: 'members/mshown' category: CATEGORY_A given_count: 2 received_count: 3");
  half.Put<member::v1::WorkItem>(
      "committees/cshown/workItems/w#",
      "title: 'Standard #' track_months: 36 deliverable: DELIVERABLE_INTERNATIONAL_STANDARD priorities: "
      "'plans/p/objectives/oshown' publication_date: @2012-01-10 stage_events { stage: '20.00' date: @2010-01-01 } "
      "stage_events { stage: '60.60' date: @2012-01-10 }");
  half.Put<member::v1::WorkItem>(
      "committees/cshown/workItems/u#",
      "title: 'Project #' track_months: 36 stage: '30.20' stage_events { stage: '20.00' date: "
      "@2011-06-01 } stage_events { stage: '30.20' date: @2011-12-01 }");
  const std::string adopted = "member: 'members/m#' degree: DEGREE_IDENTICAL adoption_date: @2012-01-15";
  half.Put<member::v1::Adoption>("committees/cshown/workItems/w#/adoptions/m#", adopted);
  half.Put<member::v1::Adoption>("committees/cshown/workItems/wshown/adoptions/by#", adopted);
  half.Put<member::v1::Ballot>("ballots/b#",
                               "title: 'Ballot #' committee: 'committees/cshown' state: STATE_CLOSED open_date: "
                               "@2011-03-01 close_date: @2011-06-01 result { electorate_count: 2 missing_members: "
                               "'members/m#' }");
  half.Put<member::v1::Vote>("ballots/b#/votes/m#", "member: 'members/m#'");
  half.Put<member::v1::Vote>("ballots/b#/votes/other", "member: 'members/mshown'");
}

// One plan, one directory, and some of the answers about them.
class Reports {
 public:
  explicit Reports(bool with_hidden) : state_(ReportingServiceDefinition().types) {
    for (const char* scope : {"directory", "work", "plans/p"}) state_.Of(scope);
    state_.Put(rpc::Parse<objective::v1::Plan>(
        "name: 'plans/p' title: 'The plan' state: STATE_ACTIVE period { start_date { year: 2011 month: 1 day: 1 } "
        "end_date { year: 2012 month: 12 day: 31 } }"));
    Half shown(state_, "shown");
    PutPlanHalf(shown);
    PutDirectoryHalf(shown);
    if (!with_hidden) return;
    // The last, so that what is shown has the same revisions with and without them.
    Half hidden(state_, "veiled");
    PutPlanHalf(hidden);
    PutDirectoryHalf(hidden);
    state_.access().hidden = hidden.names();
  }

  void HideNothing() { state_.access().hidden.clear(); }

  // The methods of this service that read, by their full names.
  std::set<std::string> Methods() {
    std::set<std::string> names;
    const auto engine = NewEngine();
    for (const std::string& name : engine->MethodNames()) {
      if (engine->Find(name)->read) names.insert(name);
    }
    return names;
  }

  // As it is sent, but for the revisions: those count everybody's commits.
  std::string Ask(const std::string& full_name, const std::string& fields) {
    const auto engine = NewEngine();
    const rpc::Method& method = *engine->Find(full_name);
    const std::unique_ptr<Message> request(method.prototype->New());
    EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(fields, request.get())) << full_name << " " << fields;
    rpc::Context context = state_.Look();
    const absl::StatusOr<rpc::Reply> reply = method.read(*request, context);
    if (!reply.ok()) return reply.status().ToString();
    const auto* response = google::protobuf::DescriptorPool::generated_pool()->FindMethodByName(
        std::regex_replace(full_name, std::regex("/"), "."));
    const std::unique_ptr<Message> message(
        google::protobuf::MessageFactory::generated_factory()->GetPrototype(response->output_type())->New());
    EXPECT_TRUE(message->ParseFromString(**reply));
    if (const auto* field = message->GetDescriptor()->FindFieldByName("revisions"); field != nullptr) {
      message->GetReflection()->ClearField(message.get(), field);
    }
    return message->DebugString();
  }

 private:
  std::unique_ptr<rpc::Engine> NewEngine() {
    rpc::EngineParts parts;
    parts.types = &state_.types();
    parts.access = &state_.access();
    parts.stamper = &state_.stamper();
    parts.clock = &clock_;
    auto engine = std::make_unique<rpc::Engine>(parts, rpc::EngineOptions());
    ReportingServiceDefinition().add_methods(*engine, {&state_.types(), &state_.stamper(), &state_.tokens(), nullptr});
    return engine;
  }

  rpc::State state_;
  const rpc::SystemClock clock_;
};

struct Question {
  std::string method;
  std::string fields;
};

std::vector<Question> Questions() {
  const std::string reporting = "concord.reporting.v1.ReportingService/";
  const std::string formula = "concord.reporting.v1.FormulaService/";
  const std::string published = "concord.reporting.v1.PublishedReportService/";
  const std::string parent = "parent: 'plans/p' page_size: 1000 ";
  std::vector<Question> questions = {
      {reporting + "GetScorecard", absl::StrCat("name: 'plans/p/scorecard'", kDay)},
      {reporting + "GetCompleteness", absl::StrCat("name: 'plans/p/completeness'", kDay)},
      {reporting + "ListTrendPoints", "parent: 'plans/p'"},
      {reporting + "ListPlanChanges", parent + "since { seconds: 1 }"},
      {formula + "ListFormulas", ""},
      {formula + "GetFormula", "name: 'formulas/liaisons'"},
      {formula + "ListDueFormulaValues", parent},
      {published + "ListPublishedReports", parent},
      {published + "GetPublishedReport", "name: 'plans/p/publishedReports/rshown'"},
      {published + "GetPublishedReport", "name: 'plans/p/publishedReports/rveiled'"},
      {published + "ListRestatements", "parent: 'plans/p/publishedReports/rshown'"}};
  for (const char* list : {"ListActionScores", "ListIndicatorScores", "ListDuties", "ListAttention",
                           "ListActionForecasts", "ListIndicatorForecasts"}) {
    questions.push_back({reporting + list, parent + kDay});
  }
  questions.push_back({reporting + "ListDuties", parent + kDay + "days_ahead: 366"});
  for (const char* name :
       {"members/mshown/scorecard", "members/mshown/secretariatScorecard", "members/mshown/partnerScorecard",
        "members/mveiled/partnerScorecard", "committees/cshown/scorecard", "committees/cveiled/scorecard"}) {
    questions.push_back({formula + "GetPartyScorecard", absl::StrCat("name: '", name, "' plan: 'plans/p'", kDay)});
  }
  for (const FormulaDefinition& definition : Formulas()) {
    std::string fields = absl::StrCat("name: 'formulas/", definition.id, "'", kDay);
    for (const ParameterDefinition& parameter : definition.parameters) {
      if (parameter.key == "plan") absl::StrAppend(&fields, "parameters { key: 'plan' value: 'plans/p' } ");
      if (parameter.key == "member") absl::StrAppend(&fields, "parameters { key: 'member' value: 'members/mshown' } ");
    }
    questions.push_back({formula + "ComputeFormula", fields});
    questions.push_back({formula + "ListFormulaInputs", fields});
  }
  return questions;
}

TEST(WhatIsHidden, IsAsIfItWereNotThereInEveryAnswer) {
  Reports hiding(true);
  Reports without(false);
  std::set<std::string> asked;
  for (const Question& question : Questions()) {
    asked.insert(question.method);
    const std::string answer = hiding.Ask(question.method, question.fields);
    EXPECT_EQ(answer, without.Ask(question.method, question.fields)) << question.method << " " << question.fields;
    const bool names_it = absl::StrContains(question.fields, "veiled");
    EXPECT_EQ(absl::StrContains(answer, "veiled"), names_it) << question.method << "\n" << answer;
  }
  EXPECT_EQ(asked, hiding.Methods()) << "every method that reads is to be asked";
}

// Else the test above would show nothing.
TEST(WhatIsHidden, WouldShowInMostAnswersIfItWereNot) {
  Reports seeing(true);
  seeing.HideNothing();
  Reports without(false);
  std::vector<std::string> same;
  for (const Question& question : Questions()) {
    if (seeing.Ask(question.method, question.fields) != without.Ask(question.method, question.fields)) continue;
    same.push_back(absl::StrCat(question.method, " ", question.fields));
  }
  EXPECT_THAT(same, ::testing::SizeIs(::testing::Le(7)));
}

}  // namespace
}  // namespace concord::reporting
