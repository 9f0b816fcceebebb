#!/usr/bin/python3
"""Exported reports, opened again by others: a spreadsheet's reader, a CSV reader, a JSON reader, a browser.

    report_export_files_test.py --build build/release

Starts the delivered services on a redis-server of its own, gives a plan an invented history, and exports it on days
before anything was measured and after. What is known must be there as what it is, what is not known must be nowhere
a zero, and the page must ask for nothing from anywhere.
"""

import argparse
import csv
import html.parser
import http.server
import io
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import unittest
import xml.etree.ElementTree
import zipfile

sys.dont_write_bytecode = True
HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "bench"))

import processes  # noqa: E402  (found through the path set above)

BUILD = None
PLAN_FILE = HERE.parents[1] / "deploy" / "plans" / "iso-2011-2015" / "plan.json"
PLAN = "iso-2011-2015-simulated"
OBJECTIVES = 7
EARLY, LATE = "2011-09-30", "2013-12-31"  # Before the first year was measured, and after the third.
BROWSER_SECONDS = 120
# Titles that somebody may give.
FORMULA = '=HYPERLINK("http://beacon.invalid/","x")'
SCRIPT = "</script><script>document.documentElement.id='run'</script>"


class Services(processes.SocketStack):
    """The services, and the command line that calls them."""

    def ctl(self, *arguments):
        """What the command line prints, as bytes; it must succeed."""
        addresses = [word for name, address in self.address.items() for word in (f"--{name}", address)]
        done = subprocess.run([str(self.bin / "concordctl"), *addresses, "--plan", PLAN, *arguments],
                              capture_output=True, check=False)
        if done.returncode != 0:
            raise processes.Failed(f"concordctl {' '.join(arguments)}: {done.stderr.decode()}")
        return done.stdout


SERVICES = None


def setUpModule():  # pylint: disable=invalid-name
    global SERVICES  # pylint: disable=global-statement
    SERVICES = Services(BUILD)
    unittest.addModuleCleanup(SERVICES.__exit__)
    SERVICES.start_redis()
    for service in ("objective", "action", "reporting"):
        SERVICES.start_service(service)
    SERVICES.ctl("plan", "simulate", str(PLAN_FILE))
    SERVICES.ctl("objective", "update", "6", "--title", SCRIPT)
    SERVICES.ctl("objective", "update", "7", "--title", FORMULA)


def export(day, kind, *flags):
    return SERVICES.ctl("report", "export", "--on", day, "--format", kind, *flags)


def csv_rows(day, table, *flags):
    text = export(day, "csv", "--table", table, *flags).decode("utf-8")
    return list(csv.DictReader(io.StringIO(text, newline="")))


class Workbook:
    """The cells of a workbook: {sheet: {(row, column): value}}; texts are str, numbers float."""

    SPACE = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}

    def __init__(self, content):
        self.archive = zipfile.ZipFile(io.BytesIO(content))
        self.texts = ["".join(item.itertext()) for item in self.tree("xl/sharedStrings.xml").findall("m:si", self.SPACE)]
        names = [sheet.get("name") for sheet in self.tree("xl/workbook.xml").find("m:sheets", self.SPACE)]
        self.sheets = {name: self.cells(f"xl/worksheets/sheet{number}.xml") for number, name in enumerate(names, 1)}

    def tree(self, path):
        return xml.etree.ElementTree.fromstring(self.archive.read(path))

    def cells(self, path):
        cells = {}
        for cell in self.tree(path).iter(f"{{{self.SPACE['m']}}}c"):
            column, row = re.fullmatch("([A-Z]+)([0-9]+)", cell.get("r")).groups()
            if cell.find("m:f", self.SPACE) is not None:
                raise AssertionError(f"{path} has a formula at {cell.get('r')}")
            value = cell.find("m:v", self.SPACE)
            if value is not None:
                text = cell.get("t") == "s"
                cells[int(row), column] = self.texts[int(value.text)] if text else float(value.text)
        return cells

    def table(self, sheet):
        """Below the row of headings: a dictionary a row."""
        cells = self.sheets[sheet]
        headings = {column: text for (row, column), text in cells.items() if row == 5}
        last = max(row for row, _ in cells)
        return [{text: cells.get((row, column)) for column, text in headings.items()} for row in range(6, last + 1)]


class Elements(html.parser.HTMLParser):
    """A page's elements in order: (name, attributes), each with the texts right inside of it."""

    VOID = {"meta", "br", "link", "img", "hr", "input"}

    def __init__(self, page):
        super().__init__()
        self.all, self.open = [], []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        element = {"tag": tag, "text": "", "in": [id(outer) for outer in self.open], **dict(attrs)}
        self.all.append(element)
        if tag not in self.VOID:
            self.open.append(element)

    def handle_endtag(self, tag):
        while self.open and self.open.pop()["tag"] != tag:
            pass

    def handle_data(self, data):
        if self.open:
            self.open[-1]["text"] += data

    def within(self, outer_id):
        outer = next(element for element in self.all if element.get("id") == outer_id)
        return [element for element in self.all if id(outer) in element["in"]]


