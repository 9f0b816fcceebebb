#!/usr/bin/python3
"""The figures that reporting sends and those that the reference makes of the same resources are the same.

    figures_conformance_test.py --build build/release [--seed N] [--plans N]

A fixed plan and random ones are written through the real services, read back, and every figure is computed from
services/reporting/FIGURES.md by figures_reference.py, on days before, in and after them. For the fixed plan, which
holds what each rule decides, the reference is then bent, one rule after the other, and every bend must be noticed: a
rule of C++ that went the same way would be, too. The seed is printed; with it and on the same day the run is the same
again.
"""

import argparse
import datetime
import pathlib
import random
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "bench"))

# pylint: disable=wrong-import-position
import api  # noqa: E402
import figures_plan  # noqa: E402
import figures_reference as reference  # noqa: E402
import figures_rules_plan  # noqa: E402
import figures_terms as terms  # noqa: E402
import forecasts_comparison  # noqa: E402
import processes  # noqa: E402

REPORTING = "/concord.reporting.v1.ReportingService"
DAYS_AHEAD = 40
DIFFERENCES_SHOWN = 10


def day_text(message, field):
    if not message.HasField(field):
        return None
    date = getattr(message, field)
    return f"{date.year:04d}-{date.month:02d}-{date.day:02d}"


class Reader:
    """Reads what a plan holds and what reporting says about it."""

    def __init__(self, stack, the_api, draw):
        self.stack, self.api, self.random = stack, the_api, draw

    def pages(self, service, path, rows, **fields):
        found, token, page_size = [], "", self.random.choice([7, 100, 1000])
        while True:
            answer = self.api.call(self.stack.address[service], path, page_token=token, page_size=page_size, **fields)
            found += getattr(answer, rows)
            token = answer.next_page_token
            if not token:
                return found

    def children(self, service, kind, rows, parents):
        return [row for parent in parents
                for row in self.pages(service, f"/concord.{service}.v1.{kind}Service/List{kind}s", rows,
                                      parent=parent.name)]

    def plan(self, name):
        """The plan and its rows by collection."""
        plan = self.api.call(self.stack.address["objective"], "/concord.objective.v1.PlanService/GetPlan", name=name)
        rows = {"objectives": self.children("objective", "Objective", "objectives", [plan]),
                "actions": self.children("action", "Action", "actions", [plan])}
        rows["indicators"] = self.children("objective", "Indicator", "indicators", rows["objectives"])
        rows["measurements"] = self.children("objective", "Measurement", "measurements", rows["indicators"])
        rows["milestones"] = self.children("action", "Milestone", "milestones", rows["actions"])
        rows["progress_reports"] = self.children("action", "ProgressReport", "progress_reports", rows["actions"])
        rows["risks"] = self.children("action", "Risk", "risks", rows["actions"])
        return plan, rows

    def reports(self, name, day):
        date = figures_plan.date_of(day)
        return {
            "card": self.api.call(self.stack.address["reporting"], f"{REPORTING}/GetScorecard",
                                  name=f"{name}/scorecard", date=date),
            "actions": self.pages("reporting", f"{REPORTING}/ListActionScores", "action_scores", parent=name,
                                  date=date),
            "indicators": self.pages("reporting", f"{REPORTING}/ListIndicatorScores", "indicator_scores", parent=name,
                                     date=date),
            "duties": self.pages("reporting", f"{REPORTING}/ListDuties", "duties", parent=name, date=date,
                                 days_ahead=DAYS_AHEAD),
            "action forecasts": self.api.call(self.stack.address["reporting"], f"{REPORTING}/ListActionForecasts",
                                              parent=name, date=date, page_size=1000),
            "indicator forecasts": self.api.call(self.stack.address["reporting"],
                                                 f"{REPORTING}/ListIndicatorForecasts", parent=name, date=date,
                                                 page_size=1000),
            "actions by progress": self.pages("reporting", f"{REPORTING}/ListActionScores", "action_scores",
                                              parent=name, date=date, order_by="delivery.progress.value desc"),
            "duties by owner": self.pages("reporting", f"{REPORTING}/ListDuties", "duties", parent=name, date=date,
                                          days_ahead=DAYS_AHEAD, order_by="owner"),
            "late measurements": self.pages("reporting", f"{REPORTING}/ListDuties", "duties", parent=name, date=date,
                                            days_ahead=DAYS_AHEAD, filter="overdue = true AND kind = KIND_MEASUREMENT")}

    def changes(self, name, since):
        return self.pages("reporting", f"{REPORTING}/ListPlanChanges", "plan_changes", parent=name, since=since)


