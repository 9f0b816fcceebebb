// Formulas as the manual tells it: the real binaries, a real redis-server. What the member and the action services
// write, the reporting service counts at once; what it told once it tells for ever.
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
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
    auto system = RunningSystem::Start();
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
