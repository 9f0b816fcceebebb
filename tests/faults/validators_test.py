#!/usr/bin/python3
"""Each validator with hand-made histories: a sound one passes, a broken one is refused."""

import dataclasses
import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

# pylint: disable=wrong-import-position
import rules  # noqa: E402
import validators  # noqa: E402
from made_history import A, B, C, O1, O2, Record, ValidatorTest, action  # noqa: E402


class AcknowledgedWritesSurvive(ValidatorTest):
    validator = staticmethod(validators.acknowledged_writes_survive)

    def test_passes_what_is_in_the_log_as_answered(self):
        self.record.write("CreateAction", 1, 2, action(A))
        self.passes(self.validator)

    def test_refuses_a_write_that_is_not_in_the_log(self):
        lost = dataclasses.replace(action(A), time=999)
        self.record.operate("CreateAction", 1, 2, target=A, request_id="r", resource=lost)
        self.refuses(self.validator, "the log has neither the write nor the version answered")

    def test_refuses_an_answer_that_differs_from_the_log(self):
        written = self.record.write("CreateAction", 1, 2, action(A))
        self.record.operations[0].resource = dataclasses.replace(written, content="something else")
        self.refuses(self.validator, "answered otherwise than written at revision 4")

    def test_passes_a_write_that_had_nothing_to_change(self):
        written = self.record.write("CreateAction", 1, 2, action(A, code="K1"))
        self.record.operate("UpdateAction", 3, 4, target=A, request_id="r", resource=written,
                            intent={"sets": {"code": "K1"}})
        self.passes(self.validator)

    def test_refuses_a_write_that_had_something_to_change_and_did_not(self):
        written = self.record.write("CreateAction", 1, 2, action(A, code="K1"))
        self.record.operate("UpdateAction", 3, 4, target=A, request_id="r", resource=written,
                            intent={"sets": {"code": "K2"}})
        self.refuses(self.validator, "code is not 'K2'")

    def test_refuses_a_write_that_always_changes_and_is_not_in_the_log(self):
        written = self.record.write("CreateAction", 1, 2, action(A))
        self.record.operate("UpdateAction", 3, 4, target=A, request_id="r", resource=written, intent={"fresh": True})
        self.refuses(self.validator, "acknowledged, but the log does not have it")

    def test_says_nothing_of_writes_whose_outcome_is_unknown(self):
        self.record.operate("CreateAction", 1, 2, "unknown", target=A, request_id="r")
        self.passes(self.validator)


class NothingAppliedTwice(ValidatorTest):
    validator = staticmethod(validators.nothing_applied_twice)

    def test_passes_a_repeated_write_with_its_first_answer(self):
        written = self.record.write("CreateAction", 1, 2, action(A), request_id="r")
        self.record.operate("CreateAction", 3, 4, target=A, request_id="r", resource=written, repeats="1.1")
        self.passes(self.validator)

    def test_refuses_two_events_of_one_request(self):
        self.record.write("CreateAction", 1, 2, action(A), request_id="r")
        self.record.write_event("r", self.record.change(A, title="Count 1"))
        self.refuses(self.validator, "request r was applied 2 times: revisions 4, 5")

    def test_refuses_a_retried_create_that_met_its_own_effect(self):
        self.record.write_event("r", action(A))
        self.record.operate("CreateAction", 1, 2, "refused", target=A, request_id="r", attempts=2, unsettled=1,
                            reason="RESOURCE_ALREADY_EXISTS")
        self.refuses(self.validator, "met its own effect (revision 4)")

    def test_refuses_a_repeated_request_that_is_refused(self):
        self.record.write("CreateAction", 1, 2, action(A), request_id="r")
        self.record.operate("CreateAction", 3, 4, "refused", target=A, request_id="r", repeats="1.1",
                            reason="VALUE_TAKEN")
        self.refuses(self.validator, "acknowledged first, refused when it was repeated")

    def test_refuses_a_resource_that_was_created_twice(self):
        self.record.write_event("r1", action(A))
        del self.record.last[A]
        self.record.write_event("r2", action(A))
        self.refuses(self.validator, f"{A} was created more than once: revisions [4, 5]")


