"""Fills the store through the public API: plans that differ only in how many actions they have."""

import sys

import api
import load

OBJECTIVES = 7
PLANS = "/concord.objective.v1.PlanService"
OBJECTIVE_SERVICE = "/concord.objective.v1.ObjectiveService"
ACTIONS = "/concord.action.v1.ActionService"
REPORTING = "/concord.reporting.v1.ReportingService"
# With names, dates and links an action then takes about 600 bytes.
DESCRIPTION = ("Bring the committees, the members and the partner organisations together, agree on who does what and by "
               "when, publish what was agreed, and report on it every quarter until it is done; then see what remains.")


def action_id(number):
    return f"a-{number:05d}"


def action_fields(plan, number):
    links = [number % OBJECTIVES + 1] + ([(number + 3) % OBJECTIVES + 1] if number % 3 == 0 else [])
    return {
        "title": f"Action {number:05d} of a plan that is carried out by many, in one line",
        "code": f"{number % OBJECTIVES + 1}.{number}",
        "description": DESCRIPTION,
        "objective_links": [{"objective": f"{plan}/objectives/{link}", "kind": 1} for link in links],
        "start_date": {"year": 2011, "month": number % 12 + 1, "day": 1},
        "due_date": {"year": 2014 + number % 2, "month": 12, "day": 31},
    }


class Seeder:
    """Fills plans over a running stack."""

    def __init__(self, stack, the_api):
        self.stack = stack
        self.api = the_api

    def write_all(self, what, path, requests):
        """Sends each request once, many at a time. All must succeed."""
        print(f"  {what}: {len(requests)}", file=sys.stderr)
        file = self.stack.folder / "seed.bin"
        file.write_bytes(b"".join(api.framed(request.SerializeToString()) for request in requests))
        load.bench_load(self.stack, "action", path, file, ["--progress"] if sys.stderr.isatty() else [])

    def plan(self, plan_id, size):
        """An active plan of so many actions: of five, one is approved, two are in progress and two completed."""
        call, objective, action = self.api.call, self.stack.address["objective"], self.stack.address["action"]
        plan = f"plans/{plan_id}"
        print(f"Seeding {plan}", file=sys.stderr)
        call(objective, f"{PLANS}/CreatePlan", plan_id=plan_id, plan={
            "title": "A plan to measure", "organization": {"title": "Organisation"},
            "period": {"start_date": {"year": 2011, "month": 1, "day": 1},
                       "end_date": {"year": 2015, "month": 12, "day": 31}}})
        for number in range(1, OBJECTIVES + 1):
            call(objective, f"{OBJECTIVE_SERVICE}/CreateObjective", parent=plan, objective_id=str(number),
                 objective={"title": f"Objective {number}", "code": str(number)})
        call(objective, f"{PLANS}/ActivatePlan", name=plan)

        def create(number):
            return self.api.request(f"{ACTIONS}/CreateAction", parent=plan, action_id=action_id(number),
                                    action=action_fields(plan, number))

        self.write_all("actions", f"{ACTIONS}/CreateAction", [create(number) for number in range(size)])
        for verb, of_five in (("Approve", {0, 1, 2, 3, 4}), ("Start", {1, 2, 3, 4}), ("Complete", {1, 2})):
            path = f"{ACTIONS}/{verb}Action"
            self.write_all(f"to {verb.lower()}", path, [
                self.api.request(path, name=f"{plan}/actions/{action_id(number)}")
                for number in range(size) if number % 5 in of_five])
        listed = call(action, f"{ACTIONS}/ListActions", parent=plan, page_size=1)
        print(f"  revision {listed.revisions[0].revision}", file=sys.stderr)
        return plan
