#!/usr/bin/python3
"""Watchers of an attack, in one process: they watch, are interrupted, go on, and write down what they received.

    watchers.py BUILD CONFIG      (CONFIG: a file of JSON, see watch.py)

What a watcher has written down is what he has received: a process that was killed goes on from the last whole line.
"""

import base64
import json
import os
import pathlib
import random
import sys
import threading
import time

import grpc

import stubs

stubs.load(sys.argv[1])

# pylint: disable=wrong-import-position
from concord.ledger.v1 import ledger_service_pb2  # noqa: E402

import clients  # noqa: E402

PATH = "/concord.ledger.v1.LedgerService/WatchResources"
AGAIN = ("WATCH_TOO_SLOW", "STORE_UNAVAILABLE", "SHUTTING_DOWN", "WATCHES_EXHAUSTED", "OVERLOADED", "DEADLINE_PASSED",
         "CALL_CANCELLED", "")


class Record:
    """The lines of one watcher: {"begin"}, messages, {"end"}."""

    def __init__(self, path):
        self._path = pathlib.Path(path)
        self.token, self.reached = "", -1
        if self._path.exists():
            data = self._path.read_bytes()
            whole = data[:data.rfind(b"\n") + 1]
            if len(whole) < len(data):
                os.truncate(self._path, len(whole))
            for line in whole.splitlines():
                self._take(json.loads(line))
        self._file = open(self._path, "ab", buffering=0)

    def _take(self, line):
        if "k" in line:
            self.token, self.reached = line["k"], line["r"]
        elif not line.get("begin", {}).get("resumed", True):
            self.token, self.reached = "", -1

    def write(self, line):
        self._file.write((json.dumps(line, separators=(",", ":")) + "\n").encode())
        self._take(line)


class Watcher:
    """One watcher, on a thread of its own."""

    def __init__(self, config, what, stop_at, head_file):
        self._what = what
        self._random = random.Random(config["seed"] * 1000 + what["number"] + time.time_ns() % 1000)
        self._replicas = config["replicas"][what["service"]]
        self._record = Record(what["record"])
        self._stop_at = stop_at
        self._head_file = pathlib.Path(head_file)

    def run(self):
        """Until the head that the attack ended with is known to have been reached."""
        while not self._finished():
            name, address = self._random.choice(self._replicas)
            # A new connection each, with a small window, so that who does not read is soon felt by the service.
            options = clients.CHANNEL_OPTIONS + (("grpc.http2.lookahead_bytes", 4096), ("grpc.http2.bdp_probe", 0))
            with grpc.insecure_channel(address, options=options) as channel:
                self._watch(name, channel)
            time.sleep(self._random.uniform(0.0, 0.1))

    def _finished(self):
        if not self._head_file.exists():
            return False
        head = self._head_file.read_text(encoding="ascii")
        return bool(head) and self._record.reached >= int(head)

    def _watch(self, replica, channel):
        watch = channel.unary_stream(PATH, request_serializer=lambda message: message.SerializeToString(),
                                     response_deserializer=ledger_service_pb2.WatchResourcesResponse.FromString)
        # Now and then he has forgotten everything and begins again with the state.
        if self._random.random() < 0.05 and time.monotonic() < self._stop_at:
            self._record.write({"begin": {"replica": replica, "resumed": False}})
        else:
            self._record.write({"begin": {"replica": replica, "resumed": bool(self._record.token)}})
        request = ledger_service_pb2.WatchResourcesRequest(
            parent=self._what["parent"], collections=self._what["collections"], resume_token=self._record.token)
        # Who reads slowly is to be cut off, not to give up.
        life = 30.0 if self._what["slow"] else self._random.choice([0.05, 0.3, 1.0, 3.0, 10.0])
        stream = watch(request, timeout=30.0)
        give_up = threading.Timer(life, stream.cancel)
        give_up.daemon = True
        give_up.start()
        reason, code = "", "OK"
        try:
            for message in stream:
                self._record.write(self._line(message))
                self._dawdle()
                if self._finished():
                    stream.cancel()
        except grpc.RpcError as error:
            code = error.code().name
            reason, _ = clients.error_of(error)
        give_up.cancel()
        self._record.write({"end": {"code": code, "reason": reason, "replica": replica}})

    def _dawdle(self):
        """Reads slowly now and then: for a moment, or for so long that he is cut off."""
        if time.monotonic() < self._stop_at and self._random.random() < (0.02 if self._what["slow"] else 0.004):
            time.sleep(4.0 if self._what["slow"] else self._random.choice([0.05, 0.5, 2.0]))

    @staticmethod
    def _line(message):
        line = {"r": message.revision.revision, "d": message.digest_piece, "k": message.resume_token}
        if message.resources:
            line["n"] = [[row.name, base64.b64encode(row.resource.value).decode() if row.HasField("resource") else None]
                         for row in message.resources]
        if message.end_of_state:
            line["e"] = 1
        if message.current:
            line["c"] = 1
        return line


def main():
    with open(sys.argv[2], encoding="utf-8") as file:
        config = json.load(file)
    threads = [threading.Thread(target=Watcher(config, what, config["stop_at"], config["head_file"]).run)
               for what in config["watchers"]]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


if __name__ == "__main__":
    main()
