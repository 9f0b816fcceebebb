"""What one client does in an attack: many kinds of operations on few resources.

Everybody works on the same 8 actions and 3 objectives, with fewer codes than there are takers; besides, actions are
created under names that others try for at the same moment, and deleted soon.
"""

import time

from concord.action.v1 import action_pb2
from concord.objective.v1 import objective_pb2, plan_pb2

from methods import PLAN, REQUESTS, action
from records import RecordWrites

ACTIONS = [f"{PLAN}/actions/a-{number}" for number in range(1, 9)]
OBJECTIVES = [f"{PLAN}/objectives/o-{number}" for number in range(1, 4)]
ACTION_CODES = [f"K{number}" for number in range(1, 16)]
OBJECTIVE_CODES = [f"{number}" for number in range(1, 6)]
SLOT = 0.2  # Seconds for which clients agree on the names that they try to create.

WEIGHTS = {
    "get_action": 18, "get_objective": 3, "list_actions": 7, "list_objectives": 2, "get_scorecard": 5, "list_scores": 1,
    "list_revisions": 2, "increment": 16, "label": 14, "move": 8, "recode": 5, "depend": 6, "relink": 5,
    "delete_or_undelete": 4, "delete_or_undelete_objective": 4, "change_objective": 4, "change_plan": 1, "create": 5,
    "end": 5,
}


