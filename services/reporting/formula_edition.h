// The edition of the formulas, and the constants that belong to it.
//
// Figures of different editions do not compare. Whoever changes a constant here
// or a definition in FIGURES.md gives the edition a new name, unless it has not
// been released yet.
#ifndef SERVICES_REPORTING_FORMULA_EDITION_H_
#define SERVICES_REPORTING_FORMULA_EDITION_H_

#include "absl/strings/string_view.h"

namespace concord::reporting {

// Year and number within the year.
inline constexpr absl::string_view kFormulaEdition = "2026-2";

// The least schedule performance that is on track: a tenth behind is within
// what estimates are good for.
inline constexpr double kOnTrackPerformance = 0.9;

// The least schedule performance that is only at risk: less than that is rarely
// made up for.
inline constexpr double kAtRiskPerformance = 0.7;

// Two performances closer than this are the same, so that a performance that is
// 0.9 on paper is not taken for less because 0.18 / 0.2 is less in binary.
inline constexpr double kPerformanceTolerance = 1e-9;

// How many days after its planned first day an action that has not begun is
// only at risk: a quarter of a year.
inline constexpr int kTolerableStartDelayDays = 90;

// How many names a figure lists at most of the inputs without data.
inline constexpr int kMaxMissingNames = 10;

// How many periods of an indicator its score shows at most, the last ones.
inline constexpr int kMaxPoints = 100;

// Within how many days somebody decides on a measurement that was handed in.
inline constexpr int kApprovalDays = 14;

// Over how many days an action's schedule performance is looked at to see
// whether it slips: a quarter of a year.
inline constexpr int kSlippingDays = 90;

// By how much it must have fallen in that time.
inline constexpr double kSlippingFall = 0.05;

// How far ahead a scorecard counts what comes due.
inline constexpr int kUpcomingDays = 30;

// The quantiles of what the past shows that the ends of a forecast's interval are: 4 out of 5 lie between them.
inline constexpr double kEarliestQuantile = 0.1;
inline constexpr double kLatestQuantile = 0.9;

// And that which what is expected is.
inline constexpr double kMedianQuantile = 0.5;

// How many past forecasts of actions, and of how many actions, an interval is made of at least: of fewer, the
// quantiles are the extremes of what happens to be there.
inline constexpr int kMinPastForecasts = 5;
inline constexpr int kMinPastActions = 3;

// At how many past quarter ends the method is tried at most, the last ones: ten years.
inline constexpr int kMaxPastQuarters = 40;

// Over how many days rates of progress are told: about a month.
inline constexpr int kRateDays = 30;

// A further day is begun only if more than this of it is needed, so that what is a whole number of days on paper is
// not one more in binary.
inline constexpr double kDayTolerance = 1e-6;

// Through how many values an indicator's line leads at least: any two lie on one.
inline constexpr int kMinLineValues = 3;

// And at most, the last ones: five years of months. What is older says little of how things go now.
inline constexpr int kMaxLineValues = 60;

}  // namespace concord::reporting

#endif  // SERVICES_REPORTING_FORMULA_EDITION_H_
