"""Plan the grading of a class: which results the store has already, and which submissions are pending.

Given a class and the store (or no store, to grade everything), it makes a plan, and then yields the pending submissions
batch by batch. Only the batches that are being graded are in memory. Nothing here imports NumPy or starts a process,
and an unchanged class needs nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, islice
from pathlib import Path

from autograder.classroom.roster import Classroom
from autograder.grading import Submission, read_submission
from autograder.limits import Limits
from autograder.results import Level
from autograder.store import KeyCover, Store, StoreKey, store_key

BATCH = 4  # submissions: few enough to be stored soon, enough to make the cost of sending them negligible


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
