// Formulas as the manual tells it: the real binaries, a real redis-server. What the member and the action services
// write, the reporting service counts at once; what it told once it tells for ever.
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "concord/objective/v1/error_reason.pb.h"
#include "concord/reporting/v1/formula_service.pb.h"
#include "concord/rpc/v1/error_reason.pb.h"
#include "gmock/gmock.h"
#include "tests/integration/small_plan.h"
#include "tests/support/status_matchers.h"

namespace concord::testing {
namespace {

using absl::StatusCode;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
namespace api = ::concord::reporting::v1;
namespace rpc_v1 = ::concord::rpc::v1;

constexpr char kDay[] = "date { year: 2012 month: 12 day: 31 } ";

// A member body of low income and one of high; committees 1, 2 and 3, of which they run the first two.
class FormulaManual : public ::testing::Test {
 protected:
  void SetUp() override {
    auto system = RunningSystem::Start(Options());
    ASSERT_THAT(system.status(), IsOk());
    system_ = *std::move(system);
    CreatePlan(*system_, "m");
    CreateObjective(*system_, "m", "o1");
    CreateMember("1", "income-low");
    CreateMember("2", "income-high");
    for (const char* id : {"1", "2", "3"}) {
      Do(*system_, "CreateCommittee",
         absl::StrCat("committee_id: '", id, "' committee { title: 'Food' reference: 'TC ", id, "' }"));
    }
    GiveSecretariat("1", "1");
    GiveSecretariat("2", "2");
  }

  virtual SystemOptions Options() { return {}; }

  void CreateMember(const std::string& id, const std::string& group) {
    Do(*system_, "CreateMember",
       absl::StrCat("member_id: '", id, "' member { title: 'Body ", id,
                    "' category_periods { category: CATEGORY_MEMBER_BODY } group_periods { group: '", group, "' } }"));
  }
  void GiveSecretariat(const std::string& committee, const std::string& member) {
    Do(*system_, "CreateParticipation",
       absl::StrCat("parent: 'committees/", committee, "' participation_id: '", member,
                    "' participation { member: 'members/", member, "' role_periods { role: ROLE_PARTICIPANT } }"));
    Do(*system_, "UpdateCommittee",
       absl::StrCat("committee { name: 'committees/", committee, "' secretariat_periods { member: 'members/", member,
                    "' } }"));
  }

  api::FormulaResult Compute(const std::string& formula, const std::string& more = kDay) {
    return Do(*system_, "ComputeFormula", absl::StrCat("name: 'formulas/", formula, "' ", more))
        .As<api::FormulaResult>();
  }
  api::ListFormulaInputsResponse Inputs(const std::string& more) {
    return Do(*system_, "ListFormulaInputs", absl::StrCat("name: 'formulas/secretariat-developing-share' ", kDay, more))
        .As<api::ListFormulaInputsResponse>();
  }
  absl::Status Refused(const std::string& fields) { return Ask(*system_, "ComputeFormula", fields).status; }

