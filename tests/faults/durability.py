#!/usr/bin/python3
"""Shows that what is acknowledged is on disk: fdatasync comes before the answer, seen in the system calls.

    durability.py --build build/release [--writes 20] [--transcript FILE]

A kill proves nothing about it, for the page cache survives a kill. So redis-server and the action service are traced
(strace) while writes are made one by one. For each the order must be: the append-only file is written, fdatasync of
that file returns 0, Redis answers the service, the service answers the client. The same is tried with `appendfsync
everysec`, set behind the services' back: there the check must fail, or it could not fail at all.
"""

import argparse
import dataclasses
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time

import stubs

CALLS = "fdatasync,fsync,write,writev,sendto,sendmsg"
LINE = re.compile(r"^(\d+)\s+(\d+\.\d+) (.*)$")
DURATION = re.compile(r"<(\d+\.\d+)>$")


@dataclasses.dataclass
class Call:
    """One system call as strace shows it."""
    begin: float
    end: float
    text: str

    def short(self, folder):
        """One line for people, without where the run's own folder was."""
        text = self.text.replace(str(folder), "RUN")
        text = text if len(text) < 150 else text[:90] + " ... " + text[-50:]
        return "".join(character if character.isprintable() else "?" for character in text)


class Trace:
    """strace on one process, from attach to detach."""

    def __init__(self, process, path):
        self._path = path
        self._strace = subprocess.Popen(
            ["strace", "-f", "-yy", "-ttt", "-T", "-s", "65536", "-e", f"trace={CALLS}", "-o", path,
             "-p", str(process.child.pid)], stderr=subprocess.PIPE, text=True)
        attached = self._strace.stderr.readline()
        if "attached" not in attached:
            raise SystemExit(f"strace does not attach to {process.name}: {attached}{self._strace.stderr.read()}")

    def stop(self):
        """Detaches; returns the calls in the order in which they ended."""
        self._strace.terminate()
        self._strace.wait(10)
        self._strace.stderr.close()
        return read_trace(self._path.read_text(errors="replace"))


def read_trace(text):
    """The calls of a trace, in the order in which they ended."""
    calls, unfinished = [], {}
    for line in text.splitlines():
        found = LINE.match(line)
        if not found:
            continue
        thread, begin, rest = found.group(1), float(found.group(2)), found.group(3)
        if rest.endswith("<unfinished ...>"):
            unfinished[thread] = (begin, rest.removesuffix("<unfinished ...>").rstrip())
            continue
        if rest.startswith("<... ") and thread in unfinished:
            begin, first = unfinished.pop(thread)
            rest = first + " " + rest.partition("resumed>")[2].strip()
        took = DURATION.search(rest)
        calls.append(Call(begin, begin + (float(took.group(1)) if took else 0.0), rest))
    return calls


@dataclasses.dataclass
class Write:
    """One acknowledged write: what is looked for in the traces, and when the client had its answer."""
    mark: str
    sent: float
    answered: float


def first(calls, after, holds):
    return next((call for call in calls if call.begin >= after and holds(call.text)), None)


def steps_of(write, redis_calls, service_calls, service_socket):
    """The four calls of a write in the order in which they must come; None for one that is not there."""
    append = first(redis_calls, write.sent, lambda text: "appendonly" in text and write.mark in text
                   and text.startswith("write("))
    if append is None:
        return [None] * 4
    # Only what happened before the client had its answer can be a reason for it.
    sync = first(redis_calls, append.end,
                 lambda text: text.startswith(("fdatasync(", "fsync(")) and "appendonly" in text and "= 0" in text)
    answer = first(redis_calls, append.end, lambda text: "committed" in text and "appendonly" not in text
                   and text.startswith(("write", "send")))
    reply = first(service_calls, write.sent, lambda text: write.mark in text and f"{service_socket}" in text
                  and "gate-" not in text and text.startswith(("write", "send")))
    return [append, sync, answer, reply]


NAMES = ("redis writes the append-only file", "redis: fdatasync returns 0", "redis answers the service",
         "the service answers the client")


