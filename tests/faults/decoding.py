"""Bytes to plain data: answers that the clients recorded, and the log as Redis holds it.

stubs.load() must have run before this is imported.
"""

import base64
import gzip
import hashlib
import json

from concord.action.v1 import action_pb2, action_service_pb2
from concord.ledger.v1 import event_pb2, ledger_service_pb2
from concord.objective.v1 import objective_pb2, objective_service_pb2, plan_pb2, plan_service_pb2
from concord.reporting.v1 import reporting_service_pb2, scorecard_pb2

import history
import records
from resp import Resp

MESSAGES = {"plans": plan_pb2.Plan, "objectives": objective_pb2.Objective, "actions": action_pb2.Action,
            **{kind.collection: kind.message for kind in records.KINDS}}

# The answer of each method that does not answer with the resource itself.
LISTS = {
    "ListPlans": (plan_service_pb2.ListPlansResponse, "plans"),
    "ListObjectives": (objective_service_pb2.ListObjectivesResponse, "objectives"),
    "ListActions": (action_service_pb2.ListActionsResponse, "actions"),
    **{kind.list_method: (getattr(kind.module("_service"), kind.list_method + "Response"), kind.rows)
       for kind in records.KINDS},
}
COUNTS = ("total", "proposed", "approved", "in_progress", "on_hold", "completed", "cancelled")


def micros(timestamp):
    return timestamp.seconds * 1_000_000 + timestamp.nanos // 1000


def plain(message, time=None, created=None):
    """A resource as plain data. Times are taken from the message unless they are given."""
    fields = message.DESCRIPTOR.fields_by_name
    # What never changes has no update_time.
    time = micros(message.update_time if "update_time" in fields else message.create_time) if time is None else time
    created = micros(message.create_time) if created is None else created
    for field in ("create_time", "update_time", "etag"):
        if field in fields:
            message.ClearField(field)
    content = hashlib.sha1(message.SerializeToString(deterministic=True)).hexdigest()
    state = ""
    if "state" in fields:
        state = fields["state"].enum_type.values_by_number[message.state].name.replace("STATE_", "", 1)
    links = ()
    if "objective_links" in fields:
        contributes = action_pb2.ObjectiveLink.KIND_CONTRIBUTES
        links = tuple((link.objective, link.kind == contributes) for link in message.objective_links)
    return history.Resource(
        name=message.name, time=time, content=content, created=created,
        title=message.title if "title" in fields else "",
        code=message.code if "code" in fields else "", labels=tuple(sorted(message.labels.items())), state=state,
        deleted="delete_time" in fields and message.HasField("delete_time"),
        dependencies=tuple(message.dependencies) if "dependencies" in fields else (), links=links)


def _revision(answer):
    return answer.revisions[0].revision if answer.revisions else 0


def _decode_counts(operation, data):
    if operation.method == "GetScorecard":
        answer = scorecard_pb2.Scorecard.FromString(data)
        groups = [("", answer.action_counts)]
        groups += [(score.objective + ":", score.action_counts) for score in answer.objective_scores]
        operation.counts = {prefix + count: getattr(counts, count + "_count")
                            for prefix, counts in groups for count in COUNTS}
    else:
        answer = reporting_service_pb2.ListActionScoresResponse.FromString(data)
        states = action_pb2.Action.State
        operation.counts = {"rows": [[score.action, score.code, score.title,
                                      states.Name(score.state).replace("STATE_", "", 1)]
                                     for score in answer.action_scores]}
        operation.more = bool(answer.next_page_token)
    operation.revision = _revision(answer)


def _decode_history(operation, data):
    answer = ledger_service_pb2.ListResourceRevisionsResponse.FromString(data)
    message = MESSAGES[history.collection_of(operation.target)]
    for row in answer.resource_revisions:
        resource = message()
        row.resource.Unpack(resource)
        operation.resources.append(plain(resource, time=micros(row.commit_time)))
    operation.more = bool(answer.next_page_token)
    operation.revision = _revision(answer)


