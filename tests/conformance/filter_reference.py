"""Filters and orders as common/aip/FILTERS.md has them, as plainly as possible.

A row is a dict as Protobuf's JSON has it, with the names of the schema; what is not in it is not set. Nothing here is
quick, and nothing was taken from the C++: that both say the same is what the comparison shows.
"""

import datetime
import decimal
import fractions
import functools
import re
import struct

from filter_grammar import Parser, Refused

TEXT, BOOL, INT, REAL, FLOAT, ENUM, TIME, DATE, DECIMAL, BYTES = (
    "text", "bool", "int", "real", "float", "enum", "time", "date", "decimal", "bytes")

COLOURS = ["COLOUR_UNSPECIFIED", "COLOUR_RED", "COLOUR_GREEN", "COLOUR_BLUE"]


class Field:
    """kind: one of the above, or the name of a message; many: a list; keys: of a map, the kind of its keys."""

    def __init__(self, kind, many=False, optional=False, keys=None):
        self.kind, self.many, self.keys = kind, many, keys
        self.optional = optional or (kind in (TIME, DATE, DECIMAL) or kind in MESSAGES) and not many and not keys


MESSAGES = {"Row": {}, "Part": {}, "Time": {}, "Date": {}, "DecimalMessage": {}}
MESSAGES["Row"].update({
    "name": Field(TEXT), "title": Field(TEXT), "note": Field(TEXT, optional=True), "done": Field(BOOL),
    "sure": Field(BOOL, optional=True), "count": Field(INT), "size": Field(INT, optional=True), "total": Field(INT),
    "weight": Field(REAL), "share": Field(REAL, optional=True), "ratio": Field(FLOAT), "colour": Field(ENUM),
    "create_time": Field(TIME), "due_date": Field(DATE), "value": Field(DECIMAL), "labels": Field(TEXT, keys=TEXT),
    "part": Field("Part"), "parts": Field("Part", many=True), "tags": Field(TEXT, many=True),
    "colours": Field(ENUM, many=True), "numbers": Field(INT, many=True), "values": Field(DECIMAL, many=True),
    "by_key": Field("Part", keys=TEXT), "by_number": Field(TEXT, keys=INT), "raw": Field(BYTES),
    "left": Field(TEXT, optional=True), "right": Field(INT, optional=True)})
MESSAGES["Part"].update({
    "title": Field(TEXT), "weight": Field(REAL, optional=True), "part": Field("Part"), "tags": Field(TEXT, many=True),
    "due_date": Field(DATE)})
MESSAGES["Date"].update({"year": Field(INT), "month": Field(INT), "day": Field(INT)})
MESSAGES["Time"].update({"seconds": Field(INT), "nanos": Field(INT)})
MESSAGES["DecimalMessage"].update({"value": Field(TEXT)})
INSIDE = {TIME: "Time", DATE: "Date", DECIMAL: "DecimalMessage"}


# --- Values ---------------------------------------------------------------------------------------------------------

NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]{1,4})?", re.ASCII)
RFC3339 = re.compile(
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})T([0-9]{2}):([0-9]{2}):([0-9]{2})(\.[0-9]{1,9})?(Z|[+-][0-9]{2}:[0-9]{2})", re.ASCII)


def exact(text):
    """A number as a fraction; None if the text is none."""
    if not NUMBER.fullmatch(text):
        return None
    return fractions.Fraction(decimal.Decimal(text))


def single(number):
    try:
        return struct.unpack("f", struct.pack("f", number))[0]
    except OverflowError:
        return float("inf") if number > 0 else float("-inf")


def nanoseconds(text):
    match = RFC3339.fullmatch(text)
    if not match:
        raise Refused("no time")
    year, month, day, hour, minute, second = map(int, match.groups()[:6])
    try:
        moment = datetime.datetime(year, month, day, hour, minute, second)
    except ValueError as error:
        raise Refused("no such time") from error
    seconds = (moment - datetime.datetime(1970, 1, 1)) // datetime.timedelta(seconds=1)
    zone = match.group(8)
    if zone != "Z":
        hours, minutes = int(zone[1:3]), int(zone[4:])
        if hours > 23 or minutes > 59:
            raise Refused("no such zone")
        seconds -= (1 if zone[0] == "+" else -1) * (hours * 3600 + minutes * 60)
    return seconds * 10**9 + int((match.group(7) or ".")[1:].ljust(9, "0"))


