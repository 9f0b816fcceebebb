#include "tests/integration/bad_input_cases.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "concord/action/v1/error_reason.pb.h"
#include "concord/objective/v1/error_reason.pb.h"
#include "concord/rpc/v1/error_reason.pb.h"

namespace concord::testing {
namespace {

using absl::StatusCode;
namespace rpc_v1 = ::concord::rpc::v1;
namespace act = ::concord::action::v1;
namespace obj = ::concord::objective::v1;

const Reason kInvalid = rpc_v1::ERROR_REASON_INVALID_REQUEST;

constexpr char kLink[] = "objective_links { objective: 'plans/p/objectives/o1' kind: KIND_CONTRIBUTES } ";

// A request to create plans/p/actions/new with these fields instead of, or besides, good ones.
std::string NewAction(const std::string& action, const std::string& more = "") {
  return absl::StrCat("parent: 'plans/p' action_id: 'new' action { ", action, " } ", more);
}
std::string GoodAction(const std::string& more) {
  return NewAction(absl::StrCat("title: 'T' code: 'N' ", kLink, more));
}

std::string Repeat(const std::string& text, int count) {
  std::string all;
  for (int i = 0; i < count; ++i) absl::StrAppend(&all, absl::StrReplaceAll(text, {{"#", absl::StrCat(i)}}));
  return all;
}

}  // namespace

Case Invalid(std::string method, std::string fields, std::vector<std::string> violations) {
  return {std::move(method), std::move(fields), StatusCode::kInvalidArgument, kInvalid, std::move(violations)};
}

Case Fails(std::string method, std::string fields, StatusCode code, Reason reason) {
  return {std::move(method), std::move(fields), code, std::move(reason)};
}

std::vector<Case> NameCases() {
  const std::string name = "name";
  return {
      Invalid("GetAction", "", {name}),
      Invalid("GetAction", "name: 'plans/p/actions/A'", {name}),
      Invalid("GetAction", "name: 'plans/p/actions/'", {name}),
      Invalid("GetAction", "name: 'plans/p/actions/a/'", {name}),
      Invalid("GetAction", "name: '/plans/p/actions/a'", {name}),
      Invalid("GetAction", "name: 'plans/../actions/a'", {name}),
      Invalid("GetAction", "name: 'plans/p/actions/..'", {name}),
      Invalid("GetAction", "name: 'plans/p/objectives/o1'", {name}),
      Invalid("GetAction", "name: 'plans/-/actions/a'", {name}),
      Invalid("GetAction", "name: 'plans/p/actions/a b'", {name}),
      Invalid("GetAction", "name: 'plans/p/actions/a\\n'", {name}),
      Invalid("GetAction", "name: 'plans/p/actions/\\000'", {name}),
      Invalid("GetAction", "name: 'plans/p/actions/\303\251'", {name}),
      Invalid("GetAction", absl::StrCat("name: 'plans/p/actions/", std::string(64, 'a'), "'"), {name}),
      Invalid("GetAction", absl::StrCat("name: 'plans/p/actions/", std::string(100'000, 'a'), "'"), {name}),
      Invalid("GetPlan", "name: 'catalog'", {name}),
      Invalid("GetScorecard", "name: 'plans/p'", {name}),
      Invalid("ListActions", "parent: 'plans'", {"parent"}),
      Invalid("ListActionScores", "parent: 'plans/p/actions/a'", {"parent"}),
      Invalid("ListActionForecasts", "parent: 'plans/p/actions/a'", {"parent"}),
      Invalid("ListIndicatorForecasts", "parent: 'plans/p/objectives/o1'", {"parent"}),
      Invalid("ListResourceRevisions", "name: 'members/iso'", {name}),
      Invalid("CreateAction", "parent: 'plans/P' action_id: '-x-' action { title: 'T' }",
              {"parent", "action.code", "action.objective_links", "action_id"}),
      Invalid("CreateAction", "parent: 'plans/p' action_id: 'A' action { }",
              {"action.title", "action.code", "action.objective_links", "action_id"}),
      Invalid("CreateAction",
              absl::StrCat("parent: 'plans/P' action_id: 'n' action { title: ' ' code: 'N' ", kLink,
                           "dependencies: 'plans/closed/actions/a' } request_id: 'a b'"),
              {"parent", "action.title", "request_id"}),
      Invalid("CreatePlan", "plan_id: 'a/b' plan { title: 'T' }", {"plan.organization", "plan.period", "plan_id"}),
      Invalid("UpdateAction", "action { title: 'T' }", {"action.name"}),
      Invalid("StartAction", "name: 'plans/p'", {name}),
      Fails("GetAction", "name: 'plans/p/actions/none'", StatusCode::kNotFound,
            rpc_v1::ERROR_REASON_RESOURCE_NOT_FOUND),
      Fails("GetAction", "name: 'plans/none/actions/a'", StatusCode::kNotFound,
            rpc_v1::ERROR_REASON_RESOURCE_NOT_FOUND),
      Fails("ListActions", "parent: 'plans/none'", StatusCode::kNotFound, rpc_v1::ERROR_REASON_RESOURCE_NOT_FOUND),
      Fails("GetScorecard", "name: 'plans/none/scorecard'", StatusCode::kNotFound,
            rpc_v1::ERROR_REASON_RESOURCE_NOT_FOUND),
      Fails("ListResourceRevisions", "name: 'plans/p/actions/none'", StatusCode::kNotFound,
            rpc_v1::ERROR_REASON_RESOURCE_NOT_FOUND),
      Fails("UpdateAction", "action { name: 'plans/p/actions/none' title: 'T' }", StatusCode::kNotFound,
            rpc_v1::ERROR_REASON_RESOURCE_NOT_FOUND),
      Fails("CreateAction",
            absl::StrCat("parent: 'plans/none' action_id: 'n' action { title: 'T' code: 'N' ",
                         "objective_links { objective: 'plans/none/objectives/o' kind: KIND_SUPPORTS } }"),
            StatusCode::kNotFound, rpc_v1::ERROR_REASON_RESOURCE_NOT_FOUND),
  };
}

std::vector<Case> FieldCases() {
  const std::string title = "action.title";
  return {
      Invalid("CreateAction", "", {"parent", "action", "action_id"}),
      Invalid("CreatePlan", "", {"plan", "plan_id"}),
      Invalid("CreateAction", NewAction(""), {title, "action.code", "action.objective_links"}),
      Invalid("CreateAction", NewAction(absl::StrCat("title: '  ' code: 'N' ", kLink)), {title}),
      Invalid("CreateAction", NewAction(absl::StrCat("title: 'a\\001b' code: 'N' ", kLink)), {title}),
      Invalid("CreateAction", NewAction(absl::StrCat("title: '", std::string(201, 'x'), "' code: 'N' ", kLink)),
              {title}),
      Invalid("CreateAction", NewAction(absl::StrCat("title: 'T' code: 'a b' ", kLink)), {"action.code"}),
      Invalid("CreateAction", NewAction(absl::StrCat("title: 'T' code: '", std::string(21, '1'), "' ", kLink)),
              {"action.code"}),
      Invalid("CreateAction", GoodAction("labels { key: 'Key' value: 'v' }"), {"action.labels"}),
      Invalid("CreateAction", GoodAction(absl::StrCat("labels { key: 'k' value: '", std::string(64, 'v'), "' }")),
              {"action.labels[\"k\"]"}),
      Invalid("CreateAction", GoodAction(Repeat("labels { key: 'k#' value: 'v' } ", 501)), {"action.labels"}),
      Invalid("CreateAction", GoodAction(absl::StrCat("description: '", std::string(4'001, 'd'), "'")),
              {"action.description"}),
      Invalid("CreateAction", GoodAction("lead: 'Anna'"), {"action.lead"}),
      Invalid("CreateAction", GoodAction("lead: 'members/x' contributors: 'members/x'"), {"action.contributors[0]"}),
      Invalid("CreateAction", GoodAction(Repeat("contributors: 'members/m#' ", 201)), {"action.contributors"}),
      Invalid("CreateAction", GoodAction("start_date { year: 2012 month: 2 day: 30 }"), {"action.start_date"}),
      Invalid("CreateAction", GoodAction("start_date { year: 2012 month: 2 }"), {"action.start_date"}),
      Invalid("CreateAction",
              GoodAction("start_date { year: 2012 month: 2 day: 2 } due_date { year: 2012 month: 2 day: 1 }"),
              {"action.due_date"}),
      Invalid("CreateAction", GoodAction("due_date { year: 2010 month: 2 day: 1 }"), {"action.due_date"}),
      Invalid("CreateAction", GoodAction("dependencies: 'plans/closed/actions/a'"), {"action.dependencies[0]"}),
      Invalid("CreateAction", GoodAction("dependencies: 'plans/p/actions/a' dependencies: 'plans/p/actions/a'"),
              {"action.dependencies[1]"}),
      Invalid("CreateAction", GoodAction(kLink), {"action.objective_links[1].objective"}),
      Invalid("CreateAction", GoodAction("objective_links { objective: 'plans/p/objectives/o3' }"),
              {"action.objective_links[1].kind"}),
      Invalid("CreateAction", GoodAction("objective_links { objective: 'plans/p/objectives/o3' kind: 99 }"),
              {"action.objective_links[1].kind"}),
      Invalid("CreateAction", GoodAction("objective_links { objective: 'plans/p/objectives/o3' kind: 1 weight: nan }"),
              {"action.objective_links[1].weight"}),
      Invalid("CreateAction", GoodAction("objective_links { objective: 'plans/p/objectives/o3' kind: 1 weight: -1 }"),
              {"action.objective_links[1].weight"}),
      Invalid("CreateObjective", "parent: 'plans/p' objective_id: 'n' objective { title: 'T' code: 'N' weight: inf }",
              {"objective.weight"}),
      Invalid("CreateObjective",
              "parent: 'plans/p' objective_id: 'n' objective { title: 'T' code: 'N' weight: -0.5 owner: '\\177' }",
              {"objective.weight", "objective.owner"}),
      Invalid("CreatePlan",
              "plan_id: 'n' plan { title: 'T' organization { acronym: 'X' } period { } language_codes: 'x' }",
              {"plan.organization.title", "plan.period.start_date", "plan.period.end_date", "plan.language_codes[0]"}),
      Invalid("UpdatePlan", "plan { name: 'plans/p' title: '\\002' vision: '\\003' }", {"plan.title", "plan.vision"}),
      Invalid("UpdateAction", "action { name: 'plans/p/actions/a' } update_mask { paths: 'title' }", {title}),
      Invalid("UpdateAction",
              "action { name: 'plans/p/actions/a' title: 'T' } update_mask { paths: 'colour' paths: 'title.x' }",
              {"update_mask", "update_mask"}),
      Invalid("UpdateAction",
              "action { name: 'plans/p/actions/A' title: 'T' } update_mask { paths: 'colour' } request_id: '\303\251'",
              {"action.name", "update_mask", "request_id"}),
      Invalid("UpdateAction",
              "action { name: 'plans/p/actions/a' title: 'T' } update_mask { paths: '*' paths: 'title' }",
              {"update_mask"}),
      Invalid("UpdateAction",
              "action { name: 'plans/p/actions/a' state: STATE_COMPLETED } update_mask { paths: 'state' }",
              {"update_mask"}),
      Invalid("UpdateAction", "action { name: 'plans/p/actions/a' uid: 'x' } update_mask { paths: 'uid' }",
              {"update_mask"}),
      Invalid("UpdateAction", "action { name: 'plans/p/actions/a' title: 'T' } update_mask { paths: '' }",
              {"update_mask"}),
      Invalid("GetScorecard", "name: 'plans/p/scorecard' date { year: 2012 month: 13 day: 1 }", {"date"}),
      Invalid("ApproveAction", absl::StrCat("name: 'plans/p/actions/a' reason: '", std::string(1'001, 'r'), "'"),
              {"reason"}),
      Invalid("ApproveAction", absl::StrCat("name: 'plans/p/actions/A' reason: '", std::string(1'001, 'r'), "'"),
              {"name", "reason"}),
      Invalid("ApproveAction", "name: 'plans/p/actions/a' reason: 'a\\007' request_id: 'a b'",
              {"request_id", "reason"}),
      Invalid("ApproveAction", absl::StrCat("name: 'plans/p/actions/a' request_id: '", std::string(129, 'i'), "'"),
              {"request_id"}),
      Invalid("ApproveAction", "name: 'plans/p/actions/a' request_id: '\303\251'", {"request_id"}),
  };
}

std::vector<Case> TokenCases() {
  const Reason invalid = rpc_v1::ERROR_REASON_TOKEN_INVALID;
  const Reason differ = rpc_v1::ERROR_REASON_TOKEN_ARGUMENTS_DIFFER;
  const Reason diverged = rpc_v1::ERROR_REASON_HISTORY_DIVERGED;
  const auto wrong = StatusCode::kInvalidArgument;
  const auto list = [](const std::string& more) { return absl::StrCat("parent: 'plans/p' ", more); };
  const auto approve = [](const std::string& etag) {
    return absl::StrCat("name: 'plans/p/actions/a' etag: '", etag, "'");
  };
  return {
      Invalid("ListActions", list("page_size: -1"), {"page_size"}),
      Fails("ListActions", list("page_token: 'x'"), wrong, invalid),
      Fails("ListActions", list("page_token: '$TAMPERED_TOKEN'"), wrong, invalid),
      Fails("ListActions", list("page_token: '$STALE_ETAG'"), wrong, invalid),
      Fails("ListActions", list("page_token: '$OTHER_KEY_TOKEN'"), wrong, invalid),
      Fails("ListActions", list("page_token: '$TOKEN' show_deleted: true"), wrong, differ),
      Fails("ListActions", "parent: 'plans/draft' page_token: '$TOKEN'", wrong, differ),
      Fails("ListObjectives", list("page_token: '$TOKEN'"), wrong, differ),
      Fails("ListPlans", "page_token: '$TOKEN'", wrong, differ),
      Fails("ListActions", list("page_token: '$OTHER_STORE_TOKEN'"), StatusCode::kFailedPrecondition, diverged),
      Fails("ListResourceRevisions", "name: 'plans/p/actions/a' page_token: '$TOKEN'", wrong, differ),
      Fails("ApproveAction", approve("$STALE_ETAG"), StatusCode::kAborted, rpc_v1::ERROR_REASON_ETAG_MISMATCH),
      Fails("ApproveAction", approve("$ETAG_OF_B"), wrong, invalid),
      Fails("ApproveAction", approve("$TAMPERED_ETAG"), wrong, invalid),
      Fails("ApproveAction", approve("$OTHER_KEY_ETAG"), wrong, invalid),
      Fails("ApproveAction", approve("etag"), wrong, invalid),
      Fails("ApproveAction", approve("$OTHER_STORE_ETAG"), StatusCode::kFailedPrecondition, diverged),
      Fails("UpdateAction", "action { name: 'plans/p/actions/a' title: 'T' etag: '$STALE_ETAG' }", StatusCode::kAborted,
            rpc_v1::ERROR_REASON_ETAG_MISMATCH),
      Fails("DeleteAction", "name: 'plans/p/actions/c' etag: '$STALE_ETAG'", wrong, invalid),
      Invalid("GetAction", "name: 'plans/p/actions/a' as_of { }", {"as_of"}),
      Invalid("GetAction",
              "name: 'plans/p/actions/a' as_of { time { seconds: 1 } revisions { scope: 'plans/p' revision: 1 } }",
              {"as_of"}),
      Invalid("GetAction", "name: 'plans/p/actions/a' as_of { time { seconds: -1 nanos: 0 } }", {"as_of.time"}),
      Invalid("GetAction", "name: 'plans/p/actions/a' as_of { revisions { scope: 'plans/p' revision: -1 } }",
              {"as_of.revisions[0].revision"}),
      Invalid("GetAction", "name: 'plans/p/actions/a' as_of { revisions { scope: 'catalog' revision: 1 } }",
              {"as_of.revisions"}),
      Fails("GetAction", "name: 'plans/p/actions/a' as_of { revisions { scope: 'plans/p' revision: 100000 } }",
            StatusCode::kFailedPrecondition, diverged),
      Fails("GetAction", "name: 'plans/p/actions/a' as_of { time { seconds: 253402300799 } }", wrong,
            rpc_v1::ERROR_REASON_FUTURE_MOMENT),
      Fails("GetScorecard", "name: 'plans/p/scorecard' as_of { time { seconds: 253402300799 } }", wrong,
            rpc_v1::ERROR_REASON_FUTURE_MOMENT),
      Fails("GetAction", "name: 'plans/p/actions/a' as_of { time { seconds: 1 } }", StatusCode::kNotFound,
            rpc_v1::ERROR_REASON_RESOURCE_NOT_FOUND),
      Fails("ApproveAction", "name: 'plans/p/actions/a' request_id: 'used'", wrong,
            rpc_v1::ERROR_REASON_REQUEST_ID_REUSED),
      Fails("ApproveAction", "name: 'plans/p/actions/none' request_id: 'used'", wrong,
            rpc_v1::ERROR_REASON_REQUEST_ID_REUSED),
  };
}

std::vector<Case> RuleCases() {
  const auto refused = StatusCode::kFailedPrecondition;
  const auto action = [](const std::string& id) { return absl::StrCat("name: 'plans/p/actions/", id, "'"); };
  const auto good = [](const std::string& id) {
    return absl::StrCat("parent: 'plans/p' action_id: '", id, "' action { title: 'T' code: 'N' ", kLink, "}");
  };
  const auto update = [](const std::string& id, const std::string& fields) {
    return absl::StrCat("action { name: 'plans/p/actions/", id, "' ", fields, " }");
  };
  return {
      Fails("CreateAction", good("a"), StatusCode::kAlreadyExists, rpc_v1::ERROR_REASON_RESOURCE_ALREADY_EXISTS),
      Fails("CreateAction", good("gone"), StatusCode::kAlreadyExists, rpc_v1::ERROR_REASON_RESOURCE_ALREADY_EXISTS),
      Invalid("CreateAction", "parent: 'plans/p' action_id: 'a' action { title: 'T' }",
              {"action.code", "action.objective_links"}),
      Fails("CreatePlan",
            "plan_id: 'p' plan { title: 'T' organization { title: 'O' } "
            "period { start_date { year: 2011 month: 1 day: 1 } end_date { year: 2015 month: 12 day: 31 } } }",
            StatusCode::kAlreadyExists, rpc_v1::ERROR_REASON_RESOURCE_ALREADY_EXISTS),
      Fails("CreateAction", NewAction(absl::StrCat("title: 'T' code: 'a' ", kLink)), StatusCode::kAlreadyExists,
            rpc_v1::ERROR_REASON_VALUE_TAKEN),
      Fails("UpdateAction", update("b", "code: 'a'"), StatusCode::kAlreadyExists, rpc_v1::ERROR_REASON_VALUE_TAKEN),
      Fails("CreateObjective", "parent: 'plans/p' objective_id: 'n' objective { title: 'T' code: 'o1' }",
            StatusCode::kAlreadyExists, rpc_v1::ERROR_REASON_VALUE_TAKEN),
      Fails("UpdateAction", update("gone", "title: 'T'"), refused, rpc_v1::ERROR_REASON_RESOURCE_DELETED),
      Fails("ApproveAction", action("gone"), refused, rpc_v1::ERROR_REASON_RESOURCE_DELETED),
      Fails("UndeleteAction", action("a"), refused, rpc_v1::ERROR_REASON_RESOURCE_NOT_DELETED),
      Fails("UpdateAction", update("a", "dependencies: 'plans/p/actions/c'"), refused,
            act::ERROR_REASON_DEPENDENCY_CYCLE),
      Fails("UpdateAction", update("a", "dependencies: 'plans/p/actions/a'"), refused,
            act::ERROR_REASON_DEPENDENCY_CYCLE),
      Fails("UpdateAction", update("a", "dependencies: 'plans/p/actions/none'"), refused,
            act::ERROR_REASON_REFERENCE_BROKEN),
      Fails("UpdateAction", update("a", "dependencies: 'plans/p/actions/gone'"), refused,
            act::ERROR_REASON_REFERENCE_BROKEN),
      Fails("UpdateAction", update("a", "objective_links { objective: 'plans/p/objectives/o2' kind: KIND_SUPPORTS }"),
            refused, act::ERROR_REASON_REFERENCE_BROKEN),
      Fails("UpdateAction", update("done", "dependencies: 'plans/p/actions/a'"), refused,
            act::ERROR_REASON_DEPENDENCY_NOT_COMPLETED),
      Fails("DeleteAction", action("a"), refused, act::ERROR_REASON_ACTION_IN_USE),
      Fails("DeleteObjective", "name: 'plans/p/objectives/o1'", refused, obj::ERROR_REASON_OBJECTIVE_IN_USE),
      Fails("StartAction", action("a"), refused, act::ERROR_REASON_WRONG_ACTION_STATE),
      Fails("HoldAction", action("a"), refused, act::ERROR_REASON_WRONG_ACTION_STATE),
      Fails("ResumeAction", action("run"), refused, act::ERROR_REASON_WRONG_ACTION_STATE),
      Fails("CompleteAction", action("a"), refused, act::ERROR_REASON_WRONG_ACTION_STATE),
      Fails("ApproveAction", action("run"), refused, act::ERROR_REASON_WRONG_ACTION_STATE),
      Fails("CancelAction", action("done"), refused, act::ERROR_REASON_WRONG_ACTION_STATE),
      Fails("StartAction", "name: 'plans/draft/actions/a'", refused, act::ERROR_REASON_PLAN_NOT_ACTIVE),
      Fails("CancelAction", "name: 'plans/closed/actions/a'", refused, act::ERROR_REASON_PLAN_CLOSED),
      Fails("DeleteAction", "name: 'plans/closed/actions/a'", refused, act::ERROR_REASON_PLAN_CLOSED),
      Fails("UpdateObjective", "objective { name: 'plans/closed/objectives/o1' title: 'T' }", refused,
            obj::ERROR_REASON_PLAN_CLOSED),
      Fails("UpdatePlan", "plan { name: 'plans/closed' title: 'T' }", refused, obj::ERROR_REASON_PLAN_CLOSED),
      Fails("UpdatePlan",
            "plan { name: 'plans/p' period { start_date { year: 2011 month: 1 day: 1 } "
            "end_date { year: 2013 month: 12 day: 31 } } }",
            refused, obj::ERROR_REASON_PERIOD_BREAKS_ACTION),
      Fails("UpdatePlan",
            "plan { name: 'plans/p' period { start_date { year: 2013 month: 1 day: 1 } "
            "end_date { year: 2015 month: 12 day: 31 } } }",
            refused, obj::ERROR_REASON_PERIOD_BREAKS_MEASUREMENT),
      Fails("ActivatePlan", "name: 'plans/p'", refused, obj::ERROR_REASON_WRONG_PLAN_STATE),
      Fails("ArchivePlan", "name: 'plans/p'", refused, obj::ERROR_REASON_WRONG_PLAN_STATE),
      Fails("ClosePlan", "name: 'plans/draft'", refused, obj::ERROR_REASON_WRONG_PLAN_STATE),
      Fails("ActivatePlan", "name: 'plans/empty'", refused, obj::ERROR_REASON_PLAN_WITHOUT_OBJECTIVES),
  };
}

std::vector<BytesCase> BytesCases() {
  const auto wrong = StatusCode::kInvalidArgument;
  const Reason unreadable = rpc_v1::ERROR_REASON_UNREADABLE_REQUEST;
  return {
      {"noise", "\xff\xff\xff\xff", wrong, unreadable},
      {"a field that is cut off", std::string("\x0a\x7f", 2) + "plans", wrong, unreadable},
      {"text that is not UTF-8", std::string("\x0a\x02\xc3\x28", 4), wrong, unreadable},
      {"nothing", "", wrong, kInvalid},
      {"one and a half mebibytes", std::string("\x0a\x80\x80\x60", 4) + std::string(3 << 19, 'x'),
       StatusCode::kResourceExhausted, rpc_v1::ERROR_REASON_REQUEST_TOO_LARGE},
  };
}

}  // namespace concord::testing
