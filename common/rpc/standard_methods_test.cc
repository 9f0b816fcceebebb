#include "common/rpc/standard_methods.h"

#include <memory>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
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
using concord::testing::HasReason;
using objective::v1::Plan;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::Pair;
namespace api = ::concord::action::v1;

constexpr char kLink[] = "objective_links { objective: 'plans/p/objectives/o' kind: KIND_SUPPORTS } ";

constexpr char kDue[] = "due_date { year: 2012 month: 1 day: 1 } ";

// The methods of a type without rules of its own, on a plan with actions a, b and gone (deleted).
class StandardMethodsTest : public ::testing::Test {
 protected:
  StandardMethodsTest()
      : state_({{Plan::default_instance(), "plans/{plan}"}, {Action::default_instance(), "plans/{plan}"}}),
        methods_({&state_.types().Of(Action::descriptor()), ResourceRules(), &state_.stamper(), &state_.tokens()}) {
    state_.Put(Parse<Plan>("name: 'plans/p'"));
    for (const char* id : {"a", "b"}) {
      state_.Put(Parse<Action>(absl::StrCat("name: 'plans/p/actions/", id, "' title: 'T' code: '", id, "' ", kLink)));
    }
    state_.Put(Parse<Action>(
        absl::StrCat("name: 'plans/p/actions/gone' title: 'T' code: 'g' delete_time { seconds: 1 } ", kLink)));
  }

  template <typename Response, typename Request>
  absl::StatusOr<Response> Read(const Method& method, const Request& request) {
    Context context = state_.Look();
    auto reply = method.read(request, context);
    if (!reply.ok()) return reply.status();
    Response response;
    EXPECT_TRUE(response.ParseFromString(**reply));
    return response;
  }

  // The action that a write would put.
  template <typename Request>
  absl::StatusOr<Action> Write(const Method& method, const Request& request) {
    Context context = state_.Look();
    auto change = method.write(request, context);
    if (!change.ok()) return change.status();
    EXPECT_EQ(change->scope, "plans/p");
    EXPECT_EQ(change->puts.size(), 1);
    EXPECT_THAT(change->answers, ElementsAre(change->puts[0].name));
    return static_cast<const Action&>(*change->puts[0].message);
  }

  absl::StatusOr<Action> Create(const std::string& action, const std::string& id = "n") {
    return Write(methods_.Create(api::CreateActionRequest::default_instance()),
                 Parse<api::CreateActionRequest>(
                     absl::StrCat("parent: 'plans/p' action_id: '", id, "' action { ", action, " }")));
  }
  absl::StatusOr<Action> Update(const std::string& text) {
    return Write(methods_.Update(api::UpdateActionRequest::default_instance()), Parse<api::UpdateActionRequest>(text));
  }
  template <typename Request>
  static Request Named(const std::string& id) {
    Request request;
    request.set_name("plans/p/actions/" + id);
    return request;
  }

  State state_;
  StandardMethods methods_;
};

TEST_F(StandardMethodsTest, HaveTheNamesOfTheirRequests) {
  EXPECT_EQ(methods_.Get(api::GetActionRequest::default_instance()).name, "GetAction");
  EXPECT_EQ(MethodNameOf(api::StartActionRequest::default_instance()), "StartAction");
}

TEST_F(StandardMethodsTest, GetWhatIsThereDeletedOrNot) {
  const Method get = methods_.Get(api::GetActionRequest::default_instance());
  EXPECT_EQ(Read<Action>(get, Named<api::GetActionRequest>("a"))->code(), "a");
  EXPECT_TRUE(Read<Action>(get, Named<api::GetActionRequest>("gone"))->has_delete_time());
  EXPECT_THAT(Read<Action>(get, Named<api::GetActionRequest>("none")),
              HasReason(StatusCode::kNotFound, v1::ERROR_REASON_RESOURCE_NOT_FOUND));
}

