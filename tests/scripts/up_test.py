"""scripts/up with a real redis-server and stand-ins for the services.

The stand-ins are small programs in a build folder of their own: a service listens on
its port until it is told to end, and concordctl says that all is well once it can
connect to each service.
"""

import os
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import textwrap
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
UP = ROOT / "scripts" / "up"

SERVICE = """\
    #!{python}
    import signal, socket, sys
    flags = dict(argument.lstrip("-").partition("=")[::2] for argument in sys.argv[1:])
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    host, port = flags["listen"].rsplit(":", 1)
    listener.bind((host, int(port)))
    listener.listen()
    while True:
        listener.accept()[0].close()
    """

CONCORDCTL = """\
    #!{python}
    import os, socket, sys
    if sys.argv[1:] == ["status"]:
        for name in ("OBJECTIVE", "ACTION", "REPORTING", "MEMBER"):
            host, port = os.environ["CONCORD_" + name].rsplit(":", 1)
            try:
                socket.create_connection((host, int(port)), 1).close()
            except OSError as error:
                sys.exit(f"{{name}}: {{error}}")
    else:
        print("ran:", *sys.argv[1:])
    """

BROKEN = """\
    #!/bin/sh
    echo 'no such thing as a token key' >&2
    exit 3
    """


def free_ports():
    """A base such that base..base+3 and base+100..base+103 are free now."""
    for base in range(20000 + os.getpid() % 5000 * 4, 60000, 7):
        wanted = [base + offset for offset in (0, 1, 2, 3, 100, 101, 102, 103)]
        try:
            for port in wanted:
                with socket.socket() as probe:
                    probe.bind(("127.0.0.1", port))
        except OSError:
            continue
        return base
    raise AssertionError("no free ports")


