#!/usr/bin/python3
"""Formulas over a published directory and work programme are what a script in another language computes.

    CONCORD_DATA=DIR CONCORD_BUILD=build/release real_figures_test.py

Loads everything and a plan, lets work items serve its objectives by a rule of this test, since no source says which
they serve, and compares. Prints what was compared and measured.
"""

import datetime
import pathlib
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True
HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "faults"))
sys.path.insert(0, str(HERE))

import directory_counts  # noqa: E402  (found through the path set above)
import figures_counts  # noqa: E402
import stubs  # noqa: E402
from running_directory import ALL, Api, BUILD, COMMITTEES, Directory, FIRST_DAY, INCOME, MEMBERS  # noqa: E402

PLAN = "plans/iso-2011-2015"
PLAN_FILE = HERE.parents[1] / "deploy" / "plans" / "iso-2011-2015" / "plan.json"
LAST_EVENT = datetime.date(2022, 1, 31)  # The history of stages ends there.
TODAY = datetime.date.fromisoformat(FIRST_DAY)


class Formulas:
    """The service, as a client in another language sees it."""

    def __init__(self, address):
        # pylint: disable=import-outside-toplevel
        import grpc
        from concord.reporting.v1 import formula_service_pb2, formula_service_pb2_grpc
        channel = grpc.insecure_channel(address, options=[("grpc.max_receive_message_length", 64 << 20)])
        self.stub, self.requests = formula_service_pb2_grpc.FormulaServiceStub(channel), formula_service_pb2
        self.milliseconds = 0

    def compute(self, formula, day, parameters=None, **fields):
        request = self.requests.ComputeFormulaRequest(
            name=f"formulas/{formula}", parameters=parameters or {},
            date={"year": day.year, "month": day.month, "day": day.day}, **fields)
        began = time.monotonic()
        result = self.stub.ComputeFormula(request, timeout=120)
        self.milliseconds = 1000 * (time.monotonic() - began)
        return result

    def inputs(self, formula, day, parameters=None):
        request = self.requests.ListFormulaInputsRequest(
            name=f"formulas/{formula}", parameters=parameters or {}, page_size=1000,
            date={"year": day.year, "month": day.month, "day": day.day})
        found = []
        while True:
            page = self.stub.ListFormulaInputs(request, timeout=120)
            found += page.formula_inputs
            request.page_token = page.next_page_token
            if not request.page_token:
                return found


def same(what, result, wanted):
    """A result's value and coverage are those wanted: (value, counted, all)."""
    found = (result.value.value if result.HasField("value") else "no data", result.counted_count, result.expected_count)
    assert found == tuple(wanted), f"{what}: {found}, but the script has {wanted}"
    print(f"{what}: {found[0]} {result.unit}, {found[1]} of {found[2]} counted")


def check_participation(formulas):
    rows, of_member = directory_counts.rows(COMMITTEES), directory_counts.members(MEMBERS)
    takes_part, holders = figures_counts.participants(rows), figures_counts.secretariats(rows)
    same("developing countries in P-memberships", formulas.compute("participation-developing-share", TODAY),
         figures_counts.share_of_developing(takes_part, INCOME, of_member, TODAY))
    past = datetime.date(2003, 7, 1)
    then = figures_counts.participants([row for row in rows if (row["creationDate"] or "") <= str(past)])
    same(f"the same by the committees and incomes of {past}", formulas.compute("participation-developing-share", past),
         figures_counts.share_of_developing(then, INCOME, of_member, past))
    # All committees at work, also those made for projects of bodies that are not in the list.
    bodies = len(formulas.inputs("secretariat-twinned-share", TODAY))
    share, counted, _ = figures_counts.share_of_developing(holders, INCOME, of_member, TODAY)
    same("developing countries in secretariats", formulas.compute("secretariat-developing-share", TODAY),
         (share, counted, bodies))
    count, first_six, index = figures_counts.concentration(holders)
    result = formulas.compute("secretariat-top-share", TODAY)
    same("secretariats of the first six", result, (figures_counts.percent(first_six, len(holders)), len(holders), bodies))
    assert len(result.parts) == count and sum(int(part.value.value) for part in result.parts[:6]) == first_six
    assert (count, first_six, len(holders)) == (34, 558, 784), "the published figures"
    print(f"{first_six} of {len(holders)} secretariats, of {count} holders")
    same("concentration", formulas.compute("secretariat-concentration", TODAY), (str(index), len(holders), bodies))


def check_liaisons(formulas):
    counts = directory_counts.committees(COMMITTEES, directory_counts.members(MEMBERS))
    for with_whom, count in (("committee", counts["committee liaisons"]), ("organization", counts["organisation liaisons"])):
        same(f"liaisons with {with_whom}s", formulas.compute("liaisons", TODAY, {"with": with_whom}),
             (str(count), count, count))


