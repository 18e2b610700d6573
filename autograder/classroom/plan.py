"""A class, and the plan of its grading: which results the store has already, and which submissions are pending.

Results have a fixed order: exercise by exercise, and student by student within an exercise. The position of a result in
this order is its `index`, from 0.

Given a class and the store (or no store, to grade everything), a plan is made, and then the pending submissions come
batch by batch. Only the batches that are being graded are in memory. Nothing here imports NumPy or starts a process,
and an unchanged class needs nothing else.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, islice
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from autograder.course import UsageError
from autograder.grading import Submission, read_submission
from autograder.limits import Limits
from autograder.merge import ReleasedNotebook
from autograder.results import Level
from autograder.roster import Roster, twins
from autograder.store import KeyCover, Store, StoreKey, store_key

if TYPE_CHECKING:  # NumPy comes with it
    from autograder.grading import Graded

WRITTEN = ("results.jsonl", "grades.csv")  # into OUT, by every run
NO_ROSTER = Roster()
# Files that systems and programs put into folders: they belong to no student.
STRAY = ("__MACOSX", "__pycache__", "System Volume Information", "$RECYCLE.BIN", "@eaDir", "lost+found")
BATCH = 4  # submissions: few enough to be stored soon, enough to make the cost of sending them negligible


@dataclass(frozen=True, kw_only=True, slots=True)
class Student:
    """A student's folder, and the name used in records and reports, which is always valid Unicode."""

    folder: str
    name: str


@dataclass(frozen=True, kw_only=True, slots=True)
class AssignedExercise:
    """An exercise as the class got it, and as it is graded."""

    cover: KeyCover  # the cover of the answer key
    notebook: ReleasedNotebook  # the notebook that was released
    limits: Limits  # what one submission may use
    revealed: bool = False  # whether messages of hidden checks show values, as those of public ones do

    @property
    def name(self) -> str:
        """The exercise's name."""
        return self.cover.exercise


@dataclass(frozen=True, kw_only=True, slots=True)
class Classroom:
    """A class."""

    submissions: Path  # the folder that holds `<student>/<exercise>/`
    students: tuple[Student, ...]  # the students, in the order of their names
    exercises: tuple[AssignedExercise, ...]  # the exercises, in the order of results
    at_least: Level  # the lowest isolation level at which student code may run
    private: tuple[Path, ...]  # files and folders that student code must not read

    @property
    def size(self) -> int:
        """The number of results."""
        return len(self.students) * len(self.exercises)

    def locate(self, index: int) -> tuple[AssignedExercise, Student]:
        """Return the exercise and the student of the result with an index."""
        exercise, student = divmod(index, len(self.students))
        return self.exercises[exercise], self.students[student]


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """The students in a folder of submissions, compared with the roster.

    Attributes
    ----------
    students
        Everybody who is graded: students with a folder, and students in the roster without one.
    outputs
        Folders with results of earlier runs, which are not students.
    absent
        Folders in the roster that do not exist.
    unknown
        Folders that are not in the roster.
    twins
        Groups of names that look alike: they differ in case, or in how an accent is encoded.
    """

    students: tuple[Student, ...]
    outputs: tuple[str, ...]
    absent: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    twins: tuple[tuple[str, ...], ...] = ()


def find_students(submissions: Path, exercises: Sequence[str], roster: Roster = NO_ROSTER) -> Found:
    """Return the students of a class: every folder among the submissions, and everybody in the roster.

    Hidden folders, folders that systems leave everywhere, and earlier OUTs are not students. An earlier OUT holds the
    files that every run writes, and nothing for any of the exercises.

    Raises `UsageError` if the folder can't be read, or has no student's folder in it.
    """
    try:
        with os.scandir(submissions) as entries:
            names = [entry.name for entry in entries if not _is_file(entry)]
            folders = sorted(name for name in names if not name.startswith(".") and name not in STRAY)
    except OSError as error:
        raise UsageError(
            f"--submissions {submissions}: {error.strerror}; expected a folder that holds one folder per student"
        ) from error
    outputs = [folder for folder in folders if _is_output(submissions / folder, exercises)]
    students = [Student(folder=folder, name=student_name(folder)) for folder in folders if folder not in outputs]
    if not students:
        raise UsageError(
            f"--submissions {submissions}: there is no student's folder in it; expected "
            "<student>/<exercise>/<exercise>.py"
        )
    own = {student.name: roster.of_folder(student.name) for student in students}
    there = {known.folder for known in own.values() if known is not None}
    absent = [known.folder for known in roster.students if known.folder not in there]
    everybody = [*students, *(Student(folder=folder, name=folder) for folder in absent)]
    named = [*own, *(known.folder for known in own.values() if known is not None), *absent]
    return Found(
        students=tuple(sorted(everybody, key=lambda student: student.folder)),
        outputs=tuple(outputs),
        absent=tuple(absent),
        unknown=tuple(name for name, known in own.items() if known is None) if roster.students else (),
        twins=tuple(map(tuple, twins(named))),
    )


