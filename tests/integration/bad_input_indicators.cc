#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "concord/objective/v1/error_reason.pb.h"
#include "concord/rpc/v1/error_reason.pb.h"
#include "tests/integration/bad_input_cases.h"

namespace concord::testing {
namespace {

using absl::StatusCode;
namespace rpc_v1 = ::concord::rpc::v1;
namespace obj = ::concord::objective::v1;

constexpr char kO1[] = "plans/p/objectives/o1";
constexpr char kI1[] = "plans/p/objectives/o1/indicators/i1";
constexpr char kSum[] = "plans/p/objectives/o3/indicators/sum";

// A good new indicator, but for what comes after.
std::string New(const std::string& more, const std::string& objective = kO1) {
  return absl::StrCat("parent: '", objective, "' indicator_id: 'new' indicator { title: 'T' code: 'new' unit: 'seats' ",
                      "scale: 1 direction: DIRECTION_INCREASE kind: KIND_CUMULATIVE frequency: FREQUENCY_YEARLY ",
                      "source: SOURCE_PEOPLE ", more, "}");
}

std::string Change(const std::string& name, const std::string& more) {
  return absl::StrCat("indicator { name: '", name, "' ", more, " }");
}

std::string Named(const std::string& name) { return absl::StrCat("name: '", name, "'"); }

std::string RollUp(const std::string& method, const std::string& indicator, const std::string& more = "") {
  return absl::StrCat("roll_up { method: METHOD_", method, " inputs { indicator: '", indicator, "' ", more, " } } ");
}

std::string Target(int year, int day, const std::string& value) {
  return absl::StrCat("targets { date { year: ", year, " month: 12 day: ", day, " } value { value: '", value, "' } } ");
}

std::vector<Case> FieldCasesOfIndicators() {
  const std::string i = "indicator.";
  return {
      Invalid("CreateIndicator", "", {"parent", "indicator", "indicator_id"}),
      Invalid("CreateIndicator", absl::StrCat("parent: '", kO1, "' indicator_id: 'N' indicator { title: 'T' }"),
              {i + "code", i + "unit", i + "direction", i + "kind", i + "frequency", i + "source", "indicator_id"}),
      Invalid("CreateIndicator", absl::StrCat("parent: '", kO1, "' indicator_id: 'new' indicator { }"),
              {i + "title", i + "code", i + "unit", i + "direction", i + "kind", i + "frequency", i + "source"}),
      Invalid("GetIndicator", Named(kO1), {"name"}),
      Invalid("ListIndicators", "parent: 'plans/p'", {"parent"}),
      Invalid("DeleteIndicator", Named("indicators/i1"), {"name"}),
      Invalid("CreateIndicator", New("kind: 99"), {i + "kind"}),
      Invalid("CreateIndicator", New("source: 9"), {i + "source"}),
      Invalid("CreateIndicator", New("source: SOURCE_FORMULA"), {i + "formula"}),
      Invalid("CreateIndicator", New("formula { formula: 'liaisons' }"), {i + "formula", i + "formula.formula"}),
      Invalid("CreateIndicator", New("scale: 10 due_days: 367 reporter: 'Anna'"),
              {i + "scale", i + "reporter", i + "due_days"}),
      Invalid("CreateIndicator", New("baseline { date { year: 2010 } }"), {i + "baseline.value", i + "baseline.date"}),
      Invalid("CreateIndicator", New("baseline { value { value: '1e3' } }"), {i + "baseline.value"}),
      Invalid("CreateIndicator", New("baseline { value { value: '1.25' } }"), {i + "baseline.value"}),
      Invalid("CreateIndicator", New(Target(2012, 30, "1")), {i + "targets[0].date"}),
      Invalid("CreateIndicator", New(Target(2012, 31, "1") + Target(2012, 31, "1")), {i + "targets[1].date"}),
      Invalid("CreateIndicator", New(Target(2012, 31, "2") + Target(2013, 31, "1")), {i + "targets[1].value"}),
      Invalid("CreateIndicator", New("baseline { value { value: '3' } } " + Target(2012, 31, "2")),
              {i + "targets[0].value"}),
      Invalid("CreateIndicator", New("guard_rails { lower { value: '2' } upper { value: '1' } }"),
              {i + "guard_rails.upper"}),
      Invalid("CreateIndicator", New("roll_up { }"), {i + "roll_up.method", i + "roll_up.inputs"}),
      Invalid("CreateIndicator", New(RollUp("SUM", "plans/draft/objectives/o1/indicators/i1")),
              {i + "roll_up.inputs[0].indicator"}),
      Invalid("CreateIndicator", New(RollUp("SUM", kI1, "weight { value: '1' }")), {i + "roll_up.inputs[0].weight"}),
      Invalid("CreateIndicator", New(RollUp("WEIGHTED_MEAN", kI1, "weight { value: '0' }")),
              {i + "roll_up.inputs[0].weight"}),
      Invalid("CreateIndicator", New(RollUp("RATIO", kI1)), {i + "roll_up.inputs", i + "roll_up.inputs[0].role"}),
      Invalid("CreateIndicator", New("dimensions { key: 'Group' members: 'a' members: 'a' }"),
              {i + "dimensions[0].key", i + "dimensions[0].members[1]"}),
      Invalid("UpdateIndicator", Change(kI1, "uid: 'x' } update_mask { paths: 'uid'"), {"update_mask"}),
      Invalid("UpdateIndicator", Change(kI1, "baseline { value { value: '11' } } title: '\\001'"), {i + "title"}),
  };
}

std::vector<Case> RuleCasesOfIndicators() {
  const auto refused = StatusCode::kFailedPrecondition;
  return {
      Fails("GetIndicator", Named(absl::StrCat(kO1, "/indicators/none")), StatusCode::kNotFound,
            rpc_v1::ERROR_REASON_RESOURCE_NOT_FOUND),
      Fails("ListIndicators", "parent: 'plans/p/objectives/none'", StatusCode::kNotFound,
            rpc_v1::ERROR_REASON_RESOURCE_NOT_FOUND),
      Fails("CreateIndicator", New("", "plans/p/objectives/none"), StatusCode::kNotFound,
            rpc_v1::ERROR_REASON_RESOURCE_NOT_FOUND),
      Fails("CreateIndicator", New("", "plans/p/objectives/o2"), refused, rpc_v1::ERROR_REASON_RESOURCE_DELETED),
      Fails("CreateIndicator", absl::StrReplaceAll(New(""), {{"indicator_id: 'new'", "indicator_id: 'i1'"}}),
            StatusCode::kAlreadyExists, rpc_v1::ERROR_REASON_RESOURCE_ALREADY_EXISTS),
      Fails("CreateIndicator", New("code: 'sum'"), StatusCode::kAlreadyExists, rpc_v1::ERROR_REASON_VALUE_TAKEN),
      Fails("UndeleteIndicator", Named(kI1), refused, rpc_v1::ERROR_REASON_RESOURCE_NOT_DELETED),
      Fails("UpdateIndicator", Change(kI1, "etag: '$STALE_ETAG' title: 'T'"), StatusCode::kInvalidArgument,
            rpc_v1::ERROR_REASON_TOKEN_INVALID),
      Fails("CreateIndicator", New("", "plans/closed/objectives/o1"), refused, obj::ERROR_REASON_PLAN_CLOSED),
      Fails("UpdateIndicator", Change("plans/closed/objectives/o1/indicators/i1", "title: 'T'"), refused,
            obj::ERROR_REASON_PLAN_CLOSED),
      Fails("DeleteIndicator", Named("plans/closed/objectives/o1/indicators/i1"), refused,
            obj::ERROR_REASON_PLAN_CLOSED),
      Fails("CreateIndicator", New(RollUp("SUM", absl::StrCat(kO1, "/indicators/none"))), refused,
            obj::ERROR_REASON_REFERENCE_BROKEN),
      Fails("CreateIndicator", New("unit: 'courses' " + RollUp("SUM", kI1)), refused,
            obj::ERROR_REASON_ROLL_UP_MISMATCH),
      Fails("CreateIndicator", New("kind: KIND_FLOW " + RollUp("LAST", kI1)), refused,
            obj::ERROR_REASON_ROLL_UP_MISMATCH),
      Fails("CreateIndicator", New(RollUp("SUM", absl::StrCat(kO1, "/indicators/new"))), refused,
            obj::ERROR_REASON_ROLL_UP_CYCLE),
      Fails("UpdateIndicator", Change(kSum, RollUp("SUM", kSum)), refused, obj::ERROR_REASON_ROLL_UP_CYCLE),
      Fails("UpdateIndicator", Change(kI1, "unit: 'courses'"), refused, obj::ERROR_REASON_INDICATOR_MEASURED),
      Fails("UpdateIndicator", Change(kI1, "scale: 0 } update_mask { paths: 'scale'"), refused,
            obj::ERROR_REASON_INDICATOR_MEASURED),
      Fails("UpdateIndicator", Change(kI1, RollUp("SUM", kSum)), refused, obj::ERROR_REASON_INDICATOR_MEASURED),
      Fails("UpdateIndicator", Change(kI1, "baseline { value { value: '11' } }"), refused,
            obj::ERROR_REASON_CUMULATIVE_FALLS),
      Fails("DeleteIndicator", Named(kI1), refused, obj::ERROR_REASON_INDICATOR_IN_USE),
  };
}

}  // namespace

std::vector<Case> IndicatorCases() {
  std::vector<Case> cases = FieldCasesOfIndicators();
  for (Case& one : RuleCasesOfIndicators()) cases.push_back(std::move(one));
  return cases;
}

}  // namespace concord::testing
