#!/usr/bin/env python3
"""The rules of the house: who may include whom, what things may be called, how long a file is.

    scripts/lint.d/house.py [ROOT]

Prints `path:line: what is wrong` for each violation and exits with 1 if there was one.
Files over 400 lines are warnings; those with a reason in long_files are silent.
"""

import pathlib
import re
import subprocess
import sys

# Folders of common/, each with what it may include besides itself: arrows point downwards only.
LAYERS = {
    "status": set(),
    "aip": {"status"},
    "telemetry": {"status"},
    "redis": {"status", "telemetry"},
    "ledger": {"redis", "status", "telemetry"},
    "rpc": {"ledger", "redis", "aip", "status", "telemetry"},
    "app": {"rpc", "ledger", "redis", "aip", "status", "telemetry"},
}
# Generated code that speaks of the domain; mechanisms in common/ must work without it.
DOMAIN_PROTOS = re.compile(r"concord/(action|directoryfile|member|objective|planfile|reporting)/")
GRPC = re.compile(r"grpc(pp)?/|.*\.grpc\.pb\.h$")
# Where gRPC may be seen: the engine, the start of a program, the files that bind methods, clients.
GRPC_ALLOWED = re.compile(r"common/(rpc|app)/|services/concordctl/|services/\w+/(\w+/)?(main|\w*(service|server|recorder)s?)\.(cc|h)$")
HIREDIS = re.compile(r"hiredis/|uv\.h$")
# What a name must not end in: it would say nothing about what is inside.
EMPTY_NAMES = {"base", "core", "helper", "helpers", "impl", "manager", "misc", "shared", "util", "utils"}
NAMED_BY_OTHERS = ("deploy/kubernetes/base",)  # kustomize's own word.

SOURCE = (".cc", ".h")
COUNTED = (".cc", ".h", ".lua", ".py", ".sh", ".proto", ".js", ".ts")
LINES = 400
INCLUDE = re.compile(r'\s*#\s*include\s+(["<])([^">]+)[">]')


def is_test(path):
    return path.startswith("tests/") or re.search(r"_(test|redistest|benchmark|fixture)\.(cc|h)$", path) is not None


def top_of(path, count):
    return "/".join(path.split("/")[:count])


def wrong_include(path, include):
    """What is wrong with this #include in this file, or None."""
    test = is_test(path)
    if include.startswith("tests/") and not test:
        return "nothing but tests includes tests/"
    if re.search(r"_fixture\.h$", include) and not test:
        return "nothing but tests includes a fixture"
    if path.startswith("tests/"):
        return None
    if path.startswith("common/"):
        if include.startswith("services/"):
            return "common/ does not include services/"
        layer, target = path.split("/")[1], include.split("/")
        if target[0] == "common" and target[1] != layer and target[1] not in LAYERS.get(layer, set()):
            return f"the arrow common/{layer} -> common/{target[1]} does not exist"
        if DOMAIN_PROTOS.match(include) and not test:
            return "common/ knows no domain noun"
    if path.startswith("services/") and include.startswith("services/") and top_of(path, 2) != top_of(include, 2):
        return f"{top_of(path, 2)} does not include {top_of(include, 2)}"
    if HIREDIS.match(include) and not path.startswith("common/redis/"):
        return "hiredis and libuv stay inside common/redis"
    if GRPC.match(include) and not test and not GRPC_ALLOWED.match(path):
        return "gRPC stays in common/rpc, common/app and the files that bind services"
    return None


def check_includes(root, path, lines):
    for number, line in enumerate(lines, 1):
        match = INCLUDE.match(line)
        if not match:
            continue
        quoted, include = match.group(1) == '"', match.group(2)
        if quoted and not (root / include).exists() and (root / path).parent.joinpath(include).exists():
            yield number, f'include "{include}" by its path from the root'
        wrong = wrong_include(path, include)
        if wrong:
            yield number, f"{wrong} ({include})"


def check_guard(path, lines):
    guard = re.sub(r"[^A-Z0-9]", "_", path.upper()) + "_"
    if f"#ifndef {guard}" not in lines or f"#define {guard}" not in lines:
        yield 1, f"the header guard is not {guard}"


def check_tests(lines):
    for number, line in enumerate(lines, 1):
        if re.search(r"\bGTEST_SKIP\b|\bDISABLED_\w", line):
            yield number, "a test is never skipped: mend it or remove it"


def check_name(path):
    parts = path.split("/")
    for index, part in enumerate(parts):
        if "/".join(parts[: index + 1]) in NAMED_BY_OTHERS:
            continue
        stem = re.sub(r"_(test|redistest|benchmark)$", "", part.split(".")[0]).lower()
        if re.split(r"[_-]", stem)[-1] in EMPTY_NAMES or (stem == "common" and index > 0):
            yield 1, f"the name '{part}' does not say what is inside"


def long_file_reasons(root):
    """{path: reason} from long_files, whose lines are `path: reason`."""
    listing = root / "scripts/lint.d/long_files"
    lines = listing.read_text().splitlines() if listing.exists() else []
    return dict(line.split(": ", 1) for line in lines if line.strip() and not line.startswith("#"))


def our_files(root):
    listing = subprocess.run(["git", "-C", root, "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
                             check=True, capture_output=True, text=True).stdout
    return [path for path in sorted(set(listing.split("\0"))) if path and (root / path).is_file()]


def check(root):
    """Yields (path, line, message, is_error)."""
    reasons = long_file_reasons(root)
    for path in our_files(root):
        found = list(check_name(path))
        if path.endswith(COUNTED):
            lines = (root / path).read_text(errors="replace").splitlines()
            if path.endswith(SOURCE):
                found += check_includes(root, path, lines)
                if is_test(path):
                    found += check_tests(lines)
            if path.endswith(".h"):
                found += check_guard(path, lines)
            if path in reasons and len(lines) <= LINES:
                found.append((1, f"has {len(lines)} lines and no longer needs its place in long_files"))
            elif path not in reasons and len(lines) > LINES:
                yield path, LINES + 1, f"has {len(lines)} lines: split it, or give a reason in long_files", False
        for line, message in found:
            yield path, line, message, True
    for path in reasons:
        if not (root / path).is_file():
            yield "scripts/lint.d/long_files", 1, f"{path} does not exist", True


def main(arguments):
    root = pathlib.Path(arguments[1] if len(arguments) > 1 else pathlib.Path(__file__).resolve().parents[2])
    errors = 0
    for path, line, message, is_error in check(root):
        errors += is_error
        print(f"{path}:{line}: {'' if is_error else 'warning: '}{message}")
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
