"""`autograder history`, `report` and `feedback`: show results of earlier runs of `autograder grade`.

A history is printed; a report on the class is one HTML page; feedback is a page per student and exercise, beside the
text that `grade` writes.
"""

from __future__ import annotations

import argparse
import importlib.util
import sys
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from autograder.cli.options import STORE
from autograder.course import ExerciseFolder, UsageError, find_exercises, find_root, private_files
from autograder.grading import read_submission
from autograder.merge import ReleasedNotebook
from autograder.private import make_private_file, make_private_folder, write_private_file
from autograder.release import find_released_notebook
from autograder.report.grades import is_step
from autograder.report.write import FEEDBACK
from autograder.results import Record
from autograder.store import open_read_only

if TYPE_CHECKING:
    from autograder.pictures import Artist


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


# ---- pages for students


def feedback(arguments: argparse.Namespace) -> int:
    """Write the pages, and say where they are."""
    if importlib.util.find_spec("jinja2") is None:
        raise UsageError("pages need the extra `instructor`: pip install 'numgrade[instructor]'")

    records = read_records(arguments.output / "results.jsonl")
    unknown = set(arguments.student) - {record.student for record in records}
    if unknown:
        raise UsageError(f"{arguments.output} has no result of {', '.join(map(repr, sorted(unknown)))}")
    if stray := [each.student for each in records if not is_step(each.student)]:
        raise UsageError(f"{stray[0]!r} is not the name of a folder: these results are not from autograder grade")
    by_student: dict[str, list[Record]] = {}
    for record in records:
        if not arguments.student or record.student in arguments.student:
            by_student.setdefault(record.student, []).append(record)
    with open_read_only(arguments.store or arguments.output / STORE) as store:
        dates = {
            (student, each.exercise): each.graded_at.replace("T", " ").replace("Z", " UTC")
            for student in by_student
            for each in store.attempts(student)
        }
    exercises = _exercises(records, arguments)
    with ExitStack() as stack:
        artist = None if arguments.no_pictures else _artist(exercises, arguments, stack)
        writer = _Writer(
            output=arguments.output / FEEDBACK,
            submissions=arguments.submissions,
            released={name: ReleasedNotebook(exercise=name, cells=()) for name in {each.exercise for each in records}}
            | {each.name: find_released_notebook(each, arguments.submissions) for each in exercises},
            dates=dates,
            artist=artist,
        )
        pool = stack.enter_context(ThreadPoolExecutor(arguments.jobs if artist else 1))
        pictures = sum(pool.map(writer.write, by_student.values()))
    count = sum(map(len, by_student.values()))
    print(f"{count:,} pages of {len(by_student):,} students are in {writer.output}/<student>/")
    if artist:
        print(
            f"{pictures:,} pictures on them were drawn from student code, which was confined at level {artist.level}."
        )
    return 0


@dataclass(frozen=True, kw_only=True, slots=True)
class _Writer:
    """Everything that is needed to write the pages of a student."""

    output: Path
    submissions: Path | None
    released: Mapping[str, ReleasedNotebook]  # by exercise: without it, a submitted notebook is not recognized
    dates: Mapping[tuple[str, str], str]  # by student and exercise
    artist: Artist | None

    def write(self, records: Sequence[Record]) -> int:
        """Write the pages of a student, and return how many pictures are on them."""
        from autograder.report.pages import INDEX, feedback_page, page_name, student_page, was_graded

        folder, count = self.output / records[0].student, 0
        make_private_folder(folder)
        for record in records:
            submission, pictures = None, {}
            if self.submissions and not record.error:
                name = record.student
                released = self.released[record.exercise]
                submission = read_submission(self.submissions, name, name, record.exercise, released)
                if self.artist and was_graded(submission, record):
                    pictures = self.artist.draw(record, submission)
            count += sum(bool(each.panels) for each in pictures.values())
            when = self.dates.get((record.student, record.exercise), "")
            page = feedback_page(record, submission=submission, pictures=pictures, graded_at=when, alone=False)
            write_private_file(folder / page_name(record), page.encode())
        write_private_file(folder / INDEX, student_page(records).encode())
        return count


def _exercises(records: Sequence[Record], arguments: argparse.Namespace) -> list[ExerciseFolder]:
    """Return the exercises of the records, if there are submissions to show and a course that has these exercises."""
    if not arguments.submissions:
        return []
    try:
        root = arguments.course or find_root(Path.cwd())
        return find_exercises(root, list(dict.fromkeys(record.exercise for record in records)))
    except UsageError:  # no course here: lines of .py files are shown nevertheless
        return []


def _artist(exercises: Sequence[ExerciseFolder], arguments: argparse.Namespace, stack: ExitStack) -> Artist | None:
    """Return the object that draws pictures, or print why there will be none."""
    from autograder.pictures import open_artist, plots_of

    plots = {each.name: plots_of(each) for each in exercises if each.plots}
    if not plots:
        return None
    others = (arguments.store, arguments.key_file, arguments.settings.file, arguments.settings.places.get("roster"))
    private = (*private_files(list(exercises)), arguments.submissions, arguments.output, *filter(None, others))
    try:
        return stack.enter_context(open_artist(plots, arguments.isolation, private))
    except UsageError as error:
        print(f"No pictures: {error}. The pages are written without them.", file=sys.stderr)
        return None