  std::unique_ptr<RunningSystem> system_;
};

TEST_F(FormulaManual, CountsWhatOtherServicesWroteAtOnce) {
  const api::FormulaResult before = Compute("secretariat-developing-share");
  EXPECT_EQ(before.value().value(), "50.0");
  EXPECT_THAT(before.missing(), ElementsAre("committees/3"));
  EXPECT_EQ(before.explanation(), "1 of 2 secretariats; 1 more do not say what is needed");
  GiveSecretariat("3", "1");
  EXPECT_EQ(Compute("secretariat-developing-share").value().value(), "66.7");
  Do(*system_, "DeleteCommittee", "name: 'committees/3'");
  const api::FormulaResult after = Compute("secretariat-developing-share");
  EXPECT_EQ(after.value().value(), "50.0") << "what is deleted counts no longer";
  EXPECT_THAT(after.missing(), IsEmpty());
}

TEST_F(FormulaManual, ListsAndExplainsWhatThereIs) {
  const auto list = Do(*system_, "ListFormulas", "").As<api::ListFormulasResponse>();
  EXPECT_GT(list.formulas_size(), 14);
  const auto one = Do(*system_, "GetFormula", absl::StrCat("name: '", list.formulas(0).name(), "'")).As<api::Formula>();
  EXPECT_EQ(one.SerializeAsString(), list.formulas(0).SerializeAsString());
}

TEST_F(FormulaManual, NoDataStaysApartFromZero) {
  const api::FormulaResult none = Compute("stakeholder-balance");
  EXPECT_FALSE(none.has_value());
  EXPECT_NE(none.no_data_reason(), "");
  const api::FormulaResult zero = Compute("liaisons");
  EXPECT_EQ(zero.value().value(), "0");
  EXPECT_EQ(zero.no_data_reason(), "");
}

TEST_F(FormulaManual, InputsComeInPagesFilteredAndInOrder) {
  const api::ListFormulaInputsResponse first = Inputs("page_size: 2");
  ASSERT_EQ(first.formula_inputs_size(), 2);
  EXPECT_EQ(first.formula_inputs(0).record(), "committees/1");
  EXPECT_EQ(first.formula_inputs(0).standing(), api::FormulaInput::STANDING_IN);
  EXPECT_EQ(first.formula_inputs(0).part(), "members/1");
  const api::ListFormulaInputsResponse second =
      Inputs(absl::StrCat("page_size: 2 page_token: '", first.next_page_token(), "'"));
  ASSERT_EQ(second.formula_inputs_size(), 1);
  EXPECT_EQ(second.formula_inputs(0).standing(), api::FormulaInput::STANDING_MISSING);
  EXPECT_EQ(second.next_page_token(), "");
  EXPECT_EQ(Inputs("filter: 'standing = OUT'").formula_inputs(0).record(), "committees/2");
  EXPECT_EQ(Inputs("order_by: 'record desc'").formula_inputs(0).record(), "committees/3");
}

TEST_F(FormulaManual, ActivitiesOfAPlanAreCountedByTheGroupsOfMembers) {
  CreateAction(*system_, "m", "a");
  Do(*system_, "CreateActivity",
     "parent: 'plans/m/actions/a' activity_id: 't' activity { title: 'Training' kind: KIND_TRAINING start_date { year: "
     "2012 month: 1 day: 1 } participations { member: 'members/1' participant_count: 12 } participations { member: "
     "'members/2' participant_count: 8 } }");
  const std::string of_plan = absl::StrCat(kDay, "parameters { key: 'plan' value: 'plans/m' }");
  const api::FormulaResult seats = Compute("training-seats", of_plan);
  EXPECT_EQ(seats.value().value(), "12");
  EXPECT_EQ(seats.revisions_size(), 2) << "of the directory and of the plan";
  Do(*system_, "DeleteAction", "name: 'plans/m/actions/a'");
  EXPECT_FALSE(Compute("training-seats", of_plan).has_value()) << "what hangs on something deleted is not there";
}

TEST_F(FormulaManual, AnAdoptionCountsAtOnceAndOnlyOnceSomebodyHasToldOfOne) {
  for (const char* id : {"9001", "9004"}) {
    Do(*system_, "CreateWorkItem",
       absl::StrCat("parent: 'committees/1' work_item_id: '", id, "' work_item { title: 'Quality' deliverable: ",
                    "DELIVERABLE_INTERNATIONAL_STANDARD publication_date { year: 2008 month: 11 day: 15 } }"));
  }
  const api::FormulaResult nobody = Compute("uptake");
  EXPECT_FALSE(nobody.has_value()) << nobody.DebugString();
  EXPECT_EQ(nobody.expected_count(), 2);
  EXPECT_NE(nobody.no_data_reason(), "");
  const auto adoption =
      Do(*system_, "CreateAdoption",
         "parent: 'committees/1/workItems/9001' adoption_id: '2' adoption { member: 'members/2' reference: 'DIN EN ISO "
         "9001' degree: DEGREE_IDENTICAL adoption_date { year: 2008 month: 12 day: 1 } }")
          .As<member::v1::Adoption>();
  const api::FormulaResult one = Compute("uptake");
  EXPECT_EQ(one.value().value(), "50.0");
  EXPECT_EQ(one.explanation(),
            "1 of 2 International Standards in force; 1 of 2 members that may adopt have recorded any adoption");
  EXPECT_EQ(one.newest_time().seconds(), adoption.create_time().seconds());
  EXPECT_EQ(one.revisions_size(), 2) << "of the directory and of the work programme";
  EXPECT_EQ(Compute("adoptions-per-standard").value().value(), "0.50");
  EXPECT_FALSE(Compute("uptake", absl::StrCat(kDay, "parameters { key: 'groups' value: 'income-low' }")).has_value())
      << "nobody of them has told of any";
  Do(*system_, "UpdateAdoption",
     absl::StrCat("adoption { name: '", adoption.name(), "' withdrawal_date { year: 2012 month: 12 day: 31 } }"));
  EXPECT_EQ(Compute("uptake").value().value(), "0.0");
  EXPECT_EQ(Compute("uptake", "date { year: 2012 month: 12 day: 30 }").value().value(), "50.0");
  Do(*system_, "DeleteWorkItem", "name: 'committees/1/workItems/9001'");
  EXPECT_FALSE(Compute("uptake").has_value()) << "with the standard goes what is recorded of it";
}

TEST_F(FormulaManual, RefusesWhatCannotBeComputedAndSaysWhy) {
  EXPECT_THAT(Refused("name: 'formulas/nothing'"),
              HasReason(StatusCode::kNotFound, rpc_v1::ERROR_REASON_RESOURCE_NOT_FOUND));
  EXPECT_THAT(Refused("name: 'liaisons'"),
              HasReason(StatusCode::kInvalidArgument, rpc_v1::ERROR_REASON_INVALID_REQUEST));
  EXPECT_THAT(Refused("name: 'formulas/liaisons' date { year: 2150 month: 1 day: 1 }"),
              HasReason(StatusCode::kInvalidArgument, rpc_v1::ERROR_REASON_INVALID_REQUEST));
  EXPECT_THAT(Refused("name: 'formulas/liaisons' parameters { key: 'committee' value: 'committees/9' }"),
              HasReason(StatusCode::kNotFound, rpc_v1::ERROR_REASON_RESOURCE_NOT_FOUND));
  EXPECT_THAT(Refused("name: 'formulas/training-seats' parameters { key: 'plan' value: 'plans/none' }"),
              HasReason(StatusCode::kNotFound, rpc_v1::ERROR_REASON_RESOURCE_NOT_FOUND));
  const absl::Status all = Refused(
      "name: 'formulas/training-seats' date { year: 2012 month: 13 day: 1 } parameters { key: 'from' value: 'may' } "
      "parameters { key: 'x' value: '1' }");
  std::vector<std::string> fields;
  for (const auto& [field, description] : ViolationsOf(all)) fields.push_back(field);
  EXPECT_THAT(fields, ElementsAre("parameters.from", "parameters.plan", "parameters.x", "date"));
}

TEST_F(FormulaManual, SayOfMembersAndCommitteesWhatTheyDo) {
  const auto card = [&](const std::string& fields) {
    return Do(*system_, "GetPartyScorecard", absl::StrCat(fields, " ", kDay)).As<api::PartyScorecard>();
  };
  const api::PartyScorecard member = card("name: 'members/1/scorecard' plan: 'plans/m'");
  EXPECT_EQ(member.title(), "Body 1");
  ASSERT_EQ(member.figures(0).formula(), "formulas/member-committees");
  EXPECT_EQ(member.figures(0).value().value(), "1");
  EXPECT_EQ(member.revisions_size(), 2);
  EXPECT_EQ(card("name: 'members/1/secretariatScorecard'").figures(0).value().value(), "1");
  EXPECT_EQ(card("name: 'members/1/partnerScorecard'").figures(0).value().value(), "0");
  const api::PartyScorecard committee = card("name: 'committees/1/scorecard'");
  ASSERT_EQ(committee.figures(0).formula(), "formulas/participation-developing-share");
  EXPECT_EQ(committee.figures(0).value().value(), "100.0");
  const auto refused = [&](const std::string& fields) { return Ask(*system_, "GetPartyScorecard", fields).status; };
  EXPECT_THAT(refused("name: 'members/9/partnerScorecard'"),
              HasReason(StatusCode::kNotFound, rpc_v1::ERROR_REASON_RESOURCE_NOT_FOUND));
  EXPECT_THAT(refused("name: 'members/1/scorecard' plan: 'plans/none'"),
              HasReason(StatusCode::kNotFound, rpc_v1::ERROR_REASON_RESOURCE_NOT_FOUND));
  for (const char* fields :
       {"name: 'members/1/scorecard'", "name: 'plans/m/scorecard'", "name: 'committees/1/scorecard' plan: 'plans/m'"}) {
    EXPECT_THAT(refused(fields), HasReason(StatusCode::kInvalidArgument, rpc_v1::ERROR_REASON_INVALID_REQUEST))
        << fields;
  }
}

class RecordedValues : public FormulaManual {
 protected:
  void SetUp() override {
    FormulaManual::SetUp();
    Do(*system_, "ActivatePlan", "name: 'plans/m'");
    Do(*system_, "CreateIndicator",
       "parent: 'plans/m/objectives/o1' indicator_id: 'share' indicator { title: 'Share' code: 'share' unit: '%' "
       "direction: DIRECTION_INCREASE kind: KIND_STOCK frequency: FREQUENCY_YEARLY source: SOURCE_FORMULA formula { "
       "formula: 'formulas/secretariat-developing-share' } baseline { value { value: '0' } } targets { date { year: "
       "2015 month: 12 day: 31 } value { value: '100' } } }");
  }

