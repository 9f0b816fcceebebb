#include "services/action/risk_states.h"

#include "common/aip/state_moves.h"
#include "common/status/macros.h"
#include "concord/action/v1/error_reason.pb.h"

namespace concord::action {

using v1::Risk;

absl::Status MoveRisk(Risk::State to, Risk& risk) {
  static const auto& moves = *new aip::StateMoves<Risk::State>(v1::ERROR_REASON_WRONG_RISK_STATE,
                                                               {
                                                                   {Risk::STATE_OPEN, Risk::STATE_OCCURRED},
                                                                   {Risk::STATE_OPEN, Risk::STATE_CLOSED},
                                                                   {Risk::STATE_OCCURRED, Risk::STATE_CLOSED},
                                                                   {Risk::STATE_OCCURRED, Risk::STATE_OPEN},
                                                                   {Risk::STATE_CLOSED, Risk::STATE_OPEN},
                                                               });
  CONCORD_RETURN_IF_ERROR(moves.Check(risk.name(), risk.state(), to));
  risk.set_state(to);
  return absl::OkStatus();
}

}  // namespace concord::action
