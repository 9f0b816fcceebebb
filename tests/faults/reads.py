"""Validators of what was read: every answer shows one state, and no state that time forbids.

Every commit to a plan has its place in one log, so there is one order to hold all reads against: an answer
that shows revision r is right if r could exist when the answer came (its writes had begun), and if nobody had
seen a later version before the question was asked. This is linearizability of the whole plan, which is more than
of each resource.
"""

from history import OK, REFUSED

STATES = ("PROPOSED", "APPROVED", "IN_PROGRESS", "ON_HOLD", "COMPLETED", "CANCELLED")


def counts_of(tables):
    """The counts of a scorecard, by "total", "proposed", ... and by "OBJECTIVE:total", ..."""
    counts = {}
    actions = tables.living.get("actions", {}).values()

    def count(prefix, some):
        some = list(some)
        counts[prefix + "total"] = sum(action.state != "CANCELLED" for action in some)
        for state in STATES:
            counts[prefix + state.lower()] = sum(action.state == state for action in some)

    count("", actions)
    for name in tables.living.get("objectives", {}):
        count(name + ":", [action for action in actions if (name, True) in action.links])
    return counts


def scores_of(tables):
    """What ListActionScores says of living actions, as far as it can be known without the formulas."""
    return {"rows": [[row.name, row.code, row.title, row.state] for row in tables.rows("actions", False)]}


def reads_are_linearizable(history):
    """Every answer shows what was current at some moment between question and answer."""
    wrong = []
    at_revision = []  # Reads of many rows, to be held against the state at their revision.
    for operation in history.operations:
        if operation.outcome == OK and operation.revision:
            wrong += _misplaced(history, operation)
            at_revision.append(operation)
        elif operation.outcome == OK and operation.is_write and history.fold.by_request.get(operation.request_id):
            wrong += _misplaced_write(history, operation)
        elif operation.outcome == OK and operation.resource is not None:
            wrong += _wrong_version(history, operation, operation.resource)
    return wrong + _wrong_rows(history, at_revision)


def _misplaced(history, operation):
    """A read of many rows: could its revision be the current one?"""
    reached = history.timeline.reached(operation.start)
    if operation.revision < reached:
        return [f"revision {reached} had been seen before this read began: {operation.describe()}"]
    if operation.revision > history.timeline.possible(operation.end):
        return [f"the write of revision {operation.revision} began after this read ended: {operation.describe()}"]
    return []


def _misplaced_write(history, operation):
    revision = history.fold.by_request[operation.request_id][0].revision
    reached = history.timeline.reached(operation.start)
    if revision <= reached and not operation.repeats:
        return [f"written at revision {revision}, though {reached} had been seen before it began: "
                f"{operation.describe()}"]
    return []


def _wrong_version(history, operation, resource):
    """A read of one resource: did the version exist, and could it be the current one?"""
    fold = history.fold
    revision = fold.revision_at.get(resource.time)
    found = fold.version(resource.name, revision or 0)
    if revision is None or found[0] != revision:
        return [f"the log has no such version of {resource.name}: {operation.describe()}"]
    if found[1] is None or found[1].content != resource.content:
        return [f"answered otherwise than written at revision {revision}: {operation.describe()}"]
    newest = fold.version(resource.name, history.timeline.reached(operation.start))[0]
    if newest > revision and not operation.repeats:
        return [f"shows revision {revision}, though {newest} had been seen before it began: {operation.describe()}"]
    if revision > history.timeline.possible(operation.end):
        return [f"the write of revision {revision} began after this read ended: {operation.describe()}"]
    return []


def _wrong_rows(history, operations):
    wrong = []
    waiting = sorted(operations, key=lambda operation: operation.revision)
    at = 0
    for event, tables in history.fold.steps():
        while at < len(waiting) and waiting[at].revision <= event.revision:
            wrong += _wrong_content(history, waiting[at], tables)
            at += 1
    return wrong + [f"made from a revision that the log does not have: {operation.describe()}"
                    for operation in waiting[at:]]


def _wrong_content(history, operation, tables):
    if operation.method == "ListResourceRevisions":
        versions = [(revision, resource) for revision, resource in history.fold.versions.get(operation.target, ())
                    if revision <= operation.revision]
        shown = [resource for _, resource in reversed(versions)][:len(operation.resources)]
        missing = not operation.more and len(versions) > len(operation.resources)
        return _differing(operation, shown, operation.resources, missing)
    if operation.counts:
        expected = scores_of(tables) if operation.method == "ListActionScores" else counts_of(tables)
        found = operation.counts
        differing = {key: (expected.get(key), found.get(key)) for key in set(expected) | set(found)
                     if expected.get(key) != found.get(key)}
        if differing:
            return [f"figures differ from revision {operation.revision} (expected, found): {differing}: "
                    f"{operation.describe()}"]
        return []
    collection = operation.target.split("/")[-1]
    rows = [row for row in tables.rows(collection, operation.show_deleted) if row.name > operation.after]
    missing = not operation.more and len(rows) > len(operation.resources)
    return _differing(operation, rows[:len(operation.resources)], operation.resources, missing)


