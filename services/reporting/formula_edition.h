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

}  // namespace concord::reporting

#endif  // SERVICES_REPORTING_FORMULA_EDITION_H_
