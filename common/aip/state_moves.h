// Which state leads to which. Pure; safe from any thread.
#ifndef COMMON_AIP_STATE_MOVES_H_
#define COMMON_AIP_STATE_MOVES_H_

#include <algorithm>
#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "common/aip/enum_words.h"
#include "common/status/error.h"

namespace concord::aip {

// All moves of one kind of resource. Immutable.
template <typename State>
class StateMoves {
 public:
  // `wrong` is the reason of a move that there is not.
  StateMoves(Reason wrong, std::initializer_list<std::pair<State, State>> moves)
      : wrong_(std::move(wrong)), moves_(moves) {}

  bool Lead(State from, State to) const {
    return std::find(moves_.begin(), moves_.end(), std::make_pair(from, to)) != moves_.end();
  }

  // FAILED_PRECONDITION unless there is such a move. `name` is the resource's.
  absl::Status Check(const std::string& name, State from, State to) const {
    if (Lead(from, to)) return absl::OkStatus();
    return MakeError(absl::StatusCode::kFailedPrecondition, wrong_, "{name} is {from} and cannot become {to}",
                     {{"name", name}, {"from", WordOf(from)}, {"to", WordOf(to)}});
  }

 private:
  const Reason wrong_;
  const std::vector<std::pair<State, State>> moves_;
};

}  // namespace concord::aip

#endif  // COMMON_AIP_STATE_MOVES_H_
