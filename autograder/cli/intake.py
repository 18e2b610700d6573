"""`autograder import`: lay out another system's download for grading, and say what was taken for what."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from datetime import tzinfo
from pathlib import Path

from autograder.course import UsageError, find_exercises, find_root
from autograder.intake import Imported, Request, Row, import_download
from autograder.printable import natural_order, printable
from autograder.report import in_words
from autograder.term import Roster, read_roster

TITLES = ("in the download", "student", "exercise", "submitted", "files", "note")
MOST = 36  # characters of a column


def run(arguments: argparse.Namespace) -> int:
    """Import a download, and print a table; 0 if something was imported."""
    settings = arguments.settings
    root = arguments.course or find_root(Path.cwd())
    names = list(settings.exercises) or [exercise.name for exercise in find_exercises(root, [])]
    if arguments.exercise:
        find_exercises(root, [arguments.exercise])  # it must be one
    if arguments.submissions.resolve().is_relative_to(arguments.download.resolve()):
        raise UsageError(
            f"--submissions {arguments.submissions} is inside the download {arguments.download}; name one elsewhere"
        )
    request = Request(
        system=arguments.system,
        place=arguments.download,
        submissions=arguments.submissions,
        exercises=tuple(names),
        exercise=arguments.exercise or "",
        sheet=arguments.sheet,
        roster=read_roster(arguments.roster) if arguments.roster else Roster(),
        course=settings,
    )
    imported = import_download(request, write=not arguments.preview)
    print("\n".join(_table(imported.rows, settings.timezone)))
    for line in _lines(imported):
        print(line, file=sys.stderr)
    count = sum(bool(row.exercise) for row in imported.rows)
    students = len({row.student for row in imported.rows if row.exercise})
    left = len(imported.rows) - count
    rest = f"; {left} without a file for an exercise" if left else ""
    where = "Nothing was written." if arguments.preview else f"They are in {arguments.submissions}"
    print(f"{count} submissions of {students} students{rest}. {where}")
    return 0


def _table(rows: Sequence[Row], zone: tzinfo) -> Iterator[str]:
    """Yield the rows, students in a person's order, in columns that are as wide as what is in them."""
    ordered = sorted(rows, key=lambda row: (natural_order(row.student), row.exercise, row.source))
    cells = [TITLES, *(tuple(map(printable, _cells(row, zone))) for row in ordered)]
    widths = [min(MOST, max(len(row[at]) for row in cells)) for at in range(len(TITLES))]
    for row in cells:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


def _cells(row: Row, zone: tzinfo) -> tuple[str, ...]:
    when = "late" if row.late else ""
    if row.submitted_at is not None:
        when = row.submitted_at.astimezone(zone).strftime("%Y-%m-%d %H:%M")
    return row.source, row.student, row.exercise or "not imported", when, ", ".join(row.files), row.note


def _lines(imported: Imported) -> Iterator[str]:
    yield from imported.notes
    if imported.others:
        yield f"Not imported, since they belong to no student: {len(imported.others)}: {in_words(imported.others, 5)}."
    if imported.absent:
        yield f"No submission from {len(imported.absent)} of the roster: {in_words(imported.absent)}."
