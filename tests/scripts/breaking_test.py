"""The breaking-change check, on a copy of our protos that is released and then changed."""

import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
GENUINE = pathlib.Path(os.environ.get("CONCORD_BUILD_DIR", ROOT / "build/release")) / "protos" / "genuine"
PLAN = "protos/concord/objective/v1/plan.proto"


class BreakingTest(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.root = pathlib.Path(self.folder.name)
        shutil.copytree(ROOT / "protos", self.root / "protos")
        (self.root / "build/protos").mkdir(parents=True)
        (self.root / "build/protos/genuine").symlink_to(GENUINE)
        self.git("init", "-q")
        self.git("add", "protos")
        self.git("commit", "-q", "-m", "A release")

    def tearDown(self):
        self.folder.cleanup()

    def git(self, *arguments):
        subprocess.run(["git", "-C", self.root, "-c", "user.name=test", "-c", "user.email=test@example.org",
                        *arguments], check=True)

    def change(self, old, new):
        path = self.root / PLAN
        text = path.read_text()
        self.assertIn(old, text)
        path.write_text(text.replace(old, new, 1))

    def check(self):
        protos = [path.relative_to(self.root / "protos") for path in (self.root / "protos").rglob("*.proto")]
        subprocess.run(["protoc", "--include_imports", "--include_source_info", "-o", self.root / "build/protos/concord.binpb",
                        "-I.", f"-I{GENUINE}", *protos], cwd=self.root / "protos", check=True)
        return subprocess.run([ROOT / "scripts/lint.d/breaking"], capture_output=True, text=True,
                              env={**os.environ, "CONCORD_SOURCE": self.root, "CONCORD_BUILD_DIR": self.root / "build"})

    def test_compares_with_nothing_before_the_first_release(self):
        result = self.check()
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertIn("No release yet", result.stdout)

    def test_passes_what_is_unchanged(self):
        self.git("tag", "v1.0.0")
        result = self.check()
        self.assertEqual((result.returncode, result.stdout), (0, ""), result.stderr)

    def test_passes_a_new_field(self):
        self.git("tag", "v1.0.0")
        self.change("message Plan {", "message Plan {\n  string novelty = 900;\n")
        self.assertEqual(self.check().returncode, 0)

    def test_refuses_a_renumbered_field(self):
        self.git("tag", "v1.0.0")
        self.change("string name = 1", "string name = 901")
        result = self.check()
        self.assertNotEqual(result.returncode, 0)
        self.assertIn("concord/objective/v1/plan.proto", result.stdout)

    def test_refuses_a_removed_message(self):
        self.git("tag", "v1.0.0")
        (self.root / "protos/concord/planfile/v1/plan_file.proto").unlink()
        result = self.check()
        self.assertNotEqual(result.returncode, 0)
        self.assertIn("plan_file.proto", result.stdout)

    def test_compares_with_the_newest_release(self):
        self.git("tag", "v1.9.0")
        self.change("message Plan {", "message Plan {\n  string novelty = 900;\n")
        self.git("commit", "-q", "-a", "-m", "Another release")
        self.git("tag", "v1.10.0")
        self.change("  string novelty = 900;\n", "")
        self.assertIn('"novelty"', self.check().stdout)


if __name__ == "__main__":
    unittest.main()