class UpTest(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="up_test."))
        self.state = self.folder / "state"
        self.bin = self.folder / "build" / "bin"
        self.bin.mkdir(parents=True)
        for name in ("objective", "action", "reporting", "member"):
            self.write_program(name, SERVICE)
        self.write_program("concordctl", CONCORDCTL)
        self.base = free_ports()

    def tearDown(self):
        self.up("--stop")
        shutil.rmtree(self.folder)

    def write_program(self, name, text):
        path = self.bin / name
        path.write_text(textwrap.dedent(text).format(python=sys.executable))
        path.chmod(0o755)

    def up(self, *arguments, state=None, **environment):
        return subprocess.run(
            [UP, "--state", state or self.state, "--ports", str(self.base), *arguments],
            capture_output=True, text=True, timeout=120, stdin=subprocess.DEVNULL,
            env={**os.environ, "CONCORD_BUILD_DIR": str(self.bin.parent), "CONCORD_START_SECONDS": "10", **environment})

    def pid(self, name):
        return int((self.state / f"{name}.pid").read_text().split()[0])

    def start(self):
        result = self.up()
        self.assertEqual(result.returncode, 0, result.stdout + result.stderr)
        return result

    def assert_refused(self, result, text):
        self.assertNotEqual(result.returncode, 0, result.stdout)
        self.assertIn(text, result.stderr)
        self.assertNotIn("line ", result.stderr, "an error of bash itself")

    def test_starts_everything_and_imports_the_plan(self):
        result = self.start()
        self.assertIn("ran: plan import", result.stdout)
        self.assertIn("ran: scorecard plans/iso-2011-2015", result.stdout)
        self.assertIn(f"127.0.0.1:{self.base}", result.stdout)
        self.assertIn(f"scripts/up --stop --state {self.state}", result.stdout)
        key = self.state / "token.key"
        self.assertEqual(key.stat().st_mode & 0o777, 0o600)
        self.assertGreaterEqual(len(key.read_bytes()), 32)

    def test_adds_a_simulated_history_only_when_asked_to(self):
        self.assertNotIn("simulate", self.start().stdout)
        result = self.up("--demo")
        self.assertEqual(result.returncode, 0, result.stdout + result.stderr)
        self.assertIn("ran: plan simulate", result.stdout)
        self.assertIn("ran: scorecard plans/iso-2011-2015-simulated", result.stdout)
        self.assertLess(result.stdout.index("ran: plan import"), result.stdout.index("ran: plan simulate"))

    def test_redis_keeps_every_acknowledged_write(self):
        self.start()
        for name, value in (("appendonly", "yes"), ("appendfsync", "always"), ("maxmemory-policy", "noeviction")):
            answer = subprocess.run(["redis-cli", "-s", self.state / "redis.sock", "CONFIG", "GET", name],
                                    capture_output=True, text=True, check=True)
            self.assertEqual(answer.stdout.split(), [name, value])

    def test_says_that_it_is_running_and_leaves_it_alone(self):
        self.start()
        before = {name: self.pid(name) for name in ("redis", "objective", "action", "reporting", "member")}
        self.assertIn("Already running", self.start().stdout)
        self.assertEqual(before, {name: self.pid(name) for name in before})

    def test_says_that_its_programs_are_older_than_the_sources(self):
        rules = self.bin.parent / "build.ninja"
        rules.write_text("build objective action reporting member concordctl: phony\n")
        self.start()
        self.assertNotIn("newer sources", self.start().stdout)
        rules.write_text("rule make\n command = false\nbuild objective: make\nbuild action reporting member concordctl: phony\n")
        self.assertIn("newer sources", self.start().stdout)

    def test_starts_what_died_and_keeps_the_rest(self):
        self.start()
        redis, action = self.pid("redis"), self.pid("action")
        os.kill(action, signal.SIGKILL)
        self.assertIn("pid file of action is stale", self.start().stdout)
        self.assertEqual(redis, self.pid("redis"))
        self.assertNotEqual(action, self.pid("action"))

    def test_keeps_data_and_key_over_a_stop(self):
        self.start()
        cli = ["redis-cli", "-s", self.state / "redis.sock"]
        subprocess.run([*cli, "SET", "kept", "yes"], check=True, capture_output=True)
        key = (self.state / "token.key").read_bytes()
        self.assertIn("Stopped redis", self.up("--stop").stdout)
        self.start()
        answer = subprocess.run([*cli, "GET", "kept"], check=True, capture_output=True, text=True)
        self.assertEqual(answer.stdout.strip(), "yes")
        self.assertEqual(key, (self.state / "token.key").read_bytes())

    def test_stop_spares_a_process_that_got_the_number(self):
        self.start()
        self.up("--stop")
        with subprocess.Popen(["sleep", "1000"]) as foreign:
            boot = pathlib.Path("/proc/sys/kernel/random/boot_id").read_text().strip()
            (self.state / "action.pid").write_text(f"{foreign.pid} 1 {boot}\n")
            result = self.up("--stop")
            self.assertEqual(result.returncode, 0, result.stderr)
            self.assertIn("Nothing was running", result.stdout)
            self.assertIsNone(foreign.poll())
            foreign.kill()

    def test_stop_without_a_start_says_so(self):
        result = self.up("--stop")
        self.assertEqual((result.returncode, result.stdout.strip()), (0, "Nothing was running."))

    def test_a_garbled_pid_file_is_stale(self):
        self.state.mkdir()
        (self.state / "objective.pid").write_text("not a number\n")
        self.assertIn("pid file of objective is stale", self.start().stdout)

    def test_refuses_a_busy_port(self):
        with socket.create_server(("127.0.0.1", self.base + 1)):
            self.assert_refused(self.up(), f"port {self.base + 1} (for action) is taken")
        self.assertFalse((self.state / "redis.pid").exists(), "refused before anything was started")

    def test_refuses_other_ports_while_it_runs(self):
        self.start()
        self.assert_refused(self.up("--ports", str(self.base + 3)), "already running on the ports")

    def test_refuses_a_full_disk(self):
        df = self.folder / "path" / "df"
        df.parent.mkdir()
        df.write_text("#!/bin/sh\necho Filesystem\necho disk 100 95 5 95% /\n")
        df.chmod(0o755)
        self.assert_refused(self.up(PATH=f"{df.parent}:{os.environ['PATH']}"), "almost full: 5 MiB free")

    def test_shows_the_log_of_a_service_that_does_not_start(self):
        self.write_program("reporting", BROKEN)
        result = self.up()
        self.assert_refused(result, "reporting did not start")
        self.assertIn("no such thing as a token key", result.stderr)

    def test_refuses_when_a_program_is_missing(self):
        (self.bin / "action").unlink()
        self.assert_refused(self.up(), "there is no program")

    def test_refuses_wrong_arguments(self):
        self.assert_refused(self.up("--ports", "http"), "--ports takes a number")
        self.assert_refused(self.up("--sotp"), "unknown argument '--sotp'")

    def test_works_in_a_folder_whose_path_is_too_long_for_a_socket(self):
        self.state = self.folder / ("long" * 30)
        self.start()
        short = pathlib.Path((self.state / "socket_folder").read_text().strip())
        self.assertTrue((short / "redis.sock").is_socket())
        self.up("--stop")
        self.assertFalse(short.exists())


if __name__ == "__main__":
    unittest.main()
