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
    with (place / "results" / "grades.csv").open(newline="", encoding="utf-8-sig") as file:
        rows = {row["student"]: row for row in csv.DictReader(file)}
    with (place / "roster.csv").open(newline="", encoding="utf-8") as file:
        folders = [row["folder"] for row in csv.DictReader(file)]
    assert set(rows) == {"maximum points", "strangerperfect", *folders}
    assert rows["maximum points"]["normalization"] == "90"  # after the regrade
    assert rows["ada"] == {**rows["ada"], "normalization": "90", "penalties": "100", "status": "complete"}
    assert rows["hedy"]["status"] == "missing: normalization, penalties"
    assert rows["sofia"]["status"].startswith("late: normalization (2 days, ")
    assert (rows["zoë"]["name"], rows["zoe2"]["name"]) == ("Zoë Müller", "Zoë Müller")
    assert "results would change. Nothing was written." in result.stdout
    assert "a changed exercise" in result.stdout
    for file in ("handout.zip", "results/report.html", "results/results.jsonl", ".autograder/course_key"):
        assert (place / file).is_file(), file