TEST_F(StandardMethodsTest, ListTheLivingPageByPage) {
  const Method list =
      methods_.List(api::ListActionsRequest::default_instance(), api::ListActionsResponse::default_instance());
  auto request = Parse<api::ListActionsRequest>("parent: 'plans/p' page_size: 1");
  auto page = Read<api::ListActionsResponse>(list, request);
  ASSERT_EQ(page->actions_size(), 1);
  EXPECT_EQ(page->actions(0).code(), "a");
  EXPECT_EQ(page->revisions(0).revision(), 4);
  request.set_page_token(page->next_page_token());
  page = Read<api::ListActionsResponse>(list, request);
  ASSERT_EQ(page->actions_size(), 1);
  EXPECT_EQ(page->actions(0).code(), "b");
  EXPECT_EQ(page->next_page_token(), "") << "what is deleted makes no further page";
  request = Parse<api::ListActionsRequest>("parent: 'plans/p' show_deleted: true");
  EXPECT_EQ(Read<api::ListActionsResponse>(list, request)->actions_size(), 3);
  request.set_parent("plans/none");
  state_.Of("plans/none");
  EXPECT_THAT(Read<api::ListActionsResponse>(list, request),
              HasReason(StatusCode::kNotFound, v1::ERROR_REASON_RESOURCE_NOT_FOUND));
}

TEST_F(StandardMethodsTest, CreateWithAnIdentityOfItsOwn) {
  const auto created = Create(
      absl::StrCat("title: 'New' code: 'n' uid: 'mine' state: STATE_COMPLETED create_time { seconds: 5 } ", kLink));
  ASSERT_TRUE(created.ok()) << created.status();
  EXPECT_EQ(created->name(), "plans/p/actions/n");
  EXPECT_EQ(created->uid().size(), 36);
  EXPECT_EQ(created->state(), Action::STATE_UNSPECIFIED) << "what callers send in output fields is passed over";
  EXPECT_FALSE(created->has_create_time());
}

TEST_F(StandardMethodsTest, SayAllAtOnceThatIsWrongWithWhatWouldBeCreated) {
  ResourceRules rules;
  rules.values = [](const google::protobuf::Message& resource, absl::string_view prefix, Violations& violations) {
    const std::string& name = static_cast<const Action&>(resource).name();
    violations.Add(absl::StrCat(prefix, ".description"), absl::StrCat("as ", name));
  };
  const Method create =
      StandardMethods({&state_.types().Of(Action::descriptor()), rules, &state_.stamper(), &state_.tokens()})
          .Create(api::CreateActionRequest::default_instance());
  const auto wrong = [&](const std::string& fields) {
    Violations violations;
    create.validate(Parse<api::CreateActionRequest>(fields), violations);
    return ViolationsOf(violations.ToStatus());
  };
  EXPECT_THAT(wrong("parent: 'plans/p' action_id: 'n' action { code: 'n' uid: 'mine' }"),
              ElementsAre(Pair("action.title", "must be set"), Pair("action.objective_links", "must not be empty"),
                          Pair("action.description", "as plans/p/actions/n")));
  const std::string good = absl::StrCat("action { title: 'T' code: 'n' ", kLink, "}");
  EXPECT_THAT(wrong(absl::StrCat("parent: 'plans/p' action_id: 'N' ", good)),
              ElementsAre(Pair("action_id", ::testing::_), Pair("action.description", "as plans/p/actions/new")));
  EXPECT_THAT(wrong(absl::StrCat("parent: 'plans/P' action_id: 'n' ", good)),
              ElementsAre(Pair("parent", ::testing::_), Pair("action.description", "as ")))
      << "what a bad parent would mean for the values is not known";
}

TEST_F(StandardMethodsTest, SayWhatIsWrongWithAMaskBeforeTheyLookAtAnything) {
  const Method update = methods_.Update(api::UpdateActionRequest::default_instance());
  Violations violations;
  update.validate(Parse<api::UpdateActionRequest>("action { name: 'plans/p' title: 'T' } "
                                                  "update_mask { paths: 'titel' paths: 'uid' }"),
                  violations);
  EXPECT_THAT(ViolationsOf(violations.ToStatus()),
              ElementsAre(Pair("action.name", ::testing::_), Pair("update_mask", HasSubstr("titel"))));
}

