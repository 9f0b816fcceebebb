#!/usr/bin/python3
"""Shows that the validator of feeds can fail: builds the services with bugs planted in watches and attacks each.

    watch_planted.py [--work build/planted_watch] [--seconds 15] [--transcript FILE]

planted/watch.patch is applied to a copy of the sources, as planted.py does it with its own.
"""

import argparse
import os
import pathlib
import sys

import planted

VALIDATOR = "feed_is_complete_and_in_order"

# Bug, the faults that it needs to show, what it is.
BUGS = (
    ("", "all", "no bug"),
    ("watch_gap_at_join", "none", "between the log and the live changes one revision is passed over"),
    ("watch_drop_when_full", "none", "a message that finds the queue full is dropped, and the watch goes on"),
    ("watch_token_ahead", "none", "who comes back is taken to know one revision more than he does"),
    ("watch_repeat_at_join", "none", "the last message before the join comes again"),
)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--work", default=planted.ROOT / "build" / "planted_watch", type=pathlib.Path)
    parser.add_argument("--seconds", type=float, default=15.0)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--transcript", type=pathlib.Path)
    options = parser.parse_args()
    built = planted.copy_and_build(options.work.resolve(), "RelWithDebInfo", "watch.patch")
    build = pathlib.Path(os.path.relpath(built))
    table, transcript, failures = [], [], []
    for bug, faults, meaning in BUGS:
        broken, printed = planted.attack(build, bug, faults, options, "watch.py")
        transcript.append(f"=== {bug or 'no bug'}: {meaning}\n{printed}")
        well = VALIDATOR in broken if bug else "every feed was complete and in order" in printed
        outcome = ("refuses" if well else "DID NOT REFUSE") if bug else ("passes" if well else "DID NOT PASS")
        table.append(f"{bug or '(none)':<22} {VALIDATOR:<32} {outcome}")
        print(table[-1], flush=True)
        failures += [bug] * (not well)
    if options.transcript:
        lines = [line[:planted.LONGEST] for line in "\n".join(transcript).splitlines()]
        options.transcript.write_text("\n".join(table + [""] + lines) + "\n", encoding="utf-8")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
