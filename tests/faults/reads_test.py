#!/usr/bin/python3
"""The validators of reads with hand-made histories: a sound one passes, a broken one is refused."""

import dataclasses
import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

# pylint: disable=wrong-import-position
import reads  # noqa: E402
from history import Operation  # noqa: E402
from made_history import A, B, O1, O2, PLAN, ValidatorTest, action  # noqa: E402


class ReadsAreLinearizable(ValidatorTest):
    validator = staticmethod(reads.reads_are_linearizable)

    def setUp(self):
        super().setUp()
        self.first = self.record.write("CreateAction", 10, 20, action(A))

    def test_passes_a_read_that_shows_what_was_acknowledged(self):
        self.record.get(21, 22, self.first)
        self.passes(self.validator)

    def test_passes_either_version_while_a_write_is_under_way(self):
        second = self.record.write("UpdateAction", 30, 40, self.record.change(A, title="Count 1"))
        self.record.get(31, 32, self.first)
        self.record.get(33, 34, second)
        self.passes(self.validator)

    def test_refuses_a_read_that_misses_an_acknowledged_write(self):
        self.record.write("UpdateAction", 30, 40, self.record.change(A, title="Count 1"))
        self.record.get(41, 42, self.first)
        self.refuses(self.validator, "shows revision 4, though 5 had been seen before it began")

    def test_refuses_reads_that_go_back(self):
        second = self.record.write("UpdateAction", 30, 40, self.record.change(A, title="Count 1"))
        self.record.get(31, 32, second)
        self.record.get(33, 34, self.first)
        self.refuses(self.validator, "shows revision 4, though 5 had been seen")

    def test_refuses_a_version_that_was_written_after_the_read(self):
        second = self.record.write("UpdateAction", 30, 40, self.record.change(A, title="Count 1"))
        self.record.get(21, 29, second)
        self.refuses(self.validator, "the write of revision 5 began after this read ended")

    def test_refuses_a_version_that_the_log_does_not_have(self):
        self.record.get(21, 22, dataclasses.replace(self.first, time=41))
        self.refuses(self.validator, "the log has no such version")

    def test_passes_lists_page_by_page(self):
        second = self.record.write("CreateAction", 30, 40, action(B))
        self.record.list(41, 42, 5, [self.first], more=True)
        self.record.list(43, 44, 5, [second], after=A)
        self.passes(self.validator)

    def test_refuses_a_list_that_misses_a_resource(self):
        self.record.write("CreateAction", 30, 40, action(B))
        self.record.list(41, 42, 5, [self.first])
        self.refuses(self.validator, "1 rows, but there are more")

    def test_refuses_a_list_of_a_revision_before_an_acknowledged_one(self):
        self.record.write("CreateAction", 30, 40, action(B))
        self.record.list(41, 42, 4, [self.first])
        self.refuses(self.validator, "revision 5 had been seen before this read began")

    def test_refuses_a_list_with_a_resource_that_was_deleted_before(self):
        self.record.write("DeleteAction", 30, 40, self.record.change(A, deleted=True))
        self.record.list(41, 42, 5, [self.first])
        self.refuses(self.validator, "differs from revision 5")

    def test_refuses_a_scorecard_whose_counts_differ(self):
        counts = {"": 1, f"{O1}:": 1, f"{O2}:": 0}
        figures = {}
        for prefix, count in counts.items():
            figures.update({prefix + "total": count, prefix + "proposed": count})
            figures.update({prefix + state: 0 for state in ("approved", "in_progress", "on_hold", "completed",
                                                            "cancelled")})
        self.record.operate("GetScorecard", 21, 22, target=PLAN, revision=4, counts=figures)
        self.passes(self.validator)
        figures[f"{O2}:total"] = 1
        self.refuses(self.validator, "figures differ from revision 4")

    def test_refuses_a_write_placed_before_what_had_been_seen(self):
        written = self.record.write_event("late", self.record.change(A, title="Count 1"))
        self.record.list(30, 31, 5, [written])
        self.record.operate("UpdateAction", 32, 33, target=A, request_id="late", resource=written)
        self.refuses(self.validator, "written at revision 5, though 5 had been seen before it began")

    def test_refuses_a_history_of_a_resource_with_a_hole(self):
        self.record.write_event("r", self.record.change(A, title="Count 1"))
        third = self.record.write("UpdateAction", 30, 40, self.record.change(A, title="Count 2"))
        self.record.operate("ListResourceRevisions", 41, 42, target=A, revision=6, resources=[third, self.first])
        self.refuses(self.validator, "2 rows, but there are more")


