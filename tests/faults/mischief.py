"""Faults, chosen and timed at random: every choice comes from one seed."""

import collections
import heapq
import itertools
import time


class Mischief:
    """Injects faults into a cluster until a moment, then mends everything."""

    def __init__(self, cluster, faults, pause, random):
        self._cluster = cluster
        self._faults = faults
        self._pause = pause
        self._random = random
        self._due = []
        self._order = itertools.count()
        self._counts = collections.Counter()

    def run(self, until):
        """Returns how often each fault was injected."""
        self._at(0.3, self._next)
        while time.monotonic() < until:
            while self._due and self._due[0][0] <= time.monotonic():
                heapq.heappop(self._due)[2]()
            for process in self._cluster.processes:
                if process.noticed_death():
                    process.start()
            time.sleep(0.005)
        self._mend()
        return dict(self._counts)

    def _at(self, seconds, what):
        heapq.heappush(self._due, (time.monotonic() + seconds, next(self._order), what))

    def _next(self):
        if self._faults:
            fault = self._random.choice(self._faults)
            self._counts[fault] += 1
            getattr(self, "_" + fault.replace("-", "_"))()
            self._at(self._random.expovariate(1.0 / self._pause), self._next)

    def _kill_services(self):
        self._kill(self._random.choice(self._cluster.replicas), self._random.uniform(0.0, 0.6))

    def _kill_redis(self):
        self._kill(self._cluster.redis, self._random.uniform(0.0, 0.4))

    def _kill(self, process, seconds):
        if process.child is None:
            return  # It is down already, and will be started.
        process.kill()
        self._at(seconds, lambda: None if process.alive else process.start())

    def _freeze_services(self):
        self._freeze(self._random.choice(self._cluster.replicas), self._random.uniform(0.1, 2.2))

    def _freeze_redis(self):
        self._freeze(self._cluster.redis, self._random.uniform(0.05, 1.5))

    def _freeze(self, process, seconds):
        if not process.frozen:
            process.freeze()
            self._at(seconds, process.thaw)

    def _cut_answers(self):
        gate = self._random.randrange(len(self._cluster.gates))
        how = self._random.choice(["cut", "cut", "cut", "delay", "drop", "refuse"])
        amount = self._random.randrange(4) if how == "cut" else round(self._random.uniform(0.02, 0.8), 3)
        self._cluster.tell_gate(how, gate, amount)

    def _mend(self):
        for process in self._cluster.processes:
            process.thaw()
            if not process.alive:
                process.kill()  # Notes an end that nobody asked for.
                process.start()
