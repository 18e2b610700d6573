"""`autograder export`: results into the sheets of other systems, into gradebooks, and into reports for programs."""

from __future__ import annotations

import argparse
import importlib.util
import sys
from collections.abc import Sequence
from pathlib import Path

from autograder.cli.results import export_nbgrader, read_records
from autograder.course import UsageError
from autograder.export import (
    ANY_SHEET,
    CANVAS,
    MOODLE,
    Filled,
    feedback_zip,
    fill,
    read_exported_sheet,
    read_identities,
    write_filled_sheet,
)
from autograder.printable import printable
from autograder.private import make_private_file
from autograder.release import write_zip
from autograder.report import REPORTS, feedback, points, write_reports
from autograder.results import Record
from autograder.term import Roster, read_roster

KINDS = {"canvas": CANVAS, "moodle": MOODLE, "csv": ANY_SHEET}


def run(arguments: argparse.Namespace) -> int:
    """Write results into the format that was asked for; 1 if a result has no place in it."""
    results, output = arguments.results, arguments.settings.places.get("output")
    if results is None and output is None:
        raise UsageError(
            "no --results, and no course.toml that says where results are. Next: name results.jsonl with --results"
        )
    records = read_records(results or output / "results.jsonl")
    if arguments.exercise:
        unknown = set(arguments.exercise) - {record.exercise for record in records}
        if unknown:
            raise UsageError(f"there is no result for {', '.join(sorted(unknown))}")
        records = [record for record in records if record.exercise in arguments.exercise]
    if arguments.to == "nbgrader":
        return export_nbgrader(records, arguments)
    if arguments.to in REPORTS:
        return _export_reports(records, arguments)
    return _fill_sheet(records, arguments)


def _export_reports(records: Sequence[Record], arguments: argparse.Namespace) -> int:
    if arguments.target is None:
        raise UsageError(f"export {arguments.to} writes a folder: name it with --to DIR")
    if arguments.dry_run:
        print(f"{len(records)} results would be written to {arguments.target}. Nothing was written.")
        return 0
    files = write_reports(arguments.to, records, arguments.target)
    print(f"{len(records)} results in {len(files)} file{'s' * (len(files) != 1)} in {arguments.target}")
    return 0


def _fill_sheet(records: Sequence[Record], arguments: argparse.Namespace) -> int:
    if arguments.sheet is None:
        raise UsageError(
            f"export {arguments.to} fills in a sheet that the system has exported: name it with --sheet CSV"
        )
    if arguments.feedback is not None and arguments.to != "moodle":
        raise UsageError("--feedback writes a zip with feedback files for Moodle: use it with export moodle")
    sheet = read_exported_sheet(arguments.sheet)
    target = arguments.target or arguments.sheet.with_name(f"{arguments.sheet.stem}-filled.csv")
    if target.exists() and target.samefile(arguments.sheet):
        raise UsageError(f"--to {target} is the sheet itself, which is never overwritten: name another file")
    roster = read_roster(arguments.roster) if arguments.roster else Roster()
    identities = read_identities({record.student: None for record in records}, roster)
    filled = fill(sheet, KINDS[arguments.to], records, identities, dict(arguments.column))
    _show(filled, records, every=arguments.dry_run)
    if arguments.dry_run:
        print("Nothing was written.")
    else:
        write_filled_sheet(target, filled.sheet)
        print(f"The filled sheet is {target}")
        if arguments.feedback is not None:
            _write_feedback(filled, records, arguments.feedback)
    return 1 if filled.lost else 0


def _show(filled: Filled, records: Sequence[Record], *, every: bool) -> None:
    """Print each change, or only those of cells that were not empty, and all rows and results without a counterpart."""
    header = filled.sheet.rows[filled.sheet.header]
    for column in filled.columns:
        most = next(record.max_score for record in records if record.exercise == column.exercise)
        scale = f"; {points(most)} points become {points(column.maximum)}" if column.maximum not in (0, most) else ""
        print(f"{column.exercise} goes into the column {printable(header[column.number].strip())}{scale}")
    for name in filled.without_column:
        print(f"{name} has no column in the sheet, and is skipped")
    for change in filled.changes:
        if every or change.before.strip():
            before = printable(change.before.strip()) or "blank"
            print(f"  {printable(change.name)}, {change.exercise}: {before} → {change.after}")
    for label, why in filled.left:
        print(f"  unchanged: {printable(label)}: {why}")
    for student, exercises, why in filled.lost:
        print(f"  NOT IN THE SHEET: {printable(student)}, {exercises}: {printable(why)}", file=sys.stderr)
    print(
        f"Cells that change: {len(filled.changes)}; that have these points already: {filled.same}; "
        f"unchanged rows and cells: {len(filled.left)}; students who are not in the sheet: {len(filled.lost)}."
    )


def _write_feedback(filled: Filled, records: Sequence[Record], target: Path) -> None:
    files = [(each.student, f"{each.exercise}.txt", feedback(each).encode()) for each in records]
    if importlib.util.find_spec("jinja2") is not None:  # of the extra `instructor`
        from autograder.report.pages import feedback_page, page_name

        files = [(each.student, page_name(each), feedback_page(each, alone=True).encode()) for each in records]
    make_private_file(target)
    found = feedback_zip(filled.sheet, filled.rows, files)
    write_zip(target, found)
    print(f"{len(found)} feedback files are in {target}")
