#!/usr/bin/python3
"""A published directory and work programme through the command line: what is asked back is what the files hold.

    CONCORD_DATA=DIR CONCORD_BUILD=build/release real_directory_test.py

Loads everything, asks the counts back through the API, loads it again, then a second snapshot with known changes, and
once more from the beginning with the service and the store killed in between. Prints what it counted and measured.
"""

import datetime
import gzip
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True
HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "faults"))
sys.path.insert(0, str(HERE))

import directory_counts  # noqa: E402  (found through the path set above)
import stubs  # noqa: E402
from running_directory import (ALL, Api, BUILD, COMMITTEES, Directory, FIRST_DAY, INCOME, MEMBERS, PROJECTS,  # noqa: E402
                               SECOND_DAY)


def same(what, found, wanted):
    assert found == wanted, f"{what}: {found}, but the files have {wanted}"
    print(f"{what}: {found}")


def check_counts(api):
    """Counts asked back equal counts taken from the files."""
    wanted = directory_counts.committees(COMMITTEES, directory_counts.members(MEMBERS))
    committees = {committee.source_id: committee for committee in api.list_committees() if committee.source_id}
    same("committees", len(committees), wanted["committees"])
    same("secretariats", sum(1 for one in committees.values() if one.secretariat), wanted["secretariats"])
    same("P-memberships", len(api.participations("role = PARTICIPANT")), wanted["P"])
    same("O-memberships", len(api.participations("role = OBSERVER")), wanted["O"])
    liaisons = api.liaisons()
    with_committees = [one for one in liaisons if one.counterpart.startswith("committees/")]
    same("liaisons with committees", len(with_committees), wanted["committee liaisons"])
    same("of them dangling", sum(1 for one in with_committees if one.findings), wanted["dangling"])
    same("liaisons with organisations", len(liaisons) - len(with_committees), wanted["organisation liaisons"])
    flawed = [one for one in api.participations() if
              any(finding.reason == "NOT_ENTITLED_TO_PARTICIPATE" for finding in one.findings)]
    same("P-memberships of correspondents", len(flawed), wanted["P of correspondents"])


def check_work(api, document):
    """Every project is taken once, or rejected with its line."""
    wanted = directory_counts.projects(PROJECTS)
    print(f"{wanted['rows']} rows of projects, {wanted['rows'] - wanted['projects']} of them of one that is there already")
    items = api.work_items()
    taken = {item.name.rsplit("/", 1)[1] for item in items}
    assert len(taken) == len(items), "a project was taken twice"
    rejected = [row for row in document["rejectedRows"] if row.get("collection") == "work items"]
    assert all(row["line"] > 0 and row["reason"] for row in rejected), rejected
    lost = {row["row"] for row in rejected} - taken
    print(f"{len(taken)} taken, {len(rejected)} rows rejected with line and reason")
    same("projects", len(taken) + len(lost), wanted["projects"])


def check_past_days(api):
    """What was true on a past day, by dated facts: members by the income class of their country then."""
    of_member = directory_counts.members(MEMBERS)
    for day in (datetime.date(2003, 1, 1), datetime.date(2011, 6, 30), datetime.date(2011, 7, 1), datetime.date(2025, 6, 30)):
        for group, words in (("income-low", "Low income"), ("income-upper-middle", "Upper middle income")):
            wanted = directory_counts.of_income_class(INCOME, of_member, words, day)
            found = {member.source_id for member in api.members(
                filter=f'groups:"{group}"', on_date={"year": day.year, "month": day.month, "day": day.day})}
            assert found == wanted, (day, group, found ^ wanted)
            print(f"members of {group} on {day}: {len(found)}")


def measure(api):
    """Milliseconds, the median of 15 calls by one client."""
    def median(**fields):
        times = []
        for _ in range(15):
            began = time.monotonic()
            api.work.ListWorkItems(api.work_requests.ListWorkItemsRequest(parent="committees/-", **fields), timeout=60)
            times.append(1000 * (time.monotonic() - began))
        return statistics.median(times)
    print(f"a page of 50 work items: {median(page_size=50):.1f} ms")
    none = median(filter='reference = "no such reference"')
    print(f"a filter over all that takes none: {none:.1f} ms")


def check_pages_are_stable(api):
    """An unchanged row appears exactly once, while others are written between two pages."""
    request = api.work_requests.ListWorkItemsRequest(parent="committees/-", page_size=1000)
    names, pages = [], 0
    while True:
        page = api.work.ListWorkItems(request, timeout=60)
        names += [item.name for item in page.work_items]
        pages += 1
        # The first of this page is renamed: it stays where it was.
        api.work.UpdateWorkItem(api.work_requests.UpdateWorkItemRequest(
            work_item={"name": page.work_items[0].name, "labels": {"seen": str(pages)}}), timeout=60)
        request.page_token = page.next_page_token
        if not request.page_token:
            break
    assert len(names) == len(set(names)), "a row came twice"
    print(f"{len(names)} rows in {pages} pages, each once, while others were written")


