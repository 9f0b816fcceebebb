#!/usr/bin/python3
"""The gate, between a socket that asks and one that answers."""

import json
import pathlib
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import unittest

HERE = pathlib.Path(__file__).resolve().parent


class GateTest(unittest.TestCase):
    """A server that notes every question and answers it in capitals."""

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="gate-"))
        self.addCleanup(shutil.rmtree, self.folder)
        self.asked = []
        self.listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.addCleanup(self.listener.close)
        self.listener.bind(str(self.folder / "server"))
        self.listener.listen()
        threading.Thread(target=self._accept, daemon=True).start()
        self.gate = subprocess.Popen(
            [sys.executable, HERE / "gate.py", self.folder / "server", self.folder / "0", self.folder / "1"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.addCleanup(self._end)
        self.statistics()  # It answers, so it listens.

    def _end(self):
        self.gate.stdin.close()
        self.gate.wait(10)
        self.gate.stdout.close()

    def _accept(self):
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self._answer, args=(connection,), daemon=True).start()

    def _answer(self, connection):
        with connection:
            while data := connection.recv(1 << 20):
                self.asked.append(data)
                connection.sendall(data.upper())

    def tell(self, *words):
        self.gate.stdin.write((" ".join(map(str, words)) + "\n").encode())
        self.gate.stdin.flush()

    def statistics(self):
        self.tell("stats")
        return json.loads(self.gate.stdout.readline())

    def connect(self, number=0):
        client = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        client.settimeout(10)
        client.connect(str(self.folder / str(number)))
        self.addCleanup(client.close)
        return client

    def ask(self, client, data):
        client.sendall(data)
        return client.recv(1 << 20)

    def test_forwards_both_ways(self):
        client = self.connect()
        self.assertEqual(self.ask(client, b"one"), b"ONE")
        self.assertEqual(self.ask(client, b"two"), b"TWO")

    def test_forwards_what_is_larger_than_any_buffer(self):
        client = self.connect()
        data = b"x" * (3 << 20)
        sender = threading.Thread(target=client.sendall, args=(data,))
        sender.start()
        received = b""
        while len(received) < len(data):
            received += client.recv(1 << 20)
        sender.join()
        self.assertEqual(received, data.upper())

    def test_cuts_an_answer_whose_question_has_arrived(self):
        client = self.connect()
        self.tell("cut", 0, 1)
        self.statistics()
        self.assertEqual(self.ask(client, b"one"), b"ONE")
        self.assertEqual(self.ask(client, b"two"), b"")
        self.assertEqual(self.asked, [b"one", b"two"])
        self.assertEqual(self.statistics()["cuts"], 1)

    def test_leaves_other_gates_alone(self):
        other = self.connect(1)
        self.tell("cut", 0, 0)
        self.statistics()
        self.assertEqual(self.ask(other, b"one"), b"ONE")

    def test_holds_answers_back_without_losing_any(self):
        client = self.connect()
        self.tell("delay", 0, 0.2)
        self.statistics()
        client.settimeout(0.05)
        with self.assertRaises(TimeoutError):
            self.ask(client, b"one")
        client.settimeout(10)
        self.assertEqual(client.recv(100), b"ONE")

    def test_closes_connections_that_lost_an_answer(self):
        client = self.connect()
        self.tell("drop", 0, 0.1)
        self.statistics()
        self.assertEqual(self.ask(client, b"one"), b"")
        self.assertEqual(self.asked, [b"one"])

    def test_refuses_connections_for_a_while(self):
        client = self.connect()
        self.assertEqual(self.ask(client, b"one"), b"ONE")
        self.tell("refuse", 0, 0.2)
        self.statistics()
        self.assertEqual(client.recv(100), b"")
        refused = self.connect()
        self.assertEqual(refused.recv(100), b"")


if __name__ == "__main__":
    unittest.main()
