#!/usr/bin/python3
"""Filters and orders of C++ and of the reference say the same about random rows.

    filter_conformance_test.py PROGRAM [--seed N] [--cases N]

PROGRAM is filter_answers. Both must accept and refuse the same texts, take the same rows and put them in the same
order. What it proves: a comparison that one of them answers wrongly (an operator, a bound, what is missing, a wildcard, the
precedence of AND and OR) is found. The seed is printed; with it the run is the same again.
"""

import argparse
import json
import random
import subprocess
import sys
import time

import filter_reference as reference

WORDS = ["", "a", "b", "ab", "ba", "aba", "A", "training", "a b", "é", "ü*", "3.1", "a\"b", "it's", "\\", "*"]
KEYS = ["area", "a-b", "my key", "k"]
NUMBERS = ["0", "1", "-1", "2", "1.5", "-1.5", "0.1", "1.50", "15e-1", "1e3", "1000", "0.30000000000000004", "0.3",
           "9223372036854775807", "-9223372036854775808", "18446744073709551615", "18446744073709551616", "1e400",
           "-0", "007", "1e-400", "3000000000"]
DECIMALS = ["0", "1", "-1", "1.5", "1.50", "-1.5", "10", "9.99", "0.1", "-0", "100", "0.05", "", "many", "1e2"]
TIMES = ["2012-02-29T12:00:00Z", "2012-02-29T12:00:00.5Z", "2012-02-29T14:00:00+02:00", "1969-12-31T23:59:59Z",
         "2012-02-29T12:00:00.500000001Z", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999999999Z"]
BAD_TIMES = ["2011-02-29T12:00:00Z", "2012-02-29T24:00:00Z", "2012-02-29T12:00:60Z", "2012-02-29 12:00:00Z",
             "2012-02-29T12:00:00", "2012-02-29T12:00:00.Z", "2012-02-29T12:00:00.1234567890Z", "2012-02-29",
             "2012-02-29T12:00:00+24:00", "0000-01-01T00:00:00Z", "2012-02-29t12:00:00z", "infinite-future"]
DAYS = ["2012-02-29", "2012-03-01", "2011-12-31", "1900-01-01", "2200-12-31"]
BAD_DAYS = ["2011-02-29", "1899-12-31", "2201-01-01", "2012-2-9", "2012-00-00", "today"]
OPERATORS = ["=", "!=", "<", "<=", ">", ">=", ":"]
BLANKS = [" ", " ", " ", "", "\t", "\n", "  "]


def date(r):
    year, month, day = map(int, r.choice(DAYS).split("-"))
    return {"year": year, "month": month, "day": day}


def part(r, depth=0):
    made = {}
    if r.random() < 0.6:
        made["title"] = r.choice(WORDS)
    if r.random() < 0.5:
        made["weight"] = r.choice([0, 1, 1.5, -1.5, 0.1])
    if depth < 2 and r.random() < 0.4:
        made["part"] = part(r, depth + 1)
    if r.random() < 0.4:
        made["tags"] = r.choices(WORDS, k=r.randint(0, 3))
    if r.random() < 0.3:
        made["due_date"] = date(r)
    return made


def row(r):
    made = {}
    fields = {
        "name": lambda: r.choice(WORDS), "title": lambda: r.choice(WORDS), "note": lambda: r.choice(WORDS),
        "done": lambda: r.random() < 0.5, "sure": lambda: r.random() < 0.5, "count": lambda: r.randint(-2, 2),
        "size": lambda: str(r.choice([0, 1, -1, 2**63 - 1, -2**63])), "total": lambda: str(r.choice([0, 1, 2, 2**64 - 1])),
        "weight": lambda: r.choice([0, 1, 1.5, -1.5, 0.1, 0.3, 0.1 + 0.2, "NaN", "Infinity", "-Infinity", 1000, -0.0]),
        "share": lambda: r.choice([0, 1, 1.5, 0.1]), "ratio": lambda: r.choice([0, 0.1, 1.5, "NaN", 0.3]),
        "colour": lambda: r.choice(reference.COLOURS), "create_time": lambda: r.choice(TIMES), "due_date": lambda: date(r),
        "value": lambda: {"value": r.choice(DECIMALS)},
        "labels": lambda: {key: r.choice(WORDS) for key in r.sample(KEYS, r.randint(0, 3))},
        "part": lambda: part(r), "parts": lambda: [part(r) for _ in range(r.randint(0, 3))],
        "tags": lambda: r.choices(WORDS, k=r.randint(0, 3)), "colours": lambda: r.choices(reference.COLOURS, k=2),
        "numbers": lambda: [r.randint(-2, 2) for _ in range(r.randint(0, 3))],
        "values": lambda: [{"value": r.choice(DECIMALS)} for _ in range(r.randint(0, 3))],
        "by_key": lambda: {key: part(r) for key in r.sample(KEYS, r.randint(0, 2))},
        "by_number": lambda: {str(n): r.choice(WORDS) for n in range(r.randint(0, 2))},
        "raw": lambda: r.choice(["", "YQ=="]),
    }
    for name, make in fields.items():
        if r.random() < 0.6:
            made[name] = make()
    if r.random() < 0.5:
        made[r.choice(["left", "right"])] = None
        for name, value in (("left", r.choice(WORDS)), ("right", r.randint(-1, 1))):
            if name in made:
                made[name] = value
    return made


def quote(r, text, wildcards=False):
    sign = r.choice("\"'")
    return sign + "".join("\\" + c if c in (sign, "\\") or (c == "*" and not wildcards) else c for c in text) + sign


def path_and_kind(r):
    """A path that mostly exists, the kind of value that it leads to, and whether there may be many."""
    message, path, many = "Row", [], False
    while True:
        name = r.choice(list(reference.MESSAGES[message]))
        field = reference.MESSAGES[message][name]
        path.append(name if r.random() < 0.995 else name[:-1] + "x")
        many = many or field.many
        if field.keys:
            if r.random() < 0.3:
                return ".".join(path), "keys", True
            key = r.choice(KEYS)
            path.append(quote(r, key) if " " in key or r.random() < 0.3 else key)
        within = field.kind if field.kind in reference.MESSAGES else reference.INSIDE.get(field.kind)
        if within is None or (field.kind in reference.INSIDE and r.random() < 0.8) or r.random() < 0.05:
            return ".".join(path), field.kind, many
        message = within


def value(r, kind, operator):
    if r.random() < 0.02:
        kind = r.choice([reference.TEXT, reference.INT, reference.ENUM, reference.TIME, reference.DATE, reference.BOOL])
    if r.random() < 0.02:
        return "*"
    if kind == reference.BOOL:
        return r.choice(["true", "false"] * 9 + ["True", "\"true\"", "1"])
    if kind in (reference.INT, reference.REAL, reference.FLOAT, reference.DECIMAL):
        if r.random() < 0.03:
            return r.choice([".5", "5.", "+1", "1e", "nan", "1_000", "--1", "1e12345"])
        small = ["-2", "-1", "0", "1", "2"]
        return r.choice(NUMBERS[13:18] + small * 8 if kind == reference.INT else NUMBERS)
    if kind == reference.ENUM:
        name = r.choice(reference.COLOURS + ["COLOUR_PINK"] * (r.random() < 0.2))
        name = name.removeprefix("COLOUR_") if r.random() < 0.6 else name
        return name if r.random() < 0.7 else quote(r, name)
    if kind == reference.TIME:
        return quote(r, r.choice(TIMES if r.random() < 0.95 else BAD_TIMES))
    if kind == reference.DATE:
        text = r.choice(DAYS if r.random() < 0.95 else BAD_DAYS)
        return text if r.random() < 0.5 else quote(r, text)
    if kind == "keys":
        text = r.choice(KEYS)
        return quote(r, text + "*" * (r.random() < 0.3), True)
    text = r.choice(WORDS)
    if r.random() < (0.35 if operator in ("=", "!=", ":") else 0.05):
        text = "*" * (r.random() < 0.6) + text + "*" * (r.random() < 0.6)
        return quote(r, text, True)
    return text if text.isalnum() and text.isascii() and r.random() < 0.5 else quote(r, text)


def expression(r, depth=0):
    kind = r.random()
    if depth > 4 or kind < 0.45:
        path, what, many = path_and_kind(r)
        operator = ":" if many and r.random() < 0.95 else r.choice(OPERATORS)
        if operator == ":" and r.random() < (0.9 if what in reference.MESSAGES or what == reference.BYTES else 0.3):
            return path + ":*"
        return path + r.choice(BLANKS) + operator + r.choice(BLANKS) + value(r, what, operator)
    if kind < 0.6:
        return r.choice(["NOT ", "-", "NOT"]) + "(" + expression(r, depth + 1) + ")"
    if kind < 0.65:
        return r.choice(["NOT ", "-"]) + expression(r, 5)
    if kind < 0.7:
        return "(" + r.choice(BLANKS) + expression(r, depth + 1) + r.choice(BLANKS) + ")"
    return (f" {r.choice(['AND', 'OR'])} ").join(expression(r, depth + 1) for _ in range(r.randint(2, 3)))


def damaged(r, text):
    """Perhaps with a character too many, too few, or another one."""
    if r.random() < 0.9 or not text:
        return text
    at = r.randrange(len(text))
    return text[:at] + r.choice(["", "(", ")", "\"", "'", "*", "\\", " ", "AND", "é", "-", "."]) + text[at + r.randint(0, 1):]


def order(r):
    fields = [path_and_kind(r)[0].replace('"', "").replace("'", "") + r.choice(["", " desc", " desc", "  desc ", " asc"
                                                                               if r.random() < 0.1 else ""])
              for _ in range(r.choice([1, 1, 1, 2, 3, 5, 6]))]
    return r.choice([",", ", "]).join(fields)


def expected(question, text, rows):
    try:
        if question == "filter":
            return "".join("1" if held else "0" for held in reference.evaluate(text, rows))
        return " ".join(map(str, reference.sort(text, rows)))
    except reference.Refused:
        return "refused"


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("program")
    options.add_argument("--seed", type=int, default=time.time_ns() % 10**9)
    options.add_argument("--cases", type=int, default=6000)
    options = options.parse_args()
    print(f"seed {options.seed}", flush=True)
    r = random.Random(options.seed)
    rows = [row(r) for _ in range(60)]
    questions = [("order", order(r)) if r.random() < 0.15 else ("filter", damaged(r, expression(r)))
                 for _ in range(options.cases)]
    lines = ["row " + json.dumps(one) for one in rows] + [f"{what} {json.dumps(text)}" for what, text in questions]
    done = subprocess.run([options.program], input="\n".join(lines) + "\n", capture_output=True, text=True, check=True,
                          timeout=100)
    answers = done.stdout.split("\n")[:-1]
    assert len(answers) == len(questions), f"{len(answers)} answers to {len(questions)} questions"
    refused = different = 0
    mixed = 0
    for (what, text), answer in zip(questions, answers):
        right = expected(what, text, rows)
        refused += right == "refused"
        mixed += what == "filter" and "1" in right and "0" in right
        if answer.split(" ")[0] == right if right == "refused" else answer == right:
            continue
        different += 1
        if different <= 5:
            print(f"{what} {text!r}\n  answer    {answer}\n  reference {right}")
            for number, (a, b) in enumerate(zip(answer, right)):
                if what == "filter" and right != "refused" and a != b:
                    print(f"  row {number}: {json.dumps(rows[number])}")
                    break
    print(f"{len(questions)} questions about {len(rows)} rows, {refused} refused, {mixed} filters that divide the rows")
    if different:
        sys.exit(f"{different} answers differ; again with --seed {options.seed}")
    # A run in which nearly all is refused, or nearly nothing, would show little.
    assert 0.05 < refused / len(questions) < 0.6 and mixed > len(questions) / 10, "the questions are too much alike"


if __name__ == "__main__":
    main()
