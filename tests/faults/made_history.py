"""Histories made by hand, for the tests of validators: a log that is right by itself, and operations in real time."""

import dataclasses
import hashlib
import unittest

from history import Change, Event, History, Operation, Resource, Stored

PLAN, O1, O2 = "plans/p", "plans/p/objectives/o1", "plans/p/objectives/o2"
A, B, C = "plans/p/actions/a", "plans/p/actions/b", "plans/p/actions/c"


class Record:
    """A history in the making: a log that is right by itself, and operations in real time."""

    def __init__(self):
        self.log, self.operations, self.final = [], [], []
        self.last = {}
        self.write_event("setup-1", Resource(PLAN, title="Plan"))
        self.write_event("setup-2", Resource(O1, title="Count 0", code="1"))
        self.write_event("setup-3", Resource(O2, title="Count 0", code="2"))

    @property
    def head(self):
        return len(self.log)

    def write_event(self, request_id, *resources, **overrides):
        """Appends a commit of these resources; returns them stamped."""
        revision = len(self.log) + 1
        time = revision * 10
        stamped = []
        for resource in resources:
            previous, old = self.last.get(resource.name, (0, None))
            content = repr(dataclasses.replace(resource, time=0, created=0, content=""))
            resource = dataclasses.replace(resource, time=time, created=old.created if old else time, content=content)
            stamped.append(Change(resource.name, resource, previous))
            self.last[resource.name] = (revision, resource)
        raw = f"body {revision}".encode()
        before = self.log[-1].digest if self.log else ""
        body = hashlib.sha256(raw).hexdigest()
        digest = hashlib.sha1(f"{before}:{revision}:{time}:{body}".encode()).hexdigest()
        event = Event(revision, time, digest, raw, tuple(stamped), request_id, "method")
        self.log.append(dataclasses.replace(event, **overrides))
        return stamped[0].resource

    def change(self, name, **fields):
        """The newest version of a resource, changed; to be written."""
        return dataclasses.replace(self.last[name][1], **fields)

    def operate(self, method, start, end, outcome="ok", **fields):
        operation = Operation(1, len(self.operations) + 1, method, start, end, outcome, **fields)
        self.operations.append(operation)
        return operation

    def write(self, method, start, end, resource, request_id=None, **fields):
        """A write that was acknowledged and is in the log."""
        request_id = request_id or f"request-{len(self.operations)}"
        written = self.write_event(request_id, resource)
        self.operate(method, start, end, target=resource.name, request_id=request_id, resource=written, **fields)
        return written

    def get(self, start, end, resource):
        self.operate("GetAction", start, end, target=resource.name, resource=resource)

    def list(self, start, end, revision, rows, **fields):
        self.operate("ListActions", start, end, target=f"{PLAN}/actions", revision=revision, resources=rows, **fields)

    def history(self, stored=False):
        history = History(self.operations, self.log, None, self.final)
        if stored:
            head = self.log[-1]
            state = dict(self.last)
            unique = {f"x={row.code}": name for name, (_, row) in state.items() if row.code and not row.deleted}
            changes = {name.split("/")[-2]: 0 for name in state}
            for event in self.log:
                for change in event.changes:
                    changes[change.name.split("/")[-2]] = event.revision
            history.stored = Stored(head.revision, head.digest, head.time, state, unique, changes)
        return history


def action(name, code="", links=((O1, True),), **fields):
    return Resource(name, code=code, links=links, **{"title": "Count 0", "state": "PROPOSED", **fields})


class ValidatorTest(unittest.TestCase):
    """What all of them share."""

    def setUp(self):
        self.record = Record()

    def passes(self, validator, **options):
        self.assertEqual(validator(self.record.history(**options)), [])

    def refuses(self, validator, words, **options):
        found = validator(self.record.history(**options))
        self.assertTrue(found, f"{validator.__name__} found nothing wrong")
        self.assertIn(words, "\n".join(found))
