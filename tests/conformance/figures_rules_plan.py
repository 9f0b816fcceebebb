"""Writes a plan that holds what each rule of figures_terms.RULES decides, whatever the random ones happen to hold.

Its days are long past, and nothing of it is drawn.
"""

import datetime

import figures_plan
from figures_plan import EVIDENCE, date_of

MONTHLY, QUARTERLY = 1, 2
SUM, MEAN, RATIO = 1, 2, 3
NUMERATOR, DENOMINATOR = 1, 2
MORE, LESS = 1, 2


def day(month, number):
    return datetime.date(2012, month, number)


class RulesPlan(figures_plan.PlanWriter):
    """One plan, of the year 2012."""

    def __init__(self, random, today, stack, the_api):
        super().__init__(random, today, stack, the_api, "rules")
        self.first, self.last = day(1, 1), day(12, 31)

    def days(self):
        """Among them days before what was recorded later, and today: approvals are owed from when it is handed in."""
        return [day(2, 15), day(4, 30), day(6, 15), day(10, 31), datetime.date(2013, 1, 31), self.today]

    def write(self):
        self.begin()
        self.measured_ones()
        self.computed_ones()
        self.completed_ones()
        self.chain()
        self.steps()
        return self.plan

    # --- indicators ---

    def named(self, row_id, objective, unit="people", scale=0, direction=MORE, frequency=QUARTERLY, **fields):
        return self.create("Indicator", f"{self.plan}/objectives/{objective}", row_id, title=row_id, code=row_id,
                           unit=unit, scale=scale, source=1, kind=1, direction=direction, frequency=frequency,
                           **fields).name

    def value_of(self, indicator, number, frequency, value, approve=True, **fields):
        """Of the period with this number, from 0; without a value it has none."""
        first, last = self.periods(frequency)[number]
        fields.update({"no_data": {"reason": "Nobody has counted"}} if value is None else {"value": {"value": value}})
        name = self.create("Measurement", indicator, f"m{number}", evidence=EVIDENCE,
                           period={"start_date": date_of(first), "end_date": date_of(last)}, **fields).name
        self.call("Measurement", "SubmitMeasurement", name=name)
        if approve:
            self.call("Measurement", "ApproveMeasurement", name=name)

    def measured_ones(self):
        # At first behind the line that leads to the first target, which is not the last one; then far beyond it.
        more = self.named("more", 1, baseline={"value": {"value": "100"}}, due_days=45, reporter="members/m",
                          targets=[{"date": date_of(day(6, 30)), "value": {"value": "120"}},
                                   {"date": date_of(day(12, 31)), "value": {"value": "200"}}])
        self.value_of(more, 0, QUARTERLY, "105")
        self.value_of(more, 1, QUARTERLY, "250")
        self.value_of(more, 2, QUARTERLY, "150", approve=False)
        less = self.named("less", 2, direction=LESS, baseline={"value": {"value": "50"}},
                          targets=[{"date": date_of(day(12, 31)), "value": {"value": "10"}}])
        self.value_of(less, 0, QUARTERLY, "20")
        part = self.named("part", 3, baseline={"value": {"value": "0"}},
                          dimensions=[{"key": "group", "members": ["a", "b"]}],
                          targets=[{"date": date_of(day(12, 31)), "value": {"value": "10"}}])
        self.value_of(part, 0, QUARTERLY, "5", dimensions={"group": "a"})
        # On no line, and with a gap.
        months = self.named("months", 4, frequency=MONTHLY)
        for number, value in enumerate(["10", "20", None, "25", "60"]):
            self.value_of(months, number, MONTHLY, value)

    def computed_ones(self):
        more, less, part = (f"{self.plan}/objectives/{objective}/indicators/{row}"
                            for objective, row in ((1, "more"), (2, "less"), (3, "part")))
        # (2 x 105 + 20) / 3 = 76.67: neither whole, nor rounded down the same.
        self.named("mean", 1, roll_up={"method": MEAN, "inputs": [{"indicator": more, "weight": {"value": "2"}},
                                                                  {"indicator": less}]})
        self.named("sum", 1, roll_up={"method": SUM, "inputs": [{"indicator": more}, {"indicator": part}]})
        self.named("ratio", 1, unit="%", roll_up={"method": RATIO, "inputs": [
            {"indicator": less, "role": NUMERATOR}, {"indicator": more, "role": DENOMINATOR}]})

    # --- actions ---

    def begun(self, row_id, objective, start=None, **fields):
        """Approved, and started on that day if there is one."""
        links = [{"objective": f"{self.plan}/objectives/{objective}", "kind": 1}]
        name = self.create("Action", self.plan, row_id, title=row_id, code=row_id, objective_links=links, **fields).name
        self.call("Action", "ApproveAction", name=name)
        if start:
            self.call("Action", "StartAction", name=name, date=date_of(start))
        return name

    def reported(self, action, row_id, on, percent):
        self.create("ProgressReport", action, row_id, date=date_of(on), percent={"value": percent}, health=1,
                    confidence=2, confidence_reason="It was seen")

    def completed_ones(self):
        """Five past forecasts of three actions, one of which ends after the last of a fourth one was made."""
        for row_id, objective, start, end, reports in (
                ("x", 1, day(1, 1), day(8, 8), {day(3, 31): "50", day(6, 30): "70"}),
                ("y", 2, day(1, 1), day(10, 10), {day(3, 31): "50", day(6, 30): "70"}),
                ("z", 3, day(1, 1), day(6, 30), {day(3, 31): "50"}),
                ("u", 4, day(9, 1), day(10, 20), {day(9, 30): "50"})):
            action = self.begun(row_id, objective, start)
            for on, percent in reports.items():
                self.reported(action, f"{on}", on, percent)
            self.call("Action", "CompleteAction", name=action, date=date_of(end))
        # Ended with a milestone that was not reached. It ran at no quarter end, so it has no past forecast.
        ended = self.begun("ended", 2, day(1, 1))
        self.create("Milestone", ended, "left", title="Left", due_date=date_of(day(3, 1)))
        self.call("Action", "CompleteAction", name=ended, date=date_of(day(2, 10)))

    def chain(self):
        """The second is planned after the first; the third runs already, and is not completed before the second."""
        first = self.begun("chain-1", 1, day(1, 1), start_date=date_of(day(1, 1)), due_date=date_of(day(3, 31)))
        # By name the other way round.
        self.reported(first, "written-first", day(3, 31), "20")
        self.reported(first, "later", day(3, 31), "50")
        second = self.begun("chain-2", 1, start_date=date_of(day(6, 1)), due_date=date_of(day(7, 30)),
                            dependencies=[first])
        third = self.begun("chain-3", 2, day(4, 1), start_date=date_of(day(4, 1)), due_date=date_of(day(4, 30)),
                           dependencies=[second])
        self.reported(third, "half", day(4, 30), "50")

    def steps(self):
        """One that milestones say the progress of, not its report; one is dropped, one reached after the first date."""
        action = self.begun("steps", 4, day(1, 1), lead="members/l")
        for row_id, due, fields in (("one", day(1, 31), {}), ("two", day(3, 1), {"weight": 3.0}),
                                    ("three", day(5, 1), {"owner": "members/o"}), ("four", day(2, 1), {})):
            self.create("Milestone", action, row_id, title=row_id, due_date=date_of(due), **fields)
        for row_id, on in (("one", day(1, 31)), ("two", day(3, 1))):
            self.call("Milestone", "ReachMilestone", name=f"{action}/milestones/{row_id}", date=date_of(on))
        self.call("Milestone", "DropMilestone", name=f"{action}/milestones/four")
        self.reported(action, "slow", day(2, 1), "10")
        self.create("Risk", action, "risk", title="Risk", likelihood=2, impact=3, review_date=date_of(day(5, 1)))