def of_class(elements, name):
    return [element for element in elements if name in (element.get("class") or "").split()]


class Recorder:
    """A proxy that answers nothing and remembers who was asked for."""

    def __enter__(self):
        requests = self.requests = []

        class Handler(http.server.BaseHTTPRequestHandler):
            def refuse(self):
                requests.append(self.path)
                self.send_error(404)

            do_GET = do_POST = do_CONNECT = do_HEAD = refuse

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()


def opened(page):
    """(the page's document after its scripts have run, what it asked of the network)."""
    browser = shutil.which("chromium-headless-shell")
    if not browser:
        raise AssertionError("there is no chromium-headless-shell; scripts/install brings it")
    with tempfile.TemporaryDirectory() as folder, Recorder() as recorder:
        path = pathlib.Path(folder) / "report.html"
        path.write_bytes(page)
        # As root, which build machines are, it runs without its sandbox only. Unlike a whole browser this one asks for
        # nothing itself, so that every request is the page's.
        done = subprocess.run(
            [browser, "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", f"--user-data-dir={folder}/profile",
             f"--proxy-server=http://127.0.0.1:{recorder.server.server_port}", "--proxy-bypass-list=<-loopback>",
             "--virtual-time-budget=10000", "--dump-dom", path.as_uri()],
            capture_output=True, check=False, timeout=BROWSER_SECONDS)
        document = done.stdout.decode("utf-8")
        if "</html>" not in document:
            raise AssertionError(f"the browser gave no document: {done.stderr.decode(errors='replace')[-2000:]}")
        return document, list(recorder.requests)


class WorkbookTest(unittest.TestCase):
    def test_what_is_not_known_is_a_text_and_a_zero_is_a_number(self):
        rows = Workbook(export("2011-03-31", "xlsx")).table("Scorecard")
        self.assertEqual(len(rows), OBJECTIVES + 1)
        for row in rows:
            self.assertEqual(row["Attainment"], "no data", row)
            self.assertIsInstance(row["Progress"], float, row)
        self.assertIn(0.0, [row["Progress"] for row in rows], "nothing is done at first, and that is known")
        late = Workbook(export(LATE, "xlsx")).table("Scorecard")
        self.assertTrue(all(isinstance(row["Attainment"], float) for row in late), late)

    def test_a_title_stays_a_text(self):
        titles = [row["Objective"] for row in Workbook(export(LATE, "xlsx")).table("Scorecard")]
        self.assertEqual(titles[-3:], [SCRIPT, FORMULA, "The plan"])
        self.assertEqual(csv_rows(LATE, "scorecard")[-2]["Objective"], "'" + FORMULA)

    def test_every_sheet_says_that_it_is_simulated(self):
        workbook = Workbook(export(LATE, "xlsx"))
        self.assertEqual(list(workbook.sheets),
                         ["Summary", "Scorecard", "Actions", "Indicators", "Attention", "Trend", "Charts"])
        for name, cells in workbook.sheets.items():
            self.assertTrue(str(cells[2, "A"]).startswith("SIMULATED"), name)

    def test_days_and_shares_are_what_they_are(self):
        rows = Workbook(export(LATE, "xlsx")).table("Trend")
        self.assertEqual(len(rows), 12, "three years of quarters")
        self.assertEqual(rows[0]["Date"], 40633, "2011-03-31 as spreadsheets count days")
        self.assertEqual(rows[0]["Attainment"], "no data")
        known = csv_rows(LATE, "trend")
        for row, other in zip(rows, known):
            self.assertAlmostEqual(row["Planned"], float(other["Planned"]))

    def test_charts_have_gaps_where_there_is_no_data(self):
        archive = Workbook(export(LATE, "xlsx")).archive
        chart = archive.read("xl/charts/chart2.xml").decode()
        values = re.search("<c:val>(.*?)</c:val>", chart, re.DOTALL).group(1)
        points = [int(index) for index in re.findall('<c:pt idx="([0-9]+)">', values)]
        self.assertEqual(points, list(range(3, 12)), "attainment begins with the first year's end")


