"""`autograder grade` and `grade-file`: grade a class, or all checks on one submitted file.

A class's results are stored, and grades and feedback are written from the store. Importing this module needs neither
NumPy nor rich: a class in which nothing is pending is done quickly.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib.util
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec

from autograder.classroom import AssignedExercise, Classroom, Found, NotGraded, Plan, find_students, make_plan, open_run
from autograder.cli.options import STORE
from autograder.course import ExerciseFolder, UsageError, find_exercises, find_root, private_files
from autograder.course_key import find_course_key
from autograder.grading import read_submission
from autograder.intake import recognize
from autograder.merge import ReleasedNotebook
from autograder.printable import printable
from autograder.private import make_private_folder
from autograder.recording import key_files
from autograder.release import find_released_notebook
from autograder.report import (
    Difference,
    Grades,
    View,
    difference,
    feedback,
    in_words,
    persist,
    read_record,
    style_of,
    write_results,
)
from autograder.results import Record
from autograder.roster import Roster, read_roster
from autograder.store import Store, open_read_only, open_store, read_cover
from autograder.term import CourseFile, HandIn, attempts_folder, kept_hand_in, lateness, read_hand_ins

Key = tuple[str, str]  # student and exercise


@dataclass(frozen=True, kw_only=True, slots=True)
class _Course:
    """A class to grade, with its students and their attempts."""

    classroom: Classroom
    found: Found
    roster: Roster
    order: tuple[str, ...]  # all exercises of the course
    hand_ins: tuple[HandIn, ...]
    settings: CourseFile


def grade(arguments: argparse.Namespace) -> int:
    """Grade a class, or preview it; 0 if every submission has a record, whatever the scores."""
    if importlib.util.find_spec("rich") is None:
        raise UsageError("grading a class needs the extra `instructor`: pip install 'numgrade[instructor]'")
    file = arguments.store or arguments.output / STORE
    course = _open_course(arguments, file)
    if arguments.preview:
        with open_read_only(file) as store:
            return _preview(arguments, course, store)
    with _explained(arguments.output, "nothing was graded"):
        make_private_folder(arguments.output)
        tempfile.TemporaryFile(dir=arguments.output).close()  # tried now: results that can't be written are no use
    with open_store(file) as store:
        return _grade(arguments, course, store)


def _open_course(arguments: argparse.Namespace, store: Path) -> _Course:
    """Find students, exercises and answer keys; keys that are missing are recorded."""
    submissions, settings = arguments.submissions, arguments.settings
    for option, place in (("--output", arguments.output), ("--store", arguments.store)):
        if place and place.resolve().is_relative_to(submissions.resolve()):
            raise UsageError(
                f"{option} {place} is inside --submissions {submissions}, where each folder is a student's; "
                "name one elsewhere"
            )
    root = arguments.course or find_root(Path.cwd())
    if root.resolve().is_relative_to(submissions.resolve()):
        raise UsageError(
            f"the course {root} is inside --submissions {submissions}, where it could be a student's; name your own "
            "with --course"
        )
    exercises = find_exercises(root, arguments.exercise)
    order = settings.exercises or [exercise.name for exercise in find_exercises(root, [])]
    system = recognize(submissions)
    if system:
        raise UsageError(
            f"--submissions {submissions} is a download from {system.capitalize()}, which is not laid out for grading. "
            f"Next: autograder import {system} {submissions} --submissions DIR, then grade that"
        )
    roster = read_roster(arguments.roster) if arguments.roster else Roster()
    found = find_students(submissions, [exercise.name for exercise in exercises], roster)
    _tell_found(found)
    if not arguments.named:
        exercises = _submitted(exercises, submissions, found) or exercises
    files = key_files(exercises, find_course_key(root, arguments.seed, arguments.key_file))
    assigned = []
    for exercise, file in zip(exercises, files, strict=True):
        cover = read_cover(file)
        notebook = find_released_notebook(exercise, submissions)
        limits = msgspec.structs.replace(cover.limits, **dict(arguments.limit))
        assigned.append(AssignedExercise(cover=cover, notebook=notebook, limits=limits, revealed=arguments.reveal))
    others = (arguments.roster, arguments.key_file, settings.file)
    classroom = Classroom(
        submissions=submissions,
        students=found.students,
        exercises=tuple(assigned),
        at_least=arguments.isolation,
        private=(*private_files(exercises), submissions, arguments.output, store, *filter(None, others)),
    )
    return _Course(
        classroom=classroom,
        found=found,
        roster=roster,
        order=tuple(order),
        hand_ins=tuple(read_hand_ins(submissions)),
        settings=settings,
    )


def _submitted(exercises: list[ExerciseFolder], submissions: Path, found: Found) -> list[ExerciseFolder]:
    """Return the exercises that somebody has submitted.

    So next month's exercises are not reported as missing, and a folder with this week's submissions alone does not
    replace last week's results.
    """
    empty = ReleasedNotebook(exercise="", cells=())
    submitted = []
    for exercise in exercises:
        released = replace(empty, exercise=exercise.name)
        for student in found.students:
            try:
                read = read_submission(submissions, student.folder, student.name, exercise.name, released)
            except Exception:  # noqa: BLE001  # whatever it is, something is there
                break
            if read.error is None or read.error.kind != "missing":
                break
        else:
            continue
        submitted.append(exercise)
    return submitted


def _tell_found(found: Found) -> None:
    """Print to standard error which folders belong to no student, and which students are not in the roster."""
    for name in found.outputs:
        print(f"{printable(name)} holds results of an earlier run and no submissions, and is skipped.", file=sys.stderr)
    for group in found.twins:
        names = " and ".join(map(ascii, group))
        print(f"{names} look alike: is that one student? Their names differ in case or encoding.", file=sys.stderr)
    if found.unknown:
        print(f"Not in the roster: {len(found.unknown)}: {in_words(found.unknown)}.", file=sys.stderr)


def _grade(arguments: argparse.Namespace, course: _Course, store: Store) -> int:
    from autograder.report import show, watch

    classroom = course.classroom
    plan = make_plan(classroom, None if arguments.force else store)
    numbers = dict(plan.cached)
    failed: dict[int, NotGraded] = {}
    try:
        with open_run(classroom, plan, jobs=arguments.jobs, scheduler=arguments.scheduler) as session:
            for results in watch(session.results, cached=len(plan.cached), total=classroom.size):
                numbers |= persist(results, store)
                failed |= {each.task.index: each.outcome for each in results if isinstance(each.outcome, NotGraded)}
        last = {_key(classroom, index): number for index, number in numbers.items()}
        kept = _grade_attempts(arguments, classroom, course.hand_ins, store, last)
        numbers |= {index: kept.numbers.get(_key(classroom, index), number) for index, number in numbers.items()}
        several = [index for index in numbers if _key(classroom, index) in kept.numbers]
        _return_to(store, classroom, [*plan.reverted, *several], numbers)
        with _explained(arguments.output, f"what was graded is stored in {store.file}"):
            view = _view(arguments, course, kept, failed.values())
            written = write_results(arguments.output, classroom, store, numbers, view)
    except KeyboardInterrupt as interruption:
        raise KeyboardInterrupt(
            f"interrupted; what was graded is kept in {store.file}. Run the command again to continue"
        ) from interruption
    show(written.summaries, [*(failed[index] for index in sorted(failed)), *kept.failed])
    print(_counts(plan, classroom.size))
    print("\n".join(_lines(course, written.grades)))
    print(f"Results, grades and feedback are in {arguments.output}")
    if arguments.reveal:
        print("Messages of hidden checks show values now: whoever reads them may learn the inputs.")
    levels = " and ".join(sorted({level for summary in written.summaries for level in summary.levels})) or "none"
    if arguments.seed is not None:
        print(
            f"All inputs were drawn from --seed {arguments.seed}, so the hidden ones are no secret. "
            "Run autograder init to make a secret key."
        )
    print(f"Student code was confined {f'{session.where}: ' if session.where else 'at '}level {levels}.")
    return 1 if failed or kept.failed else 0


def _key(classroom: Classroom, index: int) -> tuple[str, str]:
    exercise, student = classroom.locate(index)
    return student.name, exercise.name


def _return_to(store: Store, classroom: Classroom, indices: Iterable[int], numbers: Mapping[int, int]) -> None:
    """Make the attempt that counts the last one in the store, where it is not: the student has returned to it."""
    again = []
    for index in dict.fromkeys(indices):
        student, exercise = _key(classroom, index)
        last = store.last(student, exercise)
        if last != numbers[index]:
            again.append(numbers[index])
    store.repeat(again)


def _view(arguments: argparse.Namespace, course: _Course, kept: _Kept, failed: Iterable[NotGraded]) -> View:
    """Return which part of the course is shown, and how late each submission was."""
    return View(
        whole=not arguments.only,
        exercises=course.order,
        roster=course.roster,
        late=lateness(kept.hand_ins, course.settings, course.order),
        failed={(each.student, each.exercise) for each in failed},
    )


def _lines(course: _Course, grades: Grades) -> Iterator[str]:
    """Yield what to know about grades.csv: who has submitted nothing, and which results are not from this folder."""
    nothing = [name for name in grades.students if grades.missing(name) == list(grades.exercises)]
    if nothing:
        of_all = f"{len(nothing)} of {len(grades.students)} students"
        yield f"{of_all} submitted nothing at all: {in_words(sorted(nothing))}."
    if grades.kept:
        words = in_words([f"{student} ({exercise})" for student, exercise in grades.kept])
        yield (
            f"{len(grades.kept)} results are of earlier submissions, which are not in {course.classroom.submissions} "
            f"any more: {words}. --only skips them."
        )


def _preview(arguments: argparse.Namespace, course: _Course, store: Store) -> int:
    """Grade without storing anything, and print what differs from the last results; 0 if all could be graded."""
    from autograder.report import show_failures, watch

    classroom = course.classroom
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
    several = {key for key, own in _attempts_of(course.hand_ins).items() if len(own) > 1}
    if several and course.settings.late.keep == "best":
        print(f"Not previewed: {len(several)} submissions with several attempts, since the best attempt counts.")
        differences = {index: each for index, each in differences.items() if _key(classroom, index) not in several}
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


# ---- if the best attempt counts: earlier attempts
#
# The last attempt is where all submissions are, and is graded with them. The others are in folders laid out alike.


@dataclass(frozen=True, kw_only=True, slots=True)
class _Kept:
    """The attempts that count, and the numbers in the store of those that are not the last ones.

    Attributes
    ----------
    hand_ins
        One for each student and exercise that anything was imported of.
    numbers
        The number in the store of the attempt that counts, where several were graded to find it.
    failed
        What the grader itself failed to grade.
    """

    hand_ins: tuple[HandIn, ...]
    numbers: dict[Key, int]
    failed: tuple[NotGraded, ...] = ()


def _attempts_of(hand_ins: Sequence[HandIn]) -> dict[Key, list[HandIn]]:
    """Return all attempts by student and exercise."""
    found: dict[Key, list[HandIn]] = defaultdict(list)
    for each in hand_ins:
        found[each.student, each.exercise].append(each)
    return found


def _grade_attempts(
    arguments: argparse.Namespace,
    classroom: Classroom,
    hand_ins: Sequence[HandIn],
    store: Store,
    last: Mapping[Key, int],
) -> _Kept:
    """Grade the attempts that may be the best, if the best one counts, and return which attempts count.

    Parameters
    ----------
    last
        The numbers in the store of the attempts that are laid out, by student and exercise.
    """
    settings: CourseFile = arguments.settings
    kept = {
        key: kept_hand_in(own, settings.due.get(key[1]), settings.late) for key, own in _attempts_of(hand_ins).items()
    }
    if settings.late.keep != "best":
        return _Kept(hand_ins=tuple(kept.values()), numbers={})
    graded = {key: [(kept[key], number)] for key, number in last.items() if key in kept}
    failed: list[NotGraded] = []
    for exercise in classroom.exercises:
        others = [each for each in hand_ins if each.exercise == exercise.name and kept[_key_of(each)] is not each]
        for number in sorted({each.number for each in others}):
            some = {each.student: each for each in others if each.number == number and _key_of(each) in graded}
            for student, found in _grade_attempt(arguments, classroom, exercise, number, some, store):
                if isinstance(found, NotGraded):
                    failed.append(found)
                else:
                    graded[student, exercise.name].append((some[student], found))
    best = {key: max(found, key=lambda each: _worth(each, settings, store)) for key, found in graded.items()}
    several = {key: number for key, (_, number) in best.items() if len(graded[key]) > 1}
    return _Kept(
        hand_ins=tuple(best[key][0] if key in best else each for key, each in kept.items()),
        numbers=several,
        failed=tuple(failed),
    )


def _grade_attempt(
    arguments: argparse.Namespace,
    classroom: Classroom,
    exercise: AssignedExercise,
    number: int,
    some: Mapping[str, HandIn],
    store: Store,
) -> Iterator[tuple[str, int | NotGraded]]:
    """Grade some students' attempt of a number at an exercise; yield the number of each in the store."""
    students = tuple(student for student in classroom.students if student.name in some)
    folder = attempts_folder(classroom.submissions, number)
    part = replace(classroom, submissions=folder, exercises=(exercise,), students=students)
    plan = make_plan(part, None if arguments.force else store)
    numbers = dict(plan.cached)
    with open_run(part, plan, jobs=arguments.jobs, scheduler=arguments.scheduler) as session:
        for results in session.results:
            numbers |= persist(results, store)
            for each in results:
                if isinstance(each.outcome, NotGraded):
                    yield each.outcome.student, each.outcome
    for index, found in numbers.items():
        yield part.locate(index)[1].name, found