def decode(operation, data):
    """Fills in what the answer `data` says."""
    if operation.method in LISTS:
        message, rows = LISTS[operation.method]
        answer = message.FromString(data)
        operation.resources = [plain(row) for row in getattr(answer, rows)]
        operation.more = bool(answer.next_page_token)
        operation.revision = _revision(answer)
    elif operation.method == "ListResourceRevisions":
        _decode_history(operation, data)
    elif operation.method in ("GetScorecard", "ListActionScores"):
        _decode_counts(operation, data)
    else:
        collection = history.collection_of(operation.target)
        operation.resource = plain(MESSAGES[collection].FromString(data))


def read_operations(path):
    """The operations of a recorded file, in the order in which it holds them."""
    operations = []
    with gzip.open(path, "rt", encoding="ascii") as file:
        for line in file:
            try:
                fields = json.loads(line)
            except json.JSONDecodeError:
                break  # The client was ended in the middle of its last line.
            answer = fields.pop("answer", None)
            fields.setdefault("intent", {})
            for name, value in fields["intent"].get("sets", {}).items():
                fields["intent"]["sets"][name] = _as_tuples(value)
            operation = history.Operation(**fields)
            if answer is not None and operation.outcome == history.OK:
                decode(operation, base64.b64decode(answer))
            operations.append(operation)
    return operations


def _as_tuples(value):
    return tuple(_as_tuples(part) for part in value) if isinstance(value, list) else value


def decode_event(revision, raw, time, digest):
    """A log entry as plain data."""
    body = event_pb2.EventBody.FromString(raw)
    changes = []
    for change in body.changes:
        resource = None
        if not change.end:
            resource = plain(MESSAGES[change.collection].FromString(change.image), time=time,
                             created=change.create_time_micros or time)
        changes.append(history.Change(change.name, resource, change.previous_revision))
    return history.Event(revision, time, digest, raw, tuple(changes), body.request_id, body.method)


def read_redis(path, scope):
    """Everything that Redis holds of a scope, as JSON-able data: what is kept beside the operations."""
    prefix = f"concord:{{{scope}}}"
    dump = {"entries": [], "state": {}}
    with Resp(path) as redis:
        def pairs(key):
            values = redis.call("HGETALL", key)
            return {values[i].decode(): values[i + 1] for i in range(0, len(values), 2)}

        head = pairs(prefix + ":head")
        dump["head"] = {key: value.decode() for key, value in head.items()}
        dump["unique"] = {key: value.decode() for key, value in pairs(prefix + ":unique").items()}
        dump["collections"] = {key: int(value) for key, value in pairs(prefix + ":collections").items()}
        for collection in dump["collections"]:
            dump["state"][collection] = {key: base64.b64encode(value).decode()
                                         for key, value in pairs(f"{prefix}:state:{collection}").items()}
        segment = 0
        while True:
            entries = redis.call("XRANGE", f"{prefix}:log:{segment}", "-", "+")
            if not entries:
                break
            for identity, fields in entries:
                named = dict(zip(fields[::2], fields[1::2]))
                dump["entries"].append([int(identity.split(b"-")[0]), base64.b64encode(named[b"b"]).decode(),
                                        int(named[b"t"]), named[b"d"].decode()])
            segment += 1
    return dump


def decode_dump(dump):
    """(log, stored) of what read_redis returned."""
    log = [decode_event(revision, base64.b64decode(raw), time, digest)
           for revision, raw, time, digest in dump["entries"]]
    stored = history.Stored(int(dump["head"].get("revision", 0)), dump["head"].get("digest", ""),
                            int(dump["head"].get("time", 0)), unique=dump["unique"],
                            last_changes=dump["collections"])
    for collection, rows in dump["state"].items():
        for name, record in rows.items():
            line, _, image = base64.b64decode(record).partition(b"\n")
            revision, time, created, _ = line.decode().split(" ")
            resource = plain(MESSAGES[collection].FromString(image), time=int(time), created=int(created))
            stored.state[name] = (int(revision), resource)
    return log, stored


def write_dump(dump, path):
    with gzip.open(path, "wt", compresslevel=3, encoding="ascii") as file:
        json.dump(dump, file)


def load(folder):
    """The history that an attack has kept in a folder."""
    operations = []
    for path in sorted(folder.glob("client-*.json.gz")):
        operations += read_operations(path)
    with gzip.open(folder / "redis.json.gz", "rt", encoding="ascii") as file:
        log, stored = decode_dump(json.load(file))
    final = folder / "final.json.gz"
    return history.History(operations, log, stored, read_operations(final) if final.exists() else [])
