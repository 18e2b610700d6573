"""`autograder history` and `report`: show results of earlier runs of `autograder grade`."""

from __future__ import annotations

import argparse
import importlib.util
from collections.abc import Sequence
from pathlib import Path

import msgspec

from autograder.cli.main import STORE
from autograder.course import UsageError, find_root
from autograder.private import make_private_file
from autograder.results import Record
from autograder.store import open_read_only


def history(arguments: argparse.Namespace) -> int:
    """Print a student's attempts."""
    from autograder.report import history as history_lines

    file = arguments.store or arguments.output / STORE
    if not file.exists():
        raise UsageError(f"there is no results store {file}: grade a class first, or name another with --store")
    with open_read_only(file) as store:
        attempts = store.attempts(arguments.student)
    if arguments.exercise:
        attempts = [attempt for attempt in attempts if attempt.exercise in arguments.exercise]
    if not attempts:
        raise UsageError(f"{file} has no attempt of {arguments.student!r}; expected a name as in results.jsonl")
    print("\n".join(history_lines(attempts)), end="")
    return 0


def report(arguments: argparse.Namespace) -> int:
    """Write the report on a class, and say where it is."""
    if importlib.util.find_spec("jinja2") is None:
        raise UsageError("a report needs the extra `instructor`: pip install 'numgrade[instructor]'")
    from autograder.report.pages import read_slides, write_report

    file = arguments.output / "results.jsonl"
    records = read_records(file)
    try:
        root = arguments.settings.places.get("course") or find_root(Path.cwd(), nearest=True)
        slides = read_slides(root / "docs" / "lecture.md")
    except UsageError:  # no course here, and so no lecture
        slides = {}
    page = write_report(
        records,
        title=arguments.title or arguments.settings.name or "Exercises",
        anonymous=arguments.anonymous,
        submissions=arguments.submissions,
        slides=slides,
    )
    target = arguments.output / "report.html"
    make_private_file(target)
    target.write_text(page, "utf-8")
    print(f"The report on {len(records):,} submissions is in {target}")
    return 0


def read_records(file: Path) -> list[Record]:
    """Return the records in a file, or raise a `UsageError`."""
    try:
        return msgspec.json.Decoder(Record).decode_lines(file.read_bytes())
    except (OSError, msgspec.DecodeError) as error:
        raise UsageError(f"{file}: {error}; expected results.jsonl of autograder grade") from error


def export_nbgrader(records: Sequence[Record], arguments: argparse.Namespace) -> int:
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
