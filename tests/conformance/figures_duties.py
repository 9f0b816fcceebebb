"""Part of figures_reference.py, from services/reporting/FIGURES.md alone."""

import datetime

from figures_terms import (ACTIVE, CANCELLED, COMPLETED, DAY, DROPPED, IN_PROGRESS, MEASUREMENT_APPROVED, MONTHS,
                           ON_HOLD, SUBMITTED, child_of, day_of, periods)


class Duties:
    """Who owes what by when."""

    def duties(self, days_ahead):
        """[(due, resource, last day of the period or None, kind, owner)] in their order."""
        if self.plan.state != ACTIVE:
            return []
        owed = []
        for indicator in self.indicators():
            owed += self.measurements_owed(indicator)
        for action in self.rows["actions"]:
            if self.state(action) not in (COMPLETED, CANCELLED) or not self.keeps("ended actions owe nothing"):
                owed += self.reports_owed(action) + self.milestones_owed(action) + self.reviews_owed(action)
        owed = [duty for duty in owed if duty[0] <= self.date + days_ahead * DAY]
        return sorted(owed, key=lambda duty: (duty[0], duty[1], duty[2] or datetime.date.min))

    def measurements_owed(self, indicator):
        owed, measurements = [], child_of(indicator, self.rows["measurements"])
        ended = [m for m in measurements if day_of(m.period.end_date) <= self.date]
        done = {(day_of(m.period.start_date), day_of(m.period.end_date)) for m in ended if not m.dimensions and (
            m.status == MEASUREMENT_APPROVED or (m.status == SUBMITTED and self.keeps("handed in is done")))}
        after = indicator.due_days if self.keeps("due days count") else 0
        computed = indicator.HasField("roll_up") or indicator.HasField("formula")
        if not computed or not self.keeps("computed ones are not owed"):
            owed += [(last + after * DAY, indicator.name, last, 1, indicator.reporter)
                     for first, last in self.periods(indicator) if (first, last) not in done]
        if self.keeps("approvals are owed"):
            for m in measurements:
                if m.status == SUBMITTED:
                    handed_in = datetime.datetime.fromtimestamp(m.update_time.seconds, datetime.timezone.utc).date()
                    owed.append((handed_in + 14 * DAY, m.name, day_of(m.period.end_date), 5, ""))
        return owed

    def reports_owed(self, action):
        if self.state(action) not in (IN_PROGRESS, ON_HOLD) or action.report_frequency == 5:
            return []
        begun = day_of(action.actual_start_date) if action.HasField("actual_start_date") else self.period(action)[0]
        months = {0: 3 if self.keeps("reports are quarterly by default") else 12, **MONTHS}[action.report_frequency]
        days = [day_of(report.date) for report in child_of(action, self.rows["progress_reports"])
                if day_of(report.date) <= self.date]
        return [(last + action.report_due_days * DAY, action.name, last, 2, action.lead)
                for first, last in periods(max(begun, self.first), self.last, months)
                if begun <= self.last and not any(first <= day <= last for day in days)]

    def owner(self, row, action):
        return row.owner if row.owner and self.keeps("owners come before leads") else action.lead

    def milestones_owed(self, action):
        return [(day_of(milestone.due_date), milestone.name, None, 3, self.owner(milestone, action))
                for milestone in child_of(action, self.rows["milestones"])
                if not (milestone.state == DROPPED or self.reached(milestone))
                or not self.keeps("dropped and reached are not owed")]

    def reviews_owed(self, action):
        return [(day_of(risk.review_date), risk.name, None, 4, self.owner(risk, action))
                for risk in child_of(action, self.rows["risks"])
                if risk.state == 1 and risk.HasField("review_date") and self.keeps("risks are looked at again")]