def _differing(operation, expected, found, missing):
    problems = []
    if missing or len(expected) != len(found):
        problems.append(f"{len(found)} rows, but there are {'more' if missing else len(expected)}")
    for want, have in zip(expected, found):
        if want is None or have is None or (want.name, want.time, want.content) != (have.name, have.time, have.content):
            problems.append(f"shows {have and (have.name, have.time)}, expected {want and (want.name, want.time)}")
            break
    return [f"differs from revision {operation.revision}: {'; '.join(problems)}: {operation.describe()}"] \
        if problems else []


def refusals_are_true(history):
    """What a refusal says was so at some moment between question and answer."""
    wrong = []
    for operation in history.operations:
        if operation.outcome != REFUSED or operation.repeats:
            continue
        low = history.timeline.reached(operation.start)
        high = history.timeline.possible(operation.end)
        if not _was_so(history.fold, operation, low, high):
            wrong.append(f"never so between revision {low} and {high}: {operation.describe()}")
    return wrong


def _was_so(fold, operation, low, high):
    metadata, reason = operation.metadata, operation.reason

    def some(name, holds):
        return any(holds(version) for version in fold.between(name, low, high))

    def lives(version):
        return version is not None and not version.deleted

    name = metadata.get("name", operation.target)
    if reason == "RESOURCE_NOT_FOUND":
        return some(name, lambda version: version is None)
    if reason == "RESOURCE_ALREADY_EXISTS":
        return some(name, lambda version: version is not None)
    if reason == "RESOURCE_DELETED":
        return some(name, lambda version: version is not None and version.deleted)
    if reason == "RESOURCE_NOT_DELETED":
        return some(name, lives)
    if reason == "WRONG_ACTION_STATE":
        state = metadata.get("from", "").replace("STATE_", "")
        return some(name, lambda version: version is not None and version.state == state)
    if reason == "ETAG_MISMATCH" and "base" in operation.intent:
        return some(name, lambda version: version is not None and version.time != operation.intent["base"])
    if reason == "VALUE_TAKEN":
        return some(metadata.get("holder", ""), lambda version: lives(version) and version.code == metadata["value"])
    if reason in ("ACTION_IN_USE", "OBJECTIVE_IN_USE"):
        return some(metadata.get("action", ""), lambda version: lives(version) and (
            name in version.dependencies or any(name == link for link, _ in version.links)))
    if reason == "REFERENCE_BROKEN":
        return some(metadata.get("reference", ""), lambda version: not lives(version))
    return True


def views_equal_the_fold(history):
    """At the end every replica answers as the log says, and so does what is stored beside the log."""
    wrong = []
    tables = None
    for _, tables in history.fold.steps():
        pass
    for operation in history.final:
        if operation.outcome != OK:
            wrong.append(f"no answer at the end: {operation.describe()}")
        elif operation.revision and operation.revision != history.fold.head:
            wrong.append(f"not at revision {history.fold.head} at the end: {operation.describe()}")
        elif operation.revision:
            wrong += _wrong_content(history, operation, tables)
        else:
            revision, expected = history.fold.version(operation.target, history.fold.head)
            found = operation.resource
            if expected is None or found is None or (expected.time, expected.content) != (found.time, found.content):
                wrong.append(f"differs from revision {revision} at the end: {operation.describe()}")
    return wrong + (_wrong_state(history, tables) if history.stored is not None and tables is not None else [])


def _wrong_state(history, tables):
    wrong = []
    stored = history.stored
    expected = {}
    for collection in set(tables.living) | set(tables.deleted):
        for row in tables.rows(collection, show_deleted=True):
            expected[row.name] = (history.fold.version(row.name, history.fold.head)[0], row)
    for name in sorted(set(expected) | set(stored.state)):
        want, have = expected.get(name), stored.state.get(name)
        if want is None or have is None or want[0] != have[0] or (want[1].time, want[1].created, want[1].content) != (
                have[1].time, have[1].created, have[1].content):
            wrong.append(f"the stored state of {name} is {have}, the log says {want}")
    codes = {(row.code, row.name) for _, row in expected.values() if row.code and not row.deleted}
    held = {(value.rpartition("=")[2], name) for value, name in stored.unique.items()}
    if codes != held:
        wrong.append(f"the stored reservations differ from the log: {sorted(codes ^ held)}")
    changes = {}
    for event in history.fold.log:
        for change in event.changes:
            changes[change.name.split("/")[-2]] = event.revision
    if changes != stored.last_changes:
        wrong.append(f"the stored last changes are {stored.last_changes}, the log says {changes}")
    return wrong
