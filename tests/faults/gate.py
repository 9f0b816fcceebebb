#!/usr/bin/python3
"""A gate between services and Redis: forwards unix sockets, and loses answers when it is told to.

    gate.py TARGET LISTEN...     (commands on stdin, one a line)

    cut N AFTER      on gate N: let AFTER more answers pass, throw the next away, and close its connection.
                     What was asked has reached Redis; who asked never learns what became of it.
    delay N SECONDS  hold back all answers for so long
    drop N SECONDS   throw away all answers for so long, then close the connections that lost any
    refuse N SECONDS close all connections, and new ones at once, for so long
    stats            print what was done so far, as one line of JSON
It ends when stdin does.
"""

import heapq
import itertools
import json
import os
import selectors
import socket
import sys
import time

CHUNK = 1 << 18


class End:
    """One end of a forwarded connection."""

    def __init__(self, sock, pair, answers):
        self.socket = sock
        self.pair = pair
        self.answers = answers    # Whether what is read here are Redis's answers.
        self.unsent = bytearray()  # For this end's socket.

    @property
    def other(self):
        return self.pair.server if self is self.pair.client else self.pair.client


class Pair:
    """A service's connection and the one to Redis that stands for it."""

    def __init__(self, gate, client, server):
        self.gate = gate
        self.client = End(client, self, answers=False)
        self.server = End(server, self, answers=True)
        self.held = bytearray()   # Answers that are held back.
        self.lost = False         # An answer was thrown away: not to be used any more.
        self.open = True


class Gate:
    """One listening socket and what is wrong with it now."""

    def __init__(self, number, path):
        self.number = number
        if os.path.exists(path):
            os.unlink(path)
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.socket.bind(path)
        self.socket.listen(64)
        self.socket.setblocking(False)
        self.pairs = set()
        self.cut_after = None
        self.delaying = self.dropping = self.refusing = False


class Gatekeeper:
    """All gates of one Redis, on one thread."""

    def __init__(self, target, paths):
        self._target = target
        self._selector = selectors.DefaultSelector()
        self._gates = [Gate(number, path) for number, path in enumerate(paths)]
        for gate in self._gates:
            self._selector.register(gate.socket, selectors.EVENT_READ, gate)
        self._timers = []
        self._order = itertools.count()
        self._commands = bytearray()
        self._stats = {"connections": 0, "cuts": 0, "delays": 0, "drops": 0, "refusals": 0, "lost_bytes": 0}
        os.set_blocking(sys.stdin.fileno(), False)
        self._selector.register(sys.stdin, selectors.EVENT_READ, None)

    def run(self):
        while True:
            limit = max(0.0, self._timers[0][0] - time.monotonic()) if self._timers else None
            for key, events in self._selector.select(limit):
                if key.data is None:
                    if not self._read_commands():
                        return
                elif isinstance(key.data, Gate):
                    self._accept(key.data)
                elif key.data.pair.open:
                    self._serve(key.data, events)
            while self._timers and self._timers[0][0] <= time.monotonic():
                heapq.heappop(self._timers)[2]()

    def _after(self, seconds, what):
        heapq.heappush(self._timers, (time.monotonic() + seconds, next(self._order), what))

    def _read_commands(self):
        data = os.read(sys.stdin.fileno(), 4096)
        self._commands += data
        while b"\n" in self._commands:
            line, _, rest = bytes(self._commands).partition(b"\n")
            self._commands = bytearray(rest)
            self._obey(line.decode().split())
        return bool(data)

    def _obey(self, words):
        if words[0] == "stats":
            print(json.dumps(self._stats), flush=True)
            return
        gate, amount = self._gates[int(words[1])], float(words[2])
        if words[0] == "cut":
            gate.cut_after = int(amount)
        elif words[0] == "delay":
            self._stats["delays"] += 1
            gate.delaying = True
            self._after(amount, lambda: self._end_delay(gate))
        elif words[0] == "drop":
            self._stats["drops"] += 1
            gate.dropping = True
            self._after(amount, lambda: self._end_drop(gate))
        elif words[0] == "refuse":
            self._stats["refusals"] += 1
            gate.refusing = True
            for pair in list(gate.pairs):
                self._close(pair)
            self._after(amount, lambda: setattr(gate, "refusing", False))
        else:
            raise SystemExit(f"gate: what is {words!r}?")

    def _end_delay(self, gate):
        gate.delaying = False
        for pair in list(gate.pairs):
            held, pair.held = pair.held, bytearray()
            if held:
                self._send(pair.client, held)

    def _end_drop(self, gate):
        gate.dropping = False
        for pair in [pair for pair in gate.pairs if pair.lost]:
            self._close(pair)

    def _accept(self, gate):
        try:
            client, _ = gate.socket.accept()
        except BlockingIOError:
            return
        server = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            if gate.refusing:
                raise ConnectionRefusedError
            server.connect(self._target)
        except OSError:
            client.close()
            server.close()
            return
        self._stats["connections"] += 1
        pair = Pair(gate, client, server)
        gate.pairs.add(pair)
        for end in (pair.client, pair.server):
            end.socket.setblocking(False)
            self._selector.register(end.socket, selectors.EVENT_READ, end)

    def _close(self, pair):
        if not pair.open:
            return
        pair.open = False
        pair.gate.pairs.discard(pair)
        for end in (pair.client, pair.server):
            self._selector.unregister(end.socket)
            end.socket.close()

    def _serve(self, end, events):
        if events & selectors.EVENT_WRITE:
            self._send(end, b"")
        if events & selectors.EVENT_READ and end.pair.open:
            try:
                data = end.socket.recv(CHUNK)
            except BlockingIOError:
                return
            except OSError:
                data = b""
            if not data:
                self._close(end.pair)
            elif end.answers:
                self._answer(end.pair, data)
            else:
                self._send(end.other, data)

    def _answer(self, pair, data):
        gate = pair.gate
        if gate.cut_after is not None:
            if gate.cut_after == 0:
                gate.cut_after = None
                self._stats["cuts"] += 1
                self._stats["lost_bytes"] += len(data)
                self._close(pair)
                return
            gate.cut_after -= 1
        if gate.dropping or pair.lost:
            pair.lost = True
            self._stats["lost_bytes"] += len(data)
        elif gate.delaying:
            pair.held += data
        else:
            self._send(pair.client, data)

    def _send(self, end, data):
        end.unsent += data
        try:
            sent = end.socket.send(end.unsent) if end.unsent else 0
            del end.unsent[:sent]
        except BlockingIOError:
            pass
        except OSError:
            self._close(end.pair)
            return
        wanted = selectors.EVENT_READ | (selectors.EVENT_WRITE if end.unsent else 0)
        if self._selector.get_key(end.socket).events != wanted:
            self._selector.modify(end.socket, wanted, end)


if __name__ == "__main__":
    Gatekeeper(sys.argv[1], sys.argv[2:]).run()
