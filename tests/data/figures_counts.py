"""Figures of a directory and a work programme, computed without any of our own code: plain Python over rows."""

import collections
import datetime

import directory_counts

INCOMES = {"Low income", "Lower middle income", "Upper middle income"}


def percent(part, whole):
    """As the figures write it: one digit, half to even."""
    thousandths, rest = divmod(1000 * part, whole)
    thousandths += 2 * rest > whole or (2 * rest == whole and thousandths % 2)
    return f"{thousandths // 10}.{thousandths % 10}"


def share_of_developing(member_ids, income_path, of_member, day):
    """(percent, counted, all) of those whose country was of low or middle income; of unknown income are not counted."""
    developing, known = set(), set()
    for words in INCOMES | {"High income"}:
        found = directory_counts.of_income_class(income_path, of_member, words, day)
        known |= found
        if words in INCOMES:
            developing |= found
    counted = [one for one in member_ids if one in known]
    return percent(sum(one in developing for one in counted), len(counted)), len(counted), len(member_ids)


def participants(rows):
    """Who takes part: a member for each P-membership."""
    return [str(member["id"]) for row in rows for member in row["pMembers"] or []]


def secretariats(rows):
    """Who holds secretariats: a member for each."""
    return [str(row["secretariat"]["id"]) for row in rows if (row["secretariat"] or {}).get("id")]


def concentration(holders):
    """(number of holders, secretariats of the first six, index of Herfindahl and Hirschman)."""
    counts = sorted(collections.Counter(holders).values(), reverse=True)
    index = 10_000 * sum(count * count for count in counts) / len(holders) ** 2
    return len(counts), sum(counts[:6]), round(index)


def as_day(date):
    """A google.type.Date; None if it is not set."""
    return datetime.date(date.year, date.month, date.day) if date.year else None


class Project:
    """A work item as it was on a day, from its row."""

    def __init__(self, item, day):
        events = [(as_day(event.date), event.stage) for event in item.stage_events]
        past = [event for event in events if event[0] <= day]
        published = as_day(item.publication_date)
        self.published = published if published and published <= day else None
        self.stage = past[-1][1] if past else ""
        self.stage_day = past[-1][0] if past else None
        if not events and not (published and published > day):
            self.stage = item.stage
        begins = [date for date, stage in past if stage == "10.99"] or [date for date, stage in past if stage == "20.00"]
        self.begin = begins[0] if begins else None

    @property
    def given_up(self):
        return not self.published and self.stage.endswith(".98")

    @property
    def out(self):
        """Published, whether it is known when or not."""
        return bool(self.published) or ("60.60" <= self.stage and not self.stage.endswith(".98"))

    @property
    def active(self):
        return "10.99" <= self.stage and not self.out and not self.given_up


def development_time(items, day, share):
    """(days, counted, all, {year: days}): within how many days the share of what begins is published.

    What is open is known to take longer than until the day; what was given up never comes.
    """
    ends, by_year, missing = collections.defaultdict(collections.Counter), collections.defaultdict(list), 0
    for item in items:
        project = Project(item, day)
        if not project.begin:
            missing += project.active or project.out
        elif project.published and project.published >= project.begin:
            days = (project.published - project.begin).days
            ends[days]["published"] += 1
            by_year[str(project.published.year)].append(days)
        elif project.out:
            missing += 1
        else:
            end = project.stage_day if project.given_up else day
            ends[(end - project.begin).days]["given up" if project.given_up else "open"] += 1
    counted = at_risk = sum(counter.total() for counter in ends.values())
    remaining, come, found = 1.0, 0.0, None
    for days in sorted(ends):
        counter = ends[days]
        come += remaining * counter["published"] / at_risk
        remaining *= 1 - (counter["published"] + counter["given up"]) / at_risk
        at_risk -= counter.total()
        if come >= share - 1e-9:
            found = days
            break
    parts = {year: sorted(days)[max(0, -(-len(days) * round(100 * share) // 100) - 1)] for year, days in by_year.items()}
    return found, counted, counted + missing, parts


def published_in(items, year):
    """How many came out in a year."""
    return sum(item.publication_date.year == year for item in items)
