"""Reports on a whole class for programs: one JUnit or CTRF file per exercise, one results.json per submission."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from itertools import groupby
from pathlib import Path

from autograder.course import UsageError
from autograder.export.gradescope import results_json
from autograder.private import make_private_file, make_private_folder
from autograder.report import Checked, as_ctrf, as_junit
from autograder.report.grades import is_step
from autograder.results import Record


def _junit(records: Sequence[Record]) -> dict[str, str]:
    return {f"{name}.xml": as_junit(own) for name, own in _by_exercise(records)}


def _ctrf(records: Sequence[Record]) -> dict[str, str]:
    return {f"{name}.json": as_ctrf(own) for name, own in _by_exercise(records)}


def _gradescope(records: Sequence[Record]) -> dict[str, str]:
    stray = [each.student for each in records if not is_step(each.student)]
    if stray:
        raise UsageError(f"{stray[0]!r} is not the name of a folder: these results are not from autograder grade")
    return {
        f"{record.student}/{record.exercise}/results.json": json.dumps(results_json(record), indent=1)
        for record in records
    }


REPORTS: dict[str, Callable[[Sequence[Record]], dict[str, str]]] = {
    "junit": _junit,
    "ctrf": _ctrf,
    "gradescope": _gradescope,
}


def write_reports(kind: str, records: Sequence[Record], folder: Path) -> list[Path]:
    """Write the reports of a kind into a folder, and return their files."""
    written = []
    for name, text in REPORTS[kind](records).items():
        file = folder / name
        make_private_folder(file.parent)
        make_private_file(file)
        file.write_text(text, "utf-8")
        written.append(file)
    return written


def _by_exercise(records: Sequence[Record]) -> list[tuple[str, list[Checked]]]:
    in_order = sorted(records, key=lambda record: record.exercise)
    groups = groupby(in_order, key=lambda record: record.exercise)
    return [
        (name, [Checked(file=Path(), record=record, student=record.student) for record in group])
        for name, group in groups
    ]
