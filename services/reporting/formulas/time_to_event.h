// How long something takes, where some of it is still open and some is given up.
//
// Pure; safe from any thread.
#ifndef SERVICES_REPORTING_FORMULAS_TIME_TO_EVENT_H_
#define SERVICES_REPORTING_FORMULAS_TIME_TO_EVENT_H_

#include <cstdint>
#include <vector>

#include "absl/types/optional.h"

namespace concord::reporting {

struct TimeSpan {
  // How it ended.
  enum class End {
    kReached,  // By what is waited for.
    kGivenUp,  // By what makes that impossible: a competing risk.
    kOpen,     // Not yet: all that is known is that it takes longer.
  };

  int64_t days = 0;
  End end = End::kOpen;
};

// The smallest number of days by which `percent` of all that begin reach their end; nothing if so many never do, as
// far as is known. `percent` is 1 to 100.
//
// After Aalen and Johansen ("An empirical transition matrix for non-homogeneous Markov chains based on censored
// observations", 1978). Where nothing is given up it is the estimate of Kaplan and Meier ("Nonparametric estimation
// from incomplete observations", 1958). Shares closer than 10^-12 are the same.
absl::optional<int64_t> DaysUntil(std::vector<TimeSpan> spans, int percent);

// The value at `percent` of those that have been observed, by the nearest rank. Nothing if there are none.
absl::optional<int64_t> NearestRank(std::vector<int64_t> values, int percent);

}  // namespace concord::reporting

#endif  // SERVICES_REPORTING_FORMULAS_TIME_TO_EVENT_H_