class RefusalsAreTrue(ValidatorTest):
    validator = staticmethod(reads.refusals_are_true)

    def refusal(self, reason, start=21, end=22, **fields):
        self.record.operate("UpdateAction", start, end, "refused", target=A, request_id="r", reason=reason, **fields)

    def test_passes_what_was_so(self):
        self.record.write("CreateAction", 10, 20, action(A, code="K1", state="ON_HOLD"))
        self.refusal("WRONG_ACTION_STATE", metadata={"name": A, "from": "ON_HOLD"})
        self.refusal("RESOURCE_ALREADY_EXISTS", metadata={"name": A})
        self.refusal("VALUE_TAKEN", metadata={"holder": A, "value": "K1"})
        self.refusal("OBJECTIVE_IN_USE", metadata={"name": O1, "action": A})
        self.passes(self.validator)

    def test_refuses_what_had_passed_before_it_was_asked(self):
        self.record.write("CreateAction", 10, 20, action(A, state="ON_HOLD"))
        self.record.write("ResumeAction", 30, 40, self.record.change(A, state="IN_PROGRESS"))
        self.refusal("WRONG_ACTION_STATE", 41, 42, metadata={"name": A, "from": "ON_HOLD"})
        self.refuses(self.validator, "never so between revision 5 and 5")

    def test_refuses_not_found_of_what_had_been_acknowledged(self):
        self.record.write("CreateAction", 10, 20, action(A))
        self.record.operate("GetAction", 21, 22, "refused", target=A, reason="RESOURCE_NOT_FOUND")
        self.refuses(self.validator, "RESOURCE_NOT_FOUND")


class ViewsEqualTheFold(ValidatorTest):
    validator = staticmethod(reads.views_equal_the_fold)

    def setUp(self):
        super().setUp()
        self.first = self.record.write_event("r1", action(A, code="K1"))

    def ask(self, method, **fields):
        self.record.final.append(Operation(-1, 1, method, 1, 2, "ok", **fields))

    def test_passes_equal_answers_and_an_equal_state(self):
        self.ask("GetAction", target=A, resource=self.first)
        self.ask("ListActions", target=f"{PLAN}/actions", revision=4, resources=[self.first])
        self.passes(self.validator, stored=True)

    def test_refuses_a_replica_that_shows_an_older_version(self):
        self.record.write_event("r2", self.record.change(A, title="Count 1"))
        self.ask("GetAction", target=A, resource=self.first)
        self.refuses(self.validator, "differs from revision 5 at the end")

    def test_refuses_a_replica_that_is_behind(self):
        self.record.write_event("r2", action(B))
        self.ask("ListActions", target=f"{PLAN}/actions", revision=4, resources=[self.first])
        self.refuses(self.validator, "not at revision 5 at the end")

    def test_refuses_a_state_without_a_resource_of_the_log(self):
        history = self.record.history(stored=True)
        del history.stored.state[A]
        self.assertIn("the stored state of plans/p/actions/a is None", reads.views_equal_the_fold(history)[0])

    def test_refuses_a_reservation_that_nobody_holds(self):
        history = self.record.history(stored=True)
        history.stored.unique["x=K9"] = A
        self.assertIn("K9", reads.views_equal_the_fold(history)[0])


if __name__ == "__main__":
    unittest.main()