def check_development_time(formulas, items):
    for percent in (25, 50, 90):
        days, counted, expected, parts = figures_counts.development_time(items, LAST_EVENT, percent / 100)
        result = formulas.compute("development-time", LAST_EVENT, {"percentile": str(percent)})
        what = f"development time, {percent} % of what begins"
        same(what, result, ("no data" if days is None else str(days), counted, expected))
        found = {part.key: int(part.value.value) for part in result.parts}
        assert found == parts, (what, {year: (found.get(year), parts.get(year)) for year in found.keys() | parts.keys()
                                       if found.get(year) != parts.get(year)})
        if percent != 25:
            print(f"  of those published in 2005 to 2015, {percent} % within",
                  {year: found[str(year)] for year in range(2005, 2016)})
    print(f"  the last one took {formulas.milliseconds:.0f} ms, cold")
    formulas.compute("development-time", LAST_EVENT, {"percentile": "90"})
    print(f"  and again {formulas.milliseconds:.1f} ms")
    listed = formulas.inputs("development-time", LAST_EVENT)
    assert len(listed) == expected and len({one.record for one in listed}) == expected, "lineage adds up to coverage"
    print(f"  {len(listed)} inputs listed, each once")


def check_published(formulas, items):
    for year in (2010, 2011):
        day = datetime.date(year, 12, 31)
        result = formulas.compute("standards-published", day)
        assert result.value.value == str(figures_counts.published_in(items, year)), (result, year)
        print(f"published in {year}: {result.value.value}, {result.expected_count - result.counted_count} more do not say when")


def let_work_serve_the_plan(api, items, today):
    """Simulated: environment serves objective 2, services objective 6, information technology an action of it."""
    rule = {"13": f"{PLAN}/objectives/2", "03": f"{PLAN}/objectives/6", "35": f"{PLAN}/actions/6-6"}
    served = {}
    for item in items:
        if not figures_counts.Project(item, today).active:
            continue
        priorities = sorted({rule[code[:2]] for code in item.ics_codes if code[:2] in rule})
        served[item.name] = priorities
        if priorities:
            api.work.UpdateWorkItem(api.work_requests.UpdateWorkItemRequest(
                work_item={"name": item.name, "priorities": priorities}), timeout=60)
    return served


def check_coverage(formulas, served, today):
    """The coverage of priorities by work, and of work by priorities."""
    with_priority = sum(bool(priorities) for priorities in served.values())
    same("work items under way that serve the plan (simulated)",
         formulas.compute("work-with-priority", today, {"plan": PLAN}),
         (figures_counts.percent(with_priority, len(served)), len(served), len(served)))
    wanted = {f"{PLAN}/objectives/{code}": 0 for code in range(1, 8)}
    for priorities in served.values():
        for priority in priorities:
            wanted[priority if "/objectives/" in priority else f"{PLAN}/objectives/6"] += 1
    result = formulas.compute("priorities-with-work", today, {"plan": PLAN})
    same("objectives that work serves (simulated)", result,
         (figures_counts.percent(sum(count > 0 for count in wanted.values()), 7), 7, 7))
    found = {part.key: int(part.value.value) for part in result.parts}
    assert found == wanted, (found, wanted)
    print("  work items by objective:", {key.rsplit("/", 1)[1]: count for key, count in found.items()})


def check_past(formulas, before, day, parameters):
    """What was told before the work items served anything is told still."""
    again = formulas.compute("work-with-priority", day, parameters, as_of={"revisions": before.revisions})
    assert again.SerializeToString(deterministic=True) == before.SerializeToString(deterministic=True)
    print(f"as of then: the same {again.ByteSize()} bytes, in {formulas.milliseconds:.0f} ms")


def main():
    stubs.load(BUILD)
    with tempfile.TemporaryDirectory() as folder:
        directory = Directory(folder, ("objective", "action", "member", "reporting"))
        try:
            directory.wait()
            directory.load(*ALL)
            subprocess.run(directory.command("plan", "import", PLAN_FILE), check=True, capture_output=True)
            api, formulas = Api(directory.address("member")), Formulas(directory.address("reporting"))
            items = api.work_items()
            check_participation(formulas)
            check_liaisons(formulas)
            check_development_time(formulas, items)
            check_published(formulas, items)
            before = formulas.compute("work-with-priority", TODAY, {"plan": PLAN})
            served = let_work_serve_the_plan(api, items, TODAY)
            check_coverage(formulas, served, TODAY)
            check_past(formulas, before, TODAY, {"plan": PLAN})
            print(f"reporting: at most {directory.service_bytes('reporting') / 2**20:.0f} MiB")
        finally:
            directory.close()


if __name__ == "__main__":
    main()
