#!/usr/bin/python3
"""Plans as StratML, against the published schemas and against documents of others.

    CONCORD_DATA=DIR CONCORD_BUILD=build/release real_stratml_test.py

Ours: what is exported validates with xmllint and comes back unchanged. Theirs: every text and every attribute of a document
is in the plan that was made of it or among the losses, as another reader of XML finds them. Prints what was counted.
"""

import collections
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET

sys.dont_write_bytecode = True
HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from running_directory import Directory  # noqa: E402  (found through the path set above)

STRATML = pathlib.Path(os.environ["CONCORD_DATA"]) / "stratml"
SCHEMAS = {"stratml": STRATML / "xsd" / "StrategicPlanISOVersion20140401.xsd",
           "stratml-performance": STRATML / "xsd" / "PerformancePlanOrReport20160216.xsd"}
ISO_PLAN = HERE.parents[1] / "deploy" / "plans" / "iso-2011-2015" / "plan.json"
SHORTENED = 200  # Characters of a loss.


def run(services, *arguments, code=0):
    ran = services.ctl(*arguments)
    if ran.returncode != code:
        raise SystemExit(f"{arguments} ended with {ran.returncode}:\n{ran.stdout[-2000:]}{ran.stderr[-2000:]}")
    return ran


def validate(document, schema):
    checked = subprocess.run(["xmllint", "--noout", "--nonet", "--schema", schema, document], capture_output=True,
                             text=True, check=False)
    assert checked.returncode == 0, checked.stderr


def check_ours(services, folder, what):
    """Both formats are valid, and with the side-car nothing is lost."""
    plan = run(services, "plan", "export", "iso-2011-2015").stdout
    for form, schema in SCHEMAS.items():
        document, sidecar = folder / f"{form}.xml", folder / f"{form}.json"
        ran = run(services, "plan", "export", "iso-2011-2015", "--format", form, "--sidecar", sidecar)
        document.write_text(ran.stdout, encoding="utf-8")
        validate(document, schema)
        assert sidecar.read_text(encoding="utf-8") == plan
        back = run(services, "plan", "import", document, "--sidecar", sidecar, "--prune")
        assert "nothing to change" in back.stdout, back.stdout
        fields = json.loads(run(services, "plan", "export", "iso-2011-2015", "--format", form, "--output",
                                "json").stderr)["losses"]
        # Alone it makes a plan of its own, with as many goals and actions.
        copy = json.loads(run(services, "plan", "import", document, "--plan", f"copy-{what}-{form}", "--output",
                              "json").stdout)
        assert len(copy["created"]) >= 1 + 7 + 37, copy
        print(f"{what}, {form}: valid, {document.stat().st_size} bytes, {len(fields)} fields on the side, "
              f"type {ET.parse(document).getroot().get('Type')}")


def measure(services):
    """Two results of an indicator; one is that nothing is known."""
    run(services, "plan", "activate", "iso-2011-2015")
    for period, how in (("2011", ("--value", "90", "--evidence", "A=https://example.org/2011")),
                        ("2012", ("--no-data", "nobody asked"))):
        run(services, "measurement", "report", "3.c", period, "--plan", "iso-2011-2015", *how)
        rows = json.loads(run(services, "measurement", "list", "3.c", "--plan", "iso-2011-2015", "--output", "json").stdout)["measurements"]
        name = next(row["name"] for row in rows if row["status"] == "STATUS_SUBMITTED")
        run(services, "measurement", "approve", name)


def check_results(folder):
    root = ET.parse(folder / "stratml-performance.xml").getroot()
    space = root.tag[:root.tag.index("}") + 1]
    found = {}
    for result in root.iter(f"{space}ActualResult"):
        if result.find(f"{space}StartDate") is not None:
            found[result.findtext(f"{space}StartDate")[:4]] = (result.findtext(f"{space}NumberOfUnits"),
                                                              result.findtext(f"{space}Descriptor/{space}DescriptorValue"))
    assert found == {"2011": ("90", None), "2012": ("", "no data")}, found


def one_line(text):
    return " ".join((text or "").split())


