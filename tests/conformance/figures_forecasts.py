"""Part of figures_reference.py, from services/reporting/FIGURES.md alone: forecasts of actions and of indicators."""

import datetime
import math

from figures_terms import (APPROVED, CANCELLED, COMPLETED, DAY, Fraction, IN_PROGRESS, ON_HOLD, PROPOSED, day_of,
                           number_of, round_to)

ACTUAL_END, RATE, PLANNED, NO_REPORT, NO_PROGRESS, HELD, GIVEN_UP, UNDECIDED = 1, 2, 3, 4, 5, 6, 7, 8
START_NOT_RECORDED, END_NOT_RECORDED, DEPENDENCY, CIRCLE, OUT_OF_RANGE = 9, 10, 11, 12, 13
INTERVAL_GIVEN, NO_FORECAST, KNOWN, FEW_FORECASTS, FEW_ACTIONS, INTERVAL_OUT_OF_RANGE = 1, 2, 3, 4, 5, 6
OUTLOOK_NO_DATA, YES, NO, UNCERTAIN = 1, 2, 3, 4
ACTUAL_VALUE, LINE, NO_VALUES, FEW_VALUES, VALUE_OUT_OF_RANGE = 1, 2, 3, 4, 5
LAST_DAY = datetime.date(2200, 12, 31)
STUDENT = [float(text) for text in """
    3.078 1.886 1.638 1.533 1.476 1.440 1.415 1.397 1.383 1.372 1.363 1.356 1.350 1.345 1.341 1.337 1.333 1.330 1.328
    1.325 1.323 1.321 1.319 1.318 1.316 1.315 1.314 1.313 1.311 1.310""".split()]


def whole_days(days):
    return min(max(1, math.ceil(days - Fraction(1, 10 ** 6))), 366000)


def length(first, last):
    return max(1, (last - first).days + 1)


def quantile(numbers, share, between=True):
    numbers = sorted(numbers)
    place = (len(numbers) - 1) * share
    below = math.floor(place)
    above = min(below + 1, len(numbers) - 1)
    return numbers[below] + (place - below) * (numbers[above] - numbers[below]) if between else numbers[below]


def outlook(answers):
    return YES if all(answers) else UNCERTAIN if any(answers) else NO


def quarter_ends_before(day):
    found = []
    while len(found) < 40:
        day = datetime.date(day.year, day.month - (day.month - 1) % 3, 1) - DAY
        found.append(day)
    return found


