// Requests for lists and batches that must be refused.
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "concord/action/v1/error_reason.pb.h"
#include "concord/rpc/v1/error_reason.pb.h"
#include "tests/integration/bad_input_cases.h"

namespace concord::testing {
namespace {

using absl::StatusCode;
namespace rpc_v1 = ::concord::rpc::v1;

std::string Repeat(const std::string& text, int count) {
  std::string all;
  for (int i = 0; i < count; ++i) all += text;
  return all;
}

// One request within a batch that makes plans/p/actions/{id}.
std::string Part(const std::string& id, const std::string& code, const std::string& more = "") {
  return absl::StrCat("requests { parent: 'plans/p' action_id: '", id, "' action { title: 'T' code: '", code,
                      "' objective_links { objective: 'plans/p/objectives/o1' kind: KIND_CONTRIBUTES } ", more,
                      " } } ");
}

Case BatchFails(const std::string& requests, StatusCode code, Reason reason) {
  return {"BatchCreateActions", absl::StrCat("parent: 'plans/p' ", requests), code, std::move(reason)};
}

}  // namespace

std::vector<Case> ListCases() {
  const auto filter = [](const std::string& text) {
    return Invalid("ListActions", absl::StrCat("parent: 'plans/p' filter: '", text, "'"), {"filter"});
  };
  const auto order = [](const std::string& text) {
    return Invalid("ListActions", absl::StrCat("parent: 'plans/p' order_by: '", text, "'"), {"order_by"});
  };
  return {
      filter("training"),
      filter("titel = x"),
      filter("title = \"x"),
      filter("title = x AND"),
      filter("title = x code = y"),
      filter("(title = x"),
      filter("title == x"),
      filter("state = RUNNING"),
      filter("start_date > \"2012-02-30\""),
      filter("create_time > \"yesterday\""),
      filter("objective_links.weight > 1"),
      filter("objective_links.weight:heavy"),
      filter("labels = x"),
      filter("objective_links = x"),
      filter("title = \"a*b\""),
      filter("\303\251 = 1"),
      filter(absl::StrCat("title = ", std::string(2'000, 'x'))),
      filter(absl::StrCat(std::string(21, '('), "title = x", std::string(21, ')'))),
      filter(absl::StrCat(Repeat("title = x OR ", 100), "title = x")),
      order("titel"),
      order("title asc"),
      order("title,,code"),
      order("title,title"),
      order("objective_links"),
      order("labels"),
      order("name,title,code,state,lead,uid"),
      order(std::string(201, 'x')),
      Invalid("ListActions", "parent: 'plans/p' filter: '=' order_by: '='", {"filter", "order_by"}),
      Invalid("ListActions", "parent: 'plans/p' page_size: -1 filter: 'title ='", {"page_size", "filter"}),
      Invalid("ListActions", "parent: 'plans/-' page_size: -1 filter: '=' order_by: '='",
              {"parent", "page_size", "filter", "order_by"}),
      Invalid("ListActions", "parent: 'plans/-'", {"parent"}),
      Invalid("ListObjectives", "parent: 'plans/p' filter: 'state = APPROVED'", {"filter"}),
      Invalid("ListPlans", "filter: 'labels.x' order_by: 'values'", {"filter", "order_by"}),
      {"ListActions", "parent: 'plans/p' filter: 'code = a' page_token: '$TOKEN'", StatusCode::kInvalidArgument,
       rpc_v1::ERROR_REASON_TOKEN_ARGUMENTS_DIFFER},
      {"ListActions", "parent: 'plans/p' order_by: 'code' page_token: '$TOKEN'", StatusCode::kInvalidArgument,
       rpc_v1::ERROR_REASON_TOKEN_ARGUMENTS_DIFFER},
  };
}

std::vector<Case> BatchCases() {
  const auto refused = StatusCode::kFailedPrecondition;
  const auto exists = StatusCode::kAlreadyExists;
  // Some 4 kB each; what is written is a little larger than what was sent.
  const auto large = [](int count) {
    std::string parts;
    for (int i = 0; i < count; ++i) {
      const std::string id = absl::StrCat("n", 100 + i);
      parts += Part(id, id, absl::StrCat("description: '", std::string(3'900, 'd'), "'"));
    }
    return parts;
  };
  return {
      Invalid("BatchCreateActions", "", {"parent", "requests"}),
      Invalid("BatchCreateActions", "parent: 'plans/p'", {"requests"}),
      Invalid("BatchCreateActions", absl::StrCat("parent: 'plans/-' ", Part("n", "n")), {"parent"}),
      Invalid("BatchCreateActions", absl::StrCat("parent: 'plans/draft' ", Part("n", "n")), {"requests[0].parent"}),
      Invalid("BatchCreateActions", absl::StrCat("parent: 'plans/p' ", Repeat("requests { } ", 501)), {"requests"}),
      Invalid("BatchCreateActions", absl::StrCat("parent: 'plans/p' ", Part("n", "n"), "requests { }"),
              {"requests[1].parent", "requests[1].action", "requests[1].action_id"}),
      Invalid("BatchCreateActions",
              "parent: 'plans/p' requests { parent: 'plans/p' action_id: 'n' action { title: 'T' } request_id: 'r' "
              "validate_only: true }",
              {"requests[0].action.code", "requests[0].action.objective_links", "requests[0].request_id",
               "requests[0].validate_only"}),
      Invalid("BatchCreateActions",
              absl::StrCat("parent: 'plans/p' request_id: ' ' ", Part("A", "n n"), Part("n", "n"), "requests { } ",
                           Part("m", "m", "description: '\\001'")),
              {"requests[0].action.code", "requests[0].action_id", "requests[2].parent", "requests[2].action",
               "requests[2].action_id", "requests[3].action.description", "request_id"}),
      Invalid("BatchCreateActions", absl::StrCat("parent: 'plans/p' ", Part("n", "n"), Part("m", "m m")),
              {"requests[1].action.code"}),
      Invalid("BatchCreateObjectives",
              "parent: 'plans/p' requests { parent: 'plans/p' objective_id: 'n' objective { code: 'n' } }",
              {"requests[0].objective.title"}),
      BatchFails(Part("n", "n") + Part("a", "m"), exists, rpc_v1::ERROR_REASON_RESOURCE_ALREADY_EXISTS),
      BatchFails(Part("n", "n") + Part("n", "m"), exists, rpc_v1::ERROR_REASON_RESOURCE_ALREADY_EXISTS),
      BatchFails(Part("n", "n") + Part("m", "n"), exists, rpc_v1::ERROR_REASON_VALUE_TAKEN),
      BatchFails(Part("n", "n", "dependencies: 'plans/p/actions/m'") + Part("m", "m"), refused,
                 action::v1::ERROR_REASON_REFERENCE_BROKEN),
      BatchFails(Part("n", "n", "dependencies: 'plans/p/actions/n'"), refused,
                 action::v1::ERROR_REASON_REFERENCE_BROKEN),
      BatchFails(large(263), StatusCode::kResourceExhausted, rpc_v1::ERROR_REASON_CHANGE_TOO_LARGE),
      BatchFails(large(270), StatusCode::kResourceExhausted, rpc_v1::ERROR_REASON_REQUEST_TOO_LARGE),
  };
}

}  // namespace concord::testing