def texts_of(document):
    """Every text and attribute, as often as it is there."""
    counts = collections.Counter()
    for element in ET.parse(document).getroot().iter():
        counts[one_line(element.text)] += 1
        counts[one_line(element.tail)] += 1
        for name, value in element.attrib.items():
            if not name.startswith("{http://www.w3.org/2001/XMLSchema-instance}"):
                counts[one_line(value)] += 1
    del counts[""]
    return counts


def strings_in(value, key=""):
    """The texts of a plan file but its names, days as they are written in XML."""
    if isinstance(value, dict):
        if set(value) == {"year", "month", "day"}:
            yield f"{value['year']}-{value['month']:02}-{value['day']:02}"
            return
        for name, inner in value.items():
            yield from strings_in(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from strings_in(inner, key)
    elif isinstance(value, str) and key not in ("name", "objective", "format"):
        yield value
        # A Description and the OtherInformation that was put behind it.
        parts = value.split("\n\n")
        for i in range(1, len(parts)):
            yield "\n\n".join(parts[:i])
            yield "\n\n".join(parts[i:])


def said_without_words(plan, document):
    """Attributes that say what the place of a thing in a plan says."""
    counts = collections.Counter()
    counts["Organization"] += len(plan["plan"].get("partners", []))
    counts["Generic_Group"] += len(plan["plan"].get("stakeholderGroups", []))
    counts["Quantitative"] += len(plan.get("indicators", []))
    counts["Performer"] += sum("owner" in objective for objective in plan.get("objectives", []))
    counts[document.rpartition(", ")[2]] += 1
    return counts


def check_lines(path, losses):
    """Where a loss is said to be it begins."""
    lines = path.read_text(encoding="utf-8").split("\n")
    for loss in losses:
        word = loss["value"].split(" ")[0].rstrip("…")
        # Of an attribute the line is that of its element; references are written otherwise in the document.
        if "/@" not in loss["path"] and not set(word) & set("&<>\"'") and "processing" not in loss["path"]:
            assert word in lines[loss["line"] - 1], (path.name, loss)


def check_theirs(services, path):
    name = path.stem.lower().replace("_", "-")
    flags = ("--plan", name, "--start-date", "2020-01-01", "--output", "json")
    dry = json.loads(run(services, "plan", "import", path, *flags, "--dry-run").stdout)
    told = json.loads(run(services, "plan", "import", path, *flags).stdout)
    assert dry["stratml"] == told["stratml"] and dry["created"] == told["created"]
    again = json.loads(run(services, "plan", "import", path, *flags, "--prune").stdout)
    assert not again["created"] and not again["updated"] and not again["deleted"], again
    plan, notes = json.loads(run(services, "plan", "export", name).stdout), told["stratml"]
    there = collections.Counter(one_line(text)[:SHORTENED] for text in strings_in(plan))
    there += collections.Counter(loss["value"].rstrip("…") for loss in notes["losses"])
    there += said_without_words(plan, notes["document"])
    wanted = collections.Counter()
    for text, count in texts_of(path).items():
        wanted[text[:SHORTENED].rstrip()] += count
    there = sum((collections.Counter({text.rstrip(): count}) for text, count in there.items()), collections.Counter())
    missing = wanted - there
    assert not missing, (path.name, missing)
    check_lines(path, notes["losses"])
    print(f"{path.name}: {notes['document']}; {sum(wanted.values())} texts, {len(notes['losses'])} lost, "
          f"{len(notes['assumptions'])} assumed; {len(plan.get('objectives', []))} objectives, "
          f"{len(plan.get('actions', []))} actions, {len(plan.get('indicators', []))} indicators, "
          f"{sum(len(one.get('targets', [])) for one in plan.get('indicators', []))} targets")


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        services = Directory(folder, ("objective", "action"))
        try:
            services.wait()
            run(services, "plan", "import", ISO_PLAN)
            check_ours(services, folder, "plan")
            measure(services)
            check_ours(services, folder, "report")
            check_results(folder)
            for path in sorted((STRATML / "plans").glob("*.xml")):
                check_theirs(services, path)
        finally:
            services.close()


if __name__ == "__main__":
    main()