def check(write, steps):
    """What is wrong with the order of a write's calls; nothing if it is as it must be."""
    missing = [name for name, call in zip(NAMES, steps) if call is None]
    if missing:
        return [f"{write.mark}: not seen: {', '.join(missing)}"]
    append, sync, answer, reply = steps
    wrong = []
    if not append.end <= sync.begin:
        wrong.append(f"{write.mark}: fdatasync began before the file was written")
    if not sync.end <= answer.begin:
        wrong.append(f"{write.mark}: redis answered {1e6 * (sync.end - answer.begin):.0f} us before fdatasync returned")
    if not sync.end <= reply.begin:
        wrong.append(f"{write.mark}: the client was answered before fdatasync returned")
    if not answer.begin <= reply.begin:
        wrong.append(f"{write.mark}: the client was answered before redis had answered")
    return wrong


def describe(write, steps, folder, out):
    print(f"write {write.mark}, sent at 0 us", file=out)
    for name, call in zip(NAMES, steps):
        if call is None:
            print(f"  {'never':>20}  {name}", file=out)
        else:
            span = f"{1e6 * (call.begin - write.sent):.0f}..{1e6 * (call.end - write.sent):.0f} us"
            print(f"  {span:>20}  {name}: {call.short(folder)}", file=out)
    print(f"  {1e6 * (write.answered - write.sent):>17.0f} us  the client has its answer", file=out)


def trace_writes(cluster, count, kind):
    """Makes writes one by one while both processes are traced; returns writes and their calls."""
    service = cluster.services["action"][0]
    traces = [Trace(process, cluster.folder / f"{kind}-{process.name}.strace") for process in (cluster.redis, service)]
    writes = []
    with grpc.insecure_channel(cluster.address(service)) as channel:
        update = channel.unary_unary(methods.PATHS["UpdateAction"],
                                     request_serializer=lambda message: message.SerializeToString())
        for number in range(count):
            mark = f"{kind}-{number}"
            request = methods.REQUESTS["UpdateAction"](request_id=f"request-{mark}")
            request.action.name = workload.ACTIONS[number % 8]
            request.action.labels["mark"] = mark
            request.update_mask.paths.append("labels")
            sent = time.time()
            update(request, timeout=10)
            writes.append(Write(mark, sent, time.time()))
    time.sleep(1.2)  # With everysec the file is synchronised within a second: let the trace show it.
    redis_calls, service_calls = (trace.stop() for trace in traces)
    return [(write, steps_of(write, redis_calls, service_calls, f"{service.name}.sock")) for write in writes]


def run(options, out):
    """Whether the check passes with `always` and fails with `everysec`."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix="durability-"))
    try:
        with Cluster(options.bin or pathlib.Path(options.build) / "bin", folder, replicas=1,
                     services=("objective", "action")) as cluster:
            cluster.start()
            scene.prepare(cluster)
            always = trace_writes(cluster, options.writes, "always")
            with Resp(cluster.redis_socket) as redis:
                redis.call("CONFIG", "SET", "appendfsync", "everysec")
            everysec = trace_writes(cluster, options.writes, "everysec")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print("appendfsync always: each acknowledged write", file=out)
    for write, steps in always[:3]:
        describe(write, steps, folder, out)
    wrong = [findings for write, steps in always if (findings := check(write, steps))]
    for findings in wrong:
        print(f"BROKEN  {'; '.join(findings)}", file=out)
    print(f"{len(always)} writes, {len(wrong)} in the wrong order\n", file=out)
    print("appendfsync everysec: the check must find fault with it", file=out)
    describe(*everysec[0], folder, out)
    found = [findings for write, steps in everysec if (findings := check(write, steps))]
    for findings in found[:3]:
        print(f"found   {'; '.join(findings)}", file=out)
    print(f"{len(everysec)} writes, {len(found)} in the wrong order", file=out)
    if not found:
        print("BROKEN  the check cannot fail", file=out)
    return not wrong and bool(found)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--build", default="build/release")
    parser.add_argument("--bin")
    parser.add_argument("--writes", type=int, default=20)
    parser.add_argument("--transcript", help="also write what is printed to this file")
    return parser.parse_args()


def main(options):
    if shutil.which("strace") is None:
        raise SystemExit("strace is missing: install Debian's strace")
    if options.transcript:
        with open(options.transcript, "w", encoding="utf-8") as out:
            sound = run(options, out)
        print(pathlib.Path(options.transcript).read_text(encoding="utf-8"))
    else:
        sound = run(options, sys.stdout)
    return 0 if sound else 1


if __name__ == "__main__":
    OPTIONS = arguments()
    stubs.load(OPTIONS.build)
    # pylint: disable=wrong-import-position,wrong-import-order
    import grpc
    import methods
    import scene
    import workload
    from cluster import Cluster
    from resp import Resp
    sys.exit(main(OPTIONS))
