#include "common/rpc/batch_create.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/rpc/standard_methods.h"
#include "common/rpc/state_fixture.h"
#include "concord/action/v1/action_service.pb.h"
#include "concord/action/v1/milestone_service.pb.h"
#include "concord/objective/v1/plan.pb.h"
#include "concord/rpc/v1/error_reason.pb.h"
#include "gmock/gmock.h"
#include "tests/support/status_matchers.h"

namespace concord::rpc {
namespace {

using absl::StatusCode;
using action::v1::Action;
using action::v1::Milestone;
using concord::testing::HasReason;
using objective::v1::Plan;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::StartsWith;
namespace api = ::concord::action::v1;

// An action may depend on those that are there.
ResourceRules RulesOfActions() {
  ResourceRules rules;
  rules.write = [](Context& context, const google::protobuf::Message* /*before*/, google::protobuf::Message& after) {
    for (const std::string& name : static_cast<const Action&>(after).dependencies()) {
      if (context.Find(name) == nullptr) return absl::FailedPreconditionError(absl::StrCat("no ", name));
    }
    return absl::OkStatus();
  };
  return rules;
}

class BatchCreateTest : public ::testing::Test {
 protected:
  BatchCreateTest()
      : state_({{Plan::default_instance(), "plans/{plan}"},
                {Action::default_instance(), "plans/{plan}"},
                {Milestone::default_instance(), "plans/{plan}"}}),
        actions_(StandardMethods(
                     {&state_.types().Of(Action::descriptor()), RulesOfActions(), &state_.stamper(), &state_.tokens()})
                     .BatchCreate(api::BatchCreateActionsRequest::default_instance(),
                                  api::BatchCreateActionsResponse::default_instance())),
        milestones_(StandardMethods({&state_.types().Of(Milestone::descriptor()), ResourceRules(), &state_.stamper(),
                                     &state_.tokens()})
                        .BatchCreate(api::BatchCreateMilestonesRequest::default_instance(),
                                     api::BatchCreateMilestonesResponse::default_instance())) {
    state_.Put(Parse<Plan>("name: 'plans/p'"));
    state_.Put(Parse<Action>("name: 'plans/p/actions/there' code: 'there'"));
    state_.Put(Parse<Action>("name: 'plans/p/actions/gone' code: 'gone' delete_time { seconds: 1 }"));
  }

  static std::string NewAction(const std::string& id, const std::string& code, const std::string& more = "") {
    return absl::StrCat("requests { parent: 'plans/p' action_id: '", id, "' action { title: 'T' code: '", code,
                        "' objective_links { objective: 'plans/p/objectives/o' kind: KIND_SUPPORTS } ", more, " } } ");
  }

  std::vector<std::pair<std::string, std::string>> Violations(const Method& method,
                                                              const google::protobuf::Message& request) {
    concord::Violations violations;
    method.validate(request, violations);
    return ViolationsOf(violations.ToStatus());
  }
  std::vector<std::pair<std::string, std::string>> ViolationsOfActions(const std::string& fields) {
    return Violations(actions_, Parse<api::BatchCreateActionsRequest>(fields));
  }

  absl::StatusOr<Change> Create(const std::string& requests) {
    const auto request = Parse<api::BatchCreateActionsRequest>(absl::StrCat("parent: 'plans/p' ", requests));
    EXPECT_THAT(Violations(actions_, request), IsEmpty());
    Context context = state_.Look();
    return actions_.write(request, context);
  }

