"""What watchers received, as plain data, and the verdict on it.

A feed is what one watcher has written down: messages, and where a new life of it began. Nothing here knows gRPC.
"""

import dataclasses
from typing import List, Optional, Tuple

from history import Resource


@dataclasses.dataclass(frozen=True)
class Message:
    """One message of a watch."""
    revision: int
    digest_piece: str = ""
    rows: Tuple[Tuple[str, Optional[Resource]], ...] = ()  # Name, and what it is; None if it is gone.
    end_of_state: bool = False
    from_start: bool = False  # The first one after a watch was begun without a token.


@dataclasses.dataclass
class Feed:
    """All that one watcher has received, in order."""
    watcher: str
    parent: str
    collections: Tuple[str, ...]
    messages: List[Message] = dataclasses.field(default_factory=list)

    def covers(self, name):
        return name.split("/")[-2] in self.collections and (name == self.parent or name.startswith(self.parent + "/"))


class _Reader:
    """Follows a feed beside the log."""

    def __init__(self, feed, fold):
        self._feed = feed
        self._fold = fold
        self.wrong = []
        self.state = {}        # What the watcher knows.
        self.reached = 0       # The revision up to which he was told that he knows everything.
        self.complete = False  # The state has ended.
        self._relevant = [event.revision for event in fold.log if any(feed.covers(c.name) for c in event.changes)]
        self._events = {event.revision: event for event in fold.log}
        self._next = 0         # Index of the next relevant revision that has to come.
        self._last_name = ""

    def _blame(self, message, sentence):
        self.wrong.append(f"{self._feed.watcher} ({self._feed.parent}): at revision {message.revision} {sentence}")

    def read(self, message):
        if message.from_start:
            self.state, self.complete, self.reached, self._last_name = {}, False, message.revision, ""
        event = self._events.get(message.revision)
        if message.revision and (event is None or not event.digest.startswith(message.digest_piece or "none")):
            self._blame(message, f"the log has another digest than {message.digest_piece!r}")
        if message.revision < self.reached:
            self._blame(message, f"although {self.reached} had been reached")
        if not self.complete:
            self._read_state(message)
        elif message.rows:
            self._read_change(message)
        else:
            self._read_heartbeat(message)
        self.reached = message.revision

    def _read_state(self, message):
        if message.revision != self.reached:
            self._blame(message, f"comes a piece of the state of revision {self.reached}")
        for name, resource in message.rows:
            if name <= self._last_name:
                self._blame(message, f"{name} comes after {self._last_name} in the state")
            self._last_name = name
            self.state[name] = resource
        if message.end_of_state:
            self.complete = True
            self._next = sum(1 for revision in self._relevant if revision <= message.revision)
            self.compare(message)

    def _skip_to(self, message, last):
        """All that should have come up to revision `last`, and did not."""
        missed = []
        while self._next < len(self._relevant) and self._relevant[self._next] <= last:
            missed.append(self._relevant[self._next])
            self._next += 1
        if missed:
            self._blame(message, f"the changes of {missed[:5]}{'...' if len(missed) > 5 else ''} have not come")

    def _read_change(self, message):
        if message.revision == self.reached and self._next and self._relevant[self._next - 1] == message.revision:
            return self._blame(message, "a change comes twice")
        self._skip_to(message, message.revision - 1)
        if self._next == len(self._relevant) or self._relevant[self._next] != message.revision:
            return self._blame(message, "nothing that is watched has changed")
        self._next += 1
        expected = [(c.name, c.resource) for c in self._events[message.revision].changes if self._feed.covers(c.name)]
        found = list(message.rows)
        if [_key(*row) for row in expected] != [_key(*row) for row in found]:
            self._blame(message, f"came {[_key(*row) for row in found]}, the log has {[_key(*row) for row in expected]}")
        for name, resource in found:
            if resource is None:
                self.state.pop(name, None)
            else:
                self.state[name] = resource
        return None

    def _read_heartbeat(self, message):
        self._skip_to(message, message.revision)

    def compare(self, message):
        """What the watcher knows against what the log folds to at this revision."""
        expected = {name: resource for name in self._fold.versions if self._feed.covers(name)
                    for resource in [self._fold.version(name, message.revision)[1]] if resource is not None}
        for name in sorted(set(expected) | set(self.state)):
            if _key(name, expected.get(name)) != _key(name, self.state.get(name)):
                self._blame(message, f"{name} is known as {self.state.get(name)}, the log has {expected.get(name)}")


def _key(name, resource):
    return (name, None) if resource is None else (name, resource.time, resource.created, resource.content)


def feed_is_complete_and_in_order(history, feeds):
    """A watcher is sent the state of one revision, then each commit that changes what he watches: every one, once, in
    order and with exactly what the log holds, however often he was interrupted; and at the end he knows what
    everybody is answered."""
    wrong = []
    for feed in feeds:
        reader = _Reader(feed, history.fold)
        for message in feed.messages:
            reader.read(message)
        if not feed.messages or not reader.complete or reader.reached < history.fold.head:
            wrong.append(f"{feed.watcher}: has only come to revision {reader.reached} of {history.fold.head}")
        else:
            reader.compare(feed.messages[-1])
            wrong += _against_answers(feed, reader.state, history)
        wrong += reader.wrong
    return wrong


def _against_answers(feed, state, history):
    """What a watcher knows at the end against what lists with the deleted show, page after page."""
    wrong, rows = [], []
    for answer in history.final:
        if answer.outcome != "ok" or not answer.show_deleted or not answer.method.startswith("List"):
            continue
        collection = answer.target.split("/")[-1]
        if collection not in feed.collections:
            continue
        rows += answer.resources
        if answer.more:
            continue
        known = sorted(_key(name, row) for name, row in state.items() if name.split("/")[-2] == collection)
        listed = sorted(_key(row.name, row) for row in rows if feed.covers(row.name))
        rows = []
        if known != listed:
            wrong.append(f"{feed.watcher}: knows other {collection} than {answer.replica} lists")
    return wrong
