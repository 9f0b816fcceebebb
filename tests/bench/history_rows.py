"""A plan with a long history: how fast it is rebuilt, and how long a look into its past takes."""

import random
import statistics
import subprocess
import sys
import time

import api
import seed
from load import bench_load
from processes import Failed

ACTIONS = 1000   # Of the plan; they take turns in being changed.
BATCH = 50_000   # Calls of one run of the client.
LOOKS = 20       # Into moments that nobody has asked for.
SEED = 2011
CARD = f"{seed.REPORTING}/GetScorecard"


class HistoryRows:
    def __init__(self, stack, the_api, events):
        self.stack = stack
        self.api = the_api
        self.events = events
        self.plan = seed.Seeder(stack, the_api).plan("bench-history", min(ACTIONS, max(100, events // 20)))
        self.size = min(ACTIONS, max(100, events // 20))
        self.write()

    def write(self):
        """Gives actions titles that they never had, until there are so many events."""
        path = f"{seed.ACTIONS}/UpdateAction"
        file = self.stack.folder / "history.bin"
        file.write_bytes(b"".join(api.framed(self.api.request(
            path, action={"name": f"{self.plan}/actions/{seed.action_id(number)}",
                          "title": "Call @@@@@@@@@@@@ gives this action a title that it never had before"},
            update_mask={"paths": ["title"]}).SerializeToString()) for number in range(self.size)))
        self.first = self.revision()
        began = time.monotonic()
        while (left := self.events - self.revision()) > 0:
            bench_load(self.stack, "action", path, file, [f"--calls={min(left, BATCH)}",
                                                          f"--count_from={self.revision() + 100_000_000_000}"])
            print(f"\r  revision {self.revision():,} of {self.events:,}", end="", file=sys.stderr, flush=True)
        print(file=sys.stderr)
        self.seconds = time.monotonic() - began

    def revision(self):
        return self.api.call(self.stack.address["action"], f"{seed.ACTIONS}/ListActions", parent=self.plan,
                             page_size=1).revisions[0].revision

    def redis(self, *command):
        done = subprocess.run(["redis-cli", "-s", str(self.stack.socket), *command], stdout=subprocess.PIPE,
                              text=True, check=False)
        if done.returncode != 0:
            raise Failed(f"redis-cli {command[0]} failed")
        return done.stdout.strip()

    def checkpoints(self):
        """The keys of the cache, and what they take."""
        keys = self.redis("--scan", "--pattern", "concord:{" + self.plan + "}:cache:*").split()
        return keys, sum(int(self.redis("MEMORY", "USAGE", key, "SAMPLES", "0") or 0) for key in keys)

    def look(self, service, revision):
        """Milliseconds of a scorecard as of a revision."""
        began = time.perf_counter()
        card = self.api.call(self.stack.address[service], CARD, name=f"{self.plan}/scorecard", seconds=300,
                             date={"year": 2013, "month": 6, "day": 1},
                             as_of={"revisions": [{"scope": self.plan, "revision": revision}]})
        taken = 1000 * (time.perf_counter() - began)
        if card.action_counts.total_count + card.action_counts.cancelled_count != self.size:
            raise Failed(f"the plan had {self.size} actions at revision {revision}, the scorecard counts otherwise")
        return taken

    def lines(self):
        """What is printed. Services that know nothing yet are started for it."""
        keys, bytes_kept = self.checkpoints()
        head = self.revision()
        for name in ("reporting_cold", "reporting_from_state", "reporting_from_log"):
            self.stack.start_service("reporting", name)
        moments = random.Random(SEED).sample(range(self.first, head), LOOKS)
        cold = [self.look("reporting_cold", revision) for revision in moments]
        warm = [self.look("reporting_cold", revision) for revision in moments]
        began = time.perf_counter()
        self.api.call(self.stack.address["reporting_from_state"], CARD, name=f"{self.plan}/scorecard", seconds=300)
        from_state = 1000 * (time.perf_counter() - began)
        for key in keys:
            self.redis("UNLINK", key)
        from_log = self.look("reporting_from_log", head) / 1000

        def middle(times):
            return f"{statistics.median(times):.1f} ms [{min(times):.1f}..{max(times):.1f}]"

        def aim(times, limit):
            return f"   aim: at most {limit} ms, {'reached' if max(times) <= limit else 'NOT reached'}"

        return [f"A plan of {self.size:,} actions with {head:,} events, written through UpdateAction in "
                f"{self.seconds:.0f} s",
                f"its checkpoints: {len(keys)} keys, {bytes_kept / 2**20:.1f} MiB; Redis in all: "
                f"{int(self.redis('INFO', 'memory').split('used_memory:')[1].split()[0]) / 2**20:.0f} MiB",
                f"scorecard as of {LOOKS} moments, cold:  {middle(cold)}" + aim(cold, 200),
                f"the same again, warm:           {middle(warm)}" + aim(warm, 5),
                f"scorecard of now by a service that was just started: {from_state:.0f} ms",
                f"rebuilt from the log alone: {head / from_log:,.0f} events/s, {from_log:.1f} s"]
