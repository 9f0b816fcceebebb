"""What is there before an attack, and what every replica says after it."""

import base64
import gzip
import json
import time

import grpc

import methods
import records
import workload
from concord.objective.v1 import objective_pb2
from google.type import date_pb2


ANSWER_SECONDS = 30.0


def _call(address, method, request, limit=10.0):
    with grpc.insecure_channel(address) as channel:
        call = channel.unary_unary(methods.PATHS[method],
                                   request_serializer=lambda message: message.SerializeToString())
        return call(request, timeout=limit)


def prepare(cluster, with_records=False):
    """The plan, put in force, with its objectives and actions, some of them begun; and indicators to be measured."""
    def send(method, **fields):
        service = methods.SERVICE[method]
        _call(cluster.address(cluster.services[service][0]), method, methods.REQUESTS[method](**fields))

    send("CreatePlan", plan=methods.plan(), plan_id="attack", request_id="scene-plan")
    for number, name in enumerate(workload.OBJECTIVES, 1):
        send("CreateObjective", parent=methods.PLAN, objective_id=name.split("/")[-1], request_id=f"scene-o{number}",
             objective=objective_pb2.Objective(title="Count 0", code=str(number)))
    send("ActivatePlan", name=methods.PLAN, request_id="scene-activate")
    for number, name in enumerate(workload.ACTIONS, 1):
        send("CreateAction", parent=methods.PLAN, action_id=name.split("/")[-1], request_id=f"scene-a{number}",
             action=methods.action(f"K{number}", "Count 0", [workload.OBJECTIVES[number % 2]]))
        if number > 2:
            send("ApproveAction", name=name, request_id=f"scene-approve{number}")
            send("StartAction", name=name, request_id=f"scene-start{number}",
                 date=date_pb2.Date(year=2012, month=1, day=1))
    indicators = next(kind for kind in records.KINDS if kind.collection == "indicators")
    for name in records.INDICATORS if with_records else ():
        parent, _, last = name.rpartition("/indicators/")
        send("CreateIndicator", parent=parent, indicator_id=last, request_id=f"scene-{last}",
             indicator=indicators.made(code=last))


class _Recorder:
    """Asks one replica and writes down what it says, in the form of an operation."""

    def __init__(self, cluster, replica, file):
        self._address = cluster.address(replica)
        self._name = replica.name
        self._file = file
        self._number = 0

    def ask(self, method, target, after="", **fields):
        """Records one read; returns the answer as a message, or None if there was none."""
        self._number += 1
        record = {"client": -1, "number": self._number, "method": method, "start": time.monotonic_ns(),
                  "target": target, "after": after, "show_deleted": fields.get("show_deleted", False),
                  "replica": self._name}
        try:
            answer = self._answer(method, methods.REQUESTS[method](**fields))
            record.update(outcome="ok", answer=base64.b64encode(answer).decode())
        except grpc.RpcError as error:
            answer = None
            record.update(outcome="unknown", reason=f"code {error.code().name}: {error.details()}")
        record["end"] = time.monotonic_ns()
        self._file.write(json.dumps(record) + "\n")
        return None if answer is None else methods.ANSWERS[method].FromString(answer)

    def _answer(self, method, request):
        """Tries again while the service says so, as a client does: a store that slept may be examined once more."""
        end = time.monotonic() + ANSWER_SECONDS
        while True:
            try:
                return _call(self._address, method, request)
            except grpc.RpcError as error:
                if error.code() != grpc.StatusCode.UNAVAILABLE or time.monotonic() > end:
                    raise
            time.sleep(0.05)

    def ask_pages(self, method, collection, show_deleted, parent=methods.PLAN, field=""):
        """Records all pages of a list; returns the names of the rows, which are in a field like the collection."""
        names, token = [], ""
        while True:
            answer = self.ask(method, f"{parent}/{collection}", names[-1] if token else "",
                              parent=parent, page_size=500, page_token=token, show_deleted=show_deleted)
            rows = getattr(answer, field or collection) if answer is not None else []
            names += [row.name for row in rows]
            token = answer.next_page_token if answer is not None else ""
            if not token:
                return names


def _read_records(cluster, file):
    for kind in records.KINDS:
        for replica in cluster.services[kind.service]:
            _Recorder(cluster, replica, file).ask_pages(kind.list_method, kind.collection, True, kind.lists, kind.rows)


def read_all(cluster, path, with_records=False):
    """Records what every replica answers about everything, now that nothing moves any more."""
    with gzip.open(path, "wt", compresslevel=1, encoding="ascii") as file:
        for replica in cluster.services["objective"]:
            recorder = _Recorder(cluster, replica, file)
            recorder.ask("GetPlan", methods.PLAN, name=methods.PLAN)
            for show_deleted in (False, True):
                for name in recorder.ask_pages("ListObjectives", "objectives", show_deleted):
                    recorder.ask("GetObjective", name, name=name)
        for replica in cluster.services["action"]:
            recorder = _Recorder(cluster, replica, file)
            recorder.ask_pages("ListActions", "actions", False)
            recorder.ask_pages("ListActions", "actions", True)
            for name in workload.ACTIONS:
                recorder.ask("GetAction", name, name=name)
                recorder.ask("ListResourceRevisions", name, name=name, page_size=1000)
        for replica in cluster.services["reporting"]:
            recorder = _Recorder(cluster, replica, file)
            recorder.ask("GetScorecard", methods.PLAN, name=f"{methods.PLAN}/scorecard")
            recorder.ask("ListActionScores", methods.PLAN, parent=methods.PLAN, page_size=1000)
        if with_records:
            _read_records(cluster, file)
