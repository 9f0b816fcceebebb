"""What every part of the reference of the figures is written in: enums, days, decimals, means.

RULES names the sentences of FIGURES.md that can be switched to something else, so that a test can see that a
comparison would notice.
"""

import datetime
import fractions

Fraction = fractions.Fraction
DAY = datetime.timedelta(days=1)

# Values of enums, as numbers on the wire.
PROPOSED, APPROVED, IN_PROGRESS, ON_HOLD, COMPLETED, CANCELLED = 1, 2, 3, 4, 5, 6
REACHED, DROPPED, SUBMITTED, MEASUREMENT_APPROVED, ACTIVE = 2, 3, 2, 3, 2
SUM, MEAN, RATIO, MINIMUM, MAXIMUM, LAST = 1, 2, 3, 4, 5, 6
NO_DATA, ON_TRACK, AT_RISK, OFF_TRACK, NOT_APPLICABLE = 1, 2, 3, 4, 5
MONTHS = {1: 1, 2: 3, 3: 6, 4: 12}

RULES = (
    "dropped milestones do not count", "milestones reached later do not count", "milestones have weights",
    "milestones go before reports", "later reports do not count", "the report written last counts",
    "a state goes before what is recorded", "ended from the actual end on", "begun from the actual start on",
    "measurements of parts do not count", "only approved ones count",
    "periods must have ended", "the target ahead counts", "less is better if said so",
    "shares are not clamped in means",
    "a sum needs all inputs", "a ratio is in percent", "values are rounded to the nearest",
    "the worst decides", "the newest time counts", "the plan's performance is a ratio of sums",
    "computed from rounded values", "objectives have weights", "a line leads to the first target",
    "weight 0 leaves an objective out", "reports are quarterly by default", "handed in is done",
    "dropped and reached are not owed", "ended actions owe nothing", "risks are looked at again",
    "a rate ends with its progress", "the next milestone is not reached yet", "planned durations have a factor",
    "what is planned after begins after",
    "nothing is completed before what it needs", "what came less what was forecast",
    "only what was known then is learnt from", "quantiles lie between places",
    "the interval is one of a value", "periods without data are gaps",
    "approvals are owed", "due days count", "owners come before leads", "computed ones are not owed",
)


def day_of(date):
    return datetime.date(date.year, date.month, date.day)


def number_of(decimal):
    return Fraction(decimal.value)


def order_of(time):
    return time.seconds, time.nanos


def child_of(parent, rows):
    return [row for row in rows if row.name.startswith(parent.name + "/")]


def periods(first, last, months):
    """Whole periods of the calendar from the one that holds `first` to the one that holds `last`."""
    month = first.month - 1 - (first.month - 1) % months
    year, found = first.year, []
    while datetime.date(year, month + 1, 1) <= last:
        begin = datetime.date(year, month + 1, 1)
        month += months
        year, month = year + month // 12, month % 12
        found.append((begin, datetime.date(year, month + 1, 1) - DAY))
    return found


def round_to(value, scale):
    """Half to even."""
    return Fraction(round(value * 10 ** scale), 10 ** scale)


def mean(pairs):
    """Of (weight, value), what has a value; None if nothing does."""
    known = [(weight, value) for weight, value in pairs if value is not None]
    total = sum(weight for weight, _ in known)
    return sum(weight * value for weight, value in known) / total if total else None
