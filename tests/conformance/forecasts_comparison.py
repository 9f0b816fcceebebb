"""Part of figures_conformance_test.py: forecasts as they were sent, beside what the reference says."""

import figures_forecasts as forecasts
import figures_terms as terms
from figures_terms import Fraction


def text_of(day):
    return str(day) if day is not None else None


def sent_day(message, field):
    return str(terms.day_of(getattr(message, field))) if message.HasField(field) else None


def sent_number(message, field):
    return terms.number_of(getattr(message, field)) if message.HasField(field) else None


def sent_double(message, field):
    return getattr(message, field) if message.HasField(field) else None


def mean_of(numbers):
    return Fraction(sum(numbers)) / len(numbers) if numbers else None


class ForecastComparison:
    """Compares by self.same(what, sent, wanted), with self.figures."""

    def method_error(self, what, error, missed, resources, within):
        """`within` has whether what came lay within the interval, for each that had one."""
        self.same(f"{what} past forecasts", (error.forecast_count, error.resource_count), (len(missed), resources))
        self.same(f"{what} past error", sent_double(error, "mean_absolute_error"),
                  mean_of([abs(one) for one in missed]))
        self.same(f"{what} bias", sent_double(error, "bias"), mean_of(missed))
        self.same(f"{what} within", (error.interval_count, error.within_interval_count), (len(within), sum(within)))

    def action_forecasts(self):
        figures, answer = self.figures, self.reports["action forecasts"]
        past, ratios = figures.past(), figures.ratios()
        names = {name for name, _, _ in past}
        self.method_error("actions", answer.method_error, [error for _, error, _ in past], len(names),
                          [within for _, _, within in past if within is not None])
        for field, ratio in zip(("earliest_ratio", "median_ratio", "latest_ratio"), ratios or (None,) * 3):
            self.same(field, sent_double(answer, field), ratio)
        factor, count = figures.duration_factor()
        self.same("factor", answer.duration_factor, factor)
        self.same("factor of", answer.duration_factor_action_count, count)
        ends = figures.ends(ratios[1]) if ratios else figures.ends()
        cancelled = sum(figures.state(action) == terms.CANCELLED for action in self.rows["actions"])
        self.same("forecast actions", (answer.action_count, answer.forecast_action_count),
                  (len(ends) - cancelled, sum(end[2] is not None for end in ends.values())))
        early, late = (figures.ends(ratio) for ratio in ratios[::2]) if ratios else ({}, {})
        self.same("action forecasts", [row.action for row in answer.action_forecasts], sorted(ends))
        by_name = {action.name: action for action in self.rows["actions"]}
        for row in answer.action_forecasts:
            few = None if ratios else forecasts.FEW_FORECASTS if len(past) < 5 else forecasts.FEW_ACTIONS
            self.action_forecast(row, by_name[row.action], ends[row.action], few,
                                 [found[row.action][2] for found in (early, late)] if ratios else [None, None])

    def action_forecast(self, row, action, wanted, few, bounds):
        figures, name = self.figures, row.action
        basis, first, end, held = wanted
        started = figures.state(action) not in (terms.PROPOSED, terms.APPROVED)
        if started and action.HasField("actual_start_date"):
            first = terms.day_of(action.actual_start_date)
        self.same(f"{name} basis", row.basis, basis)
        self.same(f"{name} state", row.state, figures.state(action))
        self.same(f"{name} start", sent_day(row, "start_date"), text_of(first))
        self.same(f"{name} expected end", sent_day(row, "expected_end_date"), text_of(end))
        self.same(f"{name} held by", row.held_by, held)
        interval = forecasts.NO_FORECAST if end is None else forecasts.KNOWN if basis == forecasts.ACTUAL_END else few
        if interval is None:
            interval = forecasts.INTERVAL_GIVEN if None not in bounds else forecasts.INTERVAL_OUT_OF_RANGE
        given = interval == forecasts.INTERVAL_GIVEN
        self.same(f"{name} interval", row.interval_state, interval)
        self.same(f"{name} bounds", (sent_day(row, "earliest_end_date"), sent_day(row, "latest_end_date")),
                  tuple(map(text_of, bounds)) if given else (None, None))
        due = figures.period(action)[1]
        self.same(f"{name} due", sent_day(row, "due_date"), str(due))
        self.same(f"{name} delay", sent_double(row, "delay_days"), (end - due).days if end else None)
        days = [end] + (bounds if given else [])
        self.same(f"{name} outlooks", (row.on_time, row.within_plan), tuple(
            forecasts.outlook([day <= last for day in days]) if end else forecasts.OUTLOOK_NO_DATA
            for last in (due, figures.last)))
        self.figure(f"{name} forecast progress", row.progress, figures.of_action(action)[0])
        so_far = figures.rates(action)[0]
        self.same(f"{name} rate until", sent_day(row, "progress_date"),
                  text_of(figures.whole(action)[1]) if so_far is not None else None)
        for field, rate in zip(("progress_per_30_days", "progress_needed_per_30_days",
                                "progress_needed_per_30_days_by_plan_end"), figures.rates(action)):
            self.same(f"{name} {field}", sent_double(row, field), rate)

    def indicator_forecasts(self):
        figures, answer = self.figures, self.reports["indicator forecasts"]
        living = {indicator.name: indicator for indicator in figures.indicators()}
        self.same("indicator forecasts", [row.indicator for row in answer.indicator_forecasts], sorted(living))
        errors = {name: figures.value_errors(indicator) for name, indicator in living.items()}
        everything = [one for found in errors.values() for one in found]
        self.same("indicators' past", (answer.method_error.forecast_count, answer.method_error.resource_count,
                                       answer.method_error.interval_count, answer.method_error.within_interval_count),
                  (len(everything), sum(map(bool, errors.values())), len(everything),
                   sum(within for _, within in everything)))
        self.same("forecast indicators", (answer.indicator_count, answer.forecast_indicator_count), (len(living), sum(
            figures.value_forecast(indicator)[1] is not None for indicator in living.values())))
        for row in answer.indicator_forecasts:
            self.indicator_forecast(row, living[row.indicator], errors[row.indicator])

    def indicator_forecast(self, row, indicator, errors):
        figures, name = self.figures, row.indicator
        basis, expected, lower, upper = figures.value_forecast(indicator)
        self.same(f"{name} basis", row.basis, basis)
        self.same(f"{name} expected", [sent_number(row, field) for field in (
            "expected_value", "lower_value", "upper_value")], [expected, lower, upper])
        self.same(f"{name} interval", row.interval_state,
                  {forecasts.LINE: forecasts.INTERVAL_GIVEN, forecasts.ACTUAL_VALUE: forecasts.KNOWN}.get(
                      basis, forecasts.NO_FORECAST))
        self.same(f"{name} for", sent_day(row, "forecast_date"), str(figures.periods(indicator)[-1][1]))
        target = indicator.targets[-1] if indicator.targets else None
        self.same(f"{name} last target", (row.target.value, sent_day(row, "target_date")),
                  (target.value.value, str(terms.day_of(target.date))) if target is not None else ("", None))
        met = forecasts.OUTLOOK_NO_DATA
        if target is not None and expected is not None:
            met = forecasts.outlook([figures.beyond(indicator, value, terms.number_of(target.value))
                                     for value in (expected, lower, upper) if value is not None])
        self.same(f"{name} met", row.target_met, met)
        self.same(f"{name} rates", (sent_number(row, "rate"), sent_number(row, "rate_needed")),
                  figures.value_rates(indicator))
        found = figures.in_force(indicator)
        self.same(f"{name} value", (sent_number(row, "value"), sent_day(row, "value_date")),
                  (found[1], str(found[0][1])) if found else (None, None))
        self.same(f"{name} newest", terms.order_of(row.newest_time) if row.HasField("newest_time") else None,
                  figures.attainment_time(indicator))
        self.same(f"{name} counts", (row.value_count, row.ended_period_count),
                  (len(figures.numbered(indicator)), len(figures.ended(indicator))))
        self.method_error(name, row.method_error, [error for error, _ in errors], 1 if errors else 0,
                          [within for _, within in errors])