class Comparison(forecasts_comparison.ForecastComparison):
    """Of what reporting said with what the reference says."""

    def __init__(self, plan, rows, reports, day, planted=()):
        self.figures = reference.Figures(plan, rows, day, planted)
        self.rows, self.reports, self.day = rows, reports, day
        self.differences = []
        self.count = 0

    def same(self, what, sent, wanted):
        self.count += 1
        if isinstance(wanted, terms.Fraction) and isinstance(sent, float):
            equal = abs(sent - float(wanted)) <= 1e-9 * max(1.0, abs(float(wanted)))
        else:
            equal = sent == wanted
        if not equal:
            self.differences.append(f"{self.day} {what}: sent {sent}, the reference says {wanted}")

    def value(self, what, figure, wanted):
        self.same(what, figure.value if figure.HasField("value") else None, wanted)

    def figure(self, what, figure, wanted):
        self.value(what, figure, wanted[0])
        self.same(f"{what} coverage", (figure.counted_count, figure.expected_count), wanted[1:3])
        self.same(f"{what} missing", list(figure.missing), wanted[3])
        self.same(f"{what} newest", terms.order_of(figure.newest_time) if figure.HasField("newest_time") else None,
                  wanted[4])

    def health(self, what, health, wanted):
        self.same(f"{what} health", (health.level, health.rule), wanted)

    def counts(self, what, counts, actions):
        self.same(f"{what} counts", tuple(getattr(counts, f"{kind}_count") for kind in (
            "total", "proposed", "approved", "in_progress", "on_hold", "completed", "cancelled", "on_track", "at_risk",
            "off_track", "no_data")), self.figures.counts(actions))

    def delivery(self, what, delivery, wanted):
        for part, one in zip(("progress", "planned_progress", "schedule_performance"), wanted):
            self.figure(f"{what} {part}", getattr(delivery, part), one)

    def all(self):
        self.actions()
        self.indicators()
        self.objectives()
        self.duties()
        self.action_forecasts()
        self.indicator_forecasts()
        return self.differences

    def actions(self):
        figures = self.figures
        self.same("actions", [score.action for score in self.reports["actions"]],
                  sorted(action.name for action in self.rows["actions"]))
        self.same("actions by progress", [score.action for score in self.reports["actions by progress"]], [
            score.action for score in sorted(self.reports["actions"], key=lambda score: (
                not score.delivery.progress.HasField("value"), -score.delivery.progress.value, score.action))])
        by_name = {score.action: score for score in self.reports["actions"]}
        for action in self.rows["actions"]:
            score, name = by_name[action.name], action.name
            self.same(f"{name} state", score.state, figures.state(action))
            self.delivery(name, score.delivery, figures.of_action(action))
            self.health(name, score.computed_health, figures.verdict(action))
            self.same(f"{name} period", (day_text(score, "start_date"), day_text(score, "due_date")),
                      tuple(map(str, figures.period(action))))
            self.same(f"{name} declared", score.declared_health, figures.declared(action))
            report = figures.report(action)
            self.same(f"{name} report", score.progress_report, report.name if report is not None else "")
            milestones = figures.milestones(action)
            self.same(f"{name} milestones", (score.milestone_count, score.reached_milestone_count),
                      (len(milestones), sum(1 for milestone in milestones if figures.reached(milestone))))

    def indicators(self):
        figures = self.figures
        living = {indicator.name: indicator for indicator in figures.indicators()}
        self.same("indicators", [score.indicator for score in self.reports["indicators"]], sorted(living))
        for score in self.reports["indicators"]:
            indicator, name = living[score.indicator], score.indicator
            found, target = figures.in_force(indicator), figures.target(indicator)
            self.same(f"{name} value", terms.number_of(score.value) if score.HasField("value") else None,
                      found[1] if found else None)
            self.same(f"{name} value_date", day_text(score, "value_date"), str(found[0][1]) if found else None)
            self.same(f"{name} target", (score.target.value, day_text(score, "target_date")),
                      (target.value.value, day_text(target, "date")) if target is not None else ("", None))
            self.figure(f"{name} attainment", score.attainment,
                        (figures.attainment(indicator), *figures.coverage(indicator),
                         figures.attainment_time(indicator)))
            stands = {None: 1, True: 2, False: 3}[figures.on_target(indicator)]
            self.same(f"{name} target state", score.target_state, stands)
            self.same(f"{name} guard-rails", score.guard_rail_state, figures.guard(indicator))
            self.same(f"{name} points", [
                (day_text(point, "start_date"), day_text(point, "end_date"),
                 terms.number_of(point.value) if point.HasField("value") else None, point.measurement)
                for point in score.points],
                      [self.point(indicator, period) for period in figures.ended(indicator)[-100:]])

    def point(self, indicator, period):
        measurement = None if indicator.HasField("roll_up") else self.figures.measurement(indicator, period)
        return (str(period[0]), str(period[1]), self.figures.value(indicator, period),
                measurement.name if measurement is not None else "")

    def outcome(self, what, outcome, objectives):
        wanted = self.figures.outcome(objectives)
        self.figure(f"{what} attainment", outcome.attainment, wanted[0])
        self.same(f"{what} outcome", (outcome.indicator_count, outcome.on_target_count, outcome.behind_target_count,
                                      outcome.no_data_count, outcome.guard_rail_count), wanted[1])

    def objectives(self):
        card = self.reports["card"]
        objectives = sorted(self.rows["objectives"], key=lambda objective: objective.name)
        self.same("objectives", [score.objective for score in card.objective_scores],
                  [objective.name for objective in objectives])
        for score, objective in zip(card.objective_scores, objectives):
            self.delivery(objective.name, score.delivery, self.figures.delivery(objective))
            self.health(objective.name, score.computed_health, self.figures.objective_health(objective))
            self.counts(objective.name, score.action_counts,
                        [action for _, action in self.figures.linked(objective)])
            self.outcome(objective.name, score.outcome, [objective])
        self.delivery("plan", card.delivery, self.figures.plan_delivery())
        self.health("plan", card.computed_health, self.figures.plan_health())
        self.counts("plan", card.action_counts, self.rows["actions"])
        self.outcome("plan", card.outcome, self.figures.counting())

    def duties(self):
        wanted = self.figures.duties(DAYS_AHEAD)
        self.same("duties", [
            (day_text(duty, "due_date"), duty.resource, day_text(duty, "period_end_date"), duty.kind, duty.owner,
             duty.overdue) for duty in self.reports["duties"]], [
                 (str(due), resource, str(last) if last else None, kind, owner, due < self.day)
                 for due, resource, last, kind, owner in wanted])
        self.same("duties by owner", [(duty.owner, duty.resource, day_text(duty, "due_date"))
                                      for duty in self.reports["duties by owner"]],
                  [(owner, resource, str(due))
                   for due, resource, _, _, owner in sorted(wanted, key=lambda row: row[4])])
        self.same("late measurements", [(duty.resource, day_text(duty, "due_date"))
                                        for duty in self.reports["late measurements"]],
                  [(resource, str(due)) for due, resource, _, kind, _ in wanted if kind == 1 and due < self.day])
        owed = self.figures.duties(30)
        counts = self.reports["card"].duty_counts
        self.same("duty counts", (counts.overdue_count, counts.upcoming_count),
                  (sum(1 for duty in owed if duty[0] < self.day), sum(1 for duty in owed if duty[0] >= self.day)))