  static std::vector<std::string> RecordingFlags(RunningSystem& system) {
    return {absl::StrCat("--objective=", system.service("objective").address()), "--record_interval=0.05"};
  }
  void StartRecording(int replica) {
    ASSERT_THAT(system_->service("reporting", replica).Restart(RecordingFlags(*system_)), IsOk());
    ASSERT_THAT(system_->service("reporting", replica).WaitUntilServing(), IsOk());
  }
  std::vector<objective::v1::Measurement> Measured() {
    const auto list = Do(*system_, "ListMeasurements", absl::StrCat("parent: '", kShareIndicator, "'"))
                          .As<objective::v1::ListMeasurementsResponse>();
    return {list.measurements().begin(), list.measurements().end()};
  }
  void WaitUntilMeasured(size_t count) {
    const absl::Time limit = absl::Now() + absl::Seconds(20);
    while (Measured().size() < count && absl::Now() < limit) absl::SleepFor(absl::Milliseconds(20));
    ASSERT_EQ(Measured().size(), count);
  }

  static constexpr char kShareIndicator[] = "plans/m/objectives/o1/indicators/share";
};

TEST_F(RecordedValues, AreDueOnceTheirPeriodsAreOver) {
  const auto due = Do(*system_, "ListDueFormulaValues", "parent: 'plans/m'").As<api::ListDueFormulaValuesResponse>();
  ASSERT_EQ(due.due_formula_values_size(), 5) << "2011 to 2015";
  EXPECT_EQ(due.due_formula_values(4).measurement_id(), "2015-e2026-1");
  EXPECT_EQ(due.due_formula_values(4).problem(), "");
  const auto second = Do(*system_, "ListDueFormulaValues", "parent: 'plans/m' order_by: 'end_date desc' page_size: 1")
                          .As<api::ListDueFormulaValuesResponse>();
  EXPECT_EQ(second.due_formula_values(0).measurement_id(), "2015-e2026-1");
}

TEST_F(RecordedValues, ComeFromTheServiceItselfAndOnce) {
  StartRecording(0);
  WaitUntilMeasured(5);
  const objective::v1::Measurement first = Measured()[0];
  EXPECT_EQ(first.status(), objective::v1::Measurement::STATUS_APPROVED);
  EXPECT_EQ(first.value().value(), "50") << "with no more digits than the indicator has";
  EXPECT_EQ(first.computation().formula(), "formulas/secretariat-developing-share");
  EXPECT_EQ(first.computation().counted_count(), 2);
  EXPECT_EQ(first.computation().expected_count(), 3);
  const auto due = Do(*system_, "ListDueFormulaValues", "parent: 'plans/m'").As<api::ListDueFormulaValuesResponse>();
  EXPECT_EQ(due.due_formula_values_size(), 0);
  const auto scores = Do(*system_, "ListIndicatorScores", absl::StrCat("parent: 'plans/m' ", kDay))
                          .As<api::ListIndicatorScoresResponse>();
  EXPECT_EQ(scores.indicator_scores(0).attainment().value(), 0.5);
  GiveSecretariat("3", "1");
  RunningService& reporting = system_->service("reporting");
  ASSERT_THAT(reporting.Restart(), IsOk());  // It looks again at once.
  ASSERT_THAT(reporting.WaitUntilServing(), IsOk());
  const auto told = Do(*system_, "ComputeFormula",
                       absl::StrCat("name: '", first.computation().formula(),
                                    "' date { year: 2011 month: 12 day: 31 } "
                                    "as_of { revisions { scope: 'directory' revision: ",
                                    first.computation().revisions(0).revision(), " } }"))
                        .As<api::FormulaResult>();
  EXPECT_EQ(told.value().value(), "50.0") << "what it was computed from can be asked for";
  EXPECT_EQ(Measured()[0].value().value(), "50") << "what is recorded stays";
}

TEST_F(RecordedValues, CannotBeTypedByPeople) {
  EXPECT_THAT(Ask(*system_, "CreateMeasurement",
                  absl::StrCat("parent: '", kShareIndicator, "' measurement_id: 'x' measurement { ", YearOf(2011),
                               "value { value: '1' } }"))
                  .status,
              HasReason(StatusCode::kFailedPrecondition, objective::v1::ERROR_REASON_INDICATOR_COMPUTED));
}

// Two replicas and all of them at once: of each period one value comes into force, whoever was first.
class RecordingReplicas : public RecordedValues {
 protected:
  SystemOptions Options() override {
    SystemOptions options;
    options.replicas = 2;
    return options;
  }
};

TEST_F(RecordingReplicas, RecordEachValueOnce) {
  for (int replica : {0, 1}) StartRecording(replica);
  WaitUntilMeasured(5);
  for (const objective::v1::Measurement& measurement : Measured()) {
    const auto history = Do(*system_, "ListResourceRevisions", absl::StrCat("name: '", measurement.name(), "'"))
                             .As<ledger::v1::ListResourceRevisionsResponse>();
    EXPECT_EQ(history.resource_revisions_size(), 1) << measurement.name();
  }
}

// What was told, and how to ask for the same again.
struct Told {
  std::string method;
  std::string fields;
  std::string bytes;
};

class PastReports : public FormulaManual {
 protected:
  Told Tell(const std::string& method, const std::string& fields) {
    Told told{method, absl::StrCat(fields, kDay), ""};
    const Answer answer = Do(*system_, method, told.fields);
    told.bytes = answer.bytes;
    // Whatever it is: its revisions are what it was made from.
    const auto revisions = method == "GetScorecard" ? answer.As<api::Scorecard>().revisions()
                                                    : answer.As<api::FormulaResult>().revisions();
    absl::StrAppend(&told.fields, "as_of { ");
    for (const auto& revision : revisions) {
      absl::StrAppend(&told.fields, "revisions { scope: '", revision.scope(), "' revision: ", revision.revision(),
                      " } ");
    }
    absl::StrAppend(&told.fields, "}");
    return told;
  }