class TextsTest(unittest.TestCase):
    def test_csv_tells_no_data_from_zero(self):
        rows = csv_rows("2011-03-31", "scorecard")
        self.assertEqual({row["Attainment"] for row in rows}, {"no data"})
        self.assertIn("0", {row["Progress"] for row in rows})
        self.assertEqual({row["Record"] for row in rows}, {"SIMULATED"})

    def test_all_formats_say_the_same(self):
        document = json.loads(export(LATE, "json"))
        self.assertIs(document["simulated"], True)
        scores = document["scorecard"]["objectiveScores"]
        rows = csv_rows(LATE, "scorecard")
        self.assertEqual([score["code"] for score in scores], [row["Code"] for row in rows[:-1]])
        page = Elements(export(LATE, "html").decode("utf-8"))
        cells = [element["text"] for element in page.all if element["tag"] in ("td", "th")]
        for score, row in zip(scores, rows):
            progress = score["delivery"]["progress"]["value"]
            self.assertEqual(progress, float(row["Progress"]))
            self.assertIn(re.sub(r"\.0 %$", " %", f"{100 * progress:.1f} %"), cells)
        self.assertEqual(len(document["actionScores"]), len(csv_rows(LATE, "actions")))
        self.assertEqual(len(document["attentionItems"]), len(csv_rows(LATE, "attention")))

    def test_a_published_report_stays_and_is_restated_beside(self):
        published = ("--report", "y2012", "--format")
        SERVICES.ctl("report", "publish", "y2012", "--title", "The year 2012", "--date", "2012-12-31")
        before = {table: SERVICES.ctl("report", "export", *published, "csv", "--table", table)
                  for table in ("scorecard", "actions", "indicators", "attention", "trend")}
        live = csv_rows("2012-12-31", "scorecard")
        SERVICES.ctl("objective", "update", "1", "--weight", "50")
        for table, text in before.items():
            self.assertEqual(SERVICES.ctl("report", "export", *published, "csv", "--table", table), text, table)
        self.assertNotEqual(csv_rows("2012-12-31", "scorecard")[-1]["Progress"], live[-1]["Progress"])
        page = SERVICES.ctl("report", "export", *published, "html").decode("utf-8")
        self.assertIn("report 1: The year 2012", page)
        self.assertIn("As known now", page)
        SERVICES.ctl("objective", "update", "1", "--clear", "weight")


class PageTest(unittest.TestCase):
    def test_the_charts_are_drawn_and_nothing_is_asked_of_the_network(self):
        document, requests = opened(export(LATE, "html"))
        self.assertEqual(requests, [])
        page = Elements(document)
        self.assertEqual(page.all[0].get("data-charts"), "drawn")
        for chart in ("delivery-trend", "outcome-trend", "objectives", "health-counts"):
            drawn = page.within(f"chart-{chart}")
            self.assertEqual(len([one for one in drawn if one["tag"] == "svg"]), 1, chart)
            self.assertTrue(any(one["tag"] == "path" and one.get("d") for one in drawn), chart)
        planned = of_class(page.within("chart-delivery-trend"), "c3-line-Planned")[0]["d"]
        self.assertEqual(len(re.findall("[ML]", planned)), 12, planned)
        health = [one["text"] for one in of_class(page.within("chart-health-counts"), "c3-text")]
        self.assertIn("0", health, "none without data is a count of zero")

    def test_a_line_has_a_gap_where_there_is_no_data(self):
        page = Elements(opened(export(LATE, "html"))[0])
        drawn = page.within("chart-outcome-trend")
        circles = [one for one in drawn if one["tag"] == "circle"]
        self.assertEqual(len(circles), 9, "of twelve quarters the first three have no data")
        bottom = max(float(one["cy"]) for one in of_class(page.within("chart-delivery-trend"), "c3-circle"))
        self.assertTrue(all(float(one["cy"]) < bottom - 10 for one in circles), "none lies at zero")
        line = of_class(drawn, "c3-line-Attainment")[0]["d"]
        first = min(float(one["cx"]) for one in circles)
        self.assertGreaterEqual(float(re.match("M([0-9.]+)", line).group(1)), first - 0.01, line)
        self.assertIn("No data: Attainment: 2011-03-31 to 2011-09-30", [one["text"] for one in page.all])

    def test_a_bar_without_data_is_not_drawn_and_says_so(self):
        page = Elements(opened(export(EARLY, "html"))[0])
        drawn = page.within("chart-objectives")
        bars = of_class(drawn, "c3-bar")
        self.assertEqual(len(bars), OBJECTIVES, "progress is known, attainment is not")
        texts = [one["text"] for one in of_class(drawn, "c3-text")]
        self.assertEqual(texts.count("no data"), OBJECTIVES, texts)
        self.assertEqual([one for one in page.all if one.get("id") == "chart-outcome-trend"], [], "nothing to draw")

    def test_no_text_of_others_is_run(self):
        page = export(LATE, "html")
        document, _ = opened(page)
        self.assertIsNone(Elements(document).all[0].get("id"))
        self.assertIn(SCRIPT, [one["text"] for one in Elements(document).all])
        attack = SCRIPT.encode() + b"<img src=http://beacon.invalid/>"
        attacked = page.replace(b"<main>", b"<main>" + attack)
        document, requests = opened(attacked)
        self.assertIsNone(Elements(document).all[0].get("id"))
        self.assertEqual(requests, [])
        # Without the page's policy both would have been noticed.
        bare = re.sub(b"<meta http-equiv[^>]*>", b"", attacked)
        document, requests = opened(bare)
        self.assertEqual(Elements(document).all[0].get("id"), "run")
        self.assertEqual(requests, ["http://beacon.invalid/"])


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", required=True)
    known, rest = parser.parse_known_args()
    BUILD = known.build
    unittest.main(argv=[sys.argv[0], *rest])
