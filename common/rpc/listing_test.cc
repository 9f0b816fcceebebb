// Lists: filters, orders, pages, wildcards, and what is deleted. On plans with actions and milestones.
#include "common/rpc/listing.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/aip/resource_name.h"
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
using ::testing::UnorderedElementsAre;
namespace api = ::concord::action::v1;

class ListingTest : public ::testing::Test {
 protected:
  ListingTest()
      : state_({{Plan::default_instance(), "plans/{plan}"},
                {Action::default_instance(), "plans/{plan}"},
                {Milestone::default_instance(), "plans/{plan}"}}),
        actions_(ListMethod(state_.types().Of(Action::descriptor()), state_.tokens(),
                            api::ListActionsRequest::default_instance(), api::ListActionsResponse::default_instance())),
        milestones_(ListMethod(state_.types().Of(Milestone::descriptor()), state_.tokens(),
                               api::ListMilestonesRequest::default_instance(),
                               api::ListMilestonesResponse::default_instance())) {
    state_.Put(Parse<Plan>("name: 'plans/p'"));
    for (const char* action : {"name: 'plans/p/actions/a' code: '3' title: 'Train'",
                               "name: 'plans/p/actions/b' code: '1' title: 'Train' lead: 'members/m'",
                               "name: 'plans/p/actions/c' code: '2' title: 'Reach out'"}) {
      state_.Put(Parse<Action>(action));
    }
    for (const char* milestone : {"a/milestones/m2", "a/milestones/m1", "b/milestones/m1", "gone/milestones/m1"}) {
      state_.Put(Parse<Milestone>(absl::StrCat("name: 'plans/p/actions/", milestone, "' title: 'M'")));
    }
    state_.Put(Parse<Action>("name: 'plans/p/actions/gone' code: '4' delete_time { seconds: 1 }"));
  }

  std::vector<std::pair<std::string, std::string>> Violations(const Method& method,
                                                              const google::protobuf::Message& request) {
    concord::Violations violations;
    method.validate(request, violations);
    return ViolationsOf(violations.ToStatus());
  }

  template <typename Response>
  absl::StatusOr<Response> Read(const Method& method, const google::protobuf::Message& request) {
    Context context = state_.Look();
    const auto reply = method.read(request, context);
    if (!reply.ok()) return reply.status();
    Response response;
    EXPECT_TRUE(response.ParseFromString(**reply));
    return response;
  }

  // The ids of a page of actions; its token goes into the request.
  std::vector<std::string> Page(api::ListActionsRequest& request) {
    const auto page = Read<api::ListActionsResponse>(actions_, request);
    EXPECT_TRUE(page.ok()) << page.status();
    std::vector<std::string> ids;
    for (const Action& action : page->actions()) ids.emplace_back(aip::LastIdOf(action.name()));
    request.set_page_token(page->next_page_token());
    return ids;
  }
  std::vector<std::string> Actions(const std::string& fields) {
    auto request = Parse<api::ListActionsRequest>(absl::StrCat("parent: 'plans/p' ", fields));
    EXPECT_THAT(Violations(actions_, request), IsEmpty());
    return Page(request);
  }

  // "a/milestones/m1" and so on.
  std::vector<std::string> Milestones(const std::string& parent, const std::string& fields = "") {
    const auto request = Parse<api::ListMilestonesRequest>(absl::StrCat("parent: '", parent, "' ", fields));
    EXPECT_THAT(Violations(milestones_, request), IsEmpty());
    const auto page = Read<api::ListMilestonesResponse>(milestones_, request);
    EXPECT_TRUE(page.ok()) << page.status();
    std::vector<std::string> names;
    for (const Milestone& m : page->milestones())
      names.push_back(m.name().substr(std::string("plans/p/actions/").size()));
    return names;
  }

  State state_;
  Method actions_;
  Method milestones_;
};

TEST_F(ListingTest, GivesTheRowsForWhichTheFilterHolds) {
  EXPECT_THAT(Actions("filter: 'title = Train'"), ElementsAre("a", "b"));
  EXPECT_THAT(Actions("filter: 'title = Train AND NOT lead:*'"), ElementsAre("a"));
  EXPECT_THAT(Actions("filter: 'code > 3' show_deleted: true"), ElementsAre("gone"));
  EXPECT_THAT(Actions("filter: 'code > 9'"), IsEmpty());
}