def day(text):
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text, re.ASCII):
        raise Refused("no date")
    try:
        date = datetime.date.fromisoformat(text)
    except ValueError as error:
        raise Refused("no such day") from error
    if not 1900 <= date.year <= 2200:
        raise Refused("no day of our time")
    return (date.year, date.month, date.day)


def operand(kind, value):
    """What a value means for a field of this kind."""
    if kind == TEXT:
        return value
    if value.wild:
        raise Refused("a wildcard, but no text")
    if kind == ENUM:
        for name in (value.text, "COLOUR_" + value.text):
            if name in COLOURS:
                return COLOURS.index(name)
        raise Refused("no such name")
    if kind == TIME:
        return nanoseconds(value.text)
    if kind == DATE:
        return day(value.text)
    if value.quoted:
        raise Refused("quotes, but no text")
    if kind == BOOL:
        if value.text not in ("true", "false"):
            raise Refused("neither true nor false")
        return value.text == "true"
    if kind == INT:
        if not re.fullmatch(r"-?[0-9]+", value.text, re.ASCII) or not -2**63 <= int(value.text) < 2**64:
            raise Refused("no whole number")
        return int(value.text)
    number = exact(value.text)
    if number is None:
        raise Refused("no number")
    if kind == DECIMAL:
        return number
    number = float(value.text)
    if number in (float("inf"), float("-inf")):
        raise Refused("too large")
    return single(number) if kind == FLOAT else number


def own_value(kind, raw):
    """What a row's value means; None if it is as good as missing."""
    if kind == DECIMAL:
        return exact(raw.get("value", ""))
    if kind == TIME:
        return nanoseconds(raw)
    if kind == DATE:
        return (raw.get("year", 0), raw.get("month", 0), raw.get("day", 0))
    if kind == ENUM:
        return COLOURS.index(raw)
    if kind == INT:
        return int(raw)
    if kind in (REAL, FLOAT):
        return single(float(raw)) if kind == FLOAT else float(raw)
    return raw


def compare(kind, mine, operator, theirs):
    if kind == TEXT:
        mine = mine.encode()
        text = theirs.text.encode()
        if operator in ("=", "!=", ":"):
            if theirs.before and theirs.after:
                same = text in mine
            elif theirs.before:
                same = mine.endswith(text)
            elif theirs.after:
                same = mine.startswith(text)
            else:
                same = mine == text
            return same != (operator == "!=")
        theirs = text
    return {"=": mine == theirs, ":": mine == theirs, "!=": mine != theirs, "<": mine < theirs, "<=": mine <= theirs,
            ">": mine > theirs, ">=": mine >= theirs}[operator]


# --- Meaning --------------------------------------------------------------------------------------------------------

DEFAULTS = {TEXT: "", BOOL: False, INT: 0, REAL: 0.0, FLOAT: 0.0, ENUM: COLOURS[0], BYTES: ""}


def inside(kind, raw):
    """A time, date or decimal as the message that it is; other messages as they are."""
    if kind == TIME:
        return dict(zip(("seconds", "nanos"), divmod(nanoseconds(raw), 10**9)))
    return raw


def bind(path):
    """The fields along a path, each with the key of a map or None."""
    message, steps, left = "Row", [], list(path)
    while left:
        name = left.pop(0)
        if message is None or name not in MESSAGES[message]:
            raise Refused("no such field")
        field = MESSAGES[message][name]
        key = None
        if field.keys and left:
            if field.keys != TEXT:
                raise Refused("its keys are no texts")
            key = left.pop(0)
        steps.append((name, field, key))
        message = field.kind if field.kind in MESSAGES else INSIDE.get(field.kind)
        if field.keys and key is None:
            message = None
    return steps


