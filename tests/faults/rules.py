"""Validators that look at the log alone: its own order, and the rules over several resources."""

import hashlib


def log_is_complete_and_in_order(history):
    """Revisions without gaps, times that grow, a chain of digests that can be computed again."""
    wrong = []
    digest, time = "", 0
    for expected, event in enumerate(history.log, 1):
        if event.revision != expected:
            wrong.append(f"revision {expected} is missing: the next is {event.revision}")
            break
        if event.time <= time:
            wrong.append(f"revision {event.revision} has time {event.time}, not later than {time}")
        body = hashlib.sha256(event.raw).hexdigest()
        digest = hashlib.sha1(f"{digest}:{event.revision}:{event.time}:{body}".encode()).hexdigest()
        if event.digest != digest:
            wrong.append(f"revision {event.revision} has digest {event.digest}, computed {digest}")
            digest = event.digest  # One break is one finding.
        time = event.time
    stored = history.stored
    if stored is not None and (stored.head_revision, stored.head_digest, stored.head_time) != (
            len(history.log), history.log[-1].digest if history.log else "", time):
        wrong.append(f"the head is revision {stored.head_revision} {stored.head_digest}, the log ends at "
                     f"{len(history.log)} {digest}")
    return wrong


def unique_codes_hold(history):
    """After every commit no two living resources of a collection share a code."""
    wrong = []
    holders = {}  # (collection, code) to names.
    codes = {}    # Name to (collection, code).
    for event in history.fold.log:
        for change in event.changes:
            if change.name in codes:
                holders[codes[change.name]].discard(change.name)
                del codes[change.name]
            resource = change.resource
            if resource is not None and resource.code and not resource.deleted:
                codes[change.name] = (resource.collection, resource.code)
                holders.setdefault(codes[change.name], set()).add(change.name)
                if len(holders[codes[change.name]]) > 1:
                    names = ", ".join(sorted(holders[codes[change.name]]))
                    wrong.append(f"after revision {event.revision} code {resource.code} is held by {names}")
    return wrong


def _cycle_from(name, living):
    """A circle of living actions through this one, as names; empty if there is none."""
    path, seen = [], set()

    def visit(current):
        path.append(current)
        for dependency in living[current].dependencies:
            if dependency == name:
                return True
            if dependency in living and dependency not in seen:
                seen.add(dependency)
                if visit(dependency):
                    return True
        path.pop()
        return False

    return path + [name] if visit(name) else []


def dependencies_stay_acyclic(history):
    """After every commit no living action depends on itself, over any number of others."""
    wrong = []
    for event, tables in history.fold.steps():
        living = tables.living.get("actions", {})
        for change in event.changes:
            if change.name in living and living[change.name].dependencies:
                cycle = _cycle_from(change.name, living)
                if cycle:
                    wrong.append(f"after revision {event.revision} ({event.method}): {' -> '.join(cycle)}")
    return wrong


def children_only_under_living_parents(history):
    """After every commit: living actions serve living objectives and depend on living actions, under a plan."""
    wrong = []
    for event, tables in history.fold.steps():
        actions = tables.living.get("actions", {})
        objectives = tables.living.get("objectives", {})
        plans = tables.living.get("plans", {})
        where = f"after revision {event.revision} ({event.method})"
        for change in event.changes:
            parts = change.name.split("/")
            if len(parts) == 4 and change.resource is not None and "/".join(parts[:2]) not in plans:
                wrong.append(f"{where} {change.name} has no plan")
            if change.name in actions:
                action = actions[change.name]
                gone = [name for name, _ in action.links if name not in objectives]
                gone += [name for name in action.dependencies if name not in actions]
                wrong += [f"{where} {change.name} refers to {name}, which does not live" for name in gone]
            elif change.name not in objectives:  # It has gone: does anybody still hang on it?
                held = [name for name, action in sorted(actions.items())
                        if change.name in action.dependencies or any(change.name == link for link, _ in action.links)]
                wrong += [f"{where} {name} refers to {change.name}, which does not live" for name in held]
    return wrong