def second_snapshot(folder):
    """The first one with known changes: (files, what has to come of them)."""
    rows = directory_counts.rows(COMMITTEES)
    plain = [row for row in rows if len(row["pMembers"] or []) > 3 and len(row["oMembers"] or []) > 1 and row["secretariat"]]
    joined, left, demoted, renamed, moved = plain[:5]
    gone = next(row for row in reversed(rows) if not row["childrenId"] and row["committeeLiaisons"] and
                row not in (joined, left, demoted, renamed, moved))
    there = {one["id"] for one in joined["pMembers"] + joined["oMembers"]}
    newcomer = next(member for row in plain for member in row["pMembers"] if member["id"] not in there)
    joined["pMembers"].append(newcomer)
    left["oMembers"].pop()
    ordinary = next(member for member in demoted["pMembers"] if member["id"] != demoted["secretariat"]["id"])
    demoted["pMembers"].remove(ordinary)
    demoted["oMembers"].append(ordinary)
    renamed["title"]["en"] += " (renamed)"
    heir = next(member for member in moved["pMembers"] if member["id"] != moved["secretariat"]["id"])
    moved["secretariat"] = heir
    rows.remove(gone)
    path = pathlib.Path(folder) / "second.jsonl.gz"
    with gzip.open(path, "wt", encoding="utf-8") as text:
        for row in rows:
            text.write(json.dumps(row) + "\n")
        text.write('{"id": 99999999, "title": {"en": "A row without a reference"}}\n')
    # Who took part in the committee that is gone, and was in liaison with it, does so no longer.
    wanted = {
        "committees": {"created": 0, "changed": 2, "ended": 1},
        "participations": {"created": 1, "changed": 1, "ended": 1 + len((gone["pMembers"] or []) + (gone["oMembers"] or []))},
        "liaisons": {"created": 0, "changed": 0,
                     "ended": len((gone["committeeLiaisons"] or []) + (gone["organizationLiaisons"] or []))},
        "rejected": 1}
    return path, wanted, {"joined": (joined, newcomer), "demoted": (demoted, ordinary), "moved": (moved, heir), "gone": gone}


def check_second_snapshot(directory, api):
    path, wanted, changes = second_snapshot(directory.folder)
    dry, _ = directory.load("--committees", path, "--dry-run", day=SECOND_DAY)
    document, _ = directory.load("--committees", path, day=SECOND_DAY)
    assert dry["by"].keys() == document["by"].keys(), (dry["by"], document["by"])
    for collection, counts in wanted.items():
        if collection == "rejected":
            continue
        for key, count in counts.items():
            assert document["by"][collection][key] == count, (collection, key, document["by"][collection])
            assert dry["by"][collection][key] == count, ("dry run", collection, key, dry["by"][collection])
    assert len(document["rejectedRows"]) == wanted["rejected"], document["rejectedRows"]
    print("second snapshot:", json.dumps(document["collections"]))
    committee, member = changes["demoted"]
    periods = next(one for one in api.participations(parent=f"committees/{committee['id']}")
                   if one.member == f"members/{member['id']}").role_periods
    assert [period.role for period in periods] == [1, 2], "P until the day before, O since"
    assert (periods[0].end_date.year, periods[0].end_date.month, periods[0].end_date.day) == (2025, 12, 31)
    again, _ = directory.load("--committees", path, day=SECOND_DAY)
    for one in again["collections"]:
        assert one["created"] == one["changed"] == one["ended"] == 0, one
    print("the second snapshot again: nothing to change")


def kill_in_between(directory, victim):
    """Kills the service or the store while an import runs, and starts it again."""
    running = subprocess.Popen(directory.command("directory", "import", "--date", FIRST_DAY, *ALL),
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    log = directory.folder / "appendonlydir"

    def written():
        return sum(file.stat().st_size for file in log.glob("*")) if log.exists() else 0

    while written() < 4_000_000 and running.poll() is None:
        os.sched_yield()
    assert running.poll() is None, "the import was over before anything was killed"
    directory.kill(victim)
    directory.start(victim)
    running.wait(timeout=600)
    directory.wait()
    print(f"{victim} killed in mid-import: the program ended with {running.returncode}")


def check_crash(victim):
    with tempfile.TemporaryDirectory() as folder:
        directory = Directory(folder)
        try:
            directory.wait()
            kill_in_between(directory, victim)
            directory.load(*ALL)
            check_counts(Api(directory.address("member")))
            again, _ = directory.load(*ALL)
            check_work(Api(directory.address("member")), again)
            assert all(one["created"] == one["changed"] == one["ended"] == 0 for one in again["collections"]), again
            print(f"after the death of {victim}: nothing lost, nothing doubled")
        finally:
            directory.close()


def main():
    stubs.load(BUILD)
    with tempfile.TemporaryDirectory() as folder:
        directory = Directory(folder)
        try:
            directory.wait()
            document, took = directory.load(*ALL)
            records = sum(one["created"] for one in document["collections"])
            print(f"loaded {records} records in {took:.1f} s, {records / took:.0f} a second; Redis "
                  f"{directory.redis_bytes() / 2**20:.0f} MiB, {directory.redis_bytes() / records:.0f} bytes a record; "
                  f"service at most {directory.service_bytes() / 2**20:.0f} MiB")
            api = Api(directory.address("member"))
            check_counts(api)
            check_work(api, document)
            check_past_days(api)
            again, took = directory.load(*ALL)
            assert all(one["created"] == one["changed"] == one["ended"] == 0 for one in again["collections"]), again
            print(f"loaded again in {took:.1f} s: nothing to change")
            measure(api)
            check_second_snapshot(directory, api)
            check_pages_are_stable(api)
        finally:
            directory.close()
    for victim in ("member", "redis"):
        check_crash(victim)


if __name__ == "__main__":
    main()
