"""Measures the services beside bare servers. Start it by scripts/bench, which explains the options."""

import argparse
import dataclasses
import signal
import statistics
import sys
import time

import grpc

import api
import load
import machine
import report
import seed
from history_rows import HistoryRows
from processes import Failed, Stack
from watch_rows import WatchRows

SMALL = 37
WRITTEN = 1000  # Actions that take turns in being changed.
PAGE = 50
WATCHERS = 1000
H2LOAD, OWN = "h2load", "bench_load"


@dataclasses.dataclass
class Row:
    name: str
    server: str
    path: str
    requests: object          # The file of requests.
    answer_bytes: int = 0     # Exactly; 0 where answers differ by a few bytes.
    about_bytes: int = 0
    clients: tuple = (H2LOAD, OWN)


class Bench:
    def __init__(self, stack, the_api, options):
        self.stack = stack
        self.api = the_api
        self.options = options
        self.rows = {}
        self.samples = {}

    def request_file(self, name, messages):
        path = self.stack.folder / f"{name.replace(' ', '_').replace(',', '')}.bin"
        path.write_bytes(b"".join(api.framed(message) for message in messages))
        return path

    def add_read(self, name, server, path, check, fields):
        """A row of a method that only reads, once its answer has been seen to be right."""
        request = self.api.request(path, **fields).SerializeToString()
        answer = self.api.call_raw(self.stack.address[server], path, request)
        check(self.api.type_of(self.api.method(path).output_type.full_name).FromString(answer))
        self.rows[name] = Row(name, server, path, self.request_file(name, [request]), len(answer))

    def add_echo(self, of):
        """The ceiling of a row: the same request, an answer of the same size."""
        row = self.rows[of]
        name = f"echo of {row.answer_bytes:,} B"
        self.rows[name] = dataclasses.replace(row, name=name, server="bench_echo",
                                              path=f"/concord.bench/Echo{row.answer_bytes}")
        return name

    def add_reads(self, small, large):
        def expect(what, found, wanted):
            if found != wanted:
                raise Failed(f"{what} should be {wanted}, is {found}")

        size = self.options.size
        name = f"{small}/actions/{seed.action_id(SMALL // 2)}"
        actions, card = seed.ACTIONS, f"{seed.REPORTING}/GetScorecard"
        self.add_read("GetAction", "action", f"{actions}/GetAction",
                      lambda a: expect("the action's name", a.name, name), {"name": name})
        self.add_read(f"ListActions of {SMALL}", "action", f"{actions}/ListActions",
                      lambda a: expect("the list's size", (len(a.actions), a.next_page_token), (SMALL, "")), {"parent": small})
        self.add_read(f"ListActions, {PAGE} of {size:,}", "action", f"{actions}/ListActions",
                      lambda a: expect("the page's first action", (len(a.actions), a.actions[0].name),
                                       (PAGE, f"{large}/actions/{seed.action_id(size // PAGE // 2 * PAGE)}")),
                      {"parent": large, "page_size": PAGE, "page_token": self.token_in_the_middle(large)})
        for plan, count in ((small, SMALL), (large, size)):
            self.add_read(f"GetScorecard of {count:,}", "reporting", card,
                          lambda a, count=count: expect("the count of actions", a.action_counts.total_count, count),
                          {"name": f"{plan}/scorecard"})

    def filtered_lists(self, plan):
        """A list that has to look at every action of the large plan, asked by one caller who waits for each answer."""
        fields = {"parent": plan, "filter": 'code = "*77"', "page_size": 1000}
        wanted = sum(str(number).endswith("77") for number in range(self.options.size))
        times = []
        for _ in range(10 * self.options.repetitions):
            began = time.perf_counter()
            answer = self.api.call(self.stack.address["action"], f"{seed.ACTIONS}/ListActions", **fields)
            times.append(1000 * (time.perf_counter() - began))
            if len(answer.actions) != wanted:
                raise Failed(f"the filter should find {wanted} actions, it found {len(answer.actions)}")
        return (f"ListActions, {wanted} of {self.options.size:,} by a filter, one call after the other: "
                f"{statistics.median(times):.1f} ms [{min(times):.1f}..{max(times):.1f}]")

    def watched_card(self, plan):
        """How long after a write whoever watches a scorecard has the new one: an action is put on hold and taken up
        again. Its service is another one than that which is watched."""
        service, action = self.stack.address["reporting"], self.stack.address["action"]
        messages = self.api.stream(service, f"{seed.REPORTING}/WatchScorecard", name=f"{plan}/scorecard")
        known = next(messages).scorecard.action_counts.on_hold_count
        times = []
        for turn in range(10 * self.options.repetitions):
            began = time.perf_counter()
            self.api.call(action, f"{seed.ACTIONS}/{'Resume' if turn % 2 else 'Hold'}Action",
                          name=f"{plan}/actions/{seed.action_id(3)}")
            wanted = known if turn % 2 else known + 1
            while next(messages).scorecard.action_counts.on_hold_count != wanted:
                pass
            times.append(1000 * (time.perf_counter() - began))
        messages.cancel()
        return (f"A watched scorecard of {SMALL if plan.endswith('small') else self.options.size:,} actions, from the "
                f"write to the new one: {statistics.median(times):.0f} ms [{min(times):.0f}..{max(times):.0f}]"
                f"   aim: at most 1,000 ms, {'reached' if max(times) <= 1000 else 'NOT reached'}")

    def token_in_the_middle(self, plan):
        token = ""
        for _ in range(self.options.size // PAGE // 2):
            token = self.api.call(self.stack.address["action"], f"{seed.ACTIONS}/ListActions", parent=plan,
                                  page_size=PAGE, page_token=token).next_page_token
        return token

    def add_writes(self, plan, count):
        path = f"{seed.ACTIONS}/UpdateAction"
        requests = [self.api.request(
            path, action={"name": f"{plan}/actions/{seed.action_id(number)}",
                          "title": "Call @@@@@@@@@@@@ gives this action a title that it never had before"},
            update_mask={"paths": ["title"]}).SerializeToString() for number in range(count)]
        answer = self.api.call_raw(self.stack.address["action"], path, requests[0].replace(b"@" * 12, b"0" * 12))
        self.rows["bare commit"] = Row("bare commit", "bench_commit", "/concord.bench/Commit",
                                       self.request_file("commit", requests[:1]), len(answer), clients=(OWN,))
        self.rows["UpdateAction"] = Row("UpdateAction", "action", path, self.request_file("update", requests),
                                        about_bytes=len(answer), clients=(OWN,))
        return len(answer)

    def revision_of(self, plan):
        return self.api.call(self.stack.address["action"], f"{seed.ACTIONS}/ListActions", parent=plan,
                             page_size=1).revisions[0].revision

    def measure(self, order, written_plan):
        meter = load.Meter(self.stack, self.options.seconds)
        rates = {}
        for name in order:  # Warms up, and tells h2load's number of calls.
            row = self.rows[name]
            rates[name] = load.bench_load(self.stack, row.server, row.path, row.requests,
                                          [f"--seconds={min(0.5, self.options.seconds)}",
                                           "--count_from=900000000000"])["calls_per_second"]
        before, updates = self.revision_of(written_plan), 0
        for repetition in range(self.options.repetitions):
            print(f"\rRepetition {repetition + 1} of {self.options.repetitions}{'':30}", file=sys.stderr)
            for client in (H2LOAD, OWN):
                for name in order:
                    row = self.rows[name]
                    if client not in row.clients:
                        continue
                    if sys.stderr.isatty():
                        print(f"\r  {client:<10}  {name:<30}", end="", file=sys.stderr, flush=True)
                    sample = meter.by_h2load(row, rates[name]) if client == H2LOAD else meter.by_bench_load(row)
                    if client == H2LOAD:
                        rates[name] = sample.calls_per_second
                    self.samples.setdefault((name, client), []).append(sample)
                    updates += sample.calls if name == "UpdateAction" else 0
        # Every answered change is in the ledger, and nothing else.
        committed = self.revision_of(written_plan) - before
        if committed != updates:
            raise Failed(f"{updates} changes were answered, {committed} were committed")


def pairs_of(bench, echoes, size):
    """The ratios to print, those with an aim first."""
    card, large_card = f"GetScorecard of {SMALL}", f"GetScorecard of {size:,}"
    pairs = []
    for client in (H2LOAD, OWN):
        pairs += [
            {"what": f"CPU, GetAction / echo ({client})", "over": "GetAction", "under": echoes["GetAction"],
             "client": client, "value": "cpu", "aim": ("at most", 1.25)},
            {"what": f"CPU, {large_card} / of {SMALL} ({client})", "over": large_card, "under": card,
             "client": client, "value": "cpu", "aim": ("at most", 2)}]
    pairs.append({"what": f"calls/s, UpdateAction / bare commit ({OWN})", "over": "UpdateAction",
                  "under": "bare commit", "client": OWN, "value": "rate", "aim": ("at least", 0.6)})
    for name, echo in echoes.items():
        if name != "GetAction":
            pairs.append({"what": f"CPU, {name} / echo ({H2LOAD})", "over": name, "under": echo, "client": H2LOAD,
                          "value": "cpu"})
    return pairs


def parse_options():
    parser = argparse.ArgumentParser(prog="scripts/bench", description="Measures the services beside bare servers.")
    parser.add_argument("--build", required=True, help="build folder")
    parser.add_argument("--quick", action="store_true", help="only check that every row can be obtained")
    parser.add_argument("--repetitions", type=int)
    parser.add_argument("--seconds", type=float)
    parser.add_argument("--size", type=int, help="actions of the large plan")
    parser.add_argument("--history", action="store_true", help="measure only a plan with a long history")
    parser.add_argument("--events", type=int, help="of that plan")
    options = parser.parse_args()
    defaults = {"repetitions": 1, "seconds": 0.2, "size": 500, "events": 9_000} if options.quick else {
        "repetitions": 5, "seconds": 2.0, "size": 10_000, "events": 1_000_000}
    for name, value in defaults.items():
        if getattr(options, name) is None:
            setattr(options, name, value)
    if options.size < 2 * PAGE or options.repetitions < 1 or options.seconds <= 0:
        parser.error(f"--size is at least {2 * PAGE}, --repetitions at least 1, --seconds more than 0")
    return options


QUICK = "A quick run: it shows that every row can be obtained; its figures mean nothing."


def run_history(options):
    with Stack(options.build) as stack:
        head = machine.describe(options.build, stack.folder)
        stack.start_redis()
        for service in ("objective", "action", "reporting"):
            stack.start_service(service)
        lines = HistoryRows(stack, api.Api(options.build), options.events).lines()
    print("\n".join(([QUICK] if options.quick else []) + head + [""] + lines))


def run(options):
    with Stack(options.build) as stack:
        the_api = api.Api(options.build)
        head = machine.describe(options.build, stack.folder)
        stack.start_redis()
        for service in ("objective", "action", "reporting"):
            stack.start_service(service)
        bench = Bench(stack, the_api, options)
        seeder = seed.Seeder(stack, the_api)
        written_count = min(WRITTEN, options.size)
        small, large, written = (seeder.plan(plan_id, size) for plan_id, size in (
            ("bench-small", SMALL), ("bench-large", options.size), ("bench-written", written_count)))
        bench.add_reads(small, large)
        compared = list(bench.rows)
        echoes = {name: bench.add_echo(name) for name in compared}
        answer_bytes = bench.add_writes(written, written_count)
        stack.start_server("bench_echo", [f"--answer_bytes={bench.rows[name].answer_bytes}" for name in compared])
        stack.start_server("bench_commit", [f"--redis=unix:{stack.socket}", f"--names={written_count}",
                                            f"--bytes={answer_bytes}"])
        # Each row right after its ceiling.
        order = list(dict.fromkeys(name for row in compared for name in (echoes[row], row)))
        filtered = bench.filtered_lists(large)
        bench.measure(order + ["bare commit", "UpdateAction"], written)
        # Not before: it changes what the rows answer.
        watched = [bench.watched_card(plan) for plan in (small, large)]
        watches = WatchRows(bench, written, 100 if options.quick else WATCHERS, options.seconds)
        for _ in range(options.repetitions):
            watches.measure()

    if options.quick:
        head.insert(0, QUICK)
    print("\n".join(head))
    print(f"load       {load.CONNECTIONS} connections with {load.STREAMS} calls under way on each, clients on the same "
          f"cores;\n           repetitions: {options.repetitions}, of about {options.seconds:g} s, rows taking turns: "
          f"median [smallest..largest]\n")
    print("\n".join(report.table(bench.rows, bench.samples)) + "\n")
    print("\n".join(report.ratios(bench.samples, pairs_of(bench, echoes, options.size))) + "\n")
    print("\n".join([filtered, *watched]) + "\n")
    print("\n".join(watches.lines(report)))


def main():
    options = parse_options()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("scripts/bench: ended by a signal"))  # Through Stack's end.
    try:
        (run_history if options.history else run)(options)
    except Failed as failure:
        sys.exit(f"scripts/bench: {failure}")
    except grpc.RpcError as error:
        sys.exit(f"scripts/bench: a call failed: {error.code().name}: {error.details()}")


if __name__ == "__main__":
    main()
