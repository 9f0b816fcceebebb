"""What happened, as plain data: operations as the clients saw them, and the log as Redis has it.

Nothing here knows gRPC or protobuf; decoding.py makes these from bytes, validators.py judges them.
"""

import bisect
import dataclasses
import functools
from typing import Any, Dict, List, Optional, Tuple

OK = "ok"            # The service answered, and so it is.
REFUSED = "refused"  # The service answered with an error that says that nothing was done.
UNKNOWN = "unknown"  # No answer came that says anything.


@dataclasses.dataclass(frozen=True)
class Resource:
    """One version of a plan, an objective or an action."""
    name: str
    time: int = 0       # Commit time of the version in microseconds: names the commit within the scope.
    content: str = ""   # Hash of everything in it but what only the commit knows (etag and times).
    created: int = 0    # When the resource was created, in microseconds.
    title: str = ""
    code: str = ""
    labels: Tuple[Tuple[str, str], ...] = ()
    state: str = ""
    deleted: bool = False
    dependencies: Tuple[str, ...] = ()
    links: Tuple[Tuple[str, bool], ...] = ()  # Objective, and whether the action contributes to it.

    @property
    def collection(self):
        return collection_of(self.name)

    @property
    def count(self):
        """The counter that is kept in the title, "Count 12"; None if there is none."""
        word, _, number = self.title.partition(" ")
        return int(number) if word == "Count" and number.isdigit() else None


def collection_of(name):
    parts = name.split("/")
    return parts[-2] if len(parts) > 1 else ""


@dataclasses.dataclass(frozen=True)
class Change:
    """What one commit did to one resource."""
    name: str
    resource: Optional[Resource]  # None if it ended.
    previous: int = 0             # The revision that the log says had changed it before.


@dataclasses.dataclass(frozen=True)
class Event:
    """One commit as the log holds it."""
    revision: int
    time: int
    digest: str
    raw: bytes
    changes: Tuple[Change, ...]
    request_id: str = ""
    method: str = ""


@dataclasses.dataclass
class Operation:
    """One operation of one client, all of its attempts together."""
    client: int
    number: int
    method: str                # "CreateAction", "GetAction", "ListActions", ...
    start: int                 # Before the first attempt was sent, monotonic ns.
    end: int                   # After the last attempt was answered or given up.
    outcome: str
    target: str = ""           # The resource or collection it is about.
    request_id: str = ""       # Of a write.
    attempts: int = 1
    unsettled: int = 0         # Attempts before the last whose outcome is not known.
    reason: str = ""           # Of a refusal: the ErrorInfo's reason,
    metadata: Dict[str, str] = dataclasses.field(default_factory=dict)  # and what it says.
    resource: Optional[Resource] = None                      # The answer of a Get or a write.
    resources: List[Resource] = dataclasses.field(default_factory=list)  # Rows, newest first of a history.
    revision: int = 0          # The scope revision that a list, history or scorecard says it was made from.
    after: str = ""            # Of a list: the last name of the page before.
    more: bool = False         # Of a list: there is another page.
    show_deleted: bool = False
    counts: Dict[str, Any] = dataclasses.field(default_factory=dict)     # Of a scorecard: figures by name.
    intent: Dict[str, Any] = dataclasses.field(default_factory=dict)     # What a write was to do.
    repeats: str = ""          # The write was sent again, after it was answered: "client.number" of the first.
    replica: str = ""

    @property
    def is_write(self):
        return bool(self.request_id)

    @property
    def id(self):
        return f"{self.client}.{self.number}"

    def describe(self):
        """One line, for people who look for the fault."""
        parts = [f"operation {self.id}", self.method, self.target, self.outcome,
                 f"[{self.start / 1e6:.3f}, {self.end / 1e6:.3f}] ms"]
        if self.reason:
            parts.append(f"{self.reason} {self.metadata}")
        if self.request_id:
            parts.append(f"request {self.request_id} attempts {self.attempts} unsettled {self.unsettled}")
        if self.resource:
            parts.append(f"-> version {self.resource.time} {self.resource.title!r} {self.resource.state}"
                         f"{' deleted' if self.resource.deleted else ''}")
        if self.revision:
            parts.append(f"made from revision {self.revision}")
        if self.replica:
            parts.append(f"by {self.replica}")
        return " ".join(parts)


