"""`autograder import`, `export`, `package` and `collect`: what comes from other systems, and what goes to them.

`import` lays out a system's download for grading, and says what was taken for what. `export` writes results into the
sheets of other systems, into gradebooks, and into reports for programs. `package` writes what other systems grade an
exercise with. `collect` puts the released notebook beside every `.py` file that was submitted to nbgrader without one.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import sys
from collections.abc import Iterator, Sequence
from datetime import tzinfo
from itertools import islice
from pathlib import Path

import msgspec

from autograder.cli.results import read_records
from autograder.course import UsageError, find_exercises, find_root
from autograder.course_key import HANDED_OUT, find_course_key
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
from autograder.intake import Imported, Request, Row, import_download
from autograder.merge import NOTEBOOK_SUFFIX
from autograder.printable import natural_order, printable
from autograder.private import make_private_file
from autograder.recording import open_keys
from autograder.release import put_notebook_back
from autograder.report import REPORTS, feedback, in_words, points, write_reports
from autograder.results import Record
from autograder.roster import Roster, read_roster

TITLES = ("in the download", "student", "exercise", "submitted", "files", "note")
MOST = 36  # characters of a column
KINDS = {"canvas": CANVAS, "moodle": MOODLE, "csv": ANY_SHEET}
MAX_ENTRIES = 1000  # of a submission's folder that are looked at


# ---- import


def import_submissions(arguments: argparse.Namespace) -> int:
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
        yield f"No submission from {len(imported.absent)} students of the roster: {in_words(imported.absent)}."


# ---- export


def export(arguments: argparse.Namespace) -> int:
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
        return _export_nbgrader(records, arguments)
    if arguments.to in REPORTS:
        return _export_reports(records, arguments)
    return _fill_sheet(records, arguments)


def _export_nbgrader(records: Sequence[Record], arguments: argparse.Namespace) -> int:
    """Write the scores of records into nbgrader's gradebook."""
    if importlib.util.find_spec("nbgrader") is None:
        raise UsageError("a gradebook needs the extra `nbgrader`: pip install 'numgrade[nbgrader]'")
    if arguments.gradebook is None:
        raise UsageError("export nbgrader writes into a gradebook: name it with --gradebook sqlite:///gradebook.db")
    if arguments.dry_run:
        raise UsageError("export nbgrader has no --dry-run; it keeps scores that people gave")
    from autograder.nbgrader.gradebook import export as export_records

    changed = export_records(records, arguments.gradebook, arguments.course_id)
    print(f"{len(records)} submissions in the gradebook; {changed} scores are new.")
    return 0


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
    from autograder.release import write_zip

    files = [(each.student, f"{each.exercise}.txt", feedback(each).encode()) for each in records]
    if importlib.util.find_spec("jinja2") is not None:  # of the extra `instructor`
        from autograder.report.pages import feedback_page, page_name

        files = [(each.student, page_name(each), feedback_page(each, alone=True).encode()) for each in records]
    make_private_file(target)
    found = feedback_zip(filled.sheet, filled.rows, files)
    write_zip(target, found)
    print(f"{len(found)} feedback files are in {target}")


# ---- package


def package(arguments: argparse.Namespace) -> int:
    """Write the package, and say who may read it."""
    from autograder.release import PackageSettings, package_classroom50, package_gradescope

    root = arguments.course or find_root(Path.cwd())
    (exercise,) = find_exercises(root, [arguments.exercise])
    target = arguments.target or Path(f"{arguments.kind}-{exercise.name}{'.zip' * (arguments.kind == 'gradescope')}")
    if arguments.kind == "classroom50":
        (key,) = open_keys([exercise], HANDED_OUT)
        names = package_classroom50(exercise, key, target)
        told = "It has only the public checks: students may read all of it."
    else:
        (key,) = open_keys([exercise], find_course_key(root, arguments.seed, arguments.key_file))
        key = msgspec.structs.replace(key, limits=msgspec.structs.replace(key.limits, **dict(arguments.limit)))
        settings = PackageSettings(hidden=arguments.hidden, isolation=arguments.isolation)
        names = package_gradescope(exercise, key, settings, target)
        told = "It contains the answers to hidden checks: upload it as the autograder, and give it to nobody else."
    print(f"{target}: {', '.join(names)}")
    print(told)
    return 0


# ---- collect


def collect(arguments: argparse.Namespace) -> int:
    """Put notebooks back and print where; 0 even if none was missing, 1 if one can't be put back."""
    released, submitted = arguments.nbgrader / "release", arguments.nbgrader / "submitted"
    if not submitted.is_dir():
        raise UsageError(
            f"no folder {submitted}; expected nbgrader's folder with submitted/<student>/<exercise>/ in it"
        )
    names = arguments.exercise or sorted(folder.name for folder in released.glob("*/"))
    unknown = [name for name in names if not (released / name / (name + NOTEBOOK_SUFFIX)).is_file()]
    if unknown or not names:
        raise UsageError(
            f"no notebook {', '.join(unknown) or 'at all'} in {released}; run nbgrader generate_assignment first"
        )
    count = failed = 0
    for student in sorted(submitted.iterdir()):
        for name in names:
            place = f"{printable(student.name)}/{name}"
            try:
                if put_notebook_back(released / name, student / name):
                    print(f"{place}: the released notebook was put back")
                    count += 1
                for other in _other_notebooks(student / name):
                    print(f"{place}: {printable(other)} is not {name}{NOTEBOOK_SUFFIX}, which nbgrader looks for")
            except OSError as error:  # the others are put back nevertheless
                print(f"{place}: the released notebook can't be put back: {error.strerror}", file=sys.stderr)
                failed += 1
    print(f"{count} notebook{'s' * (count != 1)} put back.")
    return 1 if failed else 0


def _other_notebooks(folder: Path) -> list[str]:
    """Return the notebooks in a submission whose name is not that of its exercise."""
    try:
        with os.scandir(folder) as entries:
            names = sorted(
                islice((entry.name for entry in entries if entry.is_file(follow_symlinks=False)), MAX_ENTRIES)
            )
    except OSError:  # no such folder, or a link in its place
        return []
    return [name for name in names if name.lower().endswith(NOTEBOOK_SUFFIX) and name != folder.name + NOTEBOOK_SUFFIX]
