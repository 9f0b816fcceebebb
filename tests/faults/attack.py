#!/usr/bin/python3
"""The attack on the guarantees: clients, faults, and a verdict by name.

    attack.py --build build/release --seconds 60 --seed 7 --replicas 2
    attack.py --build build/release --judge FOLDER       the verdict on a history kept before

Ends with 1 if any guarantee was broken, with the smallest excerpt that shows it. The history is kept in --keep (or in
a folder of its own under the build folder), so that it can be judged again.
"""

import argparse
import collections
import json
import pathlib
import random
import shutil
import sys
import tempfile
import time

import stubs

HERE = pathlib.Path(__file__).resolve().parent
FAULTS = ("kill-services", "freeze-services", "kill-redis", "freeze-redis", "cut-answers")
EXCERPT = 3  # Findings shown of each guarantee that was broken.


def arguments(words):
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--build", default="build/release", help="the build folder: protos and bin")
    parser.add_argument("--bin", help="the binaries, if they are not those of the build folder")
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--seed", type=int, default=None, help="default: from the clock; printed")
    parser.add_argument("--replicas", type=int, default=2)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--faults", default=",".join(FAULTS), help="comma-separated; 'none' for none; default: all")
    parser.add_argument("--pause", type=float, default=0.7, help="mean seconds between faults")
    parser.add_argument("--keep", help="folder for the history")
    parser.add_argument("--judge", metavar="FOLDER", help="only judge a history that was kept")
    parser.add_argument("--at-least", type=int, default=0, help="fail if there were fewer operations than so many")
    options = parser.parse_args(words)
    options.faults = [] if options.faults == "none" else options.faults.split(",")
    if set(options.faults) - set(FAULTS):
        parser.error(f"faults are: {', '.join(FAULTS)}")
    return options


def start_clients(cluster, options, folder, begin):
    """The client processes, as long as the attack lasts."""
    children = []
    for number in range(options.clients):
        config = {"client": number, "seed": options.seed, "begin": begin, "stop_at": begin + options.seconds,
                  "record": str(folder / f"client-{number}.json.gz"),
                  "replicas": {service: [(replica.name, cluster.address(replica)) for replica in replicas]
                               for service, replicas in cluster.services.items()}}
        path = cluster.folder / f"client-{number}.json"
        path.write_text(json.dumps(config))
        children.append(Process(f"client-{number}", [sys.executable, HERE / "clients.py", options.build, path],
                                cluster.folder / f"client-{number}.log"))
        children[-1].start()
    return children


def wait_for_clients(cluster, clients, limit):
    cluster.wait(lambda: not any(client.alive for client in clients), limit, "clients are still busy")
    for client in clients:
        if client.child.returncode != 0:
            raise SystemExit(f"{client.name} ended with {client.child.returncode}\n{client.describe()}")


def report_operations(history):
    """Prints what was done, method by method."""
    by_method = collections.defaultdict(collections.Counter)
    for operation in history.operations:
        by_method[operation.method][operation.outcome] += 1
        by_method[operation.method]["retried"] += operation.unsettled > 0
        by_method[operation.method]["repeated"] += bool(operation.repeats)
    total = sum((counts for counts in by_method.values()), collections.Counter())
    print(f"{'operation':<24}{'ok':>8}{'refused':>9}{'unknown':>9}{'retried':>9}{'repeated':>9}")
    for method, counts in sorted(by_method.items()) + [("all", total)]:
        print(f"{method:<24}" + f"{counts['ok']:>8}{counts['refused']:>9}{counts['unknown']:>9}"
              f"{counts['retried']:>9}{counts['repeated']:>9}")
    reasons = collections.Counter(operation.reason for operation in history.operations if operation.reason)
    print("refusals: " + ", ".join(f"{reason} {count}" for reason, count in reasons.most_common()))
    late = sum(1 for operation in history.operations
               if operation.outcome == "refused" and operation.unsettled and not operation.repeats
               and operation.request_id in history.fold.by_request)
    print(f"commits: {len(history.log)}; unknown outcomes met on the way: "
          f"{sum(operation.unsettled for operation in history.operations)}; "
          f"refused at last though an attempt in doubt was written: {late}")


def verdict(history, at_least=0):
    """Judges and prints; whether all guarantees were kept."""
    report_operations(history)
    broken = []
    for name, findings in validators.judge(history).items():
        print(f"{'BROKEN' if findings else 'kept':<7} {name}" + (f": {len(findings)} findings" if findings else ""))
        for finding in findings[:EXCERPT]:
            print(f"          {finding}")
        if findings:
            broken.append(name)
    if len(history.operations) < at_least:
        print(f"BROKEN  only {len(history.operations)} operations, wanted {at_least}")
        broken.append("enough_operations")
    print("verdict: " + (f"broken: {', '.join(broken)}" if broken else "all guarantees were kept"), flush=True)
    return not broken


def attack(options, folder):
    """Runs the attack and keeps what happened in `folder`."""
    runtime = pathlib.Path(tempfile.mkdtemp(prefix="attack-"))
    try:
        with Cluster(options.bin or pathlib.Path(options.build) / "bin", runtime, options.replicas) as cluster:
            cluster.start()
            scene.prepare(cluster)
            begin = time.monotonic()
            clients = start_clients(cluster, options, folder, begin)
            try:
                injected = Mischief(cluster, options.faults, options.pause, random.Random(options.seed)).run(
                    begin + options.seconds)
                print("faults: " + (", ".join(f"{name} {count}" for name, count in sorted(injected.items())) or "none"))
                wait_for_clients(cluster, clients, 60.0)
            finally:
                for client in clients:
                    client.kill()
            cluster.wait_healthy()
            print(f"gate: {json.dumps(cluster.gate_statistics())}")
            died = [f"{process.name} ended with {code}" for process in cluster.processes for code in process.unexpected]
            scene.read_all(cluster, folder / "final.json.gz")
            decoding.write_dump(decoding.read_redis(cluster.redis_socket, methods.PLAN), folder / "redis.json.gz")
            died += [f"{replica.name} did not drain on SIGTERM" for replica in cluster.replicas if not replica.drain()]
            for path in runtime.glob("*.log"):
                shutil.copy(path, folder)
    finally:
        shutil.rmtree(runtime, ignore_errors=True)
    for line in died:
        print(f"BROKEN  {line}")
    return not died


def main():
    options = arguments(sys.argv[1:])
    if options.judge:
        return 0 if verdict(decoding.load(pathlib.Path(options.judge)), options.at_least) else 1
    if options.seed is None:
        options.seed = time.time_ns() // 1_000_000 % 1_000_000
    folder = pathlib.Path(options.keep or pathlib.Path(options.build) / "tests" / "faults" / f"attack-{options.seed}")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    print(f"seed {options.seed}: {options.clients} clients, {options.replicas} replicas of each service, "
          f"{options.seconds:.0f} s, faults: {', '.join(options.faults) or 'none'}; history in {folder}", flush=True)
    sound = attack(options, folder)
    return 0 if verdict(decoding.load(folder), options.at_least) and sound else 1


if __name__ == "__main__":
    stubs.load(arguments(sys.argv[1:]).build)
    # pylint: disable=wrong-import-position,wrong-import-order
    import decoding
    import methods
    import scene
    import validators
    from cluster import Cluster, Process
    from mischief import Mischief
    sys.exit(main())