def reach(row, steps):
    """All that the last step leads to: ("value", raw), ("list", raw) or ("map", raw); of a field that is not set and
    cannot be missing, its default."""
    (name, field, key), rest = steps[0], steps[1:]
    if field.keys:
        found = row.get(name, {})
        if key is None:
            return [("map", found)]
        if key not in found:
            return []
        if not rest:
            return [("key", found[key])]
        return reach(inside(field.kind, found[key]), rest)
    if field.many:
        if not rest:
            return [("list", row.get(name, []))]
        return [r for element in row.get(name, []) for r in reach(inside(field.kind, element), rest)]
    if name not in row and field.optional:
        return []
    if rest:
        return reach(inside(field.kind, row[name]), rest)
    return [("optional" if field.optional else "value", row.get(name, DEFAULTS.get(field.kind)))]


def check(tree):
    """Refuses what cannot be asked; returns the tree with bound paths and operands."""
    if tree[0] == "all":
        return tree
    if tree[0] in ("and", "or"):
        return (tree[0], [check(part) for part in tree[1]])
    if tree[0] == "not":
        return ("not", check(tree[1]))
    _, path, operator, value = tree
    steps = bind(path)
    _, field, key = steps[-1]
    whole_map = bool(field.keys) and key is None
    if operator != ":" and (whole_map or any(f.many for _, f, _ in steps)):
        raise Refused("ask with :")
    if operator == ":" and value.star:
        return ("present", steps)
    if whole_map:
        if field.keys != TEXT:
            raise Refused("its keys are no texts")
        return ("compare", steps, operator, TEXT, value)
    if field.kind == BYTES or field.kind in MESSAGES:
        raise Refused("only :*")
    if operator not in ("=", "!=", ":") and value.wild:
        raise Refused("a * with <")
    return ("compare", steps, operator, field.kind, operand(field.kind, value))


def holds(tree, row):
    if tree[0] == "all":
        return True
    if tree[0] == "and":
        return all(holds(part, row) for part in tree[1])
    if tree[0] == "or":
        return any(holds(part, row) for part in tree[1])
    if tree[0] == "not":
        return not holds(tree[1], row)
    if tree[0] == "present":
        kind = tree[1][-1][1].kind
        return any(shape in ("key", "optional") or (
            len(raw) > 0 if shape in ("list", "map") else own_value(kind, raw) != own_value(kind, DEFAULTS[kind]))
                   for shape, raw in reach(row, tree[1]))
    _, steps, operator, kind, theirs = tree
    for shape, raw in reach(row, steps):
        for one in (raw if shape in ("list", "map") else [raw]):
            mine = own_value(kind, one)
            if mine is not None and compare(kind, mine, operator, theirs):
                return True
    return False


def evaluate(text, rows):
    """Whether each row is meant, or Refused."""
    if len(text) > 2000:
        raise Refused("too long")
    tree = check(Parser(text).filter())
    return [holds(tree, row) for row in rows]


# --- Order ----------------------------------------------------------------------------------------------------------


def order_value(row, steps):
    """None if it is missing."""
    reached = reach(row, steps)
    if not reached:
        return None
    kind = steps[-1][1].kind
    value = own_value(kind, reached[0][1])
    return value.encode() if kind == TEXT else value


def before(a, b):
    """-1, 0 or 1."""
    if a is None or b is None:
        return (a is not None) - (b is not None)
    if a != a or b != b:  # Not a number.
        return (a != a) - (b != b)
    return (a > b) - (a < b)


def sort(text, rows):
    """The numbers of the rows in order, or Refused."""
    if len(text) > 200:
        raise Refused("too long")
    fields = []
    for part in text.split(",") if text.strip(" ") else []:
        match = re.fullmatch(r" *([^ ]+)( +desc)? *", part, re.DOTALL)
        if not match or len(fields) == 5 or match.group(1) in [f[0] for f in fields]:
            raise Refused("no field, or one too many")
        steps = bind(match.group(1).split("."))
        _, field, key = steps[-1]
        if any(f.many for _, f, _ in steps) or field.keys and key is None or field.kind == BYTES or field.kind in MESSAGES:
            raise Refused("no order")
        fields.append((match.group(1), steps, -1 if match.group(2) else 1))

    def compared(i, j):
        for _, steps, sign in fields:
            order = sign * before(order_value(rows[i], steps), order_value(rows[j], steps))
            if order:
                return order
        return i - j

    return sorted(range(len(rows)), key=functools.cmp_to_key(compared))
