"""Starts what is measured, ends it again, and reads the CPU time it has used."""

import ctypes
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import tempfile
import time

START_SECONDS = 30
STOP_SECONDS = 40  # Longer than the services' own limit for draining.


class Failed(Exception):
    """A row could not be obtained. The message is for the reader."""


PR_SET_PDEATHSIG = 1
LIBC = ctypes.CDLL(None)


def end_with_parent():
    """In the new process: nothing that was started outlives the run, however it ends."""
    LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


class Process:
    """A process of ours, with its output in a file."""

    def __init__(self, name, folder, command):
        self.name = name
        self.log = pathlib.Path(folder) / f"{name}.log"
        with open(self.log, "wb") as log:
            self.popen = subprocess.Popen([str(word) for word in command], stdin=subprocess.DEVNULL, stdout=log,
                                          stderr=log, preexec_fn=end_with_parent)

    def cpu_seconds(self):
        """User and system time since its start, of all its threads, also of those that have ended.

        The clock of another process: clock_getcpuclockid(3) makes the same number. Unlike
        /proc/PID/stat it counts nanoseconds, not hundredths of a second.
        """
        return time.clock_gettime(~self.popen.pid << 3 | 2)

    def wait_until(self, ready):
        end = time.monotonic() + START_SECONDS
        while not ready():
            if self.popen.poll() is not None:
                raise Failed(f"{self.name} ended at its start:\n{self.last_lines()}")
            if time.monotonic() > end:
                raise Failed(f"{self.name} was not ready within {START_SECONDS} s:\n{self.last_lines()}")
            time.sleep(0.02)

    def last_lines(self):
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-12:])

    def stop(self):
        if self.popen.poll() is not None:
            return
        self.popen.send_signal(signal.SIGTERM)
        try:
            self.popen.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.popen.kill()
            self.popen.wait()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def accepts(address):
    """Whether somebody listens on "127.0.0.1:PORT"."""
    host, port = address.rsplit(":", 1)
    try:
        with socket.create_connection((host, int(port)), timeout=1):
            return True
    except OSError:
        return False


def pongs(path):
    """Whether a redis-server that has read its data answers on this unix socket."""
    try:
        with socket.socket(socket.AF_UNIX) as client:
            client.settimeout(1)
            client.connect(str(path))
            client.sendall(b"PING\r\n")
            return client.recv(8).startswith(b"+PONG")
    except OSError:
        return False


class Stack:
    """A private Redis, the services on it and the bare servers, in a folder of their own."""

    def __init__(self, build):
        self.bin = pathlib.Path(build) / "bin"
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="concord-bench-"))
        self.started = []
        self.processes = {}
        self.address = {}

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for process in reversed(self.started):
            process.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def start(self, name, command):
        process = Process(name, self.folder, command)
        self.started.append(process)
        self.processes[name] = process
        return process

    def start_redis(self):
        # No rewriting of the log in the middle of a measurement; else as in production.
        self.socket = self.folder / "redis.sock"
        self.redis = self.start("redis", [
            os.environ.get("CONCORD_REDIS_SERVER") or "redis-server", "--port", 0, "--unixsocket", self.socket,
            "--dir", self.folder, "--save", "", "--appendonly", "yes", "--appendfsync", "always",
            "--auto-aof-rewrite-percentage", 0, "--maxmemory-policy", "noeviction", "--loglevel", "warning"])
        self.redis.wait_until(lambda: pongs(self.socket))

    def start_server(self, name, arguments, program=None):
        """Starts a server of the build folder and returns it when it listens."""
        binary = self.bin / (program or name)
        if not binary.exists():
            raise Failed(f"there is no program {binary}; build it, or run scripts/bench without CONCORD_BUILD_DIR")
        self.address[name] = f"127.0.0.1:{free_port()}"
        server = self.start(name, [binary, f"--listen={self.address[name]}", *arguments])
        server.wait_until(lambda: accepts(self.address[name]))
        return server

    def start_service(self, name, label=None):
        """A service; a second one of the same under a label of its own."""
        key = self.folder / "token.key"
        if not key.exists():
            key.write_text(os.urandom(32).hex())
            key.chmod(0o600)
        return self.start_server(label or name, [
            f"--redis=unix:{self.socket}", f"--token_key_file={key}", "--development",
            f"--metrics_listen=127.0.0.1:{free_port()}"], name)


class SocketStack(Stack):
    """The same with services on sockets of their own: ports that look free are taken by others at times."""

    def start_service(self, name, label=None):
        key = self.folder / "token.key"
        if not key.exists():
            key.write_text("00" * 32, encoding="ascii")
            key.chmod(0o600)
        path = self.folder / f"{label or name}.sock"
        self.address[label or name] = f"unix:{path}"
        service = self.start(label or name, [self.bin / name, f"--listen=unix:{path}", f"--redis=unix:{self.socket}",
                                             f"--token_key_file={key}", "--development"])
        service.wait_until(path.exists)
