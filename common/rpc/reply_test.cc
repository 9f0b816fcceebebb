#include "common/rpc/reply.h"

#include <string>

#include "common/rpc/state_fixture.h"
#include "concord/action/v1/action_service.pb.h"
#include "gtest/gtest.h"

namespace concord::rpc {
namespace {

using action::v1::Action;
using action::v1::ListActionsResponse;

TEST(Reply, SharesTheBytesOfAStoredResource) {
  State state({{Action::default_instance(), "plans/{plan}"}});
  state.Put(Parse<Action>("name: 'plans/p/actions/a' title: 'A'"));
  ledger::SnapshotPtr snapshot = state.Of("plans/p");
  const ledger::Resource& resource = *snapshot->Find("actions", "plans/p/actions/a");
  const Reply reply = ReplyWith(snapshot, resource);
  EXPECT_EQ(reply.get(), &resource.bytes);
  state.Put(Parse<Action>("name: 'plans/p/actions/a' title: 'B'"));
  snapshot.reset();
  Action action;
  ASSERT_TRUE(action.ParseFromString(*reply));
  EXPECT_EQ(action.title(), "A") << "kept alive, and never changed";
}

TEST(ListReply, IsTheSameAsAMessageWithItsRows) {
  State state({{Action::default_instance(), "plans/{plan}"}});
  ListReply list(ListActionsResponse::kActionsFieldNumber);
  ListActionsResponse expected;
  for (const size_t length : {0, 1, 127, 128, 20'000}) {  // Lengths of one, two and three bytes.
    Action action;
    action.set_name(std::string("plans/p/actions/a") + std::to_string(length));
    action.set_description(std::string(length, 'd'));
    state.Put(action);
    const ledger::Resource& resource = *state.Of("plans/p")->Find("actions", action.name());
    list.Add(resource);
    *expected.add_actions() = static_cast<const Action&>(*resource.message);
  }
  ListActionsResponse rest;
  rest.set_next_page_token("more");
  expected.set_next_page_token("more");
  EXPECT_EQ(*list.Finish(rest), expected.SerializeAsString());
}

}  // namespace
}  // namespace concord::rpc
