#!/usr/bin/python3
"""The validator of feeds with hand-made ones: a sound feed passes, broken ones are refused."""

import dataclasses
import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

# pylint: disable=wrong-import-position
import feeds  # noqa: E402
from made_history import A, B, O1, PLAN, Record, action  # noqa: E402


class FeedIsCompleteAndInOrder(unittest.TestCase):
    """A log of seven commits, watched from the fourth on by somebody who watches actions."""

    def setUp(self):
        record = Record()
        first = record.write_event("w1", action(A))  # 4
        second = record.write_event("w2", action(B))  # 5
        record.write_event("w3", record.change(O1, code="9"))  # 6: not watched.
        third = record.write_event("w4", record.change(A, title="Again"))  # 7
        self.history = record.history()
        at = {event.revision: event.digest[:16] for event in self.history.log}
        self.messages = [
            feeds.Message(4, at[4], ((A, first),), from_start=True),
            feeds.Message(4, at[4], end_of_state=True),
            feeds.Message(5, at[5], ((B, second),)),
            feeds.Message(6, at[6]),
            feeds.Message(7, at[7], ((A, third),)),
        ]
        self.old = first

    def judge(self, messages):
        feed = feeds.Feed("w", PLAN, ("actions",), list(messages))
        return feeds.feed_is_complete_and_in_order(self.history, [feed])

    def refuses(self, messages, sentence):
        wrong = self.judge(messages)
        self.assertTrue(any(sentence in finding for finding in wrong), wrong)

    def test_passes_a_sound_feed(self):
        self.assertEqual(self.judge(self.messages), [])

    def test_passes_one_that_began_again_with_the_state(self):
        start = [dataclasses.replace(self.messages[0])]
        self.assertEqual(self.judge(self.messages[:3] + start + self.messages[1:]), [])

    def test_refuses_a_lost_change(self):
        self.refuses(self.messages[:2] + self.messages[3:], "the changes of [5] have not come")

    def test_refuses_a_lost_change_after_which_another_came(self):
        self.refuses(self.messages[:2] + self.messages[4:], "the changes of [5] have not come")

    def test_refuses_a_repeated_change(self):
        self.refuses(self.messages[:3] + self.messages[2:], "a change comes twice")

    def test_refuses_changes_in_another_order(self):
        turned = self.messages[:2] + [self.messages[4], self.messages[2]]
        self.refuses(turned, "although 7 had been reached")

    def test_refuses_an_old_version_in_a_change(self):
        wrong = dataclasses.replace(self.messages[4], rows=((A, self.old),))
        self.refuses(self.messages[:4] + [wrong], "the log has")

    def test_refuses_a_state_of_two_revisions(self):
        wrong = dataclasses.replace(self.messages[1], revision=5, digest_piece=self.messages[2].digest_piece)
        self.refuses([self.messages[0], wrong] + self.messages[3:], "a piece of the state of revision 4")

    def test_refuses_a_state_that_lacks_something(self):
        begin = dataclasses.replace(self.messages[1], from_start=True)
        self.refuses([begin] + self.messages[2:], "is known as None")

    def test_refuses_a_digest_of_another_history(self):
        wrong = dataclasses.replace(self.messages[3], digest_piece="0" * 16)
        self.refuses(self.messages[:3] + [wrong] + self.messages[4:], "another digest")

    def test_refuses_a_feed_that_did_not_reach_the_end(self):
        self.refuses(self.messages[:4], "has only come to revision 6 of 7")


if __name__ == "__main__":
    unittest.main()
