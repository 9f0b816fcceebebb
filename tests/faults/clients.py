#!/usr/bin/python3
"""One client of an attack: picks operations at random, sends them, and writes down what became of each.

    clients.py BUILD CONFIG      (CONFIG: a file of JSON, see attack.py)

A write whose outcome is unknown is sent again with the same request id, to any replica, until there is a
definite answer. A read that fails says nothing and is not recorded.
"""

import base64
import gzip
import json
import random
import sys
import time

import grpc

import stubs

stubs.load(sys.argv[1])

# pylint: disable=wrong-import-position
from google.rpc import error_details_pb2, status_pb2  # noqa: E402

import methods  # noqa: E402

UNKNOWN_CODES = (grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.DEADLINE_EXCEEDED, grpc.StatusCode.CANCELLED)
PATIENCE = 30.0  # Seconds after the end of the attack for outcomes that are not known yet.
CHANNEL_OPTIONS = (("grpc.initial_reconnect_backoff_ms", 50), ("grpc.min_reconnect_backoff_ms", 100),
                   ("grpc.max_reconnect_backoff_ms", 300), ("grpc.use_local_subchannel_pool", 1),
                   ("grpc.enable_retries", 0))


def error_of(error):
    """(reason, metadata) of a gRPC error; empty if it carries none."""
    for key, value in error.trailing_metadata() or ():
        if key == "grpc-status-details-bin":
            for detail in status_pb2.Status.FromString(value).details:
                info = error_details_pb2.ErrorInfo()
                if detail.Unpack(info):
                    return info.reason, dict(info.metadata)
    return "", {}


class Client:
    """Sends operations and records them."""

    def __init__(self, config):
        self.number = config["client"]
        self.random = random.Random(config["seed"] * 1000 + self.number)
        self.stop_at = config["stop_at"]
        self._replicas = config["replicas"]  # Service to [(name, address)].
        self._channels = {}
        self._stubs = {}
        self._next = 0
        self._file = gzip.open(config["record"], "wt", compresslevel=1, encoding="ascii")
        self.run = config["seed"]
        self.failed_reads = 0

    def _stub(self, service, method):
        """A replica's method, any replica's: (its name, what to call)."""
        name, address = self.random.choice(self._replicas[service])
        key = (name, method)
        if key not in self._stubs:
            if name not in self._channels:
                self._channels[name] = grpc.insecure_channel(address, options=CHANNEL_OPTIONS)
            self._stubs[key] = self._channels[name].unary_unary(
                methods.PATHS[method], request_serializer=lambda message: message.SerializeToString())
        return name, self._stubs[key]

    def _deadline(self):
        # Now and then one that cannot be kept, so that calls are given up in every stage.
        return 0.004 if self.random.random() < 0.01 else self.random.uniform(0.4, 2.0)

    def _record(self, **fields):
        fields = {key: value for key, value in fields.items() if value or key == "client"}
        self._file.write(json.dumps(fields, separators=(",", ":")) + "\n")

    def write(self, method, target, request, intent, repeats=None):
        """Sends a write until there is an answer; returns the answer as a message, or None."""
        self._next += 1
        number, attempts, unsettled = self._next, 0, 0
        if repeats is None:
            request.request_id = f"run{self.run}-client{self.number}-{number}"
        outcome, reason, metadata, answer, replica = "unknown", "", {}, None, ""
        start = time.monotonic_ns()
        while outcome == "unknown" and time.monotonic() < self.stop_at + PATIENCE:
            attempts += 1
            replica, stub = self._stub(methods.SERVICE[method], method)
            try:
                answer = stub(request, timeout=self._deadline())
                outcome = "ok"
            except grpc.RpcError as error:
                code = error.code()
                reason, metadata = error_of(error)
                if code in UNKNOWN_CODES:
                    unsettled += 1
                    time.sleep(self.random.uniform(0.0, 0.05))
                elif code != grpc.StatusCode.RESOURCE_EXHAUSTED:
                    outcome = "refused"
                    reason = reason or f"code {code.name}"
                else:
                    time.sleep(self.random.uniform(0.0, 0.05))
        end = time.monotonic_ns()
        if outcome == "ok":
            reason, metadata = "", {}
        self._record(client=self.number, number=number, method=method, start=start, end=end, outcome=outcome,
                     target=target, request_id=request.request_id, attempts=attempts, unsettled=unsettled,
                     reason=reason, metadata=metadata, intent=intent, repeats=repeats, replica=replica,
                     answer=base64.b64encode(answer).decode() if answer is not None else None)
        if outcome != "ok":
            return None
        if repeats is None and self.random.random() < 0.06:
            self.write(method, target, request, intent, repeats=f"{self.number}.{number}")
        return methods.ANSWERS[method].FromString(answer)

    def read(self, method, target, request, after="", show_deleted=False):
        """Sends a read once; returns the answer as a message, or None."""
        self._next += 1
        replica, stub = self._stub(methods.SERVICE[method], method)
        outcome, reason, metadata, answer = "ok", "", {}, None
        start = time.monotonic_ns()
        try:
            answer = stub(request, timeout=self._deadline())
        except grpc.RpcError as error:
            if error.code() in UNKNOWN_CODES + (grpc.StatusCode.RESOURCE_EXHAUSTED,):
                self.failed_reads += 1
                time.sleep(self.random.uniform(0.0, 0.02))
                return None
            outcome = "refused"
            reason, metadata = error_of(error)
            reason = reason or f"code {error.code().name}"
        self._record(client=self.number, number=self._next, method=method, start=start, end=time.monotonic_ns(),
                     outcome=outcome, target=target, reason=reason, metadata=metadata, after=after,
                     show_deleted=show_deleted, replica=replica,
                     answer=base64.b64encode(answer).decode() if answer is not None else None)
        return methods.ANSWERS[method].FromString(answer) if answer is not None else None

    def close(self):
        self._file.close()


def main():
    with open(sys.argv[2], encoding="utf-8") as file:
        config = json.load(file)
    import workload  # pylint: disable=import-outside-toplevel
    client = Client(config)
    workload.Workload(client, config["begin"], config.get("with_records", False)).run()
    client.close()
    print(json.dumps({"failed_reads": client.failed_reads}))


if __name__ == "__main__":
    main()