class RefusalsLeaveNothing(ValidatorTest):
    validator = staticmethod(validators.refusals_leave_nothing)

    def test_passes_a_refusal_without_an_event(self):
        self.record.operate("CreateAction", 1, 2, "refused", target=A, request_id="r", reason="VALUE_TAKEN")
        self.passes(self.validator)

    def test_passes_a_refusal_after_an_attempt_in_doubt(self):
        self.record.write_event("r", action(A))
        self.record.operate("CreateAction", 1, 2, "refused", target=A, request_id="r", unsettled=1)
        self.passes(self.validator)

    def test_refuses_a_refusal_that_was_written(self):
        self.record.write_event("r", action(A))
        self.record.operate("CreateAction", 1, 2, "refused", target=A, request_id="r", reason="VALUE_TAKEN")
        self.refuses(self.validator, "refused, but written at revision 4")


class NoUpdateLost(ValidatorTest):
    validator = staticmethod(validators.no_update_lost)

    def increment(self, base, title, start=10):
        self.record.write("UpdateAction", start, start + 1, self.record.change(A, title=title),
                          intent={"kind": "increment", "base": base.time, "changes": ["title"]})

    def test_passes_counters_that_grow_one_by_one(self):
        first = self.record.write("CreateAction", 1, 2, action(A))
        self.increment(first, "Count 1")
        self.increment(self.record.last[A][1], "Count 2")
        self.passes(self.validator)

    def test_refuses_an_increment_of_a_version_that_is_not_the_one_before(self):
        first = self.record.write("CreateAction", 1, 2, action(A))
        self.increment(first, "Count 1")
        self.increment(first, "Count 1")
        self.refuses(self.validator, "was to change version 40 only, but changed 50")

    def test_refuses_a_write_that_brings_back_an_old_field(self):
        first = self.record.write("CreateAction", 1, 2, action(A))
        self.increment(first, "Count 1")
        self.record.write("UpdateAction", 3, 4, self.record.change(A, title="Count 0", labels=(("a", "b"),)),
                          intent={"changes": ["labels"]})
        self.refuses(self.validator, "title went from 'Count 1' to 'Count 0'")

    def test_refuses_a_write_made_from_an_older_revision(self):
        self.record.write("CreateAction", 1, 2, action(A))
        self.record.write_event("r2", self.record.change(A, title="Count 1"))
        self.record.last[A] = (4, self.record.last[A][1])
        self.record.write_event("r3", self.record.change(A, title="Count 2"))
        self.refuses(self.validator, "was made from revision 4, not from 5")


class ErrorsAreExplained(ValidatorTest):
    validator = staticmethod(validators.errors_are_explained)

    def test_passes_a_refusal_with_a_reason(self):
        self.record.operate("GetAction", 1, 2, "refused", target=A, reason="RESOURCE_NOT_FOUND")
        self.passes(self.validator)

    def test_refuses_an_internal_error(self):
        self.record.operate("GetAction", 1, 2, "refused", target=A, reason="INTERNAL_ERROR")
        self.refuses(self.validator, "INTERNAL_ERROR")

    def test_refuses_a_bare_code(self):
        self.record.operate("GetAction", 1, 2, "refused", target=A, reason="code NOT_FOUND")
        self.refuses(self.validator, "code NOT_FOUND")


class UniqueCodesHold(ValidatorTest):
    validator = staticmethod(rules.unique_codes_hold)

    def test_passes_a_code_that_moves_on_when_it_is_free(self):
        self.record.write_event("r1", action(A, code="K1"))
        self.record.write_event("r2", self.record.change(A, deleted=True))
        self.record.write_event("r3", action(B, code="K1"))
        self.passes(self.validator)

    def test_passes_the_same_code_in_two_collections(self):
        self.record.write_event("r1", action(A, code="1"))
        self.passes(self.validator)

    def test_refuses_two_living_holders(self):
        self.record.write_event("r1", action(A, code="K1"))
        self.record.write_event("r2", action(B, code="K1"))
        self.refuses(self.validator, f"after revision 5 code K1 is held by {A}, {B}")


