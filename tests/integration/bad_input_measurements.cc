#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "concord/objective/v1/error_reason.pb.h"
#include "concord/rpc/v1/error_reason.pb.h"
#include "tests/integration/bad_input_cases.h"
#include "tests/integration/small_plan.h"

namespace concord::testing {
namespace {

using absl::StatusCode;
namespace rpc_v1 = ::concord::rpc::v1;
namespace obj = ::concord::objective::v1;

constexpr char kI1[] = "plans/p/objectives/o1/indicators/i1";

std::string NameOf(const std::string& id) { return absl::StrCat(kI1, "/measurements/", id); }
std::string Named(const std::string& id) { return absl::StrCat("name: '", NameOf(id), "' "); }

// A good new measurement for 2015, but for what comes after.
std::string New(const std::string& more, const std::string& indicator = kI1) {
  return absl::StrCat("parent: '", indicator, "' measurement_id: 'new' measurement { ", YearOf(2015), more, " }");
}
std::string Change(const std::string& id, const std::string& more) {
  return absl::StrCat("measurement { ", Named(id), more, " }");
}

}  // namespace

std::vector<Case> MeasurementCases() {
  const auto refused = StatusCode::kFailedPrecondition;
  const std::string m = "measurement.";
  const std::string no_period = absl::StrCat("parent: '", kI1, "' measurement_id: 'new' measurement { ");
  return {
      Invalid("CreateMeasurement", "", {"parent", "measurement", "measurement_id"}),
      Invalid("CreateMeasurement", no_period + "}", {m + "period"}),
      Invalid("CreateMeasurement",
              no_period + "period { start_date { year: 2012 month: 2 day: 30 } end_date { year: 1 } } }",
              {m + "period.start_date", m + "period.end_date"}),
      Invalid("GetMeasurement", absl::StrCat("name: '", kI1, "'"), {"name"}),
      Invalid("ListMeasurements", "parent: 'plans/p/objectives/o1'", {"parent"}),
      Invalid("CreateMeasurement", New("value { }"), {m + "value"}),
      Invalid("CreateMeasurement", New("value { value: '1,5' }"), {m + "value"}),
      Invalid("CreateMeasurement", New("value { value: '1.25' }"), {m + "value"}),
      Invalid("CreateMeasurement", New("no_data { }"), {m + "no_data.reason"}),
      Invalid("CreateMeasurement", New("evidence { title: 'T' uri: 'file:///x' }"), {m + "evidence[0].uri"}),
      Invalid("CreateMeasurement", New("dimensions { key: 'colour' value: 'red' }"), {m + "dimensions[\"colour\"]"}),
      Invalid("CreateMeasurement", New("dimensions { key: 'group' value: 'rich' }"), {m + "dimensions[\"group\"]"}),
      Invalid("CreateMeasurement", New("supersedes: 'plans/p/objectives/o1/indicators/bare/measurements/m11'"),
              {m + "supersedes"}),
      Invalid("ReturnMeasurement", Named("m12"), {"reason"}),
      Invalid("ReturnMeasurement", Named("m12") + "reason: ' '", {"reason"}),
      Invalid("ReturnMeasurement", Named("m12") + absl::StrCat("reason: '", std::string(1'001, 'r'), "'"), {"reason"}),
      Invalid("UpdateMeasurement", Change("open", "status: STATUS_APPROVED } update_mask { paths: 'status'"),
              {"update_mask"}),
      Invalid("RecordMeasurement", New(absl::StrCat("value { value: '1' } supersedes: '", NameOf("m11"), "'")),
              {m + "supersedes", m + "computation"}),
      Invalid("CreateMeasurement", New("computation { formula: 'formulas/liaisons' formula_edition: '2026-1' }"),
              {m + "computation"}),
      Fails("RecordMeasurement",
            New("value { value: '1' } computation { formula: 'formulas/liaisons' formula_edition: '2026-1' }"), refused,
            obj::ERROR_REASON_INDICATOR_WITHOUT_FORMULA),
      Fails("GetMeasurement", Named("none"), StatusCode::kNotFound, rpc_v1::ERROR_REASON_RESOURCE_NOT_FOUND),
      Fails("CreateMeasurement", New("", "plans/p/objectives/o1/indicators/none"), StatusCode::kNotFound,
            rpc_v1::ERROR_REASON_RESOURCE_NOT_FOUND),
      Fails("CreateMeasurement", absl::StrReplaceAll(New(""), {{"measurement_id: 'new'", "measurement_id: 'm11'"}}),
            StatusCode::kAlreadyExists, rpc_v1::ERROR_REASON_RESOURCE_ALREADY_EXISTS),
      Fails("ApproveMeasurement", Named("m12") + "etag: '$ETAG_OF_B'", StatusCode::kInvalidArgument,
            rpc_v1::ERROR_REASON_TOKEN_INVALID),
      Fails("CreateMeasurement", New("", "plans/closed/objectives/o1/indicators/i1"), refused,
            obj::ERROR_REASON_PLAN_CLOSED),
      Fails("CreateMeasurement", New("", "plans/p/objectives/o3/indicators/sum"), refused,
            obj::ERROR_REASON_INDICATOR_COMPUTED),
      Fails("CreateMeasurement", no_period + YearOf(2016) + "}", refused, obj::ERROR_REASON_PERIOD_UNKNOWN),
      Fails(
          "CreateMeasurement",
          no_period + "period { start_date { year: 2012 month: 1 day: 1 } end_date { year: 2012 month: 6 day: 30 } } }",
          refused, obj::ERROR_REASON_PERIOD_UNKNOWN),
      Fails("CreateMeasurement", New(absl::StrCat("supersedes: '", NameOf("m11"), "'")), refused,
            obj::ERROR_REASON_REFERENCE_BROKEN),
      Fails("UpdateMeasurement", Change("m11", "note: 'N'"), refused, obj::ERROR_REASON_WRONG_MEASUREMENT_STATUS),
      Fails("UpdateMeasurement", Change("m12", "note: 'N'"), refused, obj::ERROR_REASON_WRONG_MEASUREMENT_STATUS),
      Fails("SubmitMeasurement", Named("m12"), refused, obj::ERROR_REASON_WRONG_MEASUREMENT_STATUS),
      Fails("ApproveMeasurement", Named("open"), refused, obj::ERROR_REASON_WRONG_MEASUREMENT_STATUS),
      Fails("ReturnMeasurement", Named("m11") + "reason: 'R'", refused, obj::ERROR_REASON_WRONG_MEASUREMENT_STATUS),
      Fails("SubmitMeasurement", Named("open"), refused, obj::ERROR_REASON_RESULT_MISSING),
      Fails("SubmitMeasurement", Named("bold"), refused, obj::ERROR_REASON_EVIDENCE_MISSING),
      Fails("SubmitMeasurement", Named("low"), refused, obj::ERROR_REASON_CUMULATIVE_FALLS),
      Fails("DeleteMeasurement", Named("m11"), refused, obj::ERROR_REASON_MEASUREMENT_APPROVED),
      Fails("ApproveMeasurement", Named("again"), refused, obj::ERROR_REASON_MEASUREMENT_IN_FORCE),
  };
}

}  // namespace concord::testing
