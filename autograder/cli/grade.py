"""`autograder grade`: grade a class; store the results, and write grades and feedback from the store.

Importing this module needs neither NumPy nor rich: a class in which nothing is pending is done quickly.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib.util
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import msgspec

from autograder.classroom import AssignedExercise, Classroom, NotGraded, Plan, find_students, make_plan, open_run
from autograder.cli.main import STORE
from autograder.course import UsageError, find_exercises, find_root, private_files
from autograder.course_key import find_course_key
from autograder.cover import read_cover
from autograder.printable import printable
from autograder.private import make_private_folder
from autograder.recording import key_files
from autograder.release import find_released_notebook
from autograder.report import Difference, difference, persist, read_record, write_results
from autograder.results import Record
from autograder.store import Store, open_read_only, open_store


def run(arguments: argparse.Namespace) -> int:
    """Grade a class, or preview it; 0 if every submission has a record, whatever the scores."""
    if importlib.util.find_spec("rich") is None:
        raise UsageError("grading a class needs the extra `instructor`: pip install 'numgrade[instructor]'")
    file = arguments.store or arguments.output / STORE
    classroom = _open_classroom(arguments, file)
    if arguments.preview:
        with open_read_only(file) as store:
            return _preview(arguments, classroom, store)
    with _explained(arguments.output, "nothing was graded"):
        make_private_folder(arguments.output)
        tempfile.TemporaryFile(dir=arguments.output).close()  # tried now: results that can't be written are no use
    with open_store(file) as store:
        return _grade(arguments, classroom, store)


def _open_classroom(arguments: argparse.Namespace, store: Path) -> Classroom:
    """Find students, exercises and answer keys; keys that are missing are recorded."""
    for option, place in (("--output", arguments.output), ("--store", arguments.store)):
        if place and place.resolve().is_relative_to(arguments.submissions.resolve()):
            raise UsageError(
                f"{option} {place} is inside --submissions {arguments.submissions}, where each folder is a student's; "
                "name one elsewhere"
            )
    root = arguments.course or find_root(Path.cwd())
    if root.resolve().is_relative_to(arguments.submissions.resolve()):
        raise UsageError(
            f"the course {root} is inside --submissions {arguments.submissions}, and would be a student's own; name "
            "another with --course"
        )
    exercises = find_exercises(root, arguments.exercise)
    students, outputs = find_students(arguments.submissions, [exercise.name for exercise in exercises])
    for name in outputs:
        print(f"{printable(name)} holds results of an earlier run and no submission: no student.", file=sys.stderr)
    files = key_files(exercises, find_course_key(exercises[0].root, arguments.seed))
    assigned = []
    for exercise, file in zip(exercises, files, strict=True):
        cover = read_cover(file)
        notebook = find_released_notebook(exercise, arguments.submissions)
        limits = msgspec.structs.replace(cover.limits, **dict(arguments.limit))
        assigned.append(AssignedExercise(cover=cover, notebook=notebook, limits=limits))
    return Classroom(
        submissions=arguments.submissions,
        students=tuple(students),
        exercises=tuple(assigned),
        at_least=arguments.isolation,
        private=(*private_files(exercises), arguments.submissions, arguments.output, store),
    )


def _grade(arguments: argparse.Namespace, classroom: Classroom, store: Store) -> int:
    from autograder.report import show, watch

    plan = make_plan(classroom, None if arguments.force else store)
    numbers = dict(plan.cached)
    failed: dict[int, NotGraded] = {}
    try:
        with open_run(classroom, plan, jobs=arguments.jobs, scheduler=arguments.scheduler) as session:
            for results in watch(session.results, cached=len(plan.cached), total=classroom.size):
                numbers |= persist(results, store)
                failed |= {each.task.index: each.outcome for each in results if isinstance(each.outcome, NotGraded)}
        store.repeat(plan.cached[index] for index in plan.reverted)
        with _explained(arguments.output, f"what was graded is stored in {store.file}"):
            summaries = write_results(arguments.output, classroom, store, numbers)
    except KeyboardInterrupt as interruption:
        raise KeyboardInterrupt(
            f"interrupted; what was graded is kept in {store.file}. Run the command again to go on from there"
        ) from interruption
    show(summaries, [failed[index] for index in sorted(failed)])
    print(_counts(plan, classroom.size))
    print(f"Results, grades and feedback are in {arguments.output}")
    levels = " and ".join(sorted({level for summary in summaries for level in summary.levels})) or "none"
    if arguments.seed is not None:
        print(
            f"All checks drew from --seed {arguments.seed}: hidden ones are no secret; `autograder init` makes a key."
        )
    print(f"Student code was confined {f'{session.where}: ' if session.where else 'at '}level {levels}.")
    return 1 if failed else 0


def _preview(arguments: argparse.Namespace, classroom: Classroom, store: Store) -> int:
    """Grade without storing anything, and print what differs from the last results; 0 if all could be graded."""
    from autograder.report import show_failures, watch

    plan = make_plan(classroom, None if arguments.force else store)
    differences: dict[int, Difference | None] = {}
    failed: dict[int, NotGraded] = {}
    with open_run(classroom, plan, jobs=arguments.jobs, scheduler=arguments.scheduler) as session:
        for results in watch(session.results, cached=len(plan.cached), total=classroom.size):
            for result in results:
                if isinstance(result.outcome, NotGraded):
                    failed[result.task.index] = result.outcome
                else:
                    differences[result.task.index] = _difference(result.outcome.record, store)
    for index in plan.reverted:
        differences[index] = _difference(read_record(store.read(plan.cached[index]).record), store)
    found = [differences[index] for index in sorted(differences)]
    changed = [each for each in found if each is not None]
    for each in changed:
        print("\n".join(each.lines()))
    show_failures([failed[index] for index in sorted(failed)])
    print(f"{len(changed):,} of {classroom.size:,} results would change. Nothing was written.")
    return 1 if failed else 0


def _difference(record: Record, store: Store) -> Difference | None:
    """Return how a record differs from the last one of its student and exercise."""
    number = store.last(record.student, record.exercise)
    return difference(read_record(store.read(number).record) if number else None, record)


def _counts(plan: Plan, size: int) -> str:
    unchanged = len(plan.cached)
    if unchanged == size:
        return f"{unchanged:,} of {size:,} unchanged: nothing had to be graded."
    return f"{size - unchanged:,} of {size:,} graded, {unchanged:,} unchanged."


@contextlib.contextmanager
def _explained(output: Path, state: str) -> Iterator[None]:
    """Turn an error of the file system into one line: fact, place, next step."""
    try:
        yield
    except OSError as error:
        raise UsageError(
            f"--output {output}: {error.strerror}; {state}. "
            "Next: make room or name a folder that can be written, then run the command again"
        ) from error