def _is_file(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_file()
    except OSError:  # instead of a student's folder, there is a circular link
        return False


def _is_output(folder: Path, exercises: Sequence[str]) -> bool:
    if not all(os.path.isfile(folder / name) for name in WRITTEN):  # noqa: PTH113  # refused permissions are no error
        return False
    return not any(os.path.lexists(folder / name) for name in exercises)


def student_name(folder: str) -> str:
    """Return the name of a student's folder as valid Unicode: bytes that are not UTF-8 are written as escapes."""
    return os.fsencode(folder).decode("utf-8", "backslashreplace")


# ---- the plan


@dataclass(frozen=True, kw_only=True, slots=True)
class Task:
    """One submission to grade: its index in the order of results, and the key under which its result is stored."""

    index: int
    submission: Submission
    key: StoreKey


@dataclass(frozen=True, kw_only=True, slots=True)
class Batch:
    """A few tasks of one exercise: the unit of work that an executor gets."""

    cover: KeyCover  # the cover of the exercise's answer key
    limits: Limits  # what one submission may use
    at_least: Level  # the lowest isolation level at which student code may run
    private: tuple[Path, ...]  # files and folders that it must not read
    tasks: tuple[Task, ...]  # the submissions to grade
    revealed: bool = False  # whether messages of hidden checks show values
    deaths: int = 0  # how many times the process that graded this batch has died
    # whether it must be graded alone, so that only this batch can be the cause of a death
    exclusive: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class NotGraded:
    """A submission that the grader itself failed to grade: it gets no record, not even a zero."""

    student: str
    exercise: str
    reason: str


Outcome: TypeAlias = "Graded | NotGraded"


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """The results that the store has of a class, and the submissions that have to be graded."""

    cached: dict[int, int]  # by index, the number of the stored attempt that is the result
    # indices in `cached` where that attempt is not the student's last one: the student has returned to an earlier
    # submission
    reverted: tuple[int, ...]
    pending: tuple[int, ...]  # indices of the submissions to grade, in ascending order


def make_plan(classroom: Classroom, store: Store | None) -> Plan:
    """Divide a class into cached results and pending submissions.

    A submission is read here only if the store has an attempt by the same student at the same exercise.
    """
    if store is None:
        return Plan(cached={}, reverted=(), pending=tuple(range(classroom.size)))
    cached: dict[int, int] = {}
    reverted, pending = [], []
    for index in range(classroom.size):
        exercise, student = classroom.locate(index)
        last = store.last(student.name, exercise.name)
        number = None
        if last is not None:
            task = read_task(classroom, index)
            if not task.submission.fault:
                number = store.find(student.name, exercise.name, task.key, classroom.at_least)
        if number is None:
            pending.append(index)
            continue
        cached[index] = number
        if number != last:
            reverted.append(index)
    return Plan(cached=cached, reverted=tuple(reverted), pending=tuple(pending))


def batches(classroom: Classroom, plan: Plan) -> Iterator[Batch]:
    """Yield a plan's pending submissions in batches; each is read when its batch is asked for."""
    for number, indices in groupby(plan.pending, key=lambda index: index // len(classroom.students)):
        exercise = classroom.exercises[number]
        tasks = (read_task(classroom, index) for index in indices)
        while some := tuple(islice(tasks, BATCH)):
            yield Batch(
                cover=exercise.cover,
                limits=exercise.limits,
                at_least=classroom.at_least,
                private=classroom.private,
                tasks=some,
                revealed=exercise.revealed,
            )


def read_task(classroom: Classroom, index: int) -> Task:
    """Read a submission as it is on disk now; the key is that of exactly these bytes.

    Whatever goes wrong while one submission is read, the others are graded.
    """
    exercise, student = classroom.locate(index)
    try:
        submission = read_submission(
            classroom.submissions, student.folder, student.name, exercise.name, exercise.notebook
        )
    except Exception as error:  # noqa: BLE001  # MemoryError among them
        submission = Submission(student=student.name, fault=f"reading it failed: {type(error).__name__}: {error}")
    key = store_key(submission, exercise.cover, exercise.limits, revealed=exercise.revealed)
    return Task(index=index, submission=submission, key=key)