TEST_F(StandardMethodsTest, CreateNothingTwice) {
  auto status = Create("", "a").status();
  EXPECT_THAT(status, HasReason(StatusCode::kAlreadyExists, v1::ERROR_REASON_RESOURCE_ALREADY_EXISTS));
  EXPECT_EQ(MetadataOf(status, "deleted"), "false");
  status = Create("", "gone").status();
  EXPECT_THAT(status, HasReason(StatusCode::kAlreadyExists, v1::ERROR_REASON_RESOURCE_ALREADY_EXISTS));
  EXPECT_EQ(MetadataOf(status, "deleted"), "true");
}

TEST_F(StandardMethodsTest, GiveAUniqueValueToOneOnly) {
  const auto taken = HasReason(StatusCode::kAlreadyExists, v1::ERROR_REASON_VALUE_TAKEN);
  const absl::Status status = Create(absl::StrCat("title: 'T' code: 'a' ", kLink)).status();
  EXPECT_THAT(status, taken);
  EXPECT_EQ(MetadataOf(status, "holder"), "plans/p/actions/a");
  EXPECT_EQ(MetadataOf(status, "field"), "code");
  EXPECT_THAT(Update("action { name: 'plans/p/actions/b' code: 'a' }"), taken);
  EXPECT_TRUE(Update("action { name: 'plans/p/actions/b' code: 'b' title: 'U' }").ok());
  EXPECT_TRUE(Create(absl::StrCat("title: 'T' code: 'g' ", kLink)).ok()) << "the code of what is deleted is free";
}

TEST_F(StandardMethodsTest, DoNotNameAHiddenHolder) {
  state_.access().hidden = {"plans/p/actions/a"};
  const absl::Status status = Create(absl::StrCat("title: 'T' code: 'a' ", kLink)).status();
  EXPECT_THAT(status, HasReason(StatusCode::kAlreadyExists, v1::ERROR_REASON_VALUE_TAKEN));
  EXPECT_THAT(status.ToString(), Not(HasSubstr("plans/p/actions/a")));
}

TEST_F(StandardMethodsTest, UpdateWhatTheMaskNames) {
  auto updated = Update("action { name: 'plans/p/actions/a' description: 'D' }");
  EXPECT_EQ(updated->description(), "D");
  EXPECT_EQ(updated->title(), "T");
  updated = Update("action { name: 'plans/p/actions/a' description: 'D' title: 'U' } update_mask { paths: 'title' }");
  EXPECT_EQ(updated->description(), "");
  EXPECT_EQ(updated->title(), "U");
  EXPECT_THAT(Update("action { name: 'plans/p/actions/a' } update_mask { paths: '*' }"),
              HasReason(StatusCode::kInvalidArgument, v1::ERROR_REASON_INVALID_REQUEST))
      << "a required field would be empty";
  EXPECT_THAT(Update("action { name: 'plans/p/actions/gone' title: 'U' }"),
              HasReason(StatusCode::kFailedPrecondition, v1::ERROR_REASON_RESOURCE_DELETED));
}

TEST_F(StandardMethodsTest, DeleteSoftlyAndBringBack) {
  const Method remove = methods_.Delete(api::DeleteActionRequest::default_instance());
  const Method undelete = methods_.Undelete(api::UndeleteActionRequest::default_instance());
  EXPECT_EQ(Write(remove, Named<api::DeleteActionRequest>("a"))->delete_time().seconds(),
            absl::ToUnixSeconds(state_.facts().now));
  EXPECT_EQ(Write(remove, Named<api::DeleteActionRequest>("gone"))->delete_time().seconds(), 1)
      << "again changes nothing";
  EXPECT_FALSE(Write(undelete, Named<api::UndeleteActionRequest>("gone"))->has_delete_time());
  EXPECT_THAT(Write(undelete, Named<api::UndeleteActionRequest>("a")),
              HasReason(StatusCode::kFailedPrecondition, v1::ERROR_REASON_RESOURCE_NOT_DELETED));
  state_.Put(Parse<Action>(absl::StrCat("name: 'plans/p/actions/c' title: 'T' code: 'g' ", kLink)));
  EXPECT_THAT(Write(undelete, Named<api::UndeleteActionRequest>("gone")),
              HasReason(StatusCode::kAlreadyExists, v1::ERROR_REASON_VALUE_TAKEN));
}

