#!/usr/bin/python3
"""Shows that each validator can fail: builds the services with bugs planted in them and attacks each.

    planted.py [--work build/planted] [--seconds 20] [--only BUG,...] [--transcript FILE]

planted/planted.patch is applied to a copy of the sources; a bug is chosen by CONCORD_PLANTED_BUG. Without any chosen,
the same build must pass; with each of them, the validator that is there for it must refuse.
"""

import argparse
import os
import pathlib
import re
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]

LONGEST = 300  # Characters of a line in a transcript.

# Bug, the validator that must find it, the faults that it needs to show, what it is.
BUGS = (
    ("early_acknowledgement", "acknowledged_writes_survive", "all", "a write is answered before its commit"),
    ("late_fence_join", "reads_are_linearizable", "none", "a read joins a fence that was sent before it came"),
    ("retried_create", "nothing_applied_twice", "all", "the request id of a write is not found again"),
    ("phantom_in_list", "children_only_under_living_parents", "none", "commits do not hold the lists they looked at"),
    ("lost_update", "no_update_lost", "none", "commits do not hold the resources they looked at"),
    ("lost_update", "dependencies_stay_acyclic", "none", "the same"),
    ("duplicate_code", "unique_codes_hold", "none", "codes are not reserved"),
    ("stale_view", "views_equal_the_fold", "none", "a view skips what some events changed"),
    ("stale_view", "reads_are_linearizable", "none", "the same"),
    ("refused_but_written", "refusals_leave_nothing", "none", "some commits are answered with an error"),
    ("hasty_refusal", "refusals_are_true", "none", "a write is refused by a view that is not proven current"),
    ("wrong_digest", "log_is_complete_and_in_order", "none", "some commits chain another digest than their body's"),
    ("unexplained_error", "errors_are_explained", "none", "some commits are answered with an error that has no reason"),
)


def copy_and_build(work, build_type, patch="planted.patch"):
    """A copy of the sources with the patch applied, built; returns its build folder."""
    source = work / "source"
    shutil.rmtree(source, ignore_errors=True)
    source.mkdir(parents=True, exist_ok=True)
    files = subprocess.run(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=ROOT,
                           capture_output=True, check=True).stdout.decode().split("\0")
    wanted = {name for name in files if name and (ROOT / name).is_file()}
    for name in wanted:
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, source / name)
    subprocess.run(["patch", "--quiet", "-p1", "--no-backup-if-mismatch", "-i", HERE / "planted" / patch],
                   cwd=source, check=True)
    build = work / "build"
    flags = [f"-DCMAKE_BUILD_TYPE={build_type}"]
    compiler = shutil.which("clang++-16")
    if compiler:
        flags += [f"-DCMAKE_CXX_COMPILER={compiler}", f"-DCMAKE_C_COMPILER={shutil.which('clang-16')}"]
    subprocess.run(["cmake", "-S", source, "-B", build, "-G", "Ninja", *flags], check=True, stdout=subprocess.DEVNULL)
    subprocess.run(["ninja", "-C", build, "objective", "action", "reporting"], check=True, stdout=subprocess.DEVNULL)
    return build


def attack(build, bug, faults, options, script="attack.py"):
    """(names of the validators that refused, what was printed) of one short attack."""
    environment = dict(os.environ, CONCORD_PLANTED_BUG=bug)
    command = [sys.executable, HERE / script, "--build", build, "--seconds", str(options.seconds),
               "--seed", str(options.seed), "--keep", build / "tests" / "faults" / f"planted-{bug or 'none'}"]
    if faults != "all":
        command += ["--faults", faults]
    found = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    return re.findall(r"^BROKEN\s+(\w+)", found.stdout, re.MULTILINE), found.stdout + found.stderr


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--work", default=ROOT / "build" / "planted", type=pathlib.Path)
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--only", help="comma-separated names of bugs")
    parser.add_argument("--transcript", type=pathlib.Path)
    options = parser.parse_args()
    build = pathlib.Path(os.path.relpath(copy_and_build(options.work.resolve(), "RelWithDebInfo")))
    chosen = options.only.split(",") if options.only else None
    table, transcript, failures, outcomes = [], [], [], {}

    def tell(line):
        print(line, flush=True)
        table.append(line)

    if not chosen:
        broken, printed = attack(build, "", "all", options)
        transcript.append(f"=== no bug\n{printed}")
        tell(f"{'(none)':<22} {'all guarantees were kept' if not broken else 'BROKEN: ' + ', '.join(broken)}")
        failures += ["(none)"] * ("all guarantees were kept" not in printed)
    for bug, expected, faults, meaning in BUGS:
        if chosen and bug not in chosen:
            continue
        if bug not in outcomes:
            outcomes[bug] = attack(build, bug, faults, options)
            transcript.append(f"=== {bug}: {meaning}\n{outcomes[bug][1]}")
        broken = outcomes[bug][0]
        caught = expected in broken
        others = ", ".join(name for name in broken if name != expected)
        tell(f"{bug:<22} {expected:<36} {'refuses' if caught else 'DID NOT REFUSE':<15} also: {others or '-'}")
        failures += [bug] * (not caught)
    if options.transcript:
        lines = [line[:LONGEST] for line in "\n".join(transcript).splitlines()]
        options.transcript.write_text("\n".join(table + [""] + lines) + "\n", encoding="utf-8")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
