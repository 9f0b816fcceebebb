#include "services/reporting/quantiles.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

namespace concord::reporting {
namespace {

// Upper critical values of Student's t for a probability of 0.10, degrees of freedom 1 to 30: NIST/SEMATECH e-Handbook
// of Statistical Methods, section 1.3.6.7.2.
constexpr std::array<double, 30> kStudent90 = {3.078, 1.886, 1.638, 1.533, 1.476, 1.440, 1.415, 1.397, 1.383, 1.372,
                                               1.363, 1.356, 1.350, 1.345, 1.341, 1.337, 1.333, 1.330, 1.328, 1.325,
                                               1.323, 1.321, 1.319, 1.318, 1.316, 1.315, 1.314, 1.313, 1.311, 1.310};

}  // namespace

double QuantileOf(std::vector<double> numbers, double share) {
  std::sort(numbers.begin(), numbers.end());
  return QuantileOfSorted(numbers, share);
}

double QuantileOfSorted(const std::vector<double>& numbers, double share) {
  const double place = static_cast<double>(numbers.size() - 1) * share;
  const auto below = static_cast<size_t>(std::floor(place));
  const size_t above = std::min(below + 1, numbers.size() - 1);
  return numbers[below] + (place - static_cast<double>(below)) * (numbers[above] - numbers[below]);
}

double StudentQuantile90(int degrees) {
  const int most = static_cast<int>(kStudent90.size());
  return kStudent90.at(static_cast<size_t>(std::clamp(degrees, 1, most) - 1));
}

}  // namespace concord::reporting
