"""Part of figures_reference.py, from services/reporting/FIGURES.md alone."""

from figures_terms import (DAY, Fraction, LAST, MAXIMUM, MEAN, MEASUREMENT_APPROVED, MINIMUM, MONTHS, RATIO, SUBMITTED,
                           SUM, child_of, day_of, mean, number_of, order_of, periods,
                           round_to)


class IndicatorFigures:
    """Of indicators, and of the outcome of objectives and of the plan."""

    def indicators(self):
        return [indicator for objective in self.rows["objectives"]
                for indicator in child_of(objective, self.rows["indicators"])]

    def periods(self, indicator):
        return periods(self.first, self.last, MONTHS[indicator.frequency])

    def ended(self, indicator):
        return [period for period in self.periods(indicator)
                if period[1] <= self.date or not self.keeps("periods must have ended")]

    def measurement(self, indicator, period):
        """The one in force, or None."""
        for measurement in child_of(indicator, self.rows["measurements"]):
            approved = measurement.status == MEASUREMENT_APPROVED or (
                measurement.status == SUBMITTED and not self.keeps("only approved ones count"))
            whole = not measurement.dimensions or not self.keeps("measurements of parts do not count")
            dates = day_of(measurement.period.start_date), day_of(measurement.period.end_date)
            if approved and whole and dates == period:
                return measurement
        return None

    def value(self, indicator, period):
        key = indicator.name, period
        if key not in self.values:
            self.values[key] = self.computed(indicator, period) if indicator.HasField("roll_up") else \
                self.measured(indicator, period)
        return self.values[key]

    def measured(self, indicator, period):
        found = self.measurement(indicator, period)
        return number_of(found.value) if found is not None and found.HasField("value") else None

    def value_time(self, indicator, period):
        """When the newest of what a value is from was written, to be compared; None without a value."""
        if self.value(indicator, period) is None:
            return None
        if not indicator.HasField("roll_up"):
            return order_of(self.measurement(indicator, period).update_time)
        living = {other.name: other for other in self.indicators()}
        return max(self.value_time(living[given.indicator], period)
                   for given, value in self.inputs(indicator, period) if value is not None)

    def attainment_time(self, indicator):
        found = self.in_force(indicator)
        return self.value_time(indicator, found[0]) if found else None

    def inputs(self, indicator, period):
        """[(input, value)] in the order given."""
        living = {other.name: other for other in self.indicators()}
        return [(given, self.value(living[given.indicator], period) if given.indicator in living else None)
                for given in indicator.roll_up.inputs]

    def rolled_up(self, indicator, period):
        inputs = self.inputs(indicator, period)
        known = [value for _, value in inputs if value is not None]
        method = indicator.roll_up.method
        if indicator.unit == "%" and (method == SUM or (method == MEAN and not all(
                given.HasField("weight") for given, _ in inputs))):
            return None
        if method == MEAN:
            return mean([(number_of(given.weight) if given.HasField("weight") else Fraction(1), value)
                         for given, value in inputs])
        if method == LAST:
            return known[-1] if known else None
        if len(known) < len(inputs) and (self.keeps("a sum needs all inputs") or not known):
            return None
        if method == SUM:
            return sum(known)
        if method in (MINIMUM, MAXIMUM):
            return min(known) if method == MINIMUM else max(known)
        if method == RATIO:
            below = sum(value for given, value in inputs if given.role == 2 and value is not None)
            above = sum(value for given, value in inputs if given.role == 1 and value is not None)
            percent = 100 if indicator.unit == "%" and self.keeps("a ratio is in percent") else 1
            return above / below * percent if below else None
        return None

    def computed(self, indicator, period):
        value = self.rolled_up(indicator, period)
        if value is None:
            return None
        if not self.keeps("values are rounded to the nearest"):
            value = value * 10 ** indicator.scale // 1 / Fraction(10 ** indicator.scale)
        elif self.keeps("computed from rounded values"):
            value = round_to(value, indicator.scale)
        return value if abs(value) * 10 ** indicator.scale < 10 ** 15 else None

    def in_force(self, indicator):
        """(period, value), or None."""
        for period in reversed(self.ended(indicator)):
            if self.value(indicator, period) is not None:
                return period, self.value(indicator, period)
        return None

    def target(self, indicator):
        found = self.in_force(indicator)
        day = found[0][1] if found else self.date
        if not self.keeps("the target ahead counts"):
            day = self.last
        ahead = [target for target in indicator.targets if day_of(target.date) >= day]
        return ahead[0] if ahead else indicator.targets[-1] if indicator.targets else None

    def beyond(self, indicator, value, wanted):
        less = indicator.direction == 2 and self.keeps("less is better if said so")
        return value <= wanted if less else value >= wanted

    def attainment(self, indicator):
        found, target = self.in_force(indicator), self.target(indicator)
        if found is None or target is None or not indicator.HasField("baseline"):
            return None
        baseline, wanted = number_of(indicator.baseline.value), number_of(target.value)
        if baseline == wanted:
            return Fraction(1 if self.beyond(indicator, found[1], wanted) else 0)
        return (found[1] - baseline) / (wanted - baseline)

    def on_target(self, indicator):
        """True, False, or None where there is nothing to compare."""
        found = self.in_force(indicator)
        if found is None or not indicator.targets:
            return None
        day = found[0][1]
        line = [(day_of(target.date), number_of(target.value)) for target in indicator.targets]
        if day < line[0][0]:
            if not indicator.HasField("baseline"):
                return None
            begin = day_of(indicator.baseline.date) if indicator.baseline.HasField("date") else self.first - DAY
            if not self.keeps("a line leads to the first target"):
                begin = day
            line.insert(0, (min(begin, line[0][0] - DAY) if day > begin else day, number_of(indicator.baseline.value)))
        before = [point for point in line if point[0] <= day]
        after = [point for point in line if point[0] > day]
        (from_day, from_value), wanted = before[-1], before[-1][1]
        if after:
            to_day, to_value = after[0]
            wanted += (to_value - from_value) * Fraction((day - from_day).days, (to_day - from_day).days)
        return self.beyond(indicator, found[1], wanted)

    def guard(self, indicator):
        """1 not applicable, 2 within, 3 below, 4 above."""
        found, rails = self.in_force(indicator), indicator.guard_rails
        if found is None or not (rails.HasField("lower") or rails.HasField("upper")):
            return 1
        if rails.HasField("lower") and found[1] < number_of(rails.lower):
            return 3
        return 4 if rails.HasField("upper") and found[1] > number_of(rails.upper) else 2

    def coverage(self, indicator):
        """(counted, expected, names without)."""
        if indicator.HasField("roll_up"):
            found = self.in_force(indicator)
            ended = self.ended(indicator)
            period = found[0] if found else ended[-1] if ended else None
            inputs = [(given.indicator, period and self.inputs(indicator, period)[place][1])
                      for place, given in enumerate(indicator.roll_up.inputs)]
        else:
            inputs = [(f"{period[0]}/{period[1]}", self.value(indicator, period)) for period in self.ended(indicator)]
        missing = sorted(name for name, value in inputs if value is None)
        return len(inputs) - len(missing), len(inputs), missing[:10]

    def outcome(self, objectives):
        """(attainment, with its coverage), (indicators, on target, behind, no data, outside of guard-rails)."""
        weighted = [(self.weight(objective) if len(objectives) != 1 else Fraction(1), indicator)
                    for objective in objectives for indicator in child_of(objective, self.rows["indicators"])]
        shares = [(weight, self.attainment(indicator)) for weight, indicator in weighted]
        if not self.keeps("shares are not clamped in means"):
            shares = [(weight, share and min(max(share, Fraction(0)), Fraction(1))) for weight, share in shares]
        stands = [self.on_target(indicator) for _, indicator in weighted]
        known = [indicator for _, indicator in weighted if self.attainment(indicator) is not None]
        missing = sorted(indicator.name for _, indicator in weighted if self.attainment(indicator) is None)
        attainment = (mean(shares), len(known), len(weighted), missing[:10],
                      max((self.attainment_time(indicator) for indicator in known), default=None))
        return attainment, (len(weighted), stands.count(True), stands.count(False), stands.count(None), sum(
            1 for _, indicator in weighted if self.guard(indicator) in (3, 4)))
