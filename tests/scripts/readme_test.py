#!/usr/bin/python3
"""Replays the transcript of the README against the real system.

The system is brought up by scripts/up from the binaries of CONCORD_BUILD_DIR, in
a folder and on ports of its own. Every command of the console block must print
what the README says: an ellipsis within a line stands for anything in it, and a
line that is only an ellipsis for any lines.
"""
import os
import pathlib
import random
import re
import socket
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ.get("CONCORD_BUILD_DIR", ROOT / "build" / "release"))


def transcript(text):
    """The commands of all console blocks with the lines expected after each."""
    steps = []
    for block in re.findall(r"```console\n(.*?)```", text, re.S):
        for line in block.splitlines():
            if line.startswith("$ "):
                steps.append((line[2:], []))
            else:
                steps[-1][1].append(line)
    return steps


def pattern(lines):
    parts = []
    for line in lines:
        if line == "…":
            parts.append(r"(?:.*\n)*?")
        else:
            parts.append(".*".join(re.escape(piece) for piece in line.split("…")) + r" *\n")
    return "".join(parts)


def free_base():
    """Eight ports that are free now: four for services, four for metrics."""
    for _ in range(100):
        base = random.randint(20000, 60000)
        try:
            for port in [base + offset for offset in (0, 1, 2, 3, 100, 101, 102, 103)]:
                with socket.socket() as probe:
                    probe.bind(("127.0.0.1", port))
            return base
        except OSError:
            continue
    raise AssertionError("no free ports")


class ReadmeTest(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory(prefix="concord-readme-")
        self.environment = dict(os.environ, CONCORD_BUILD_DIR=str(BUILD), NO_COLOR="1",
                                PATH=f"{BUILD / 'bin'}:{os.environ['PATH']}")
        self.base = free_base()
        self.up = [str(ROOT / "scripts" / "up"), "--state", self.folder.name, "--ports", str(self.base)]

    def tearDown(self):
        subprocess.run([*self.up, "--stop"], env=self.environment, check=False, capture_output=True)
        self.folder.cleanup()

    def test_every_command_prints_what_the_readme_says(self):
        started = subprocess.run(self.up, env=self.environment, capture_output=True, text=True, check=False)
        self.assertEqual(started.returncode, 0, started.stdout + started.stderr)
        for offset, service in enumerate(("OBJECTIVE", "ACTION", "REPORTING", "MEMBER")):
            self.environment[f"CONCORD_{service}"] = f"127.0.0.1:{self.base + offset}"
        steps = transcript((ROOT / "README.md").read_text(encoding="utf-8"))
        self.assertGreater(len(steps), 5)
        for command, expected in steps:
            with self.subTest(command=command):
                ran = subprocess.run(["bash", "-c", command], cwd=ROOT, env=self.environment, text=True, check=False,
                                     stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
                self.assertRegex(ran.stdout, re.compile("^" + pattern(expected) + "$"))

    def test_a_line_that_differs_is_found(self):
        self.assertIsNone(re.match("^" + pattern(["a …", "b"]) + "$", "a 1\nc\n"))
        self.assertIsNotNone(re.match("^" + pattern(["a …", "…", "b"]) + "$", "a 1\nx\ny\nb\n"))


if __name__ == "__main__":
    unittest.main()
