// The life of indicators and measurements as the manual tells it: the real binary, a real redis-server, every method.
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/aip/date.h"
#include "concord/ledger/v1/ledger_service.pb.h"
#include "concord/objective/v1/error_reason.pb.h"
#include "concord/objective/v1/indicator_service.pb.h"
#include "concord/objective/v1/measurement_service.pb.h"
#include "concord/objective/v1/objective_service.pb.h"
#include "concord/rpc/v1/error_reason.pb.h"
#include "gmock/gmock.h"
#include "tests/integration/small_plan.h"
#include "tests/support/status_matchers.h"

namespace concord::testing {
namespace {

using absl::StatusCode;
using objective::v1::Indicator;
using objective::v1::Measurement;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
namespace api = ::concord::objective::v1;
namespace rpc_v1 = ::concord::rpc::v1;

constexpr char kObjective[] = "plans/m/objectives/o1";
constexpr char kSeats[] = "plans/m/objectives/o1/indicators/seats";
constexpr char kEvidence[] = "evidence { title: 'Minutes' uri: 'https://example.org/minutes' } ";

std::string NameOf(const std::string& id) { return absl::StrCat(kSeats, "/measurements/", id); }
std::string Named(const std::string& name) { return absl::StrCat("name: '", name, "' "); }

class ObjectiveManual : public ::testing::Test {
 protected:
  void SetUp() override {
    auto system = RunningSystem::Start({.services = {"objective"}, .replicas = 1, .flags = {}});
    ASSERT_THAT(system.status(), IsOk());
    system_ = *std::move(system);
    CreatePlan(*system_, "m");
    CreateObjective(*system_, "m", "o1");
    CreateObjective(*system_, "m", "o2");
    CreateIndicator(*system_, kObjective, "seats",
                    "baseline { value { value: '0' } } dimensions { key: 'group' members: 'ldc' members: 'other' } ");
  }

  Answer Ask(const std::string& method, const std::string& fields) {
    return concord::testing::Ask(*system_, method, fields);
  }
  template <typename Response>
  Response Get(const std::string& method, const std::string& fields) {
    return Do(*system_, method, fields).As<Response>();
  }

  Measurement Create(const std::string& id, int year, const std::string& more) {
    return Get<Measurement>("CreateMeasurement", absl::StrCat("parent: '", kSeats, "' measurement_id: '", id,
                                                              "' measurement { ", YearOf(year), more, " }"));
  }
  Measurement Move(const std::string& method, const std::string& id, const std::string& more = "") {
    return Get<Measurement>(method, Named(NameOf(id)) + more);
  }
  // From the draft into force.
  Measurement PutInForce(const std::string& id, int year, const std::string& value, const std::string& more = "") {
    Create(id, year, absl::StrCat("value { value: '", value, "' } ", kEvidence, more));
    Move("SubmitMeasurement", id);
    return Move("ApproveMeasurement", id);
  }
  void ExpectRefused(const std::string& method, const std::string& fields, api::ErrorReason reason) {
    EXPECT_THAT(Ask(method, fields).status, HasReason(StatusCode::kFailedPrecondition, reason))
        << method << " " << fields;
  }
  // The ids of a list.
  std::vector<std::string> Listed(const std::string& method, const std::string& fields) {
    const Answer answer = Do(*system_, method, fields);
    std::vector<std::string> ids;
    if (method == "ListIndicators") {
      const auto page = answer.As<api::ListIndicatorsResponse>();
      for (const auto& row : page.indicators()) ids.push_back(row.code());
    } else {
      const auto page = answer.As<api::ListMeasurementsResponse>();
      for (const auto& row : page.measurements()) ids.push_back(row.name().substr(row.name().rfind('/') + 1));
    }
    return ids;
  }

