#!/usr/bin/python3
"""The plan that Concord carries against the published one.

    CONCORD_DATA=DIR carried_plan_test.py
"""

import json
import os
import pathlib
import unittest

CARRIED = pathlib.Path(__file__).resolve().parents[2] / "deploy" / "plans" / "iso-2011-2015" / "plan.json"
PUBLISHED = pathlib.Path(os.environ["CONCORD_DATA"]) / "iso-strategic-plan-2011-2015.json"


class CarriedPlanTest(unittest.TestCase):
    def setUp(self):
        self.carried = json.loads(CARRIED.read_text(encoding="utf-8"))
        self.published = json.loads(PUBLISHED.read_text(encoding="utf-8"))

    def test_has_every_objective_with_its_outcome(self):
        self.assertEqual([(o["code"], o["title"], o["outcome"]) for o in self.carried["objectives"]],
                         [(o["code"], o["title"], o["outcome"]) for o in self.published["objectives"]])
        self.assertEqual(len(self.carried["objectives"]), 7)

    def test_has_every_action_under_its_objective(self):
        codes = {o["name"]: o["code"] for o in self.carried["objectives"]}
        carried = [(codes[a["objectiveLinks"][0]["objective"]], a["code"], a["title"]) for a in self.carried["actions"]]
        published = [(o["code"], a["code"], a["title"]) for o in self.published["objectives"] for a in o["actions"]]
        self.assertEqual(carried, published)
        self.assertEqual(len(carried), 37)

    def test_says_what_the_plan_says(self):
        carried, published = self.carried["plan"], self.published["plan"]
        for key in ("vision", "sectors"):
            self.assertEqual(carried[key], published[key])
        self.assertEqual(carried["mission"], published["mission"]["summary"])
        self.assertEqual(carried["stakeholderGroups"], published["stakeholder_groups"])
        self.assertEqual([value["description"].rstrip(".") for value in carried["values"]],
                         published["mission"]["process_commitments"])

    def test_begins_from_its_figures(self):
        def day(date):
            return f"{date['year']}-{date['month']:02}-{date['day']:02}"
        self.assertEqual(
            [(f["title"], int(f["value"]), f.get("qualifier"), day(f["asOfDate"]))
             for f in self.carried["plan"]["baselineFigures"]],
            [(f["label"], f["value"], f.get("qualifier"), f["as_of"]) for f in self.published["plan"]["baseline_figures"]])


if __name__ == "__main__":
    unittest.main()
