"""Grade a class: exercises and students in, outcomes out in a fixed order, exercise by exercise."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from autograder.classroom.desk import Chunk, Outcome, Terms
from autograder.classroom.executors import run_chunks
from autograder.classroom.roster import Student
from autograder.notebook.merge import Released

CHUNK = 8  # submissions: small enough to share out, large enough not to notice the handing over


@dataclass(frozen=True, kw_only=True, slots=True)
class Assigned:
    """An exercise as it was given: its answer book, and the notebook that students got."""

    book_file: Path
    given: Released


@dataclass(frozen=True, kw_only=True, slots=True)
class Classroom:
    """What is to be graded: who handed in where, and what they were given."""

    submissions: Path
    students: tuple[Student, ...]
    assigned: tuple[Assigned, ...]
    terms: Terms

    @property
    def size(self) -> int:
        """Return how many outcomes there will be."""
        return len(self.students) * len(self.assigned)


def grade_class(classroom: Classroom, jobs: int) -> Iterator[Outcome]:
    """Yield one outcome for each exercise and student, in that order, as they come."""
    return run_chunks(_chunks(classroom), min(jobs, max(1, classroom.size // CHUNK)))


def _chunks(classroom: Classroom) -> Iterator[Chunk]:
    for each in classroom.assigned:
        for students in _groups(classroom.students):
            yield Chunk(
                book_file=each.book_file,
                given=each.given,
                submissions=classroom.submissions,
                students=students,
                terms=classroom.terms,
            )


def _groups(students: Sequence[Student]) -> Iterator[tuple[Student, ...]]:
    rest = iter(students)
    while group := tuple(islice(rest, CHUNK)):
        yield group
