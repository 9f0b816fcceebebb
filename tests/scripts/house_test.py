"""Each rule of scripts/lint.d/house.py is seen to refuse a planted violation, and to let its neighbour pass."""

import pathlib
import subprocess
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True
ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts" / "lint.d"))

import house  # noqa: E402  (found through the path set above)


class HouseTest(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.root = pathlib.Path(self.folder.name)
        subprocess.run(["git", "init", "-q", self.root], check=True)

    def tearDown(self):
        self.folder.cleanup()

    def found(self, files):
        """Messages about a tree of these files, as "path:line: message"."""
        for path, text in files.items():
            (self.root / path).parent.mkdir(parents=True, exist_ok=True)
            (self.root / path).write_text(text)
        found = [f"{path}:{line}: {message}" for path, line, message, _ in house.check(self.root)]
        for path in files:
            (self.root / path).unlink()
        return found

    def assert_refused(self, path, include, message):
        found = self.found({path: f'// A line before.\n#include "{include}"\n'})
        self.assertEqual(len(found), 1, found)
        self.assertTrue(found[0].startswith(f"{path}:2: "), found[0])
        self.assertIn(message, found[0])

    def assert_allowed(self, path, include):
        self.assertEqual(self.found({path: f'#include "{include}"\n'}), [])

    def test_arrows_inside_common_point_downwards(self):
        order = ["app", "rpc", "ledger", "redis", "status"]
        for index, upper in enumerate(order):
            for lower in order[index + 1:]:
                self.assert_allowed(f"common/{upper}/a.cc", f"common/{lower}/b.h")
                self.assert_refused(f"common/{lower}/a.cc", f"common/{upper}/b.h", "does not exist")

    def test_aip_stands_beside_the_ledger(self):
        self.assert_refused("common/ledger/a.cc", "common/aip/b.h", "does not exist")
        self.assert_refused("common/aip/a.cc", "common/ledger/b.h", "does not exist")
        self.assert_refused("common/aip/a.cc", "common/telemetry/b.h", "does not exist")
        self.assert_allowed("common/aip/a.cc", "common/status/b.h")
        self.assert_allowed("common/rpc/a.cc", "common/aip/b.h")

    def test_telemetry_stands_just_above_status(self):
        self.assert_refused("common/telemetry/a.cc", "common/redis/b.h", "does not exist")
        for upper in ("redis", "ledger", "rpc", "app"):
            self.assert_allowed(f"common/{upper}/a.cc", "common/telemetry/b.h")

    def test_an_unknown_folder_of_common_may_include_nothing_of_it(self):
        self.assert_refused("common/novelty/a.cc", "common/status/b.h", "does not exist")

    def test_services_do_not_include_each_other(self):
        self.assert_refused("services/action/a.cc", "services/objective/b.h", "does not include services/objective")
        self.assert_allowed("services/action/a.cc", "services/action/b.h")
        self.assert_allowed("services/action/a.cc", "common/app/b.h")

    def test_common_does_not_include_services(self):
        self.assert_refused("common/app/a_test.cc", "services/action/b.h", "does not include services/")

    def test_only_tests_include_tests(self):
        self.assert_refused("services/action/main.cc", "tests/support/b.h", "nothing but tests")
        self.assert_refused("common/redis/a.cc", "tests/support/b.h", "nothing but tests")
        self.assert_refused("common/redis/a.cc", "common/redis/b_fixture.h", "nothing but tests")
        self.assert_allowed("common/redis/a_redistest.cc", "tests/support/b.h")
        self.assert_allowed("services/action/a_test.cc", "tests/support/b.h")
        self.assert_allowed("services/action/a_fixture.cc", "tests/support/b.h")
        self.assert_allowed("tests/faults/a.cc", "tests/support/b.h")

    def test_grpc_stays_at_the_edge(self):
        for include in ("grpcpp/grpcpp.h", "concord/rpc/v1/a.grpc.pb.h"):
            self.assert_refused("common/ledger/a.cc", include, "gRPC stays")
            self.assert_refused("services/action/action_handlers.cc", include, "gRPC stays")
            self.assert_allowed("services/action/action_service.cc", include)
            self.assert_allowed("services/action/main.cc", include)
            self.assert_allowed("common/rpc/a.cc", include)

    def test_angle_brackets_hide_nothing(self):
        found = self.found({"common/ledger/a.cc": "#  include <grpcpp/grpcpp.h>\n"})
        self.assertEqual(len(found), 1, found)

    def test_common_knows_no_domain_noun(self):
        self.assert_refused("common/ledger/a.cc", "concord/action/v1/action.pb.h", "no domain noun")
        self.assert_allowed("common/ledger/a.cc", "concord/ledger/v1/event.pb.h")
        self.assert_allowed("common/ledger/a_test.cc", "concord/action/v1/action.pb.h")

    def test_hiredis_does_not_leak(self):
        self.assert_refused("common/ledger/a.cc", "hiredis/async.h", "stay inside common/redis")
        self.assert_allowed("common/redis/a.cc", "hiredis/async.h")

    def test_includes_are_paths_from_the_root(self):
        found = self.found({"common/redis/a.cc": '#include "b.h"\n',
                            "common/redis/b.h": "#ifndef COMMON_REDIS_B_H_\n#define COMMON_REDIS_B_H_\n#endif\n"})
        self.assertEqual(len(found), 1, found)
        self.assertIn("by its path from the root", found[0])

    def test_header_guards_are_paths(self):
        found = self.found({"common/redis/b.h": "#ifndef B_H_\n#define B_H_\n#endif\n"})
        self.assertEqual(found, ["common/redis/b.h:1: the header guard is not COMMON_REDIS_B_H_"])

    def test_names_say_what_is_inside(self):
        for path in ("common/util/a.cc", "services/action/string_utils.cc", "scripts/helper.sh", "common/redis/common.h.in",
                     "services/action/connection_manager_test.cc", "deploy/docker/base/x"):
            found = self.found({path: ""})
            self.assertEqual(len(found), 1, (path, found))
            self.assertIn("does not say what is inside", found[0])
        for path in ("common/ledger/shared_fence.cc", "deploy/kubernetes/base/x", "services/action/baseline.cc"):
            self.assertEqual(self.found({path: ""}), [], path)

    def test_tests_are_not_skipped(self):
        found = self.found({"tests/faults/a_test.cc": "TEST(A, B) {\n  GTEST_SKIP();\n}\nTEST(A, DISABLED_C) {}\n"})
        self.assertEqual([line.split(":")[1] for line in found], ["2", "4"])

    def test_long_files_need_a_reason(self):
        listing = "scripts/lint.d/long_files"
        long = {"common/redis/a.cc": "//\n" * 401}
        self.assertIn("has 401 lines", self.found(long)[0])
        self.assertEqual(self.found({**long, listing: "common/redis/a.cc: a table\n"}), [])
        self.assertIn("no longer needs", self.found({"common/redis/a.cc": "//\n", listing: "common/redis/a.cc: a table\n"})[0])
        self.assertIn("does not exist", self.found({listing: "gone.cc: was long\n"})[0])


if __name__ == "__main__":
    unittest.main()