class Forecasts:
    """Of actions and of indicators, at a date."""

    # --- actions ---

    def whole(self, action):
        """How many days it takes at the rate so far, None without progress; and the day the progress was made by."""
        begun, progress = day_of(action.actual_start_date), self.progress(action)
        by_milestones = self.milestones(action)
        until = self.date
        if by_milestones and progress:
            until = max((day_of(milestone.reached_date) for milestone in by_milestones
                         if self.reached(milestone) and milestone.HasField("reached_date")), default=self.date)
        elif not by_milestones:
            until = day_of(self.report(action).date)
        if not self.keeps("a rate ends with its progress"):
            until = self.date
        if progress == 0:
            return None, until
        days = max(1, (until - begun).days + 1) / progress
        if by_milestones and self.keeps("the next milestone is not reached yet"):
            weight = {one.name: Fraction(one.weight) if one.HasField("weight") else Fraction(1)
                      for one in by_milestones}
            after = min((weight[one.name] for one in by_milestones if not self.reached(one)), default=Fraction(0))
            after += sum(weight[one.name] for one in by_milestones if self.reached(one))
            days = max(days, max(1, (self.date - begun).days + 1) / (after / sum(weight.values())))
        return days, until

    def pace(self, action):
        """(basis, first day, last day) by itself."""
        state, progress = self.state(action), self.progress(action)
        begun = day_of(action.actual_start_date) if action.HasField("actual_start_date") else None
        if state in (PROPOSED, ON_HOLD, CANCELLED):
            return {PROPOSED: UNDECIDED, ON_HOLD: HELD, CANCELLED: GIVEN_UP}[state], None, None
        if state == COMPLETED:
            ended = action.HasField("actual_end_date")
            return (ACTUAL_END, begun, day_of(action.actual_end_date)) if ended else (END_NOT_RECORDED, None, None)
        first, last = self.period(action)
        if state == APPROVED:
            days = length(first, last)
            if self.keeps("planned durations have a factor"):
                days *= self.duration_factor()[0]
            first = max(first, self.date + DAY)
            return PLANNED, first, first + (whole_days(days) - 1) * DAY
        if begun is None or progress is None or progress == 0:
            return (START_NOT_RECORDED if begun is None else NO_REPORT if progress is None else NO_PROGRESS), None, None
        end = max(self.date + DAY, begun + (whole_days(self.whole(action)[0]) - 1) * DAY)
        return (RATE, begun, end) if end <= LAST_DAY else (OUT_OF_RANGE, None, None)

    def duration_factor(self):
        """(factor, of how many)"""
        if self.factor is None:
            ratios = []
            for action in self.rows["actions"]:
                if self.state(action) in (IN_PROGRESS, COMPLETED):
                    basis, first, last = self.pace(action)
                    if basis in (ACTUAL_END, RATE) and first is not None:
                        ratios.append(Fraction(length(first, last), length(*self.period(action))))
            self.factor = (quantile(ratios, Fraction(1, 2)) if ratios else Fraction(1), len(ratios))
        return self.factor

    def stretched(self, action, stretch):
        basis, first, last = self.pace(action)
        if basis == RATE:
            last = self.date + whole_days((last - self.date).days * stretch) * DAY
        elif basis == PLANNED:
            last = first + (whole_days(((last - first).days + 1) * stretch) - 1) * DAY
        return basis, first, last

    def ends(self, stretch=Fraction(1)):
        """{name: (basis, first day, last day, held by)} through dependencies."""
        own = {action.name: self.stretched(action, stretch) for action in self.rows["actions"]}
        found = {name: (*one, "") for name, one in own.items() if one[0] not in (RATE, PLANNED)}
        actions = [action for action in self.rows["actions"] if action.name not in found]
        while True:
            ready = [action for action in actions if action.name not in found and all(
                name in found or name not in own for name in action.dependencies)]
            if not ready:
                break
            for action in ready:
                found[action.name] = self.through(action, own[action.name], found)
        return {**{action.name: (CIRCLE, None, None, "") for action in actions}, **found}

    def through(self, action, own, found):
        basis, first, last = own
        by_name = {other.name: other for other in self.rows["actions"]}
        held, end, span = "", last, last - first
        for name in action.dependencies:
            other = by_name.get(name)
            if other is not None and self.state(other) == COMPLETED:
                continue
            if other is None or found[name][2] is None:
                return DEPENDENCY, None, None, name
            after = basis == PLANNED and self.period(action)[0] > self.period(other)[1]
            if after and self.keeps("what is planned after begins after"):
                first = max(first, found[name][2] + DAY)
                reaches = found[name][2] + DAY + span
            elif self.keeps("nothing is completed before what it needs"):
                reaches = found[name][2]
            else:
                continue
            if reaches > end or (reaches == end and held and name < held):
                held, end = name, reaches
        return (basis, first, end, held) if end <= LAST_DAY else (OUT_OF_RANGE, None, None, "")

    def outcomes(self):
        """[(quarter end, action, actual end, ratio, ends as reckoned and by each ratio known then)], oldest first."""
        if self.past_outcomes is None:
            completed = [action for action in self.rows["actions"] if self.state(action) == COMPLETED
                         and action.HasField("actual_start_date") and action.HasField("actual_end_date")]
            self.past_outcomes = []
            for then in reversed(quarter_ends_before(self.date)):
                ran = [action for action in completed
                       if day_of(action.actual_start_date) <= then < day_of(action.actual_end_date)]
                if not ran:
                    continue
                before = type(self)(self.plan, self.rows, then, self.planted)
                known = self.quantiles_of([one for one in self.past_outcomes if one[2] <= then
                                           or not self.keeps("only what was known then is learnt from")])
                found = [before.ends(ratio) for ratio in (Fraction(1), *(known or ()))]
                for action in ran:
                    reckoned, actual = found[0][action.name][2], day_of(action.actual_end_date)
                    ratio = Fraction((actual - then).days, (reckoned - then).days) if reckoned else None
                    self.past_outcomes.append((then, action.name, actual, ratio,
                                               [ends[action.name][2] for ends in found]))
        return self.past_outcomes

    def past(self):
        """[(action, error in days, whether it lay within its interval)] of the forecasts whose outcome is known."""
        found = []
        for _, name, actual, _, (reckoned, *stretched) in self.outcomes():
            early, middle, late = stretched or (None, reckoned, None)
            if middle is None:
                continue
            error = (actual - middle).days
            if not self.keeps("what came less what was forecast"):
                error = -error
            found.append((name, error, early <= actual <= late if early and late else None))
        return found

    def quantiles_of(self, outcomes):
        """The three ratios, or None."""
        ratios = [(name, ratio) for _, name, _, ratio, _ in outcomes if ratio is not None]
        if len(ratios) < 5 or len({name for name, _ in ratios}) < 3:
            return None
        between = self.keeps("quantiles lie between places")
        return tuple(quantile([ratio for _, ratio in ratios], Fraction(share, 10), between) for share in (1, 5, 9))

    def ratios(self):
        return self.quantiles_of(self.outcomes())

    def rates(self, action):
        """(so far, needed, needed for the plan's last day)"""
        state, progress = self.state(action), self.progress(action)
        so_far = None
        if state == IN_PROGRESS and progress is not None and action.HasField("actual_start_date"):
            so_far = 30 / self.whole(action)[0] if progress else Fraction(0)
        needed = []
        for last in (self.period(action)[1], self.last):
            left = (last - self.date).days
            known = state in (APPROVED, IN_PROGRESS, ON_HOLD) and progress is not None and left > 0
            needed.append((1 - progress) * 30 / left if known else None)
        return (so_far, *needed)

    # --- indicators ---

    def line(self, values, number):
        """The line's value in a period, exactly, and half of the interval's width."""
        count = len(values)
        mean_x, mean_y = Fraction(sum(x for x, _ in values), count), sum(y for _, y in values) / count
        spread = sum((x - mean_x) ** 2 for x, _ in values)
        slope = sum((x - mean_x) * (y - mean_y) for x, y in values) / spread
        squares = sum((y - mean_y - slope * (x - mean_x)) ** 2 for x, y in values)
        under = Fraction(1, count) + (number - mean_x) ** 2 / spread
        if self.keeps("the interval is one of a value"):
            under += 1
        width = STUDENT[min(count - 2, 30) - 1] * math.sqrt(squares / (count - 2)) * math.sqrt(under)
        return mean_y + slope * (number - mean_x), width, slope

    def expected(self, values, number, scale):
        """(expected, lower, upper), as they are shown."""
        exact, width, _ = self.line(values, number)
        middle, half = round_to(exact, 9), Fraction(round(width * 10 ** 9), 10 ** 9)
        return round_to(exact, scale), round_to(middle - half, scale), round_to(middle + half, scale)

    def numbered(self, indicator):
        """[(number of the period, value)] of the periods that have ended; the last 60."""
        values = [(number, self.value(indicator, period)) for number, period in enumerate(self.ended(indicator))]
        values = [one for one in values if one[1] is not None][-60:]
        if not self.keeps("periods without data are gaps"):
            values = [(place, value) for place, (_, value) in enumerate(values)]
        return values

    def value_errors(self, indicator):
        """[(error, whether it lay within the interval)]"""
        values, found = self.numbered(indicator), []
        for known in range(3, len(values)):
            for number, value in values[known:]:
                middle, lower, upper = self.expected(values[:known], number, indicator.scale)
                found.append((value - middle, lower <= value <= upper))
        return found

    def value_forecast(self, indicator):
        """(basis, expected, lower, upper)"""
        values = self.numbered(indicator)
        last = len(self.periods(indicator)) - 1
        if not values:
            return NO_VALUES, None, None, None
        if values[-1][0] == last:
            return ACTUAL_VALUE, values[-1][1], None, None
        if len(values) < 3:
            return FEW_VALUES, None, None, None
        found = self.expected(values, last, indicator.scale)
        return (LINE, *found) if abs(found[0]) * 10 ** indicator.scale < 10 ** 15 else (
            VALUE_OUT_OF_RANGE, None, None, None)

    def value_rates(self, indicator):
        """(slope, needed)"""
        values, scale = self.numbered(indicator), min(indicator.scale + 2, 9)
        slope = round_to(self.line(values, 0)[2], scale) if len(values) >= 3 else None
        if not values or not indicator.targets:
            return slope, None
        target, periods = indicator.targets[-1], self.periods(indicator)
        holding = [number for number, period in enumerate(periods) if period[0] <= day_of(target.date) <= period[1]]
        left = (holding[0] if holding else len(periods) - 1) - values[-1][0]
        return slope, round_to((number_of(target.value) - values[-1][1]) / left, scale) if left > 0 else None