TEST_F(ListingTest, GivesThemInTheOrderAskedForThenByName) {
  EXPECT_THAT(Actions("order_by: 'code'"), ElementsAre("b", "c", "a"));
  EXPECT_THAT(Actions("order_by: 'code desc'"), ElementsAre("a", "c", "b"));
  EXPECT_THAT(Actions("order_by: 'title desc'"), ElementsAre("a", "b", "c"));
  EXPECT_THAT(Actions("order_by: 'name desc' filter: 'title = Train'"), ElementsAre("b", "a"));
}

TEST_F(ListingTest, LeavesNoPageShortForWhatTheFilterPassesOver) {
  auto request = Parse<api::ListActionsRequest>("parent: 'plans/p' page_size: 1 filter: 'code != 2'");
  EXPECT_THAT(Page(request), ElementsAre("a"));
  EXPECT_THAT(Page(request), ElementsAre("b"));
  EXPECT_EQ(request.page_token(), "") << "what does not fit the filter makes no further page";
}

// Clients accept 4 MiB at a time by default.
TEST_F(ListingTest, EndsAPageEarlyWhereItsRowsAreLarge) {
  const std::string text(900'000, 'd');
  for (const char* id : {"x", "y", "z"}) {
    state_.Put(Parse<Action>(
        absl::StrCat("name: 'plans/p/actions/", id, "' title: 'Large' code: '", id, "' description: '", text, "'")));
  }
  auto request = Parse<api::ListActionsRequest>("parent: 'plans/p' page_size: 1000");
  EXPECT_THAT(Page(request), ElementsAre("a", "b", "c", "x", "y"));
  EXPECT_THAT(Page(request), ElementsAre("z"));
  EXPECT_EQ(request.page_token(), "");
  request = Parse<api::ListActionsRequest>("parent: 'plans/p' order_by: 'code desc'");
  EXPECT_THAT(Page(request), ElementsAre("z", "y"));
  EXPECT_THAT(Page(request), ElementsAre("x", "a", "c", "b"));
  EXPECT_EQ(request.page_token(), "");
}

TEST_F(ListingTest, GivesARowThatIsLargerThanAPageAlone) {
  state_.Put(Parse<Action>(
      absl::StrCat("name: 'plans/p/actions/b' code: '1' title: 'B' description: '", std::string(3 << 20, 'd'), "'")));
  for (const char* order : {"", "name"}) {
    auto request = Parse<api::ListActionsRequest>(absl::StrCat("parent: 'plans/p' order_by: '", order, "'"));
    EXPECT_THAT(Page(request), ElementsAre("a"));
    EXPECT_THAT(Page(request), ElementsAre("b"));
    EXPECT_THAT(Page(request), ElementsAre("c"));
    EXPECT_EQ(request.page_token(), "");
  }
}

TEST_F(ListingTest, GoesOnInItsOrderWhereThePageBeforeEnded) {
  auto request = Parse<api::ListActionsRequest>("parent: 'plans/p' page_size: 1 order_by: 'title, code desc'");
  EXPECT_THAT(Page(request), ElementsAre("c"));
  EXPECT_THAT(Page(request), ElementsAre("a"));
  EXPECT_THAT(Page(request), ElementsAre("b"));
  EXPECT_EQ(request.page_token(), "");
}

TEST_F(ListingTest, GivesAnUnchangedRowOnceWhileOthersChange) {
  for (int i = 0; i < 40; ++i) {
    state_.Put(Parse<Action>(absl::StrCat("name: 'plans/p/actions/n", i, "' code: '", i % 7, "' title: 'N'")));
  }
  auto request = Parse<api::ListActionsRequest>("parent: 'plans/p' page_size: 7 order_by: 'code desc'");
  std::vector<std::string> seen;
  for (int page = 0; page < 20; ++page) {
    for (const std::string& id : Page(request)) {
      // Rows of even number stay; the others jump about between the pages.
      if (id[0] == 'n' && std::stoi(id.substr(1)) % 2 == 0) seen.push_back(id);
    }
    if (request.page_token().empty()) break;
    for (int i = 1; i < 40; i += 2) {
      state_.Put(
          Parse<Action>(absl::StrCat("name: 'plans/p/actions/n", i, "' code: '", (i * page) % 9, "' title: 'N'")));
    }
  }
  std::vector<std::string> even;
  for (int i = 0; i < 40; i += 2) even.push_back(absl::StrCat("n", i));
  EXPECT_THAT(seen, ::testing::UnorderedElementsAreArray(even));
}

TEST_F(ListingTest, BindsATokenToFilterAndOrder) {
  const auto differ = HasReason(StatusCode::kInvalidArgument, v1::ERROR_REASON_TOKEN_ARGUMENTS_DIFFER);
  auto request = Parse<api::ListActionsRequest>("parent: 'plans/p' page_size: 1 order_by: 'code'");
  Page(request);
  request.set_filter("code = 1");
  EXPECT_THAT(Read<api::ListActionsResponse>(actions_, request), differ);
  request.clear_filter();
  request.set_order_by("code desc");
  EXPECT_THAT(Read<api::ListActionsResponse>(actions_, request), differ);
}

TEST_F(ListingTest, SaysWhatIsWrongWithFilterAndOrder) {
  const auto request =
      Parse<api::ListActionsRequest>("parent: 'plans/p' filter: 'titel = x' order_by: 'objective_links'");
  EXPECT_THAT(Violations(actions_, request),
              ElementsAre(Pair("filter", StartsWith("at character 1: there is no field \"titel\"")),
                          Pair("order_by", "\"objective_links\" may have many values, which have no order")));
}

// A filter must not be a way to find out about what is hidden.
TEST_F(ListingTest, AsksTheFilterOnlyAboutWhatTheCallerMaySee) {
  state_.access().hidden = {"plans/p/actions/a"};
  EXPECT_THAT(Actions("filter: 'title = Train'"), ElementsAre("b"));
  EXPECT_THAT(Actions("order_by: 'code desc' page_size: 3"), ElementsAre("c", "b"));
}

TEST_F(ListingTest, GoesOverAllParentsOfAWildcard) {
  EXPECT_THAT(Milestones("plans/p/actions/a"), ElementsAre("a/milestones/m1", "a/milestones/m2"));
  EXPECT_THAT(Milestones("plans/p/actions/-"), ElementsAre("a/milestones/m1", "a/milestones/m2", "b/milestones/m1"));
  EXPECT_THAT(Milestones("plans/p/actions/-", "order_by: 'name desc' page_size: 2"),
              ElementsAre("b/milestones/m1", "a/milestones/m2"));
  state_.Of("plans/q");
  const auto nowhere = Parse<api::ListMilestonesRequest>("parent: 'plans/q/actions/-'");
  EXPECT_THAT(Read<api::ListMilestonesResponse>(milestones_, nowhere),
              HasReason(StatusCode::kNotFound, v1::ERROR_REASON_RESOURCE_NOT_FOUND));
}

TEST_F(ListingTest, AllowsNoWildcardInTheNameOfTheScope) {
  for (const char* parent :
       {"plans/-/actions/a", "plans/-/actions/-", "plans/-", "plans/p/-/a", "-", "plans/p/actions/a/milestones/m1"}) {
    api::ListMilestonesRequest request;
    request.set_parent(parent);
    EXPECT_THAT(Violations(milestones_, request), ElementsAre(Pair("parent", StartsWith("must be a name like"))))
        << parent;
  }
  EXPECT_THAT(Violations(actions_, Parse<api::ListActionsRequest>("parent: 'plans/-'")),
              ElementsAre(Pair("parent", StartsWith("must be a name like"))));
}

TEST_F(ListingTest, LeavesOutWhatLiesUnderSomethingDeleted) {
  EXPECT_THAT(Milestones("plans/p/actions/gone"), IsEmpty());
  EXPECT_THAT(Milestones("plans/p/actions/gone", "show_deleted: true"), ElementsAre("gone/milestones/m1"));
  EXPECT_THAT(Milestones("plans/p/actions/-", "show_deleted: true"),
              UnorderedElementsAre("a/milestones/m1", "a/milestones/m2", "b/milestones/m1", "gone/milestones/m1"));
}

}  // namespace
}  // namespace concord::rpc