@dataclasses.dataclass
class Stored:
    """What Redis held at the end, beside the log."""
    head_revision: int = 0
    head_digest: str = ""
    head_time: int = 0
    state: Dict[str, Tuple[int, Resource]] = dataclasses.field(default_factory=dict)  # Name to revision, resource.
    unique: Dict[str, str] = dataclasses.field(default_factory=dict)                  # Value to holder.
    last_changes: Dict[str, int] = dataclasses.field(default_factory=dict)            # Collection to revision.


@dataclasses.dataclass
class History:
    """Everything a validator may look at."""
    operations: List[Operation]
    log: List[Event]
    stored: Optional[Stored] = None
    final: List[Operation] = dataclasses.field(default_factory=list)  # Reads of each replica after the end.

    @functools.cached_property
    def fold(self):
        return Fold(self.log)

    @functools.cached_property
    def timeline(self):
        return Timeline(self.operations, self.fold)


class Fold:
    """The log, indexed: which version each resource had at each revision."""

    def __init__(self, log):
        self.log = sorted(log, key=lambda event: event.revision)
        self.revision_at = {event.time: event.revision for event in self.log}
        self.by_request = {}
        self.versions = {}  # Name to [(revision, resource or None)].
        for event in self.log:
            self.by_request.setdefault(event.request_id, []).append(event)
            for change in event.changes:
                self.versions.setdefault(change.name, []).append((event.revision, change.resource))
        self.head = self.log[-1].revision if self.log else 0

    def version(self, name, revision):
        """The newest version of a resource at a revision: (revision of it, resource or None); (0, None) before it."""
        found = (0, None)
        versions = self.versions.get(name, ())
        low, high = 0, len(versions)
        while low < high:
            middle = (low + high) // 2
            if versions[middle][0] <= revision:
                found, low = versions[middle], middle + 1
            else:
                high = middle
        return found

    def between(self, name, low, high):
        """All versions (or None for absence) that a resource had at some revision from low to high."""
        versions = [self.version(name, low)[1]]
        versions += [resource for revision, resource in self.versions.get(name, ()) if low < revision <= high]
        return versions

    def steps(self):
        """Yields (event, tables after it) in order; the tables are changed in place between steps."""
        tables = Tables()
        for event in self.log:
            for change in event.changes:
                tables.put(change.name, change.resource)
            yield event, tables


class Tables:
    """A state: resources by collection and name, living ones apart from deleted ones."""

    def __init__(self):
        self.living = {}
        self.deleted = {}

    def put(self, name, resource):
        collection = collection_of(name)
        living = self.living.setdefault(collection, {})
        deleted = self.deleted.setdefault(collection, {})
        living.pop(name, None)
        deleted.pop(name, None)
        if resource is not None:
            (deleted if resource.deleted else living)[name] = resource

    def rows(self, collection, show_deleted):
        """The rows of a collection in the order of names."""
        rows = dict(self.living.get(collection, {}))
        if show_deleted:
            rows.update(self.deleted.get(collection, {}))
        return [rows[name] for name in sorted(rows)]


class Timeline:
    """What real time says about the log: how far it must, and how far it can, have come at a moment."""

    def __init__(self, operations, fold):
        begun = {}
        seen = []
        for operation in operations:
            if operation.is_write:
                begun[operation.request_id] = min(operation.start, begun.get(operation.request_id, operation.start))
            revision = observed_revision(operation, fold)
            if revision:
                seen.append((operation.end, revision))
        seen.sort()
        self._ends, self._seen, newest = [], [], 0
        for end, revision in seen:
            if revision > newest:
                newest = revision
                self._ends.append(end)
                self._seen.append(revision)
        self._starts, latest = [], 0
        for event in fold.log:
            latest = max(latest, begun.get(event.request_id, 0))
            self._starts.append(latest)

    def reached(self, moment):
        """A revision that the log had certainly reached before this moment: somebody had seen it."""
        index = bisect.bisect_left(self._ends, moment)
        return self._seen[index - 1] if index else 0

    def possible(self, moment):
        """The newest revision that can exist at this moment: all writes up to it had begun."""
        return bisect.bisect_right(self._starts, moment)


def observed_revision(operation, fold):
    """The newest revision that the answer proves to exist; 0 if it proves none."""
    if operation.outcome != OK:
        return 0
    times = [operation.resource.time] if operation.resource else []
    return max([operation.revision] + [fold.revision_at.get(time, 0) for time in times])
