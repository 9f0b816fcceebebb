// Quantiles of a few numbers, and of Student's t.
//
// The definitions are in FIGURES.md. Pure; safe from any thread.
#ifndef SERVICES_REPORTING_QUANTILES_H_
#define SERVICES_REPORTING_QUANTILES_H_

#include <vector>

namespace concord::reporting {

// The number that the share of the numbers lies below: the one in the place (count - 1) * share, between two places on
// the straight line between them. `share` is 0 to 1; 0.5 is the median. There must be a number; any order will do.
double QuantileOf(std::vector<double> numbers, double share);

// The same of numbers in their order.
double QuantileOfSorted(const std::vector<double>& numbers, double share);

// The 90 % quantile of Student's t, so that 80 % lie between it and its negative. `degrees` is at least 1; more than 30
// are taken for 30, which is less than 3 % too much.
double StudentQuantile90(int degrees);

}  // namespace concord::reporting

#endif  // SERVICES_REPORTING_QUANTILES_H_