TEST_F(StandardMethodsTest, MayChangeOthersInTheSameCommit) {
  const Method start = methods_.Change<api::StartActionRequest, Action>(
      [](const api::StartActionRequest& request, Context& context, Action& action, StandardMethods::Further& further) {
        action.set_description(request.reason());
        auto other = std::make_unique<Action>(*context.Get<Action>("plans/p/actions/b"));
        other->set_description("goes with it");
        further.push_back(std::move(other));
        return absl::OkStatus();
      });
  auto request = Named<api::StartActionRequest>("a");
  request.set_reason("because");
  Context context = state_.Look();
  const auto change = start.write(request, context);
  ASSERT_TRUE(change.ok()) << change.status();
  ASSERT_EQ(change->puts.size(), 2);
  EXPECT_THAT(change->answers, ElementsAre("plans/p/actions/a")) << "the answer is the resource asked about";
  EXPECT_EQ(static_cast<const Action&>(*change->puts[0].message).description(), "because");
  EXPECT_EQ(change->puts[1].name, "plans/p/actions/b");
  EXPECT_EQ(static_cast<const Action&>(*change->puts[1].message).description(), "goes with it");
}

// What lies under something deleted can only be written once that is undeleted.
TEST_F(StandardMethodsTest, WriteNothingUnderSomethingDeleted) {
  State state({{Action::default_instance(), "plans/{plan}"}, {api::Milestone::default_instance(), "plans/{plan}"}});
  state.Put(Parse<Action>("name: 'plans/p/actions/gone' delete_time { seconds: 1 }"));
  state.Put(Parse<api::Milestone>(absl::StrCat("name: 'plans/p/actions/gone/milestones/m' title: 'M' ", kDue)));
  state.Put(Parse<api::Milestone>(
      absl::StrCat("name: 'plans/p/actions/gone/milestones/n' title: 'N' delete_time { seconds: 2 } ", kDue)));
  const StandardMethods milestones(
      {&state.types().Of(api::Milestone::descriptor()), ResourceRules(), &state.stamper(), &state.tokens()});
  const auto meets = [&](const Method& method, const google::protobuf::Message& request) {
    Context context = state.Look();
    const absl::Status status = method.write(request, context).status();
    EXPECT_THAT(status, HasReason(StatusCode::kFailedPrecondition, v1::ERROR_REASON_RESOURCE_DELETED)) << method.name;
    EXPECT_EQ(MetadataOf(status, "name"), "plans/p/actions/gone");
  };
  const std::string name = "name: 'plans/p/actions/gone/milestones/";
  meets(
      milestones.Create(api::CreateMilestoneRequest::default_instance()),
      Parse<api::CreateMilestoneRequest>("parent: 'plans/p/actions/gone' milestone_id: 'x' milestone { title: 'X' }"));
  meets(milestones.Update(api::UpdateMilestoneRequest::default_instance()),
        Parse<api::UpdateMilestoneRequest>(absl::StrCat("milestone { ", name, "m' title: 'X' }")));
  meets(milestones.Delete(api::DeleteMilestoneRequest::default_instance()),
        Parse<api::DeleteMilestoneRequest>(absl::StrCat(name, "m'")));
  meets(milestones.Undelete(api::UndeleteMilestoneRequest::default_instance()),
        Parse<api::UndeleteMilestoneRequest>(absl::StrCat(name, "n'")));
  meets(milestones.Change(api::ReachMilestoneRequest::default_instance(),
                          [](Context&, google::protobuf::Message&) { return absl::OkStatus(); }),
        Parse<api::ReachMilestoneRequest>(absl::StrCat(name, "m'")));
}

}  // namespace
}  // namespace concord::rpc