  State state_;
  Method actions_;
  Method milestones_;
};

TEST_F(BatchCreateTest, MakesOneChangeOfAll) {
  const auto change = Create(NewAction("x", "1") + NewAction("y", "2"));
  ASSERT_TRUE(change.ok()) << change.status();
  EXPECT_EQ(change->scope, "plans/p");
  EXPECT_EQ(change->puts.size(), 2);
  EXPECT_THAT(change->answers, ElementsAre("plans/p/actions/x", "plans/p/actions/y"));
  const auto& first = static_cast<const Action&>(*change->puts[0].message);
  const auto& second = static_cast<const Action&>(*change->puts[1].message);
  EXPECT_EQ(first.code(), "1");
  EXPECT_NE(first.uid(), second.uid());
  EXPECT_EQ(actions_.rows_field, api::BatchCreateActionsResponse::kActionsFieldNumber);
  EXPECT_EQ(actions_.name, "BatchCreateActions");
}

TEST_F(BatchCreateTest, DecidesEachAsIfThoseBeforeItWereThere) {
  EXPECT_TRUE(Create(NewAction("x", "1") + NewAction("y", "2", "dependencies: 'plans/p/actions/x'")).ok());
  const absl::Status later =
      Create(NewAction("y", "2", "dependencies: 'plans/p/actions/x'") + NewAction("x", "1")).status();
  EXPECT_EQ(later, absl::FailedPreconditionError("requests[0]: no plans/p/actions/x")) << "but not those after it";
}

TEST_F(BatchCreateTest, SaysWhichRequestMeetsWhichError) {
  absl::Status status = Create(NewAction("x", "1") + NewAction("there", "2")).status();
  EXPECT_THAT(status, HasReason(StatusCode::kAlreadyExists, v1::ERROR_REASON_RESOURCE_ALREADY_EXISTS));
  EXPECT_EQ(MetadataOf(status, "request"), "requests[1]");
  EXPECT_THAT(std::string(status.message()), StartsWith("requests[1]: plans/p/actions/there exists"));
  status = Create(NewAction("x", "1") + NewAction("x", "2")).status();
  EXPECT_THAT(status, HasReason(StatusCode::kAlreadyExists, v1::ERROR_REASON_RESOURCE_ALREADY_EXISTS));
  EXPECT_EQ(MetadataOf(status, "request"), "requests[1]");
  status = Create(NewAction("x", "1") + NewAction("y", "2") + NewAction("z", "1")).status();
  EXPECT_THAT(status, HasReason(StatusCode::kAlreadyExists, v1::ERROR_REASON_VALUE_TAKEN));
  EXPECT_EQ(MetadataOf(status, "request"), "requests[2]");
  EXPECT_EQ(MetadataOf(status, "holder"), "plans/p/actions/x");
}

TEST_F(BatchCreateTest, NamesTheFieldOfTheRequestThatBreaksARule) {
  EXPECT_THAT(ViolationsOfActions(absl::StrCat("parent: 'plans/p' ", NewAction("x", "1"),
                                               "requests { parent: 'plans/p' action_id: 'y' action { code: 'c' } }",
                                               NewAction("Z", ""))),
              ElementsAre(Pair("requests[1].action.title", "must be set"),
                          Pair("requests[1].action.objective_links", "must not be empty"),
                          Pair("requests[2].action_id", ::testing::_), Pair("requests[2].action.code", "must be set")));
}

TEST_F(BatchCreateTest, WantsPartsThatFitIt) {
  const std::string action =
      "action { title: 'T' code: 'c' objective_links { objective: 'plans/p/objectives/o' kind: KIND_SUPPORTS } } ";
  EXPECT_THAT(ViolationsOfActions(absl::StrCat("parent: 'plans/p' ", "requests { parent: 'plans/q' action_id: 'x' ",
                                               action, "} ", "requests { parent: 'plans/p' action_id: 'X' ", action,
                                               "request_id: 'r' validate_only: true } ", "requests { ", action, "}")),
              ElementsAre(Pair("requests[0].parent", "must be the batch's own, plans/p"),
                          Pair("requests[1].action_id", ::testing::_), Pair("requests[1].request_id", ::testing::_),
                          Pair("requests[1].validate_only", ::testing::_), Pair("requests[2].parent", "is required"),
                          Pair("requests[2].action_id", "is required")));
  EXPECT_THAT(ViolationsOfActions(absl::StrCat("parent: 'plans/-' ", NewAction("x", "1"))),
              ElementsAre(Pair("parent", StartsWith("must be a name like"))))
      << "and none of parts that may fit what was meant";
}

TEST_F(BatchCreateTest, HasALimit) {
  const auto batch = [](int count) {
    std::string fields = "parent: 'plans/p' ";
    for (int i = 0; i < count; ++i) absl::StrAppend(&fields, NewAction(absl::StrCat("n", i), absl::StrCat(i)));
    return fields;
  };
  EXPECT_THAT(ViolationsOfActions(batch(500)), IsEmpty());
  EXPECT_THAT(ViolationsOfActions(batch(501)), ElementsAre(Pair("requests", ::testing::_)));
}

TEST_F(BatchCreateTest, LetsEachNameItsParentUnderAWildcard) {
  const auto request = Parse<api::BatchCreateMilestonesRequest>(
      "parent: 'plans/p/actions/-' "
      "requests { parent: 'plans/p/actions/there' milestone_id: 'm' "
      "           milestone { title: 'T' due_date { year: 2012 month: 1 day: 1 } } }"
      "requests { parent: 'plans/p/actions/gone' milestone_id: 'm' "
      "           milestone { title: 'T' due_date { year: 2012 month: 1 day: 1 } } }");
  EXPECT_THAT(Violations(milestones_, request), IsEmpty());
  Context context = state_.Look();
  const absl::Status status = milestones_.write(request, context).status();
  EXPECT_THAT(status, HasReason(StatusCode::kFailedPrecondition, v1::ERROR_REASON_RESOURCE_DELETED));
  EXPECT_EQ(MetadataOf(status, "name"), "plans/p/actions/gone");
  EXPECT_EQ(MetadataOf(status, "request"), "requests[1]");
  auto good = request;
  good.mutable_requests(1)->set_parent("plans/p/actions/there");
  good.mutable_requests(1)->set_milestone_id("n");
  EXPECT_TRUE(milestones_.write(good, context).ok()) << "what was ahead before is forgotten";
  good.mutable_requests(1)->set_parent("plans/q/actions/there");
  EXPECT_THAT(Violations(milestones_, good), ElementsAre(Pair("requests[1].parent", ::testing::_)));
}

TEST_F(BatchCreateTest, IsAboutTheFirstOfItsResources) {
  const auto request = Parse<api::BatchCreateActionsRequest>("parent: 'plans/p' " + NewAction("x", "1"));
  EXPECT_EQ(actions_.about(request), "plans/p/actions/x");
}

}  // namespace
}  // namespace concord::rpc
