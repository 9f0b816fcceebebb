"""The figures of reporting, from services/reporting/FIGURES.md alone: plainly, in fractions, without an index.

Takes the messages of a plan as they were read through the API. Shares are Fractions, or None for no data.
"""

from figures_actions import ActionFigures
from figures_delivery import DeliveryFigures
from figures_duties import Duties
from figures_forecasts import Forecasts
from figures_indicators import IndicatorFigures
from figures_terms import RULES, day_of


class Figures(ActionFigures, DeliveryFigures, IndicatorFigures, Duties, Forecasts):
    """All figures of a plan at a date. `planted` names rules to break."""

    def __init__(self, plan, rows, date, planted=()):
        self.plan, self.rows, self.date, self.planted = plan, rows, date, planted
        self.first, self.last = day_of(plan.period.start_date), day_of(plan.period.end_date)
        self.values = {}
        self.factor = None
        self.past_outcomes = None

    def keeps(self, rule):
        assert rule in RULES, rule
        return rule not in self.planted
