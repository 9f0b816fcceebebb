"""Writes random plans through the services: indicators, measurements, actions and what is recorded of them.

What it draws depends on the random generator and the day alone.
"""

import calendar
import datetime
import fractions
import math

DAY = datetime.timedelta(days=1)
MONTHS = {1: 1, 2: 3, 3: 6, 4: 12}
EVIDENCE = [{"title": "A document"}]


def date_of(day):
    return {"year": day.year, "month": day.month, "day": day.day}


def package(service):
    return "action" if service in ("Action", "Milestone", "ProgressReport", "Risk") else "objective"


class PlanWriter:
    """One plan, from two years before today's to one after."""

    def __init__(self, random, today, stack, the_api, plan_id):
        self.random, self.today, self.stack, self.api = random, today, stack, the_api
        self.first = datetime.date(today.year - 2, random.choice([1, 2, 4]), random.choice([1, 15]))
        self.last = datetime.date(today.year + 1, 12, 31)
        self.plan = f"plans/{plan_id}"
        self.plan_id = plan_id
        self.deleted = []
        self.indicators = []  # (name, frequency, unit, scale, measured)

    def call(self, service, method, **fields):
        owner = package(service)
        return self.api.call(self.stack.address[owner], f"/concord.{owner}.v1.{service}Service/{method}", **fields)

    def create(self, service, parent, row_id, **fields):
        word = "".join("_" + c.lower() if c.isupper() else c for c in service).lstrip("_")
        return self.call(service, f"Create{service}", parent=parent, **{word: fields, word + "_id": row_id})

    def day(self, first, last):
        return first + self.random.randint(0, max(0, (last - first).days)) * DAY

    def some(self, chance, **fields):
        return fields if self.random.random() < chance else {}

    def days(self):
        """On which figures are compared: before, in and after it."""
        return [self.first - 30 * DAY, self.today, self.today + 100 * DAY, self.last + 400 * DAY] + [
            self.day(self.first, self.last) for _ in range(6)]

    def begin(self):
        """The plan and its objectives."""
        self.call("Plan", "CreatePlan", plan_id=self.plan_id, plan={
            "title": "A plan", "organization": {"title": "An organisation"},
            "period": {"start_date": date_of(self.first), "end_date": date_of(self.last)}})
        for number, weight in enumerate([None, 2.0, 0.0, 0.3], start=1):
            fields = {} if weight is None else {"weight": weight}
            self.create("Objective", self.plan, str(number), title=f"Objective {number}", code=str(number), **fields)
        self.call("Plan", "ActivatePlan", name=self.plan)

    def write(self):
        self.begin()
        for number in range(16):
            self.indicator(number)
        for number in range(14):
            self.computed(number)
        for number in range(30):
            self.action(number)
        self.delete_some()
        return self.plan

    def delete_some(self):
        """What is deleted, and all under it, enters nothing."""
        self.delete("Action", f"{self.plan}/actions/a7")
        self.create("Action", self.plan, "gone", title="Gone", code="gone",
                    objective_links=[{"objective": f"{self.plan}/objectives/1", "kind": 1}])
        self.create("Milestone", f"{self.plan}/actions/gone", "kept", title="Kept", due_date=date_of(self.first))
        self.create("Action", self.plan, "a8-more", title="Named like another", code="more",
                    objective_links=[{"objective": f"{self.plan}/objectives/2", "kind": 1}])
        self.create("Milestone", f"{self.plan}/actions/a8-more", "kept", title="Kept", due_date=date_of(self.last))
        self.create("Milestone", f"{self.plan}/actions/a8-more", "lost", title="Lost", due_date=date_of(self.first))
        self.delete("Milestone", f"{self.plan}/actions/a8-more/milestones/lost")
        self.delete("Action", f"{self.plan}/actions/gone")
        self.create("Objective", self.plan, "gone", title="Gone", code="gone")
        self.create("Indicator", f"{self.plan}/objectives/gone", "kept", title="Kept", code="kept", unit="%", source=1,
                    direction=1, kind=1, frequency=2)
        self.delete("Objective", f"{self.plan}/objectives/gone")

    def delete(self, service, name):
        self.call(service, f"Delete{service}", name=name)
        self.deleted.append(name)

    # --- indicators ---

    def periods(self, frequency):
        months = MONTHS[frequency]
        year, month = self.first.year, self.first.month - (self.first.month - 1) % months
        found = []
        while datetime.date(year, month, 1) <= self.last:
            end = month + months - 1
            found.append((datetime.date(year, month, 1), datetime.date(year, end, calendar.monthrange(year, end)[1])))
            year, month = (year, month + months) if month + months <= 12 else (year + 1, 1)
        return found

    def decimal(self, number, scale):
        text = f"{number:0{scale + 1}d}" if number >= 0 else f"-{-number:0{scale + 1}d}"
        return {"value": text if scale == 0 else f"{text[:-scale]}.{text[-scale:]}"}

    def measures(self, scale, direction, frequency):
        """Baseline, targets and guard-rails, in units of the last digit."""
        random, made = self.random, {}
        unit = 10 ** scale
        sign = -1 if direction == 2 else 1
        level = random.randint(-50, 200) * unit // random.choice([1, 3])
        if random.random() < 0.8:
            made["baseline"] = {"value": self.decimal(level, scale), **self.some(0.3, date=date_of(
                self.day(self.first - 300 * DAY, self.first + 300 * DAY)))}
        if random.random() < 0.85:
            ends = sorted(random.sample([end for _, end in self.periods(frequency)], random.randint(1, 3)))
            made["targets"] = []
            for end in ends:
                level += sign * random.choice([0, 1, 10, 50]) * unit
                made["targets"].append({"date": date_of(end), "value": self.decimal(level, scale)})
        if random.random() < 0.4:
            low = random.randint(-100, 150) * unit
            made["guard_rails"] = {"lower": self.decimal(low, scale),
                                   **self.some(0.7, upper=self.decimal(low + 100 * unit, scale))}
        return made

    def indicator(self, number):
        random = self.random
        frequency, scale, direction = random.choice([1, 2, 2, 3, 4]), random.randint(0, 3), random.randint(1, 2)
        unit = random.choice(["people", "%"])
        fields = {"title": f"Indicator {number}", "code": f"i{number}", "unit": unit, "scale": scale, "source": 1,
                  "direction": direction, "kind": 1, "frequency": frequency, "due_days": random.choice([0, 10, 45]),
                  "dimensions": [{"key": "group", "members": ["a", "b"]}], **self.some(0.5, reporter="members/m"),
                  **self.measures(scale, direction, frequency)}
        parent = f"{self.plan}/objectives/{random.randint(1, 4)}"
        name = self.create("Indicator", parent, f"i{number}", **fields).name
        self.indicators.append((name, frequency, unit))
        line = self.line(fields)
        for place, period in enumerate(self.periods(frequency)):
            if period[0] <= self.today and random.random() < 0.75:
                self.measure(name, place, period, scale, line)

    def line(self, fields):
        """The days and values between which the value should be."""
        if "baseline" not in fields:
            return []
        day = fields["baseline"].get("date")
        begin = datetime.date(**day) if day else self.first - DAY
        return [(begin, fields["baseline"]["value"])] + [
            (datetime.date(**target["date"]), target["value"]) for target in fields.get("targets", [])]

    def value(self, line, day, scale):
        """One that lies about anywhere, or so close to the line that one more digit would cross it."""
        for (from_day, from_value), (to_day, to_value) in zip(line, line[1:]):
            if from_day < day <= to_day and self.random.random() < 0.6:
                begin, end = fractions.Fraction(from_value["value"]), fractions.Fraction(to_value["value"])
                there = begin + (end - begin) * (day - from_day).days / (to_day - from_day).days
                return self.decimal(math.floor(there * 10 ** scale) + self.random.randint(-1, 2), scale)
        return self.decimal(self.random.randint(-60, 260) * 10 ** scale // self.random.choice([1, 3, 7]), scale)

    def measure(self, indicator, place, period, scale, line, supersedes=""):
        random = self.random
        fields = {"period": {"start_date": date_of(period[0]), "end_date": date_of(period[1])}, "evidence": EVIDENCE}
        if random.random() < 0.85:
            fields["value"] = self.value(line, period[1], scale)
        else:
            fields["no_data"] = {"reason": "Nobody has counted"}
        if supersedes:
            fields["supersedes"] = supersedes
        elif random.random() < 0.1:
            fields["dimensions"] = {"group": random.choice(["a", "b"])}
        row = f"m{place}-{random.randint(0, 10 ** 9)}"
        name = self.create("Measurement", indicator, row, **fields).name
        fate = random.random()
        if period[1] >= self.today:
            return  # Until it is over it can be no more than a draft.
        if fate > 0.1:
            self.call("Measurement", "SubmitMeasurement", name=name)
        if fate > 0.3:
            self.call("Measurement", "ApproveMeasurement", name=name)
            if not supersedes and "dimensions" not in fields and random.random() < 0.15:
                self.measure(indicator, place, period, scale, line, supersedes=name)
        elif fate > 0.2:
            self.call("Measurement", "ReturnMeasurement", name=name, reason="Look again")

    def computed(self, number):
        random = self.random
        method = random.choice([1, 1, 2, 2, 3, 3, 3, 4, 5, 6, 7])
        _, frequency, unit = random.choice(self.indicators)
        alike = [name for name, of, said in self.indicators if of == frequency and said == unit]
        inputs = random.sample(alike, min(len(alike), random.randint(1, 3)))
        if method == 3 and (len(inputs) < 2 or (unit == "%" and len(inputs) > 2)):
            method = 1
        if method == 1 and unit == "%":
            method = 5  # Percentages do not add up.
        always = unit == "%"  # Nor have they a mean without saying of how much each is.
        if method == 3:
            unit = random.choice(["%", "%", "share"]) if unit != "%" else random.choice(["%", "share"])
        given = [{"indicator": name} for name in inputs]
        for place, one in enumerate(given):
            if method == 2 and (always or random.random() < 0.7):
                one["weight"] = {"value": random.choice(["0.5", "2", "3.125"])}
            if method == 3:
                one["role"] = 2 if place == 0 else 1
        scale, direction = random.randint(0, 2), random.randint(1, 2)
        name = self.create("Indicator", f"{self.plan}/objectives/{random.randint(1, 4)}", f"c{number}",
                           title=f"Computed {number}", code=f"c{number}", unit=unit, scale=scale, direction=direction,
                           source=1, kind=1, frequency=frequency, due_days=5,
                           roll_up={"method": method, "inputs": given},
                           **self.measures(scale, direction, frequency)).name
        self.indicators.append((name, frequency, unit))

    # --- actions ---

    def action(self, number):
        random = self.random
        begin = self.day(self.first, self.last - 60 * DAY)
        links = [{"objective": f"{self.plan}/objectives/{objective}", "kind": random.choice([1, 1, 2]),
                  **self.some(0.5, weight=random.choice([0.3, 2.0, 7.0]))}
                 for objective in random.sample(range(1, 5), random.randint(1, 2))]
        fate = random.choice(["", "a", "a", "a", "as", "as", "as", "as", "ash", "asc", "asc", "asc", "ax", "asx",
                              "ashx"])
        # What is completed waits for nothing that may not be, and what is deleted later holds nobody.
        others = [f"{self.plan}/actions/a{other}" for other in range(number) if other != 7 and "c" not in fate]
        needs = random.sample(others, min(len(others), random.choice([0, 0, 1, 2])))
        name = self.create("Action", self.plan, f"a{number}", title=f"Action {number}", code=str(number),
                           dependencies=needs,
                           objective_links=links, report_frequency=random.randint(0, 5),
                           report_due_days=random.choice([0, 15]), **self.some(0.6, lead="members/l"),
                           **self.some(0.6, start_date=date_of(begin)),
                           **self.some(0.6, due_date=date_of(self.day(begin, self.last)))).name
        started = self.day(self.first, self.today)
        if "a" in fate:
            self.call("Action", "ApproveAction", name=name)
        if "s" in fate:
            self.call("Action", "StartAction", name=name, date=date_of(started))
        recorded = self.record(name, started if "s" in fate else None)
        if "h" in fate:
            self.call("Action", "HoldAction", name=name)
        if "c" in fate:
            self.call("Action", "CompleteAction", name=name, date=date_of(self.day(recorded, self.today)))
        if "x" in fate:
            self.call("Action", "CancelAction", name=name, date=date_of(self.day(recorded, self.today)))

    def record(self, action, started):
        """What is recorded of an action that was started on that day, or not at all; returns the last day of it."""
        random, recorded = self.random, [started or self.first]
        for number in range(random.choice([0, 0, 1, 2, 4])):
            name = self.create("Milestone", action, f"m{number}", title=f"Milestone {number}",
                               due_date=date_of(self.day(self.first, self.last)),
                               **self.some(0.5, weight=random.choice([0.5, 3.0])),
                               **self.some(0.4, owner="members/o")).name
            fate = random.random()
            if fate < 0.4 and started:
                recorded.append(self.day(started, self.today))
                self.call("Milestone", "ReachMilestone", name=name, date=date_of(recorded[-1]))
            elif fate < 0.6:
                self.call("Milestone", "DropMilestone", name=name)
        days = [self.day(started, self.today) for _ in range(3)] if started else []
        for number in range(random.choice([0, 0, 2, 4]) if started else 0):
            recorded.append(random.choice(days))
            self.create("ProgressReport", action, f"r{random.randint(0, 999)}-{number}",
                        date=date_of(recorded[-1]), percent={"value": f"{random.randint(0, 9999) / 100:.2f}"},
                        health=random.randint(1, 3), confidence=2, confidence_reason="It was seen")
        for number in range(random.choice([0, 0, 1, 2])):
            name = self.create("Risk", action, f"k{number}", title=f"Risk {number}", likelihood=2, impact=3,
                               **self.some(0.8, review_date=date_of(self.day(self.first, self.last))),
                               **self.some(0.4, owner="members/o")).name
            if random.random() < 0.3:
                self.call("Risk", random.choice(["CloseRisk", "RealizeRisk"]), name=name)
        return max(recorded)