class Workload:
    """Runs until the client's time is over."""

    def __init__(self, client, begin, with_records=False):
        self._records = RecordWrites(client)
        self._weights = dict(WEIGHTS, **({"record": 40} if with_records else {}))
        self._client = client
        self._random = client.random
        self._begin = begin
        self._created = []  # Names that this client has to get rid of again.
        self._serial = 0

    def run(self):
        kinds, weights = list(self._weights), list(self._weights.values())
        while time.monotonic() < self._client.stop_at:
            kind = self._random.choices(kinds, weights)[0]
            getattr(self, kind)()

    # Reads.

    def get_action(self, name=None):
        name = name or self._random.choice(ACTIONS)
        return self._client.read("GetAction", name, REQUESTS["GetAction"](name=name))

    def get_objective(self, name=None):
        name = name or self._random.choice(OBJECTIVES)
        return self._client.read("GetObjective", name, REQUESTS["GetObjective"](name=name))

    def list_actions(self):
        self._list("ListActions", "actions", self._random.choice([3, 5, 0]), self._random.random() < 0.02)

    def list_objectives(self):
        self._list("ListObjectives", "objectives", self._random.choice([1, 2, 0]), self._random.random() < 0.3)

    def _list(self, method, rows, page_size, show_deleted):
        request = REQUESTS[method](parent=PLAN, page_size=page_size, show_deleted=show_deleted)
        after = ""
        for _ in range(20):
            answer = self._client.read(method, f"{PLAN}/{rows}", request, after, show_deleted)
            if answer is None or not answer.next_page_token:
                return
            request.page_token = answer.next_page_token
            after = getattr(answer, rows)[-1].name

    def get_scorecard(self):
        self._client.read("GetScorecard", PLAN, REQUESTS["GetScorecard"](name=f"{PLAN}/scorecard"))

    def list_scores(self):
        self._client.read("ListActionScores", PLAN, REQUESTS["ListActionScores"](parent=PLAN, page_size=1000))

    def list_revisions(self):
        name = self._random.choice(ACTIONS)
        self._client.read("ListResourceRevisions", name, REQUESTS["ListResourceRevisions"](name=name, page_size=5))

    # Writes.

    def record(self):
        self._records.write()

    def _update(self, resource, path, intent, kind="Action"):
        request = REQUESTS[f"Update{kind}"](**{kind.lower(): resource})
        request.update_mask.paths.append(path)
        return self._client.write(f"Update{kind}", resource.name, request, intent)

    def _labels(self):
        self._serial += 1
        return {"writer": f"client-{self._client.number}", "serial": str(self._serial)}

    def increment(self):
        """Reads a counter, adds one, writes it under the etag that was read."""
        if self._random.random() < 0.85:
            read, kind, message = self.get_action(), "Action", action_pb2.Action
        else:
            read, kind, message = self.get_objective(), "Objective", objective_pb2.Objective
        if read is None:
            return
        count = int(read.title.split(" ")[1]) + 1
        base = read.update_time.seconds * 1_000_000 + read.update_time.nanos // 1000
        self._update(message(name=read.name, etag=read.etag, title=f"Count {count}"), "title",
                     {"kind": "increment", "base": base, "changes": ["title"], "fresh": True}, kind)

    def label(self):
        """Writes labels without having looked."""
        labels = self._labels()
        self._update(action_pb2.Action(name=self._random.choice(ACTIONS), labels=labels), "labels",
                     {"changes": ["labels"], "fresh": True, "sets": {"labels": sorted(labels.items())}})

    def move(self, name=None):
        name = name or self._random.choice(ACTIONS)
        method = self._random.choices(["ApproveAction", "StartAction", "HoldAction", "ResumeAction"], [1, 1, 4, 4])[0]
        state = {"ApproveAction": "APPROVED", "StartAction": "IN_PROGRESS", "HoldAction": "ON_HOLD",
                 "ResumeAction": "IN_PROGRESS"}[method]
        self._client.write(method, name, REQUESTS[method](name=name),
                           {"changes": ["state"], "fresh": True, "sets": {"state": state}})

    def recode(self):
        code = self._random.choice(ACTION_CODES)
        self._update(action_pb2.Action(name=self._random.choice(ACTIONS), code=code), "code",
                     {"changes": ["code"], "sets": {"code": code}})

    def depend(self):
        """Makes an action depend on others, whether or not that closes a circle."""
        name = self._random.choice(ACTIONS)
        others = sorted(self._random.sample([other for other in ACTIONS + self._created if other != name],
                                            self._random.choice([0, 1, 1, 2])))
        self._depend_on(name, others)

    def _depend_on(self, name, others):
        self._update(action_pb2.Action(name=name, dependencies=others), "dependencies",
                     {"changes": ["dependencies"], "sets": {"dependencies": others}})

    def _some_objectives(self):
        # The last objective is the one that is deleted: few serve it, so that it can be.
        return sorted(self._random.choices([OBJECTIVES[:1], OBJECTIVES[1:2], OBJECTIVES[:2], OBJECTIVES[2:]],
                                           [4, 3, 2, 2])[0])

    def relink(self):
        name = self._random.choice(ACTIONS + self._created)
        objectives = self._some_objectives()
        self._relink_to(name, objectives)
        if objectives == OBJECTIVES[2:] and self._random.random() < 0.7:
            self._relink_to(name, OBJECTIVES[:1])  # Let go of it again, or it could never be deleted.

    def _relink_to(self, name, objectives):
        links = action("", "", objectives).objective_links
        self._update(action_pb2.Action(name=name, objective_links=links), "objective_links",
                     {"changes": ["links"], "sets": {"links": [[objective, True] for objective in objectives]}})

    def delete_or_undelete(self):
        name = self._random.choice(ACTIONS)
        if self._random.random() < 0.25:
            # Without what may have gone when it is to come back, or it would stay deleted for good.
            self._depend_on(name, [])
            self._relink_to(name, OBJECTIVES[:1])
            if self._delete("Action", name) is not None and self._random.random() < 0.5:
                self._undelete("Action", name)
        else:
            self._undelete("Action", name)

    def delete_or_undelete_objective(self):
        if self._random.random() < 0.6:
            self._delete("Objective", OBJECTIVES[2])
        else:
            self._undelete("Objective", OBJECTIVES[2])

    def _delete(self, kind, name):
        return self._client.write(f"Delete{kind}", name, REQUESTS[f"Delete{kind}"](name=name),
                                  {"changes": ["deleted"], "sets": {"deleted": True}})

    def _undelete(self, kind, name):
        return self._client.write(f"Undelete{kind}", name, REQUESTS[f"Undelete{kind}"](name=name),
                                  {"changes": ["deleted"], "fresh": True, "sets": {"deleted": False}})

    def change_objective(self):
        name = self._random.choice(OBJECTIVES)
        if self._random.random() < 0.5:
            code = self._random.choice(OBJECTIVE_CODES)
            self._update(objective_pb2.Objective(name=name, code=code), "code",
                         {"changes": ["code"], "sets": {"code": code}}, "Objective")
        else:
            labels = self._labels()
            self._update(objective_pb2.Objective(name=name, labels=labels), "labels",
                         {"changes": ["labels"], "fresh": True, "sets": {"labels": sorted(labels.items())}},
                         "Objective")

    def change_plan(self):
        labels = self._labels()
        self._update(plan_pb2.Plan(name=PLAN, labels=labels), "labels",
                     {"changes": ["labels"], "fresh": True, "sets": {"labels": sorted(labels.items())}}, "Plan")

    def create(self):
        """Creates an action under a name, and often a code, that others want as well."""
        slot = int((time.monotonic() - self._begin) / SLOT)
        identity = f"e-{slot}-{self._random.randrange(3)}"
        code = self._random.choice(ACTION_CODES) if self._random.random() < 0.25 else f"E{slot}"
        objectives = self._some_objectives()
        dependencies = [self._random.choice(ACTIONS)] if self._random.random() < 0.3 else []
        made = self._client.write(
            "CreateAction", f"{PLAN}/actions/{identity}",
            REQUESTS["CreateAction"](parent=PLAN, action_id=identity,
                                     action=action(code, "Count 0", objectives, dependencies)),
            {"fresh": True, "sets": {"code": code, "title": "Count 0", "state": "PROPOSED", "deleted": False,
                                     "dependencies": dependencies,
                                     "links": [[objective, True] for objective in objectives]}})
        if made is not None:
            self._created.append(made.name)

    def end(self):
        """Gets rid of what this client has created, oldest first; what is in use goes to the back."""
        for _ in range(3):
            if not self._created:
                return
            name = self._created.pop(0)
            if self._random.random() < 0.2:
                method = self._random.choice(["CancelAction", "ApproveAction"])
                state = {"CancelAction": "CANCELLED", "ApproveAction": "APPROVED"}[method]
                self._client.write(method, name, REQUESTS[method](name=name),
                                   {"changes": ["state"], "fresh": True, "sets": {"state": state}})
            if self._delete("Action", name) is None:
                self._created.append(name)
