"""scripts/install with stand-ins for Debian's tools: what it says when it cannot install."""

import os
import pathlib
import shutil
import subprocess
import tempfile
import textwrap
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]


class InstallTest(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="install_test."))
        self.packages = self.folder / "packages"
        self.packages.write_text("[build]\nthere # known\nunheard-of # unknown to all\n")
        # Nothing outside of the folder may be touched, whoever runs this.
        self.write_tool("sh", "exit 0")
        self.write_tool("sudo", 'exec "$@"')
        self.write_tool("dpkg-query", "echo installed there")

    def tearDown(self):
        shutil.rmtree(self.folder)

    def write_tool(self, name, text):
        path = self.folder / name
        path.write_text("#!/bin/bash\n" + textwrap.dedent(text))
        path.chmod(0o755)

    def install(self, *arguments):
        return subprocess.run(
            [ROOT / "scripts" / "install", *arguments, "build"], capture_output=True, text=True, timeout=60,
            stdin=subprocess.DEVNULL,
            env={**os.environ, "PATH": f"{self.folder}:{os.environ['PATH']}", "TMPDIR": str(self.folder),
                 "CONCORD_PACKAGES_FILE": str(self.packages)})

    def assert_refused(self, result, *texts):
        self.assertEqual(result.returncode, 1, result.stdout)
        self.assertEqual(len(result.stderr.splitlines()), 1, result.stderr)
        for text in texts:
            self.assertIn(text, result.stderr)

    def test_says_which_package_is_unknown(self):
        self.write_tool("apt-get", """\
            echo Reading package lists...
            [[ $* == *update* ]] && exit 0
            echo 'E: Unable to locate package unheard-of' >&2
            exit 100
            """)
        self.assert_refused(self.install(), "knows no package unheard-of", "scripts/install --update")

    def test_says_that_there_is_no_network(self):
        self.write_tool("apt-get", """\
            [[ $* == *update* ]] && exit 0
            echo 'Err:1 http://mirror bookworm/main' >&2
            echo '  Temporary failure resolving mirror' >&2
            echo 'E: Failed to fetch http://mirror/unheard-of.deb' >&2
            echo 'E: Unable to fetch some archives, maybe run apt-get update or try with --fix-missing?' >&2
            exit 100
            """)
        self.assert_refused(self.install(), "cannot reach Debian's packages", "network")

    def test_says_what_else_apt_says(self):
        self.write_tool("apt-get", "echo 'E: Could not get lock /var/lib/dpkg/lock' >&2; exit 100")
        self.assert_refused(self.install("--update"), "apt-get update failed: E: Could not get lock")

    def test_installs_what_is_missing_and_nothing_else(self):
        self.write_tool("apt-get", f'echo "$@" >> {self.folder}/asked')
        result = self.install()
        self.assertEqual(result.returncode, 0, result.stderr)
        asked = (self.folder / "asked").read_text().splitlines()
        self.assertTrue(asked[-1].endswith("install --no-install-recommends unheard-of"), asked)


if __name__ == "__main__":
    unittest.main()
