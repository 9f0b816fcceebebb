"""The guarantees by name, each with the function that says whether a recorded history keeps it.

Every function takes a history.History and returns what is wrong, one sentence each; nothing if the
guarantee was kept. They are pure: the same history gives the same verdict, today and next year.
rules.py has those that need only the log.
"""

from history import OK, REFUSED
import rules
from reads import reads_are_linearizable, refusals_are_true, views_equal_the_fold

__all__ = ["ALL", "judge"]


def acknowledged_writes_survive(history):
    """Every acknowledged write is in the log, exactly as it was answered, under its request id."""
    wrong = []
    fold = history.fold
    for operation in history.operations:
        if not operation.is_write or operation.outcome != OK:
            continue
        answer = operation.resource
        if answer is None:
            wrong.append(f"acknowledged without an answer: {operation.describe()}")
            continue
        events = fold.by_request.get(operation.request_id)
        if events:
            written = [change.resource for change in events[0].changes if change.name == answer.name]
            if not written:
                wrong.append(f"the event of this request is about something else: {operation.describe()}")
            elif written[0] is None or (events[0].time, written[0].content) != (answer.time, answer.content):
                wrong.append(f"answered otherwise than written at revision {events[0].revision} "
                             f"({written[0]}): {operation.describe()}")
            continue
        # Acknowledged without an event: right only where there was nothing to change.
        revision = fold.revision_at.get(answer.time)
        found = fold.version(answer.name, revision or 0)
        if revision is None or found[0] != revision or found[1] is None or found[1].content != answer.content:
            wrong.append(f"acknowledged, but the log has neither the write nor the version answered: "
                         f"{operation.describe()}")
        elif operation.intent.get("fresh"):
            wrong.append(f"acknowledged, but the log does not have it: {operation.describe()}")
        else:
            for field, value in operation.intent.get("sets", {}).items():
                if getattr(answer, field) != value:
                    wrong.append(f"acknowledged without effect, though {field} is not {value!r}: "
                                 f"{operation.describe()}")
    return wrong


def nothing_applied_twice(history):
    """A request id has one effect; a repeated request meets its first answer, never its own effect."""
    wrong = []
    fold = history.fold
    for request_id, events in fold.by_request.items():
        if request_id and len(events) > 1:
            revisions = ", ".join(str(event.revision) for event in events)
            wrong.append(f"request {request_id} was applied {len(events)} times: revisions {revisions}")
    for name, versions in fold.versions.items():
        created = [revision for revision, _ in versions if _is_creation(fold, name, revision)]
        if len(created) > 1:
            wrong.append(f"{name} was created more than once: revisions {created}")
    for operation in history.operations:
        if not operation.is_write or operation.outcome != REFUSED:
            continue
        events = fold.by_request.get(operation.request_id)
        if operation.repeats:
            wrong.append(f"acknowledged first, refused when it was repeated: {operation.describe()}")
        elif events and operation.reason in ("RESOURCE_ALREADY_EXISTS", "ETAG_MISMATCH"):
            wrong.append(f"met its own effect (revision {events[0].revision}): {operation.describe()}")
    return wrong


def _is_creation(fold, name, revision):
    event = fold.log[revision - 1] if revision <= len(fold.log) else None
    return event is not None and any(change.name == name and change.resource is not None and change.previous == 0
                                     for change in event.changes)


def refusals_leave_nothing(history):
    """A write that was refused, no attempt of it being in doubt, has changed nothing."""
    wrong = []
    for operation in history.operations:
        if operation.is_write and operation.outcome == REFUSED and not operation.unsettled and not operation.repeats:
            for event in history.fold.by_request.get(operation.request_id, ()):
                wrong.append(f"refused, but written at revision {event.revision}: {operation.describe()}")
    return wrong


def errors_are_explained(history):
    """No fault makes a service fail from within, or refuse without saying why."""
    return [operation.describe() for operation in history.operations if operation.outcome == REFUSED and (
        operation.reason.startswith("code ") or operation.reason in ("INTERNAL_ERROR", "HISTORY_DIVERGED"))]


FIELDS = ("title", "code", "labels", "state", "deleted", "dependencies", "links")


def no_update_lost(history):
    """Each write changes what it was to change of the very version before it, and nothing else.

    A counter that is read, increased and written under its etag grows by one, from the version that was read.
    """
    wrong = []
    writes = {operation.request_id: operation for operation in history.operations
              if operation.is_write and not operation.repeats}
    before = {}
    for event in history.fold.log:
        operation = writes.get(event.request_id)
        for change in event.changes:
            last_revision, last = before.get(change.name, (0, None))
            if change.previous != last_revision:
                wrong.append(f"revision {event.revision} of {change.name} was made from revision {change.previous}, "
                             f"not from {last_revision}")
            if operation is not None and last is not None and change.resource is not None:
                wrong += _lost(event, operation, last, change.resource)
            before[change.name] = (event.revision, change.resource)
    return wrong


def _lost(event, operation, last, now):
    intent = operation.intent
    where = f"revision {event.revision} of {now.name} by {operation.describe()}"
    wrong = []
    if "base" in intent and intent["base"] != last.time:
        wrong.append(f"was to change version {intent['base']} only, but changed {last.time}: {where}")
    if intent.get("kind") == "increment" and (now.count is None or last.count is None or now.count != last.count + 1):
        wrong.append(f"the counter went from {last.title!r} to {now.title!r}: {where}")
    for field in FIELDS:
        if field not in intent.get("changes", FIELDS) and getattr(last, field) != getattr(now, field):
            wrong.append(f"{field} went from {getattr(last, field)!r} to {getattr(now, field)!r}: {where}")
    return wrong


# In the order in which a reader wants the bad news.
ALL = (
    rules.log_is_complete_and_in_order,
    acknowledged_writes_survive,
    nothing_applied_twice,
    refusals_leave_nothing,
    no_update_lost,
    reads_are_linearizable,
    refusals_are_true,
    errors_are_explained,
    rules.unique_codes_hold,
    rules.dependencies_stay_acyclic,
    rules.children_only_under_living_parents,
    views_equal_the_fold,
)


def judge(history):
    """The verdict of each validator, by name: what is wrong, nothing if all is well."""
    return {validator.__name__: validator(history) for validator in ALL}
