"""1,000 watchers of one plan: every change of it sent to all, beside a bare server that sends as many bytes."""

import dataclasses
import json
import subprocess

import api
from processes import Failed

CONNECTIONS = 10
WATCH = "concord.ledger.v1.LedgerService/WatchResources"
LIMIT_SECONDS = 180


@dataclasses.dataclass
class Fanout:
    """What one repetition came to."""
    messages_per_second: float
    server_micros: float    # CPU time of the serving process per message.
    watcher_bytes: float    # Growth of its memory for each watcher.
    changes: int


def resident_bytes(process):
    for line in open(f"/proc/{process.popen.pid}/status", encoding="ascii"):
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) * 1024
    raise Failed(f"{process.name} has no memory")


class WatchRows:
    """Measures the fan-out of the action service and of a bare server, taking turns."""

    def __init__(self, bench, plan, watchers, seconds):
        self._bench, self._stack, self._seconds, self._watchers = bench, bench.stack, seconds, watchers
        self._count_from = 500_000_000_000
        self.samples = {"watch": [], "bare fan-out": []}
        watch = bench.api.request(WATCH, parent=plan, collections=["actions"]).SerializeToString()
        self._watch = bench.request_file("watch", [watch])
        self._push = bench.rows["UpdateAction"].requests
        self.bytes = self._size_of_a_change(plan)
        self._stack.start_server("bench_watch_server", [f"--bytes={self.bytes}"])

    def _size_of_a_change(self, plan):
        """Of the message that tells of one UpdateAction."""
        address = self._stack.address["action"]
        stub = self._bench.api.stream(address, WATCH, parent=plan, collections=["actions"])
        for message in stub:
            if message.end_of_state:
                break
        first = api.unframed(self._push.read_bytes())[0]
        path = self._bench.rows["UpdateAction"].path
        self._bench.api.call_raw(address, path, first.replace(b"@" * 12, b"9" * 12))
        for message in stub:
            if message.resources:
                stub.cancel()
                return message.ByteSize()
        raise Failed("a watch ended before its change came")

    def measure(self):
        for name, server, watch, push in (
                ("bare fan-out", "bench_watch_server", "/concord.bench/Watch", "/concord.bench/Push"),
                ("watch", "action", "/" + WATCH, "/" + self._bench.rows["UpdateAction"].path.lstrip("/"))):
            self.samples[name].append(self._run(server, watch, push))

    def _run(self, server, watch, push):
        process = self._stack.processes[server]
        memory = resident_bytes(process)
        with subprocess.Popen([str(word) for word in (
                self._stack.bin / "bench_watch_client", f"--target={self._stack.address[server]}", f"--watch={watch}",
                f"--watch_request={self._watch}", f"--push={push}", f"--push_requests={self._push}",
                f"--streams={self._watchers}", f"--connections={CONNECTIONS}", f"--seconds={self._seconds}",
                f"--change_bytes={self.bytes // 2}", f"--count_from={self._count_from}")],
                              stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as client:
            if client.stdout.readline().strip() != "ready":
                raise Failed(f"{watch}: the watchers did not come to begin")
            memory = max(resident_bytes(process) - memory, 0)
            before = process.cpu_seconds()
            client.stdin.write("go\n")
            client.stdin.flush()
            found = json.loads(client.stdout.readline() or "{}")
            cpu = process.cpu_seconds() - before
            client.stdin.close()
            if client.wait(LIMIT_SECONDS) != 0 or not found.get("messages"):
                raise Failed(f"{watch}: a watch ended, or a change failed")
        self._count_from += found["changes"] + 1
        if found["messages"] != found["changes"] * self._watchers:
            raise Failed(f"{watch}: {found['changes']} changes came to {found['messages']} messages")
        return Fanout(found["messages"] / found["seconds"], cpu / found["messages"] * 1e6, memory / self._watchers,
                      found["changes"])

    def lines(self, report):
        head = ("row", "messages/s", "server us/message", "KiB/watcher", "message bytes")
        rows = [head]
        for name in ("bare fan-out", "watch"):
            of_row = self.samples[name]
            rows.append((f"{name} to {self._watchers:,}",
                         report.spread([s.messages_per_second for s in of_row], report.whole),
                         report.spread([s.server_micros for s in of_row], report.tenths),
                         # Later repetitions use again what the first one has asked the system for.
                         report.tenths(of_row[0].watcher_bytes / 1024), report.whole(self.bytes)))
        widths = [max(len(row[i]) for row in rows) for i in range(len(head))]
        lines = ["  ".join(cell.ljust(width) if i == 0 else cell.rjust(width)
                           for i, (cell, width) in enumerate(zip(row, widths))).rstrip() for row in rows]
        lines.append("")
        lines.append(report.ratio_line("messages/s, watch / bare fan-out", self.samples["watch"],
                                       self.samples["bare fan-out"], lambda s: s.messages_per_second,
                                       ("at least", 0.7)))
        lines.append(report.ratio_line("CPU, watch / bare fan-out", self.samples["watch"],
                                       self.samples["bare fan-out"], lambda s: s.server_micros))
        return lines
