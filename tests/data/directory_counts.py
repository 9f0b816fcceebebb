"""What files of a directory hold, counted without any of our own code: plain Python over the rows."""

import csv
import gzip
import json


def rows(path):
    """The JSON lines of a file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def members(path):
    """The rows of members, by their id."""
    with open(path, encoding="utf-8-sig", newline="") as text:
        return {row["iso_member_id"]: row for row in csv.DictReader(text)}


def category(row):
    """What a member is, told or inferred by the source."""
    return row["membership_type"] or row["membership_type_inferred"]


def committees(path, of_member):
    """Counts of a snapshot of committees; `of_member` are the rows of members."""
    found = {"committees": 0, "P": 0, "O": 0, "secretariats": 0, "committee liaisons": 0, "organisation liaisons": 0,
             "dangling": 0, "P of correspondents": 0}
    listed = rows(path)
    ids = {row["id"] for row in listed}
    for row in listed:
        found["committees"] += 1
        participants = row["pMembers"] or []
        found["P"] += len(participants)
        found["O"] += len(row["oMembers"] or [])
        found["secretariats"] += bool((row["secretariat"] or {}).get("id"))
        found["committee liaisons"] += len(row["committeeLiaisons"] or [])
        found["organisation liaisons"] += len(row["organizationLiaisons"] or [])
        found["dangling"] += sum(liaison["id"] not in ids for liaison in row["committeeLiaisons"] or [])
        found["P of correspondents"] += sum(
            str(member["id"]) in of_member and category(of_member[str(member["id"])]) == "CORRESPONDENT"
            for member in participants)
    return found


def projects(path):
    """How many rows of projects there are, and how many projects: some stand there twice."""
    listed = rows(path)
    return {"rows": len(listed), "projects": len({row["iso_id"] or row["reference"] for row in listed})}


def of_income_class(path, of_member, words, day):
    """The ids of members whose country was of an income class on a day; fiscal year N runs from 1 July N - 1."""
    year = day.year + (day.month >= 7)
    with gzip.open(path, "rt", encoding="utf-8-sig", newline="") as text:
        countries = {row["code"] for row in csv.DictReader(text)
                     if int(row["year_fiscal"]) == year and row["incgroup_historical"] == words}
    return {member for member, row in of_member.items() if member and row["alpha3"] in countries}