  void TellAll() {
    CreateAction(*system_, "m", "a");
    told_ = {
        Tell("GetScorecard", "name: 'plans/m/scorecard' "),
        Tell("ComputeFormula", "name: 'formulas/secretariat-developing-share' "),
        Tell("ComputeFormula", "name: 'formulas/work-with-priority' parameters { key: 'plan' value: 'plans/m' } ")};
  }
  void WriteOn(const std::string& id) {
    CreateObjective(*system_, "m", absl::StrCat("o", id));
    CreateAction(*system_, "m", id);
    GiveSecretariat("3", id == "x" ? "1" : "2");
    Do(*system_, "CreateWorkItem",
       absl::StrCat("parent: 'committees/1' work_item_id: '", id,
                    "' work_item { title: 'Salt' stage: '30.20' priorities: 'plans/m/objectives/o1' }"));
  }
  void ExpectTheSame(const std::string& when) {
    for (const Told& told : told_) {
      EXPECT_EQ(Do(*system_, told.method, told.fields).bytes, told.bytes) << told.method << " " << when;
    }
  }
  void StartAgain() {
    ASSERT_THAT(system_->redis().Restart(), IsOk());
    for (RunningService* service : system_->all()) {
      ASSERT_THAT(service->Restart(), IsOk());
      ASSERT_THAT(service->WaitUntilServing(), IsOk());
    }
  }

  std::vector<Told> told_;
};

TEST_F(PastReports, AreTheSameByteForByteAfterLaterWritesARestartAndARestore) {
  TellAll();
  WriteOn("x");
  EXPECT_NE(Do(*system_, "ComputeFormula", absl::StrCat("name: 'formulas/secretariat-developing-share' ", kDay)).bytes,
            told_[1].bytes)
      << "the present has moved on";
  ExpectTheSame("after later writes");

  const std::filesystem::path log = std::filesystem::path(system_->redis().folder()) / "appendonlydir";
  const std::filesystem::path backup = std::filesystem::path(system_->folder()) / "backup";
  std::filesystem::copy(log, backup, std::filesystem::copy_options::recursive);
  WriteOn("y");
  system_->redis().Kill();
  StartAgain();
  ExpectTheSame("after a restart");

  system_->redis().Kill();
  std::filesystem::remove_all(log);
  std::filesystem::copy(backup, log, std::filesystem::copy_options::recursive);
  StartAgain();
  EXPECT_FALSE(Ask(*system_, "GetObjective", "name: 'plans/m/objectives/oy'").ok()) << "the backup is older";
  ExpectTheSame("after a restore");
}

}  // namespace
}  // namespace concord::testing
