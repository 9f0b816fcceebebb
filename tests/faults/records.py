"""The collections besides plans, objectives and actions: what each is made of, and a workload that is alike for all.

stubs.load() must have run before this is imported.
"""

import dataclasses
import importlib
import re
from typing import Any, Tuple

from google.protobuf import text_format

import methods

DAY = "{ year: 2012 month: 3 day: 1 }"
YEAR = "{ start_date { year: 2012 month: 1 day: 1 } end_date { year: 2012 month: 12 day: 31 } }"
ACTIONS = tuple(f"{methods.PLAN}/actions/a-{number}" for number in range(3, 7))  # They have been begun.
INDICATORS = tuple(f"{methods.PLAN}/objectives/o-{number % 3 + 1}/indicators/i-{number}" for number in range(1, 7))


@dataclasses.dataclass(frozen=True)
class Kind:
    """One collection. Its methods are found by its name."""
    collection: str          # "progressReports".
    service: str             # Who owns it.
    parents: Tuple[str, ...]
    fields: str              # Of a new one, in Protobuf's text.
    lists: str               # Parent of a list of all of them.
    unique_code: bool = False

    @property
    def name(self):
        """ "ProgressReport". """
        singular = self.collection[:-3] + "y" if self.collection.endswith("ies") else self.collection[:-1]
        return singular[0].upper() + singular[1:]

    @property
    def field(self):
        return re.sub(r"(?<=.)([A-Z])", r"_\1", self.name).lower()

    @property
    def rows(self):
        return re.sub(r"([A-Z])", r"_\1", self.collection).lower()

    @property
    def list_method(self):
        return "List" + self.collection[0].upper() + self.collection[1:]

    def module(self, suffix):
        return importlib.import_module(f"concord.{self.service}.v1.{self.field}{suffix}_pb2")

    @property
    def message(self):
        return getattr(self.module(""), self.name)

    def made(self, code=""):
        """A new one."""
        text = self.fields + (f" code: '{code}'" if self.unique_code else "")
        return text_format.Parse(text, self.message())


_OF_ACTIONS = f"{methods.PLAN}/actions/-"
KINDS = (
    Kind("indicators", "objective", tuple(f"{methods.PLAN}/objectives/o-{number}" for number in range(1, 4)),
         "title: 'I' unit: 'seats' direction: DIRECTION_INCREASE kind: KIND_STOCK frequency: FREQUENCY_YEARLY "
         "source: SOURCE_PEOPLE", f"{methods.PLAN}/objectives/-", unique_code=True),
    Kind("measurements", "objective", INDICATORS, f"period {YEAR} no_data {{ reason: 'Nobody counted.' }}",
         f"{methods.PLAN}/objectives/-/indicators/-"),
    Kind("milestones", "action", ACTIONS, f"title: 'M' due_date {DAY}", _OF_ACTIONS),
    Kind("progressReports", "action", ACTIONS,
         f"date {DAY} percent {{ value: '40' }} health: HEALTH_ON_TRACK confidence: CONFIDENCE_LOW "
         "confidence_reason: 'A guess'", _OF_ACTIONS),
    Kind("contributions", "action", ACTIONS,
         f"title: 'C' member: 'members/m' kind: KIND_SEATS amount {{ value: '2' }} date {DAY}", _OF_ACTIONS),
    Kind("activities", "action", ACTIONS, f"title: 'A' kind: KIND_TRAINING start_date {DAY}", _OF_ACTIONS),
    Kind("risks", "action", ACTIONS, "title: 'R' likelihood: 2 impact: 3", _OF_ACTIONS),
)


def register():
    """Makes their methods known to methods.py."""
    for kind in KINDS:
        module = kind.module("_service")
        service = module.DESCRIPTOR.services_by_name[f"{kind.name}Service"]
        named = [method.name for method in service.methods
                 if method.name in [verb + kind.name for verb in ("Create", "Update", "Delete", "Undelete")]]
        methods.add(kind.service, service.full_name, " ".join(named), module, kind.message)
        methods.add(kind.service, service.full_name, kind.list_method, module,
                    getattr(module, kind.list_method + "Response"))


register()


class RecordWrites:
    """Creates, marks, deletes and brings back records under few names, for which everybody competes."""

    NAMES = 6

    def __init__(self, client):
        self._client = client
        self._random = client.random
        self._serial = 0

    def write(self):
        kind = self._random.choice(KINDS)
        verb = self._random.choices(["Create", "Update", "Delete", "Undelete"], [3, 6, 1, 2])[0]
        if verb + kind.name not in methods.REQUESTS:
            verb = "Create"
        parent = self._random.choice(kind.parents)
        self._serial += 1
        # What is never changed needs names of its own, or there would soon be nothing more to write.
        changes = f"Update{kind.name}" in methods.REQUESTS
        number = self._random.randrange(self.NAMES)
        last = f"r-{number}" if changes else f"r-{self._client.number}-{self._serial}"
        name = f"{parent}/{kind.collection}/{last}"
        self._client.write(verb + kind.name, name, getattr(self, "_" + verb.lower())(kind, parent, name), {})

    def _create(self, kind, parent, name):
        made: Any = kind.made(code="-".join(name.split("/")[-3::2]))
        return methods.REQUESTS[f"Create{kind.name}"](
            **{"parent": parent, kind.field: made, f"{kind.field}_id": name.split("/")[-1]})

    def _update(self, kind, _, name):
        labels = {"writer": f"client-{self._client.number}", "serial": str(self._serial)}
        request = methods.REQUESTS[f"Update{kind.name}"](**{kind.field: kind.message(name=name, labels=labels)})
        request.update_mask.paths.append("labels")
        return request

    @staticmethod
    def _delete(kind, _, name):
        return methods.REQUESTS[f"Delete{kind.name}"](name=name)

    @staticmethod
    def _undelete(kind, _, name):
        return methods.REQUESTS[f"Undelete{kind.name}"](name=name)
