"""One measurement: a load on a server, and the CPU time that it cost."""

import dataclasses
import json
import re
import subprocess

from processes import Failed

CONNECTIONS = 8
STREAMS = 8
LIMIT_SECONDS = 300
FRAME_PREFIX = 5


@dataclasses.dataclass
class Sample:
    calls_per_second: float
    server_micros: float  # CPU time of the serving process per call.
    redis_micros: float   # The same of Redis.
    p50_micros: float
    p99_micros: float
    calls: int


def run(command):
    try:
        done = subprocess.run([str(word) for word in command], stdout=subprocess.PIPE, text=True, timeout=LIMIT_SECONDS)
    except subprocess.TimeoutExpired:
        raise Failed(f"no end after {LIMIT_SECONDS} s: {' '.join(map(str, command))}") from None
    if done.returncode != 0:
        raise Failed(f"failed: {' '.join(map(str, command))}\n{done.stdout}")
    return done.stdout


def bench_load(stack, server, path, requests, arguments):
    """Runs our own client and returns what it printed. Every call must have succeeded."""
    found = json.loads(run([
        stack.bin / "bench_load", f"--target={stack.address[server]}", f"--method={path}", f"--requests={requests}",
        f"--connections={CONNECTIONS}", f"--streams={STREAMS}", *arguments]))
    if found["errors"] or found["calls"] == 0:
        raise Failed(f"{path}: {found['calls']} calls succeeded, failed by code: {found['errors']} "
                     f"({found['error_message']})")
    return found


def h2load(stack, server, path, requests, calls, answer_bytes):
    """Runs h2load and returns calls per second. It knows nothing of gRPC's status codes, but a call that
    failed has no answer: so the bytes that came must be those of so many answers."""
    calls = max(calls, CONNECTIONS * STREAMS)
    text = run(["h2load", "-c", CONNECTIONS, "-m", STREAMS, "-n", calls, "-d", requests,
                "-H", "content-type: application/grpc", "-H", "te: trailers",
                f"http://{stack.address[server]}{path}"])
    rate = re.search(r"finished in [^,]+, ([\d.]+) req/s", text)
    succeeded = re.search(r"(\d+) succeeded, (\d+) failed, (\d+) errored, (\d+) timeout", text)
    data = re.search(r"\((\d+)\) data", text)
    if not rate or not succeeded or not data:
        raise Failed(f"{path}: h2load printed something unknown:\n{text}")
    expected = calls * (FRAME_PREFIX + answer_bytes)
    if int(succeeded[1]) != calls or int(data[1]) != expected:
        raise Failed(f"{path}: {succeeded[1]} of {calls} calls succeeded and brought {data[1]} bytes, "
                     f"not {expected}")
    return calls, float(rate[1])


class Meter:
    """Measures rows over a running stack."""

    def __init__(self, stack, seconds):
        self.stack = stack
        self.seconds = seconds
        self.count_from = 0

    def around(self, server, work):
        """The sample of work(), which returns (calls, calls per second, p50, p99)."""
        process, redis = self.stack.processes[server], self.stack.redis
        before = process.cpu_seconds(), redis.cpu_seconds()
        calls, rate, p50, p99 = work()
        after = process.cpu_seconds(), redis.cpu_seconds()
        return Sample(rate, (after[0] - before[0]) / calls * 1e6, (after[1] - before[1]) / calls * 1e6, p50, p99, calls)

    def by_h2load(self, row, rate):
        """`rate` is about what to expect: h2load is told a number of calls, not a time."""
        def work():
            calls, reached = h2load(self.stack, row.server, row.path, row.requests, int(rate * self.seconds),
                                    row.answer_bytes)
            return calls, reached, 0, 0
        return self.around(row.server, work)

    def by_bench_load(self, row):
        def work():
            found = bench_load(self.stack, row.server, row.path, row.requests,
                               [f"--seconds={self.seconds}", f"--count_from={self.count_from}"])
            self.count_from += found["calls"] + CONNECTIONS * STREAMS  # So that no number comes twice.
            if row.answer_bytes and {found["smallest_answer"], found["largest_answer"]} != {row.answer_bytes}:
                raise Failed(f"{row.path}: answers of {found['smallest_answer']} to {found['largest_answer']} bytes, "
                             f"not {row.answer_bytes}")
            return found["calls"], found["calls_per_second"], found["p50"], found["p99"]
        return self.around(row.server, work)
