"""What is to be graded: a class is read, what the store knows is set aside, and the rest comes in chunks.

Nothing here imports NumPy or opens a worker: where nothing has changed, nothing else is needed.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

import msgspec

from autograder.classroom.roster import Student
from autograder.cover import Cover
from autograder.grade.handed_in import HandedIn, read_handed_in
from autograder.kinds import Level
from autograder.limits import Limits
from autograder.notebook.merge import Released
from autograder.store.key import Key, key_of, this_grader
from autograder.store.store import Store

CHUNK = 4  # submissions: few, so that what is done waits for little; enough not to notice the handing over


@dataclass(frozen=True, kw_only=True, slots=True)
class Paper:
    """One student's submission to one exercise, and its `place` in the order of results."""

    place: int
    student: str
    handed_in: HandedIn
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
class Assigned:
    """An exercise as it was given: its answer book, and the notebook that students got."""

    cover: Cover
    given: Released


@dataclass(frozen=True, kw_only=True, slots=True)
class Classroom:
    """A class: who handed in where, what they were given, and on what terms it is graded."""

    submissions: Path
    students: tuple[Student, ...]
    assigned: tuple[Assigned, ...]
    limits: tuple[tuple[str, float], ...]
    at_least: Level

    @property
    def names(self) -> list[str]:
        """Return the exercises' names."""
        return [each.cover.title.exercise for each in self.assigned]

    @property
    def size(self) -> int:
        """Return how many results there will be."""
        return len(self.students) * len(self.assigned)


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


def chunks(classroom: Classroom, store: Store | None, register: Register) -> Iterator[Chunk]:
    """Yield what is to be graded, in the order of places: all of it, or what is not in a store.

    What is there goes into the register on the way.
    """
    for number, assigned in enumerate(classroom.assigned):
        limits = msgspec.structs.replace(assigned.cover.title.limits, **dict(classroom.limits))
        papers = _papers(classroom, assigned, limits, number * len(classroom.students))
        new = (each for each in papers if store is None or not _stands(each, assigned, classroom, store, register))
        while group := tuple(islice(new, CHUNK)):
            yield Chunk(cover=assigned.cover, limits=limits, at_least=classroom.at_least, papers=group)


def _papers(classroom: Classroom, assigned: Assigned, limits: Limits, first: int) -> Iterator[Paper]:
    grader, exercise = this_grader(), assigned.cover.title.exercise
    for place, student in enumerate(classroom.students, first):
        handed_in = read_handed_in(classroom.submissions, student.folder, exercise, assigned.given)
        key = key_of(handed_in, assigned.cover, limits, grader)
        yield Paper(place=place, student=student.name, handed_in=handed_in, key=key)


def _stands(paper: Paper, assigned: Assigned, classroom: Classroom, store: Store, register: Register) -> bool:
    exercise = assigned.cover.title.exercise
    found = store.find(paper.student, exercise, paper.key, classroom.at_least)
    if found is None:
        return False
    register.keep(paper.place, found, store.last(paper.student, exercise))
    return True
