#!/usr/bin/python3
"""The active projects of a real work programme as actions of a plan: every text comes back, and lists find what Python finds.

    CONCORD_DATA=DIR CONCORD_BUILD=build/release real_texts_test.py

Prints what it counted; the times are those of one client that asks one thing after the other.
"""

import gzip
import json
import os
import pathlib
import sys
import tempfile
import time

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "faults"))

import stubs  # noqa: E402  (found through the path set above)

DATA = pathlib.Path(os.environ["CONCORD_DATA"])
BATCH = 250
PLAN = "plans/p"


def projects():
    with gzip.open(DATA / "iso-work-programme" / "active_projects.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def committee_of(project):
    """Free marks hold 63 characters; a committee's reference is shorter."""
    return project["committee"] or ""


class Programme:
    """A plan with one objective, and an action for each project."""

    def __init__(self, running, build):
        stubs.load(build)
        # pylint: disable=import-outside-toplevel
        import grpc
        from google.type import date_pb2
        from concord.action.v1 import action_pb2, action_service_pb2, action_service_pb2_grpc
        from concord.objective.v1 import objective_pb2, objective_service_pb2, objective_service_pb2_grpc
        from concord.objective.v1 import plan_pb2, plan_service_pb2, plan_service_pb2_grpc
        self.pb, self.requests = action_pb2, action_service_pb2
        channels = {service: grpc.insecure_channel(running.address(running.services[service][0]))
                    for service in ("objective", "action")}
        self.actions = action_service_pb2_grpc.ActionServiceStub(channels["action"])
        plan = plan_pb2.Plan(title="A work programme")
        plan.organization.title = "An organisation"
        plan.period.start_date.CopyFrom(date_pb2.Date(year=2011, month=1, day=1))
        plan.period.end_date.CopyFrom(date_pb2.Date(year=2015, month=12, day=31))
        plan_service_pb2_grpc.PlanServiceStub(channels["objective"]).CreatePlan(
            plan_service_pb2.CreatePlanRequest(plan_id="p", plan=plan), timeout=20)
        objective_service_pb2_grpc.ObjectiveServiceStub(channels["objective"]).CreateObjective(
            objective_service_pb2.CreateObjectiveRequest(
                parent=PLAN, objective_id="o", objective=objective_pb2.Objective(title="Projects", code="1")), timeout=20)

    def action_of(self, project):
        action = self.pb.Action(title=project["reference"], code=str(project["iso_id"]),
                                description=f"{project['title_en']}\n{project['title_fr']}")
        action.labels["committee"] = committee_of(project)
        action.labels["stage"] = project["stage"] or ""
        action.objective_links.add(objective=PLAN + "/objectives/o", kind=self.pb.ObjectiveLink.KIND_SUPPORTS)
        return action

    def load(self, rows):
        for begin in range(0, len(rows), BATCH):
            batch = self.requests.BatchCreateActionsRequest(parent=PLAN)
            for project in rows[begin:begin + BATCH]:
                batch.requests.add(parent=PLAN, action_id=f"p-{project['iso_id']}", action=self.action_of(project))
            self.actions.BatchCreateActions(batch, timeout=60)

    def list(self, **fields):
        """All pages of a list, and how many there were."""
        found, pages, token = [], 0, ""
        while True:
            page = self.actions.ListActions(
                self.requests.ListActionsRequest(parent=PLAN, page_size=1000, page_token=token, **fields), timeout=60)
            found += page.actions
            pages += 1
            token = page.next_page_token
            if not token:
                return found, pages


def quoted(text):
    for character in ('\\', '"', "*"):
        text = text.replace(character, "\\" + character)
    return f'"{text}"'


def check_texts(programme, rows):
    listed, pages = programme.list()
    by_code = {action.code: action for action in listed}
    assert len(listed) == len(rows) == len(by_code), (len(listed), len(rows))
    for project in rows:
        action = by_code[str(project["iso_id"])]
        wanted = programme.action_of(project)
        assert (action.title, action.description, dict(action.labels)) == (
            wanted.title, wanted.description, dict(wanted.labels)), project["reference"]
    print(f"{len(rows)} actions came back in {pages} pages, every text as it was")


def check_filters(programme, rows):
    """Each kind of question over all rows, and each of some rows by its very text."""
    def held(filter_text, wanted):
        began = time.monotonic()
        found = {action.code for action in programme.list(filter=filter_text)[0]}
        took = time.monotonic() - began
        assert found == {str(p["iso_id"]) for p in rows if wanted(p)}, filter_text
        return len(found), took

    for filter_text, wanted in (
            ('description = "*sécurité*"', lambda p: "sécurité" in f"{p['title_en']}\n{p['title_fr']}"),
            ('title = "ISO/CD*"', lambda p: p["reference"].startswith("ISO/CD")),
            ('labels.committee = "ISO/TC 34*" AND NOT labels.stage = "10.99"',
             lambda p: committee_of(p).startswith("ISO/TC 34") and p["stage"] != "10.99")):
        count, took = held(filter_text, wanted)
        assert count, f"nobody is found by {filter_text}"
        print(f"{count:5} found in {1000 * took:6.1f} ms by {filter_text}")
    sample = rows[::45]
    for project in sample:
        text = f"{project['title_en']}\n{project['title_fr']}"
        held(f"description = {quoted(text)}", lambda p, t=text: f"{p['title_en']}\n{p['title_fr']}" == t)
    print(f"{len(sample)} found by their very text")


def main():
    build = os.environ["CONCORD_BUILD"]
    stubs.load(build)
    import cluster  # pylint: disable=import-outside-toplevel  (its stubs are made above)
    rows = projects()
    with tempfile.TemporaryDirectory() as folder:
        with cluster.Cluster(pathlib.Path(build) / "bin", folder, replicas=1,
                             services=("objective", "action")) as running:
            running.start()
            programme = Programme(running, build)
            began = time.monotonic()
            programme.load(rows)
            print(f"{len(rows)} actions written in batches of {BATCH} in {time.monotonic() - began:.1f} s")
            check_texts(programme, rows)
            check_filters(programme, rows)


if __name__ == "__main__":
    main()
