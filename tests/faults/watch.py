#!/usr/bin/python3
"""The attack on watches: clients write, watchers watch, both are interrupted in every way, and a verdict.

    watch.py --build build/release --seconds 120 --seed 7
    watch.py --build build/release --judge FOLDER        the verdict on what was kept before

Besides the faults of attack.py, watchers give up, forget, read too slowly and are killed with -9. Ends with 1 if a feed
was not complete and in order, if the log is not sound, or if something ended a watch that must not.
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
FAULTS = ("kill-services", "freeze-services", "kill-redis", "freeze-redis", "cut-answers", "kill-watchers")
EXCERPT = 5
PROCESSES = 3  # Of watchers.
# What may end a watch without anybody's fault; after all of them the last token goes on.
ENDS = ("WATCH_TOO_SLOW", "STORE_UNAVAILABLE", "SHUTTING_DOWN", "")


def arguments(words):
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--build", default="build/release", help="the build folder: protos and bin")
    parser.add_argument("--bin", help="the binaries, if they are not those of the build folder")
    parser.add_argument("--seconds", type=float, default=30.0)
    parser.add_argument("--seed", type=int, default=None, help="default: from the clock; printed")
    parser.add_argument("--replicas", type=int, default=2)
    parser.add_argument("--clients", type=int, default=4)
    parser.add_argument("--watchers", type=int, default=12)
    parser.add_argument("--faults", default=",".join(FAULTS), help="comma-separated; 'none' for none; default: all")
    parser.add_argument("--pause", type=float, default=0.7, help="mean seconds between faults")
    parser.add_argument("--keep", help="folder for the history")
    parser.add_argument("--judge", metavar="FOLDER", help="only judge a history that was kept")
    parser.add_argument("--at-least", type=int, default=0, help="fail if fewer changes were received than so many")
    options = parser.parse_args(words)
    options.faults = [] if options.faults == "none" else options.faults.split(",")
    if set(options.faults) - set(FAULTS):
        parser.error(f"faults are: {', '.join(FAULTS)}")
    return options


def replicas_of(cluster):
    return {service: [(replica.name, cluster.address(replica)) for replica in replicas]
            for service, replicas in cluster.services.items()}


def start_processes(cluster, script, configs, build):
    children = []
    for name, config in configs.items():
        path = cluster.folder / f"{name}.json"
        path.write_text(json.dumps(config))
        children.append(Process(name, [sys.executable, HERE / script, build, path], cluster.folder / f"{name}.log"))
        children[-1].start()
    return children


def owned_by(service):
    """The collections besides plans, objectives and actions that a service owns."""
    return [kind.collection for kind in records.KINDS if kind.service == service]


def watched(number):
    """(service, parent, collections) of what a watcher watches: each kind by each service that knows it."""
    plan, some_action = methods.PLAN, records.ACTIONS[number % len(records.ACTIONS)]
    top, of_objectives, of_actions = ["plans", "objectives", "actions"], owned_by("objective"), owned_by("action")
    views = (("action", plan, top + of_actions), ("objective", plan, top + of_objectives),
             ("reporting", plan, top + of_objectives + of_actions), ("reporting", plan, ["actions"]),
             ("objective", plan, ["objectives", "plans"]), ("action", some_action, ["actions"] + of_actions),
             ("objective", f"{plan}/objectives/o-1", of_objectives), ("reporting", some_action, of_actions),
             ("action", plan, ["actions"]))
    return views[number % len(views)]


def start_watchers(cluster, options, folder, stop_at):
    everybody = []
    for number in range(options.watchers):
        service, parent, names = watched(number)
        # One reads slowly, has much to read, and in this time is certainly cut off.
        everybody.append({"number": number, "parent": parent, "collections": names, "service": service,
                          "slow": number == 0 and options.seconds >= 10.0, "record": str(folder / f"watch-{number}.jsonl")})
    (folder / "watchers.json").write_text(json.dumps(everybody))
    configs = {f"watchers-{process}": {"seed": options.seed, "stop_at": stop_at, "replicas": replicas_of(cluster),
                                       "head_file": str(folder / "head"), "watchers": everybody[process::PROCESSES]}
               for process in range(PROCESSES)}
    return start_processes(cluster, "watchers.py", configs, options.build)


def mischief(cluster, watchers, options):
    """What is done to the processes: the mischief of attack.py, and the end of watchers."""
    chance = random.Random(options.seed)

    class _Everything(Mischief):
        def _kill_watchers(self):
            self._kill(chance.choice(watchers), chance.uniform(0.0, 0.5))

    return _Everything(cluster, options.faults, options.pause, chance)


def run(options, folder):
    """Runs the attack and keeps what happened in `folder`."""
    runtime = pathlib.Path(tempfile.mkdtemp(prefix="watch-"))
    flags = ("--watch_heartbeat=0.5", "--watch_queue_bytes=30000", "--redis_timeout=1")
    died = []
    try:
        with Cluster(options.bin or pathlib.Path(options.build) / "bin", runtime, options.replicas,
                     service_options=flags) as cluster:
            cluster.start()
            scene.prepare(cluster, with_records=True)
            begin = time.monotonic()
            stop_at = begin + options.seconds
            configs = {f"client-{number}": {"client": number, "seed": options.seed, "begin": begin, "stop_at": stop_at,
                                            "with_records": True,
                                            "record": str(folder / f"client-{number}.json.gz"),
                                            "replicas": replicas_of(cluster)} for number in range(options.clients)}
            children = start_processes(cluster, "clients.py", configs, options.build)
            watchers = start_watchers(cluster, options, folder, stop_at)
            try:
                injected = mischief(cluster, watchers, options).run(stop_at)
                print("faults: " + (", ".join(f"{name} {count}" for name, count in sorted(injected.items())) or "none"))
                for watcher in watchers:
                    if not watcher.alive:
                        watcher.start()
                cluster.wait(lambda: not any(child.alive for child in children), 60.0, "clients are still busy")
                cluster.wait_healthy()
                dump = decoding.read_redis(cluster.redis_socket, methods.PLAN)
                (folder / "head").write_text(dump["head"]["revision"])
                cluster.wait(lambda: not any(watcher.alive for watcher in watchers), 60.0,
                             "watchers have not come to the end")
                scene.read_all(cluster, folder / "final.json.gz", with_records=True)
                decoding.write_dump(dump, folder / "redis.json.gz")
            finally:
                for child in children + watchers:
                    child.kill()
                for path in runtime.glob("*.log"):
                    shutil.copy(path, folder)
            died += [f"{child.name} ended with {code}" for child in children + watchers for code in child.unexpected
                     if code != 0]
            died += [f"{process.name} ended with {code}" for process in cluster.processes
                     for code in process.unexpected]
            died += [f"{replica.name} did not drain on SIGTERM" for replica in cluster.replicas if not replica.drain()]
    finally:
        shutil.rmtree(runtime, ignore_errors=True)
    for line in died:
        print(f"BROKEN  {line}")
    return not died


def read_feed(what, path):
    """(feed, how often watches ended and how) of a recorded file."""
    feed = feeds.Feed(f"watcher {what['number']} of {what['service']}", what["parent"], tuple(what["collections"]))
    ends = collections.Counter()
    from_start = True
    for text in path.read_text(encoding="ascii").splitlines():
        line = json.loads(text)
        if "begin" in line:
            from_start = not line["begin"]["resumed"]
        elif "end" in line:
            ends[line["end"]["reason"] or line["end"]["code"]] += 1
        else:
            rows = tuple((name, None if value is None else decoding.plain(
                decoding.MESSAGES[name.split("/")[-2]].FromString(decoding.base64.b64decode(value))))
                         for name, value in line.get("n", ()))
            feed.messages.append(feeds.Message(line["r"], line["d"], rows, bool(line.get("e")), from_start))
            from_start = False
    return feed, ends


def verdict(folder, at_least):
    """Judges and prints; whether all is well."""
    history = decoding.load(folder)
    all_feeds, ends = [], collections.Counter()
    watchers = json.loads((folder / "watchers.json").read_text())
    for what in watchers:
        feed, ended = read_feed(what, folder / f"watch-{what['number']}.jsonl")
        all_feeds.append(feed)
        ends.update(ended)
    changes = sum(1 for feed in all_feeds for message in feed.messages if message.rows)
    print(f"commits: {len(history.log)}; watchers: {len(all_feeds)}; messages: "
          f"{sum(len(feed.messages) for feed in all_feeds)}, of them with resources: {changes}")
    changed = collections.Counter(name.split("/")[-2] for feed in all_feeds for message in feed.messages
                                  for name, _ in message.rows)
    print("of them: " + ", ".join(f"{name} {count}" for name, count in sorted(changed.items())))
    print("watches ended: " + ", ".join(f"{reason} {count}" for reason, count in ends.most_common()))
    broken = []
    findings = {
        "feed_is_complete_and_in_order": feeds.feed_is_complete_and_in_order(history, all_feeds),
        "log_is_complete_and_in_order": rules.log_is_complete_and_in_order(history),
        "watches_end_for_a_reason": [f"{count} watches ended with {reason}" for reason, count in ends.items()
                                     if reason not in ENDS + ("OK", "CANCELLED", "UNAVAILABLE", "DEADLINE_EXCEEDED")],
        "slow_readers_are_cut_off": [f"watcher {what['number']} read slowly, and none was told WATCH_TOO_SLOW"
                                     for what in watchers if what.get("slow") and not ends["WATCH_TOO_SLOW"]],
        "every_collection_is_watched": [f"nothing of {name} was received" for name in
                                        sorted({name for what in watchers for name in what["collections"]})
                                        if not changed[name]],
    }
    for name, wrong in findings.items():
        print(f"{'BROKEN' if wrong else 'kept':<7} {name}" + (f": {len(wrong)} findings" if wrong else ""))
        for finding in wrong[:EXCERPT]:
            print(f"          {finding[:600]}")
        broken += [name] * bool(wrong)
    if changes < at_least:
        print(f"BROKEN  only {changes} messages with resources, wanted {at_least}")
        broken.append("enough_changes")
    print("verdict: " + (f"broken: {', '.join(broken)}" if broken else "every feed was complete and in order"),
          flush=True)
    return not broken


def main():
    options = arguments(sys.argv[1:])
    if options.judge:
        return 0 if verdict(pathlib.Path(options.judge), options.at_least) else 1
    if options.seed is None:
        options.seed = time.time_ns() // 1_000_000 % 1_000_000
    folder = pathlib.Path(options.keep or pathlib.Path(options.build) / "tests" / "faults" / f"watch-{options.seed}")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    print(f"seed {options.seed}: {options.clients} clients, {options.watchers} watchers, {options.replicas} replicas of "
          f"each service, {options.seconds:.0f} s, faults: {', '.join(options.faults) or 'none'}; history in {folder}",
          flush=True)
    sound = run(options, folder)
    return 0 if verdict(folder, options.at_least) and sound else 1


if __name__ == "__main__":
    stubs.load(arguments(sys.argv[1:]).build)
    # pylint: disable=wrong-import-position,wrong-import-order
    import decoding
    import feeds
    import methods
    import records
    import rules
    import scene
    from cluster import Cluster, Process
    from mischief import Mischief
    sys.exit(main())
