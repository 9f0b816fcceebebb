"""Real processes for an attack: redis-server, a gate, replicas of the services; nothing else is touched.

    with Cluster(bin_folder, folder, replicas=2) as cluster:
        cluster.start()
        cluster.services["action"][0].kill()

Every process dies with this one (PR_SET_PDEATHSIG), so start them on the main thread.
"""

import ctypes
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import time

import grpc

import health_pb2

HERE = pathlib.Path(__file__).resolve().parent
SERVICES = ("objective", "action", "reporting")
_LIBC = ctypes.CDLL(None)
_PR_SET_PDEATHSIG = 1
# With its last channel gRPC takes down its threads, and if another one is opened just then it may abort the process.
# Looking at the health of replicas opens and closes channels all the time, so one that connects to nobody stays.
_KEEPS_GRPC_UP = grpc.insecure_channel("unix:/dev/null")


def _die_with_parent():
    _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


class Process:
    """One program, which can be started again under the same name."""

    def __init__(self, name, arguments, log, pipes=False):
        self.name = name
        self.log = pathlib.Path(log)
        self._arguments = [str(argument) for argument in arguments]
        self._pipes = pipes
        self.child = None
        self.environment = None
        self.frozen = False
        self.unexpected = []  # Exit codes of ends that nobody asked for.

    def start(self):
        pipe = subprocess.PIPE if self._pipes else None
        with open(self.log, "ab") as log:
            self.child = subprocess.Popen(self._arguments, stdin=pipe or subprocess.DEVNULL, stdout=pipe or log,
                                          stderr=log, preexec_fn=_die_with_parent, env=self.environment)
        self.frozen = False

    @property
    def alive(self):
        return self.child is not None and self.child.poll() is None

    def noticed_death(self):
        """Whether it has ended by itself; tells each such end once."""
        if self.child is None or self.child.poll() is None:
            return False
        self.unexpected.append(self.child.returncode)
        self.child = None
        return True

    def kill(self):
        """kill -9; returns when it has gone."""
        if self.child is None:
            return
        if self.child.poll() is not None:
            self.unexpected.append(self.child.returncode)
        else:
            self.child.kill()
            self.child.wait()
        self.child = None
        self.frozen = False

    def freeze(self):
        if self.alive:
            self.child.send_signal(signal.SIGSTOP)
            self.frozen = True

    def thaw(self):
        if self.frozen and self.alive:
            self.child.send_signal(signal.SIGCONT)
        self.frozen = False

    def drain(self, limit=15.0):
        """SIGTERM; whether it ended well within the limit. Ends it in any case."""
        if not self.alive:
            return False
        self.thaw()
        self.child.terminate()
        try:
            code = self.child.wait(limit)
            self.child = None
            return code == 0
        except subprocess.TimeoutExpired:
            self.kill()
            return False

    def describe(self):
        """What is known of it when something has gone wrong: its last lines and, with gdb, its stacks."""
        lines = self.log.read_text(errors="replace").splitlines()[-15:] if self.log.exists() else []
        text = [f"--- {self.name}: {'alive' if self.alive else 'not running'}, last lines of its log", *lines]
        if self.alive and shutil.which("gdb"):
            try:
                found = subprocess.run(["gdb", "-p", str(self.child.pid), "-batch", "-ex", "thread apply all bt 10"],
                                       capture_output=True, text=True, timeout=30, check=False)
                frames = [line for line in found.stdout.splitlines() if line.startswith(("#", "Thread"))]
                text += [f"--- {self.name}: stacks", *frames[:120]]
            except subprocess.TimeoutExpired:
                text.append("gdb did not answer either")
        return "\n".join(text)


class Cluster:
    """The processes of one attack, all of their files in one folder."""

    def __init__(self, binaries, folder, replicas=2, redis_options=(), services=SERVICES, service_options=()):
        self.folder = pathlib.Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.redis_socket = self.folder / "redis.sock"
        redis = os.environ.get("CONCORD_REDIS_SERVER") or "redis-server"
        self.redis = Process("redis", [
            redis, "--port", "0", "--unixsocket", self.redis_socket, "--dir", self.folder, "--save", "",
            "--appendonly", "yes", "--appendfsync", "always", "--maxmemory-policy", "noeviction", *redis_options],
            self.folder / "redis.log")
        (self.folder / "token-key").write_bytes(os.urandom(48))
        (self.folder / "token-key").chmod(0o600)
        self.services, self.gates = {}, []
        for service in services:
            self.services[service] = []
            for replica in range(replicas):
                name = f"{service}-{replica}"
                self.gates.append(name)
                self.services[service].append(Process(name, [
                    pathlib.Path(binaries) / service, f"--listen=unix:{self.folder}/{name}.sock",
                    f"--redis=unix:{self.folder}/gate-{name}.sock", f"--token_key_file={self.folder}/token-key",
                    "--development", *service_options], self.folder / f"{name}.log"))
        self.gate = Process("gate", [sys.executable, HERE / "gate.py", self.redis_socket,
                                     *(self.folder / f"gate-{name}.sock" for name in self.gates)],
                            self.folder / "gate.log", pipes=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for process in self.processes:
            process.kill()

    @property
    def replicas(self):
        return [replica for replicas in self.services.values() for replica in replicas]

    @property
    def processes(self):
        return self.replicas + [self.gate, self.redis]

    def address(self, replica):
        """Where a replica answers; for grpc."""
        return f"unix:{self.folder}/{replica.name}.sock"

    def start(self, limit=30.0):
        self.redis.start()
        self.wait(lambda: self.redis_socket.exists() and self._redis_answers(), limit, "redis does not answer")
        self.gate.start()
        self.wait(lambda: (self.folder / f"gate-{self.gates[-1]}.sock").exists(), limit, "the gate does not open")
        for replica in self.replicas:
            replica.start()
        self.wait_healthy(limit)

    def _redis_answers(self):
        from resp import Resp, RespError  # pylint: disable=import-outside-toplevel
        try:
            with Resp(self.redis_socket, 1.0) as redis:
                return redis.call("PING") == b"PONG"
        except (OSError, RespError):
            return False

    def wait_healthy(self, limit=30.0):
        """Returns when every replica says that it serves; SystemExit with what is known if the limit passes."""
        self.wait(lambda: all(self.serves(replica) for replica in self.replicas), limit, "not every replica serves")

    def serves(self, replica):
        with grpc.insecure_channel(self.address(replica)) as channel:
            check = channel.unary_unary("/grpc.health.v1.Health/Check",
                                        request_serializer=health_pb2.HealthCheckRequest.SerializeToString,
                                        response_deserializer=health_pb2.HealthCheckResponse.FromString)
            try:
                # Of a service: the answer without a name says only that the process lives.
                request = health_pb2.HealthCheckRequest(service="concord.ledger.v1.LedgerService")
                answer = check(request, timeout=1.0)
                return answer.status == health_pb2.HealthCheckResponse.SERVING
            except grpc.RpcError:
                return False

    def wait(self, condition, limit, complaint):
        end = time.monotonic() + limit
        while not condition():
            if time.monotonic() > end:
                raise SystemExit(f"{complaint} after {limit:.0f} s\n" + self.describe())
            time.sleep(0.02)

    def describe(self):
        return "\n".join(process.describe() for process in self.processes)

    def tell_gate(self, *words):
        self.gate.child.stdin.write((" ".join(str(word) for word in words) + "\n").encode())
        self.gate.child.stdin.flush()

    def gate_statistics(self):
        self.tell_gate("stats")
        return json.loads(self.gate.child.stdout.readline())
