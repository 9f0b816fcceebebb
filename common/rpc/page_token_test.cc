#include "common/rpc/page_token.h"

#include "common/rpc/state_fixture.h"
#include "concord/action/v1/action_service.pb.h"
#include "concord/objective/v1/objective_service.pb.h"
#include "concord/rpc/v1/error_reason.pb.h"
#include "gmock/gmock.h"
#include "tests/support/status_matchers.h"

namespace concord::rpc {
namespace {

using absl::StatusCode;
using action::v1::ListActionsRequest;
using concord::testing::HasReason;
using concord::testing::IsOkAndHolds;

ledger::Position PositionAt(int64_t revision, char digest = 'a', const std::string& epoch = "epoch") {
  ledger::Position position;
  position.epoch = epoch;
  position.revision = revision;
  position.digest = std::string(40, digest);
  return position;
}

class PageTokenTest : public ::testing::Test {
 protected:
  PageTokenTest() : tokens_(TestSealer()), request_(Parse<ListActionsRequest>("parent: 'plans/p' page_size: 10")) {
    request_.set_page_token(tokens_.Make(request_, "plans/p", PositionAt(7), "plans/p/actions/m"));
  }
  absl::StatusOr<std::string> Open(const ledger::Position& position) {
    return tokens_.Open(request_, "plans/p", position);
  }

  PageTokens tokens_;
  ListActionsRequest request_;
};

TEST_F(PageTokenTest, GoesOnAfterItsRow) {
  EXPECT_THAT(Open(PositionAt(7)), IsOkAndHolds("plans/p/actions/m"));
  EXPECT_THAT(Open(PositionAt(8, 'b')), IsOkAndHolds("plans/p/actions/m")) << "history has gone on";
}

TEST_F(PageTokenTest, OfTheFirstPageIsEmpty) {
  request_.clear_page_token();
  EXPECT_THAT(Open(PositionAt(0)), IsOkAndHolds(""));
}

TEST_F(PageTokenTest, AllowsAnotherPageSize) {
  request_.set_page_size(99);
  EXPECT_TRUE(Open(PositionAt(7)).ok());
}

TEST_F(PageTokenTest, IsBoundToItsArguments) {
  const auto differ = HasReason(StatusCode::kInvalidArgument, v1::ERROR_REASON_TOKEN_ARGUMENTS_DIFFER);
  request_.set_show_deleted(true);
  EXPECT_THAT(Open(PositionAt(7)), differ);
  request_.set_show_deleted(false);
  EXPECT_THAT(tokens_.Open(request_, "plans/q", PositionAt(7)), differ);
  auto other = Parse<objective::v1::ListObjectivesRequest>("parent: 'plans/p'");
  other.set_page_token(request_.page_token());
  EXPECT_THAT(tokens_.Open(other, "plans/p", PositionAt(7)), differ);
}

TEST_F(PageTokenTest, IsRefusedWhereItWasChangedInAnyPlace) {
  const std::string token = request_.page_token();
  for (size_t i = 0; i < token.size(); ++i) {
    std::string changed = token;
    changed[i] = changed[i] == 'x' ? 'y' : 'x';
    request_.set_page_token(changed);
    EXPECT_FALSE(Open(PositionAt(7)).ok()) << i;
  }
  request_.set_page_token(token.substr(1));
  EXPECT_THAT(Open(PositionAt(7)), HasReason(StatusCode::kInvalidArgument, v1::ERROR_REASON_TOKEN_INVALID));
  request_.set_page_token(
      PageTokens(TestSealer("another key of at least 32 bytes!")).Make(request_, "plans/p", PositionAt(7), "x"));
  EXPECT_THAT(Open(PositionAt(7)), HasReason(StatusCode::kInvalidArgument, v1::ERROR_REASON_TOKEN_INVALID));
}

TEST_F(PageTokenTest, IsRefusedByAHistoryThatItIsNotPartOf) {
  const auto diverged = HasReason(StatusCode::kFailedPrecondition, v1::ERROR_REASON_HISTORY_DIVERGED);
  EXPECT_THAT(Open(PositionAt(6)), diverged) << "a lost future";
  EXPECT_THAT(Open(PositionAt(7, 'b')), diverged) << "another revision 7";
  EXPECT_THAT(Open(PositionAt(9, 'a', "restored")), diverged) << "another life";
}

TEST(PageSize, HasADefaultAndALimit) {
  const auto size = [](int wanted) {
    ListActionsRequest request;
    request.set_page_size(wanted);
    return PageSizeOf(request);
  };
  EXPECT_EQ(size(0), 50);
  EXPECT_EQ(size(1), 1);
  EXPECT_EQ(size(1'000), 1'000);
  EXPECT_EQ(size(1'000'000), 1'000);
}

}  // namespace
}  // namespace concord::rpc
