"""Part of figures_reference.py, from services/reporting/FIGURES.md alone."""

from figures_terms import (APPROVED, AT_RISK, CANCELLED, COMPLETED, Fraction, IN_PROGRESS, NOT_APPLICABLE, NO_DATA,
                           OFF_TRACK, ON_HOLD, ON_TRACK, PROPOSED, mean)

BADNESS = [NO_DATA, ON_TRACK, AT_RISK, OFF_TRACK]


def worst(verdicts, choose=max):
    """Of (level, rule) in the order of names: the first of the worst."""
    expected = [verdict for verdict in verdicts if verdict[0] != NOT_APPLICABLE]
    if not expected:
        return NOT_APPLICABLE, "nothing_expected"
    return choose(expected, key=lambda verdict: BADNESS.index(verdict[0]))  # The first of equals.


class DeliveryFigures:
    """Of the delivery of objectives and of the plan.

    A figure is (value, counted, expected, names without, newest time to be compared).
    """

    def by_name(self, kind):
        return sorted(self.rows[kind], key=lambda row: row.name)

    def linked(self, objective):
        """(weight, action) of what contributes, cancelled or not."""
        return [(Fraction(link.weight) if link.HasField("weight") else Fraction(1), action)
                for action in self.by_name("actions")
                for link in action.objective_links if link.objective == objective.name and link.kind == 1]

    def contributions(self, objective):
        """(weight, action) of what contributes and is not cancelled."""
        return [(weight, action) for weight, action in self.linked(objective) if self.state(action) != CANCELLED]

    def of_action(self, action):
        """Progress, planned progress and schedule performance; of a cancelled one nothing is expected."""
        expected = 0 if self.state(action) == CANCELLED else 1
        found = []
        for value, time in zip((self.progress(action), self.planned(action), self.performance(action)),
                               self.times(action)):
            value = value if expected else None
            known = value is not None
            found.append((value, int(known), expected, [action.name] if expected and not known else [],
                          time if known else None))
        return found

    def delivery(self, objective):
        """Progress, planned progress and schedule performance of an objective."""
        parts = self.contributions(objective)
        found = []
        for place, figure in enumerate((self.progress, self.planned, self.performance)):
            known = [(weight, action) for weight, action in parts if figure(action) is not None]
            if figure == self.performance:
                value = self.ratio(known) if known else None
            else:
                value = mean([(weight, figure(action)) for weight, action in known])
            found.append((value, len(known), len(parts),
                          sorted(action.name for _, action in parts if figure(action) is None)[:10],
                          self.newest([self.times(action)[place] for _, action in known])))
        return found

    def newest(self, times):
        return (max if self.keeps("the newest time counts") else min)(times, default=None)

    def sums(self, known):
        """Done, planned and all, each weighted, of actions that have both."""
        return (sum(weight * self.progress(action) for weight, action in known),
                sum(weight * self.planned(action) for weight, action in known), sum(weight for weight, _ in known))

    def ratio(self, known):
        done, planned, _ = self.sums(known)
        return done / planned

    def weight(self, objective):
        if not self.keeps("objectives have weights"):
            return Fraction(1)
        return Fraction(objective.weight) if objective.HasField("weight") else Fraction(1)

    def counting(self):
        all_of_them = not self.keeps("weight 0 leaves an objective out")
        return [objective for objective in self.by_name("objectives") if all_of_them or self.weight(objective)]

    def plan_delivery(self):
        """Of the plan, over its objectives."""
        objectives = self.counting()
        found = []
        for place in range(3):
            figures = {objective.name: self.delivery(objective)[place] for objective in objectives}
            known = [objective for objective in objectives if figures[objective.name][0] is not None]
            if place == 2:
                value = self.plan_performance(known) if known else None
            else:
                value = mean([(self.weight(objective), figures[objective.name][0]) for objective in known])
            found.append((value, len(known), len(objectives),
                          [name for name, figure in figures.items() if figure[0] is None][:10],
                          self.newest([figures[objective.name][4] for objective in known])))
        return found

    def plan_performance(self, objectives):
        """A ratio of sums of means, each over the actions that enter the objective's own."""
        if not self.keeps("the plan's performance is a ratio of sums"):
            return mean([(self.weight(objective), self.delivery(objective)[2][0]) for objective in objectives])
        above = below = 0
        for objective in objectives:
            done, planned, weights = self.sums([(weight, action) for weight, action in self.contributions(objective)
                                                if self.performance(action) is not None])
            above += self.weight(objective) * done / weights
            below += self.weight(objective) * planned / weights
        return above / below

    def objective_health(self, objective):
        return worst([self.verdict(action) for _, action in self.contributions(objective)], self.choice())

    def plan_health(self):
        return worst([self.objective_health(objective) for objective in self.counting()], self.choice())

    def choice(self):
        return max if self.keeps("the worst decides") else min

    def counts(self, actions):
        """As in ActionCounts, from the total to those without data."""
        states = [self.state(action) for action in actions]
        levels = [self.verdict(action)[0] for action in actions]
        return (len(states) - states.count(CANCELLED), *(states.count(state) for state in (
            PROPOSED, APPROVED, IN_PROGRESS, ON_HOLD, COMPLETED, CANCELLED)), *(levels.count(level) for level in (
                ON_TRACK, AT_RISK, OFF_TRACK, NO_DATA)))
