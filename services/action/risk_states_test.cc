#include "services/action/risk_states.h"

#include <set>
#include <utility>

#include "concord/action/v1/error_reason.pb.h"
#include "gmock/gmock.h"
#include "tests/support/status_matchers.h"

namespace concord::action {
namespace {

using concord::testing::HasReason;
using v1::Risk;

TEST(RiskStates, LeadOnlyWhereTheDiagramLeads) {
  const std::set<std::pair<Risk::State, Risk::State>> moves = {{Risk::STATE_OPEN, Risk::STATE_OCCURRED},
                                                               {Risk::STATE_OPEN, Risk::STATE_CLOSED},
                                                               {Risk::STATE_OCCURRED, Risk::STATE_CLOSED},
                                                               {Risk::STATE_OCCURRED, Risk::STATE_OPEN},
                                                               {Risk::STATE_CLOSED, Risk::STATE_OPEN}};
  const auto states = {Risk::STATE_OPEN, Risk::STATE_OCCURRED, Risk::STATE_CLOSED};
  for (const Risk::State from : states) {
    for (const Risk::State to : states) {
      Risk risk;
      risk.set_name("plans/p/actions/a/risks/r");
      risk.set_state(from);
      const absl::Status status = MoveRisk(to, risk);
      const bool leads = moves.count({from, to}) == 1;
      EXPECT_EQ(status.ok(), leads) << Risk::State_Name(from) << " -> " << Risk::State_Name(to);
      EXPECT_EQ(risk.state(), leads ? to : from);
      if (leads) continue;
      EXPECT_THAT(status, HasReason(absl::StatusCode::kFailedPrecondition, v1::ERROR_REASON_WRONG_RISK_STATE));
      EXPECT_EQ(MetadataOf(status, "name"), "plans/p/actions/a/risks/r");
    }
  }
}

}  // namespace
}  // namespace concord::action
