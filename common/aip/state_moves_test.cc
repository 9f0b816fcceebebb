#include "common/aip/state_moves.h"

#include "concord/action/v1/error_reason.pb.h"
#include "concord/action/v1/risk.pb.h"
#include "gmock/gmock.h"
#include "tests/support/status_matchers.h"

namespace concord::aip {
namespace {

using action::v1::Risk;
using concord::testing::HasReason;
using concord::testing::IsOk;

TEST(WordOf, IsWhatTellsAValueFromTheOthers) {
  EXPECT_EQ(WordOf(Risk::STATE_OCCURRED), "OCCURRED");
  EXPECT_EQ(WordOf(action::v1::ERROR_REASON_ACTION_ENDED), "ACTION_ENDED");
  EXPECT_EQ(WordOf(static_cast<Risk::State>(99)), "") << "a value that this program does not know";
}

TEST(StateMoves, LeadWhereTheyAreDeclaredAndNowhereElse) {
  const StateMoves<Risk::State> moves(action::v1::ERROR_REASON_WRONG_RISK_STATE,
                                      {{Risk::STATE_OPEN, Risk::STATE_CLOSED}});
  EXPECT_TRUE(moves.Lead(Risk::STATE_OPEN, Risk::STATE_CLOSED));
  EXPECT_FALSE(moves.Lead(Risk::STATE_CLOSED, Risk::STATE_OPEN));
  EXPECT_FALSE(moves.Lead(Risk::STATE_OPEN, Risk::STATE_OPEN));
  EXPECT_THAT(moves.Check("r", Risk::STATE_OPEN, Risk::STATE_CLOSED), IsOk());
  const absl::Status wrong = moves.Check("r", Risk::STATE_CLOSED, Risk::STATE_OPEN);
  EXPECT_THAT(wrong, HasReason(absl::StatusCode::kFailedPrecondition, action::v1::ERROR_REASON_WRONG_RISK_STATE));
  EXPECT_EQ(MetadataOf(wrong, "name"), "r");
  EXPECT_EQ(MetadataOf(wrong, "from"), "CLOSED");
  EXPECT_EQ(MetadataOf(wrong, "to"), "OPEN");
}

}  // namespace
}  // namespace concord::aip
