"""The term in `examples/term` runs from beginning to end, and comes to what its README says."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT

SCRIPT = ROOT / "examples" / "term" / "run.sh"


def test_term_runs_from_beginning_to_end(tmp_path):
    """Every command of the script works, and the table at the end accounts for everybody."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    command = ["bash", str(SCRIPT), str(tmp_path / "term")]
    result = subprocess.run(command, env=os.environ | {"PATH": path}, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    assert "Traceback" not in result.stdout + result.stderr
    place = tmp_path / "term"
    rows = {row["student"]: row for row in read(place / "results" / "grades.csv")}
    folders = [row["folder"] for row in read(place / "roster.csv")]
    assert set(rows) == {"maximum points", "strangerperfect", *folders}
    assert rows["maximum points"]["normalization"] == "90"  # after the regrade
    assert rows["ada"] == {**rows["ada"], "normalization": "90", "penalties": "100", "status": "complete"}
    assert rows["hedy"]["status"] == "missing: normalization, penalties"
    assert rows["sofia"]["status"].startswith("late: normalization (2 days, ")
    assert (rows["zoë"]["name"], rows["zoe2"]["name"]) == ("Zoë Müller", "Zoë Müller")
    assert "results would change. Nothing was written." in result.stdout
    assert "a changed exercise" in result.stdout
    canvas = {row["SIS Login ID"]: row["penalties (4242)"] for row in read(place / "canvas.csv")}
    moodle = {row["E-Mail-Adresse"]: row["Bewertung"] for row in read(place / "moodle.csv")}
    for folder in folders:
        assert float(canvas[folder] or -1) == float(rows[folder]["penalties"] or -1)
    assert float(moodle["sofia@example.org"].replace(",", ".")) == round(
        float(rows["sofia"]["normalization"]) * 100 / 90, 2
    )
    assert "NOT IN THE SHEET: strangerperfect" in result.stderr
    pages = {page.parent.name for page in (place / "results" / "feedback").glob("*/normalization.html")}
    assert pages == {*folders, "strangerperfect"}
    page = (place / "results" / "feedback" / "ada" / "normalization.html").read_text("utf-8")
    assert "<strong>90</strong> of 90 points" in page
    assert "loss before" in page
    assert "pictures on them were drawn from student code" in result.stdout
    for file in (
        "handout.zip",
        "feedback.zip",
        "results/report.html",
        "results/results.jsonl",
        ".autograder/course_key",
    ):
        assert (place / file).is_file(), file


def read(file: Path) -> list[dict[str, str]]:
    """Return the rows of a table."""
    with file.open(newline="", encoding="utf-8-sig") as opened:
        return list(csv.DictReader(opened))
