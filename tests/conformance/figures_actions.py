"""Part of figures_reference.py, from services/reporting/FIGURES.md alone."""

from figures_terms import (AT_RISK, APPROVED, CANCELLED, COMPLETED, DROPPED, Fraction, IN_PROGRESS, NOT_APPLICABLE,
                           NO_DATA, OFF_TRACK, ON_HOLD, ON_TRACK, PROPOSED, REACHED, child_of, day_of, number_of,
                           order_of)


class ActionFigures:
    """Of actions."""

    def period(self, action):
        return (day_of(action.start_date) if action.HasField("start_date") else self.first,
                day_of(action.due_date) if action.HasField("due_date") else self.last)

    def milestones(self, action):
        return [milestone for milestone in child_of(action, self.rows["milestones"])
                if milestone.state != DROPPED or not self.keeps("dropped milestones do not count")]

    def reached(self, milestone):
        return milestone.state == REACHED and (day_of(milestone.reached_date) <= self.date or
                                               not self.keeps("milestones reached later do not count"))

    def report(self, action):
        """The report in force, or None."""
        reports = [report for report in child_of(action, self.rows["progress_reports"])
                   if day_of(report.date) <= self.date or not self.keeps("later reports do not count")]
        sign = 1 if self.keeps("the report written last counts") else -1
        return max(reports, default=None, key=lambda report: (
            day_of(report.date), tuple(sign * part for part in order_of(report.create_time)), report.name))

    def state(self, action):
        """On the date."""
        ended = not action.HasField("actual_end_date") or day_of(action.actual_end_date) <= self.date
        if action.state in (PROPOSED, APPROVED):
            return action.state
        if action.state in (COMPLETED, CANCELLED) and (ended or not self.keeps("ended from the actual end on")):
            return action.state
        if action.state == CANCELLED and not action.HasField("actual_start_date"):
            return PROPOSED
        if (action.HasField("actual_start_date") and day_of(action.actual_start_date) > self.date
                and self.keeps("begun from the actual start on")):
            return APPROVED
        return ON_HOLD if action.state == ON_HOLD else IN_PROGRESS

    def progress(self, action):
        state = self.state(action)
        if state == CANCELLED:
            return None
        if self.keeps("a state goes before what is recorded"):
            if state in (PROPOSED, APPROVED):
                return Fraction(0)
            if state == COMPLETED:
                return Fraction(1)
        weight = {milestone.name: Fraction(milestone.weight) if milestone.HasField("weight") and
                  self.keeps("milestones have weights") else Fraction(1) for milestone in self.milestones(action)}
        report = self.report(action)
        if weight and (self.keeps("milestones go before reports") or report is None):
            return sum(weight[m.name] for m in self.milestones(action) if self.reached(m)) / sum(weight.values())
        return number_of(report.percent) / 100 if report is not None else None

    def planned(self, action):
        first, last = self.period(action)
        if self.date < first:
            return Fraction(0)
        if self.date >= last:
            return Fraction(1)
        return Fraction((self.date - first).days + 1, (last - first).days + 1)

    def performance(self, action):
        progress, planned = self.progress(action), self.planned(action)
        return progress / planned if progress is not None and planned else None

    def progress_time(self, action):
        """When the newest of what the progress was taken from was written, to be compared; None without progress."""
        if self.progress(action) is None:
            return None
        if self.state(action) in (PROPOSED, APPROVED, COMPLETED):
            return order_of(action.update_time)
        milestones = self.milestones(action)
        if milestones:
            return max(order_of(milestone.update_time) for milestone in milestones)
        return order_of(self.report(action).create_time)

    def times(self, action):
        """The same of progress, planned progress and schedule performance."""
        done, planned = self.progress_time(action), order_of(action.update_time)
        return done, planned, None if self.performance(action) is None else max(done, planned)

    def verdict(self, action):
        """(level, rule)"""
        first, last = self.period(action)
        state = self.state(action)
        if state == CANCELLED:
            return NOT_APPLICABLE, "cancelled"
        if state == COMPLETED:
            return ON_TRACK, "completed"
        if last < self.date:
            return OFF_TRACK, "overdue"
        if state == ON_HOLD:
            return AT_RISK, "on_hold"
        if state != IN_PROGRESS:
            if first > self.date:
                return ON_TRACK, "not_due"
            return OFF_TRACK if (self.date - first).days > 90 else AT_RISK, "start_overdue"
        performance = self.performance(action)
        if self.progress(action) is None:
            return NO_DATA, "no_progress_data"
        if performance is None or performance >= Fraction(9, 10):
            return ON_TRACK, "ahead_or_on_schedule"
        if performance >= Fraction(7, 10):
            return AT_RISK, "behind_schedule"
        return OFF_TRACK, "far_behind_schedule"

    def declared(self, action):
        report = self.report(action)
        return report.health + 1 if report is not None else NO_DATA