def changed(row):
    return row.update_time if "update_time" in row.DESCRIPTOR.fields_by_name else row.create_time


def compare_changes(reader, plan, rows, deleted):
    """The changes of the later half, newest first; what was deleted was so at the end."""
    everything = [plan] + [row for collection in rows.values() for row in collection]
    titles = {row.name: getattr(row, "title", "") for row in everything}
    everything.sort(key=lambda row: (tuple(-part for part in terms.order_of(changed(row))), row.name))
    since = changed(everything[len(everything) // 2])
    wanted = [(row.name, titles[row.name] or titles[row.name.rsplit("/", 2)[0]], changed(row),
               1 if changed(row) == row.create_time else 2)
              for row in everything if terms.order_of(changed(row)) >= terms.order_of(since)]
    changes = reader.changes(plan.name, since)
    if sorted(change.resource for change in changes if change.kind == 3) != sorted(deleted):
        return [f"{plan.name}: not just {deleted} are said to be deleted"]
    sent = [(change.resource, change.title, change.update_time, change.kind) for change in changes if change.kind != 3]
    return [] if sent == wanted else [f"{plan.name}: {len(sent)} changes were sent, the reference says {len(wanted)}: "
                                      f"first {[pair for pair in zip(sent, wanted) if pair[0] != pair[1]][:1]}"]


def compare(stack, the_api, writer, unnoticed):
    """Writes a plan and compares; returns the differences and how many things were compared.

    Takes from `unnoticed` the rules whose bending changes what differs.
    """
    name = writer.write()
    reader = Reader(stack, the_api, writer.random)
    plan, rows = reader.plan(name)
    differences, compared = compare_changes(reader, plan, rows, writer.deleted), 1
    for day in writer.days():
        reports = reader.reports(name, day)
        comparison = Comparison(plan, rows, reports, day)
        found = comparison.all()
        differences += [f"{name} {difference}" for difference in found]
        compared += comparison.count
        for rule in sorted(unnoticed):
            if Comparison(plan, rows, reports, day, (rule,)).all() != found:
                unnoticed.discard(rule)
    return differences, compared


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", required=True)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--plans", type=int, default=3)
    arguments = parser.parse_args()
    seed = arguments.seed or random.SystemRandom().randint(1, 99999)
    print(f"repeat with --seed {seed}", flush=True)
    today = datetime.datetime.now(datetime.timezone.utc).date()
    unnoticed = set(terms.RULES)
    with processes.SocketStack(arguments.build) as stack:
        stack.start_redis()
        for service in ("objective", "action", "reporting"):
            stack.start_service(service)
        the_api = api.Api(arguments.build)
        rules_plan = figures_rules_plan.RulesPlan(random.Random(seed), today, stack, the_api)
        differences, compared = compare(stack, the_api, rules_plan, unnoticed)
        for number in range(arguments.plans):
            draw = random.Random(seed * 1000 + number)
            writer = figures_plan.PlanWriter(draw, today, stack, the_api, f"p-{number}")
            found, count = compare(stack, the_api, writer, set())
            differences += found
            compared += count
    for difference in differences[:DIFFERENCES_SHOWN]:
        print(difference)
    for rule in sorted(unnoticed):
        print(f"nothing would be noticed if this were otherwise: {rule}")
    print(f"{compared} figures of {arguments.plans + 1} plans compared, {len(differences)} differ; "
          f"{len(terms.RULES) - len(unnoticed)} of {len(terms.RULES)} bent rules noticed")
    return 1 if differences or unnoticed else 0


if __name__ == "__main__":
    sys.exit(main())