  std::unique_ptr<RunningSystem> system_;
};

TEST_F(ObjectiveManual, AnIndicatorIsCreatedChangedDeletedAndBroughtBack) {
  const auto created = Get<Indicator>("GetIndicator", Named(kSeats));
  EXPECT_EQ(created.code(), "seats");
  EXPECT_FALSE(created.uid().empty());
  EXPECT_EQ(created.baseline().value().value(), "0") << "zero is a value";

  const auto changed = Get<Indicator>(
      "UpdateIndicator", absl::StrCat("indicator { ", Named(kSeats), "etag: '", created.etag(),
                                      "' targets { date { year: 2015 month: 12 day: 31 } value { value: '500' } } }"));
  EXPECT_EQ(changed.targets(0).value().value(), "500");
  EXPECT_EQ(changed.unit(), "seats") << "what is not sent stays";
  EXPECT_THAT(
      Ask("UpdateIndicator", absl::StrCat("indicator { ", Named(kSeats), "title: 'T' etag: '", created.etag(), "' }"))
          .status,
      HasReason(StatusCode::kAborted, rpc_v1::ERROR_REASON_ETAG_MISMATCH));

  EXPECT_TRUE(Get<Indicator>("DeleteIndicator", Named(kSeats)).has_delete_time());
  EXPECT_THAT(Listed("ListIndicators", absl::StrCat("parent: '", kObjective, "'")), IsEmpty());
  EXPECT_THAT(Listed("ListIndicators", absl::StrCat("parent: '", kObjective, "' show_deleted: true")),
              ElementsAre("seats"));
  EXPECT_THAT(Ask("UpdateIndicator", absl::StrCat("indicator { ", Named(kSeats), "title: 'T' }")).status,
              HasReason(StatusCode::kFailedPrecondition, rpc_v1::ERROR_REASON_RESOURCE_DELETED));
  EXPECT_FALSE(Get<Indicator>("UndeleteIndicator", Named(kSeats)).has_delete_time());
  EXPECT_THAT(Listed("ListIndicators", absl::StrCat("parent: '", kObjective, "'")), ElementsAre("seats"));
}

TEST_F(ObjectiveManual, SeveralIndicatorsAreCreatedAtOnceAndFoundAgain) {
  const auto part = [](const std::string& objective, const std::string& id, const std::string& more) {
    return absl::StrCat("requests { parent: 'plans/m/objectives/", objective, "' indicator_id: '", id,
                        "' indicator { title: 'T' code: '", id, "' unit: 'seats' direction: DIRECTION_INCREASE ",
                        "kind: KIND_CUMULATIVE frequency: FREQUENCY_YEARLY source: SOURCE_PEOPLE ", more, " } } ");
  };
  const auto created = Get<api::BatchCreateIndicatorsResponse>(
      "BatchCreateIndicators",
      absl::StrCat("parent: 'plans/m/objectives/-' ", part("o1", "a", "scale: 3"), part("o2", "b", ""),
                   part("o2", "c",
                        "roll_up { method: METHOD_SUM inputs { indicator: "
                        "'plans/m/objectives/o1/indicators/a' } }")));
  EXPECT_EQ(created.indicators_size(), 3) << "the third is computed from the first, which came with it";
  const std::string all = "parent: 'plans/m/objectives/-' ";
  EXPECT_THAT(Listed("ListIndicators", all), ElementsAre("a", "seats", "b", "c"));
  EXPECT_THAT(Listed("ListIndicators", all + "filter: 'scale > 0' order_by: 'scale desc'"), ElementsAre("a", "seats"));
  EXPECT_THAT(Listed("ListIndicators", all + "filter: 'roll_up.method = METHOD_SUM'"), ElementsAre("c"));
}

TEST_F(ObjectiveManual, AMeasurementGoesFromDraftToForce) {
  const Measurement draft = Create("m11", 2011, "");
  EXPECT_EQ(draft.status(), Measurement::STATUS_DRAFT);
  ExpectRefused("SubmitMeasurement", Named(NameOf("m11")), api::ERROR_REASON_RESULT_MISSING);
  Get<Measurement>("UpdateMeasurement", absl::StrCat("measurement { ", Named(draft.name()), "value { value: '0' } }"));
  ExpectRefused("SubmitMeasurement", Named(NameOf("m11")), api::ERROR_REASON_EVIDENCE_MISSING);
  Get<Measurement>("UpdateMeasurement", absl::StrCat("measurement { ", Named(draft.name()), kEvidence, "}"));
  EXPECT_EQ(Move("SubmitMeasurement", "m11").status(), Measurement::STATUS_SUBMITTED);

  const Measurement returned = Move("ReturnMeasurement", "m11", "reason: 'Which courses?'");
  EXPECT_EQ(returned.status(), Measurement::STATUS_RETURNED);
  EXPECT_EQ(returned.return_reason(), "Which courses?");
  Get<Measurement>("UpdateMeasurement", absl::StrCat("measurement { ", Named(draft.name()), "note: 'All.' }"));
  EXPECT_EQ(Move("SubmitMeasurement", "m11").return_reason(), "");
  const Measurement approved = Move("ApproveMeasurement", "m11", "reason: 'seen'");
  EXPECT_EQ(approved.status(), Measurement::STATUS_APPROVED);
  EXPECT_EQ(approved.value().value(), "0") << "a measured zero is a value";
  EXPECT_EQ(Get<Measurement>("GetMeasurement", Named(NameOf("m11"))).SerializeAsString(), approved.SerializeAsString());
  ExpectRefused("UpdateMeasurement", absl::StrCat("measurement { ", Named(draft.name()), "note: 'N' }"),
                api::ERROR_REASON_WRONG_MEASUREMENT_STATUS);
}

TEST_F(ObjectiveManual, ACorrectionTakesThePlaceInOneCommit) {
  PutInForce("first", 2012, "10");
  Create("second", 2012, absl::StrCat("value { value: '12.5' } ", kEvidence));
  Move("SubmitMeasurement", "second");
  ExpectRefused("ApproveMeasurement", Named(NameOf("second")), api::ERROR_REASON_MEASUREMENT_IN_FORCE);
  Move("ReturnMeasurement", "second", "reason: 'Say what it corrects.'");
  Get<Measurement>("UpdateMeasurement",
                   absl::StrCat("measurement { ", Named(NameOf("second")), "supersedes: '", NameOf("first"), "' }"));
  Move("SubmitMeasurement", "second");
  const Measurement approved = Move("ApproveMeasurement", "second");
  const auto superseded = Get<Measurement>("GetMeasurement", Named(NameOf("first")));
  EXPECT_EQ(superseded.status(), Measurement::STATUS_SUPERSEDED);
  EXPECT_EQ(superseded.superseded_by(), NameOf("second"));
  EXPECT_EQ(superseded.value().value(), "10") << "nothing is overwritten";
  EXPECT_EQ(superseded.update_time().SerializeAsString(), approved.update_time().SerializeAsString())
      << "both in one commit";
  const std::string parent = absl::StrCat("parent: '", kSeats, "' ");
  EXPECT_THAT(Listed("ListMeasurements", parent + "filter: 'status = STATUS_APPROVED'"), ElementsAre("second"));
  const auto history = Get<ledger::v1::ListResourceRevisionsResponse>("ListResourceRevisions", Named(NameOf("first")));
  EXPECT_EQ(history.resource_revisions(0).method(), "concord.objective.v1.MeasurementService/ApproveMeasurement");
}

TEST_F(ObjectiveManual, WhatHasComeSoFarNeverFalls) {
  PutInForce("m12", 2012, "10");
  PutInForce("m11", 2011, "7");
  PutInForce("ldc12", 2012, "2", "dimensions { key: 'group' value: 'ldc' } ");
  Create("m13", 2013, absl::StrCat("value { value: '9' } ", kEvidence));
  ExpectRefused("SubmitMeasurement", Named(NameOf("m13")), api::ERROR_REASON_CUMULATIVE_FALLS);
  Create("none", 2013, "no_data { reason: 'The register was closed.' }");
  Move("SubmitMeasurement", "none");
  EXPECT_EQ(Move("ApproveMeasurement", "none").status(), Measurement::STATUS_APPROVED);
  EXPECT_EQ(PutInForce("m14", 2014, "10").status(), Measurement::STATUS_APPROVED);
  ExpectRefused("UpdateIndicator", absl::StrCat("indicator { ", Named(kSeats), "baseline { value { value: '8' } } }"),
                api::ERROR_REASON_CUMULATIVE_FALLS);
}

TEST_F(ObjectiveManual, MeasurementsAreOfWholePeriodsThatHaveBegun) {
  // The period of the plan ends with 2015; a plan that runs on has periods that have not begun.
  Do(*system_, "UpdatePlan",
     "plan { name: 'plans/m' period { start_date { year: 2011 month: 1 day: 1 } end_date { year: 2200 month: 12 day: "
     "31 } } }");
  const int this_year = static_cast<int>(aip::DayOf(absl::Now()).year());
  EXPECT_EQ(Create("now", this_year, "no_data { reason: 'R' }").status(), Measurement::STATUS_DRAFT);
  if (static_cast<int>(aip::DayOf(absl::Now()).year()) == this_year) {
    ExpectRefused("SubmitMeasurement", Named(NameOf("now")), api::ERROR_REASON_PERIOD_NOT_OVER);
  }
  const auto create = [](const std::string& period) {
    return absl::StrCat("parent: '", kSeats, "' measurement_id: 'x' measurement { ", period, " }");
  };
  ExpectRefused("CreateMeasurement", create(YearOf(this_year + 2)), api::ERROR_REASON_PERIOD_UNKNOWN);
  ExpectRefused("CreateMeasurement", create(YearOf(2010)), api::ERROR_REASON_PERIOD_UNKNOWN);
  const Answer half =
      Ask("CreateMeasurement",
          create("period { start_date { year: 2012 month: 4 day: 1 } end_date { year: 2012 month: 6 day: 30 } }"));
  EXPECT_EQ(MetadataOf(half.status, "nearest"), "2012-01-01/2012-12-31");
}

TEST_F(ObjectiveManual, AMistakenMeasurementGoesAndFixesNothingAnyMore) {
  const std::string monthly = absl::StrCat("indicator { ", Named(kSeats), "frequency: FREQUENCY_MONTHLY }");
  Create("wrong", 2011, "no_data { reason: 'R' }");
  ExpectRefused("UpdateIndicator", monthly, api::ERROR_REASON_INDICATOR_MEASURED);
  EXPECT_TRUE(Move("DeleteMeasurement", "wrong", "reason: 'of another indicator'").has_delete_time());
  const std::string parent = absl::StrCat("parent: '", kSeats, "' ");
  EXPECT_THAT(Listed("ListMeasurements", parent), IsEmpty());
  EXPECT_THAT(Listed("ListMeasurements", parent + "show_deleted: true"), ElementsAre("wrong"));
  EXPECT_THAT(Ask("SubmitMeasurement", Named(NameOf("wrong"))).status,
              HasReason(StatusCode::kFailedPrecondition, rpc_v1::ERROR_REASON_RESOURCE_DELETED));
  Do(*system_, "UpdateIndicator", monthly);
  ExpectRefused("UndeleteMeasurement", Named(NameOf("wrong")), api::ERROR_REASON_PERIOD_UNKNOWN);
  Do(*system_, "UpdateIndicator", absl::StrCat("indicator { ", Named(kSeats), "frequency: FREQUENCY_YEARLY }"));
  EXPECT_EQ(Move("UndeleteMeasurement", "wrong").status(), Measurement::STATUS_DRAFT);

  PutInForce("right", 2012, "3");
  ExpectRefused("DeleteMeasurement", Named(NameOf("right")), api::ERROR_REASON_MEASUREMENT_APPROVED);
}

TEST_F(ObjectiveManual, APlanLeavesNothingMeasuredBehind) {
  PutInForce("m11", 2011, "3");
  const std::string from_2012 =
      "plan { name: 'plans/m' period { start_date { year: 2012 month: 1 day: 1 } end_date { year: 2015 month: 12 day: "
      "31 } } }";
  ExpectRefused("UpdatePlan", from_2012, api::ERROR_REASON_PERIOD_BREAKS_MEASUREMENT);
  Do(*system_, "DeleteIndicator", Named(kSeats));
  Do(*system_, "UpdatePlan", from_2012);
  ExpectRefused("UndeleteIndicator", Named(kSeats), api::ERROR_REASON_PERIOD_BREAKS_MEASUREMENT);
}

TEST_F(ObjectiveManual, ManyMeasurementsAreLoadedAtOnce) {
  std::string batch = absl::StrCat("parent: '", kSeats, "' ");
  for (int year = 2011; year <= 2015; ++year) {
    absl::StrAppend(&batch, "requests { parent: '", kSeats, "' measurement_id: 'y", year, "' measurement { ",
                    YearOf(year), "value { value: '", year - 2011, "' } ", kEvidence, "} } ");
  }
  const auto created = Get<api::BatchCreateMeasurementsResponse>("BatchCreateMeasurements", batch);
  EXPECT_EQ(created.measurements_size(), 5);
  EXPECT_EQ(created.measurements(0).value().value(), "0");
  const std::string all = "parent: 'plans/m/objectives/-/indicators/-' ";
  EXPECT_THAT(Listed("ListMeasurements", all + "filter: 'value > 2' order_by: 'period.start_date desc'"),
              ElementsAre("y2015", "y2014"));
}

TEST_F(ObjectiveManual, WhatIsUnderADeletedObjectiveIsHiddenWithIt) {
  Create("m11", 2011, "");
  Do(*system_, "DeleteObjective", Named(kObjective));
  EXPECT_THAT(Listed("ListIndicators", "parent: 'plans/m/objectives/-'"), IsEmpty());
  EXPECT_THAT(Ask("SubmitMeasurement", Named(NameOf("m11"))).status,
              HasReason(StatusCode::kFailedPrecondition, rpc_v1::ERROR_REASON_RESOURCE_DELETED));
  Do(*system_, "UndeleteObjective", Named(kObjective));
  EXPECT_THAT(Listed("ListIndicators", "parent: 'plans/m/objectives/-'"), ElementsAre("seats"));
}

TEST_F(ObjectiveManual, AnObjectiveStaysWhileOthersAreComputedFromItsIndicators) {
  CreateIndicator(*system_, "plans/m/objectives/o2", "total",
                  absl::StrCat("roll_up { method: METHOD_SUM inputs { indicator: '", kSeats, "' } } "));
  ExpectRefused("DeleteObjective", Named(kObjective), api::ERROR_REASON_INDICATOR_IN_USE);
  ExpectRefused("DeleteIndicator", Named(kSeats), api::ERROR_REASON_INDICATOR_IN_USE);
  Do(*system_, "DeleteObjective", Named("plans/m/objectives/o2"));
  Do(*system_, "DeleteIndicator", Named(kSeats));
  ExpectRefused("UndeleteObjective", Named("plans/m/objectives/o2"), api::ERROR_REASON_REFERENCE_BROKEN);
}

TEST_F(ObjectiveManual, NothingChangesUnderAPlanThatIsOver) {
  Create("m11", 2011, "no_data { reason: 'R' }");
  Do(*system_, "ActivatePlan", Named("plans/m"));
  Do(*system_, "ClosePlan", Named("plans/m"));
  ExpectRefused("SubmitMeasurement", Named(NameOf("m11")), api::ERROR_REASON_PLAN_CLOSED);
  ExpectRefused("UpdateIndicator", absl::StrCat("indicator { ", Named(kSeats), "title: 'T' }"),
                api::ERROR_REASON_PLAN_CLOSED);
  ExpectRefused("DeleteIndicator", Named(kSeats), api::ERROR_REASON_PLAN_CLOSED);
}

}  // namespace
}  // namespace concord::testing