def _worth(graded: tuple[HandIn, int], settings: CourseFile, store: Store) -> tuple[float, float, int]:
    """Return the key by which the best attempt is chosen: points that count, points, and among equals the last."""
    hand_in, number = graded
    record = read_record(store.read(number).record)
    (late,) = lateness([hand_in], settings).values()
    return record.score - min(record.score, record.max_score * late.share_lost), record.score, hand_in.number


def _key_of(each: HandIn) -> Key:
    return each.student, each.exercise


# ---- one file, for an instructor who wants to see what a student did


def grade_file(arguments: argparse.Namespace) -> int:
    """Print feedback with what the code printed, hidden checks included; 0 if the file has a record, whatever score."""
    from autograder import api  # it comes with NumPy

    root = arguments.course or find_root(Path.cwd())
    (exercise,) = find_exercises(root, [arguments.exercise])
    graded = api.grade_file(
        arguments.file,
        exercise,
        find_course_key(root, arguments.seed, arguments.key_file),
        isolation=arguments.isolation,
        limits=dict(arguments.limit),
        private=[arguments.key_file] if arguments.key_file else [],
    )
    print(feedback(graded.record, style_of(sys.stdout), graded.notes), end="")
    print(f"\nStudent code was confined at level {graded.record.isolation}. Nothing was stored.")
    return 0
