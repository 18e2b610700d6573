"""`autograder feedback`: a page per student and exercise beside the text that `grade` writes."""

from __future__ import annotations

import argparse
import importlib.util
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from autograder.cli.main import STORE
from autograder.cli.results import read_records
from autograder.course import ExerciseFolder, UsageError, find_exercises, find_root
from autograder.grading import read_submission
from autograder.merge import ReleasedNotebook
from autograder.private import make_private_file, make_private_folder
from autograder.release import find_released_notebook
from autograder.report.grades import is_step
from autograder.report.write import FEEDBACK
from autograder.results import Record
from autograder.store import Store, open_read_only


def run(arguments: argparse.Namespace) -> int:
    """Write the pages, and say where they are."""
    if importlib.util.find_spec("jinja2") is None:
        raise UsageError("pages need the extra `instructor`: pip install 'numgrade[instructor]'")
    from autograder.report.pages import INDEX, feedback_page, page_name, student_page

    records = read_records(arguments.output / "results.jsonl")
    unknown = set(arguments.student) - {record.student for record in records}
    if unknown:
        raise UsageError(f"{arguments.output} has no result of {', '.join(map(repr, sorted(unknown)))}")
    if stray := [each.student for each in records if not is_step(each.student)]:
        raise UsageError(f"{stray[0]!r} is no name of a folder: these results are none of autograder grade")
    released = _released(records, arguments)
    by_student: dict[str, list[Record]] = {}
    for record in records:
        if not arguments.student or record.student in arguments.student:
            by_student.setdefault(record.student, []).append(record)
    with _store(arguments.store or arguments.output / STORE) as store:
        for student, own in by_student.items():
            folder = arguments.output / FEEDBACK / student
            dates = {each.exercise: each.graded_at for each in store.attempts(student)} if store else {}
            for record in own:
                submission = None
                if arguments.submissions and not record.error:
                    submission = read_submission(
                        arguments.submissions, student, student, record.exercise, released[record.exercise]
                    )
                when = dates.get(record.exercise, "").replace("T", " ").replace("Z", " UTC")
                page = feedback_page(record, submission=submission, graded_at=when, alone=False)
                _write(folder / page_name(record), page)
            _write(folder / INDEX, student_page(own))
    count = sum(map(len, by_student.values()))
    print(f"{count:,} pages of {len(by_student):,} students are in {arguments.output / FEEDBACK}/<student>/")
    return 0


def _released(records: list[Record], arguments: argparse.Namespace) -> dict[str, ReleasedNotebook]:
    """Return the notebooks that students got, without which a submitted one is not recognized."""
    names = list(dict.fromkeys(record.exercise for record in records))
    found = {name: ReleasedNotebook(exercise=name, cells=()) for name in names}
    exercises: list[ExerciseFolder] = []
    if arguments.submissions:
        try:
            exercises = find_exercises(arguments.course or find_root(Path.cwd()), names)
        except UsageError:  # no course here: lines of .py files are shown all the same
            exercises = []
    return found | {each.name: find_released_notebook(each, arguments.submissions) for each in exercises}


@contextmanager
def _store(file: Path) -> Iterator[Store | None]:
    with ExitStack() as stack:
        yield stack.enter_context(open_read_only(file)) if file.exists() else None


def _write(file: Path, page: str) -> None:
    make_private_folder(file.parent)
    draft = file.with_name(f".{file.name}.draft")
    make_private_file(draft)
    draft.write_text(page, "utf-8")
    draft.replace(file)