class DependenciesStayAcyclic(ValidatorTest):
    validator = staticmethod(rules.dependencies_stay_acyclic)

    def setUp(self):
        super().setUp()
        self.record.write_event("r1", action(A))
        self.record.write_event("r2", action(B, dependencies=(A,)))
        self.record.write_event("r3", action(C, dependencies=(A, B)))

    def test_passes_what_has_no_circle(self):
        self.passes(self.validator)

    def test_refuses_a_circle_over_others(self):
        self.record.write_event("r4", self.record.change(A, dependencies=(C,)))
        self.refuses(self.validator, f"after revision 7 (method): {A} -> {C} -> {A}")

    def test_refuses_an_action_that_depends_on_itself(self):
        self.record.write_event("r4", self.record.change(A, dependencies=(A,)))
        self.refuses(self.validator, f"{A} -> {A}")


class ChildrenOnlyUnderLivingParents(ValidatorTest):
    validator = staticmethod(rules.children_only_under_living_parents)

    def setUp(self):
        super().setUp()
        self.record.write_event("r1", action(A))
        self.record.write_event("r2", action(B, dependencies=(A,)))

    def test_passes_an_objective_that_nobody_serves_when_it_goes(self):
        self.record.write_event("r3", self.record.change(O2, deleted=True))
        self.passes(self.validator)

    def test_refuses_an_objective_that_goes_from_under_an_action(self):
        self.record.write_event("r3", self.record.change(O1, deleted=True))
        self.refuses(self.validator, f"{A} refers to {O1}, which does not live")

    def test_refuses_a_link_to_a_deleted_objective(self):
        self.record.write_event("r3", self.record.change(O2, deleted=True))
        self.record.write_event("r4", action(C, links=((O2, False),)))
        self.refuses(self.validator, f"{C} refers to {O2}, which does not live")

    def test_refuses_an_action_that_goes_while_another_depends_on_it(self):
        self.record.write_event("r3", self.record.change(A, deleted=True))
        self.refuses(self.validator, f"{B} refers to {A}, which does not live")

    def test_refuses_an_undeleted_action_whose_objective_has_gone(self):
        self.record.write_event("r3", action(C, links=((O2, True),), deleted=True))
        self.record.write_event("r4", self.record.change(O2, deleted=True))
        self.record.write_event("r5", self.record.change(C, deleted=False))
        self.refuses(self.validator, f"{C} refers to {O2}")


class LogIsCompleteAndInOrder(ValidatorTest):
    validator = staticmethod(rules.log_is_complete_and_in_order)

    def setUp(self):
        super().setUp()
        self.record.write_event("r1", action(A))

    def test_passes_an_unbroken_chain(self):
        self.passes(self.validator, stored=True)

    def test_refuses_a_gap(self):
        del self.record.log[1]
        self.refuses(self.validator, "revision 2 is missing")

    def test_refuses_a_changed_body(self):
        self.record.log[1] = dataclasses.replace(self.record.log[1], raw=b"another body")
        self.refuses(self.validator, "revision 2 has digest")

    def test_refuses_a_time_that_does_not_grow(self):
        self.record.log[1] = dataclasses.replace(self.record.log[1], time=10)
        self.refuses(self.validator, "revision 2 has time 10, not later than 10")

    def test_refuses_a_head_that_is_not_the_end_of_the_log(self):
        history = self.record.history(stored=True)
        history.stored.head_revision = 3
        self.assertIn("the head is revision 3", rules.log_is_complete_and_in_order(history)[0])


class AllValidators(unittest.TestCase):
    """A small sound history, judged by all of them."""

    def test_find_nothing_wrong_with_it(self):
        record = Record()
        first = record.write("CreateAction", 10, 20, action(A, code="K1"), intent={"fresh": True})
        record.get(21, 22, first)
        record.list(23, 24, 4, [first])
        self.assertEqual({name: [] for name in validators.judge(record.history(stored=True))},
                         validators.judge(record.history(stored=True)))


if __name__ == "__main__":
    unittest.main()
