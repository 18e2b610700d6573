"""What is to be graded: a class is read, what the store knows is set aside, and the rest comes in chunks.

Nothing here imports NumPy or opens a worker: where nothing has changed, nothing else is needed.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from autograder.classroom.roster import Student
from autograder.cover import Cover
from autograder.grade.read import Submission, read_submission
from autograder.limits import Limits
from autograder.results import Level
from autograder.store.key import Key, key_of, this_grader
from autograder.store.store import Store

CHUNK = 4  # submissions: few, so that what is done waits for little; enough not to notice the handing over


@dataclass(frozen=True, kw_only=True, slots=True)
class Paper:
    """One student's submission to one exercise, and its `place` in the order of results."""

    place: int
    student: str
    submission: Submission
    key: Key


@dataclass(frozen=True, kw_only=True, slots=True)
class Chunk:
    """Papers on one exercise, and on what terms they are graded.

    `lost` says how often its process died meanwhile; one that is `alone` must have nothing else under way beside it.
    """

    cover: Cover
    limits: Limits
    at_least: Level
    papers: tuple[Paper, ...]
    lost: int = 0
    alone: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class NotGraded:
    """A submission that our side failed to grade: it gets no record, and is no student's zero."""

    student: str
    exercise: str
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Classroom:
    """A class: who handed in where, which books it is graded by, and on what terms."""

    submissions: Path
    students: tuple[Student, ...]
    covers: tuple[Cover, ...]
    limits: tuple[tuple[str, float], ...]
    at_least: Level

    @property
    def size(self) -> int:
        """Return how many results there will be."""
        return len(self.students) * len(self.covers)


@dataclass(kw_only=True, slots=True)
class Register:
    """Which attempt stands at each place, 0 for none yet; and how many of them are from an earlier run."""

    attempts: array[int]
    unchanged: int = 0
    reverted: list[int] = field(default_factory=list)  # places where an attempt stands that is not the last one

    def keep(self, place: int, number: int, last: int | None) -> None:
        """Let an attempt of an earlier run stand."""
        self.attempts[place] = number
        self.unchanged += 1
        if number != last:
            self.reverted.append(place)


def empty_register(classroom: Classroom) -> Register:
    """Return a register in which nothing stands yet."""
    return Register(attempts=array("q", bytes(8 * classroom.size)))


def chunks(classroom: Classroom, store: Store, register: Register, *, force: bool) -> Iterator[Chunk]:
    """Yield what is to be graded, in the order of places; what is in the store goes into the register on the way."""
    for number, cover in enumerate(classroom.covers):
        limits = msgspec.structs.replace(cover.title.limits, **dict(classroom.limits))
        waiting: list[Paper] = []
        for paper in _papers(classroom, cover, limits, number * len(classroom.students)):
            if force or not _stands(paper, cover.title.exercise, classroom.at_least, store, register):
                waiting.append(paper)
            if len(waiting) == CHUNK:
                yield _chunk(classroom, cover, limits, waiting)
                waiting = []
        if waiting:
            yield _chunk(classroom, cover, limits, waiting)


def _papers(classroom: Classroom, cover: Cover, limits: Limits, first: int) -> Iterator[Paper]:
    grader = this_grader()
    for place, student in enumerate(classroom.students, first):
        submission = read_submission(classroom.submissions, student.folder, cover.title.exercise)
        key = key_of(submission, cover, limits, grader)
        yield Paper(place=place, student=student.name, submission=submission, key=key)


def _stands(paper: Paper, exercise: str, at_least: Level, store: Store, register: Register) -> bool:
    found = store.find(paper.student, exercise, paper.key, at_least)
    if found is None:
        return False
    register.keep(paper.place, found, store.last(paper.student, exercise))
    return True


def _chunk(classroom: Classroom, cover: Cover, limits: Limits, papers: Sequence[Paper]) -> Chunk:
    return Chunk(cover=cover, limits=limits, at_least=classroom.at_least, papers=tuple(papers))
