"""Grade a chunk of a class: the unit of work that executors hand out, here or in another process.

A process keeps what it needs between chunks: books by file, worker slots by limits. Both are memos of pure functions;
the slots end with the process.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import msgspec

from autograder import book as books
from autograder.book import Book
from autograder.classroom.roster import Student
from autograder.grade.ask import Question, questions
from autograder.grade.grade import Graded, grade
from autograder.grade.handed_in import HandedIn, read_handed_in
from autograder.limits import Limits
from autograder.notebook.merge import Released
from autograder.results import Level
from autograder.worker.choose import Confinement, open_slot
from autograder.worker.slot import Slot, SlotBroken

ATTEMPTS = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class Terms:
    """On what terms student code runs: how it is confined, and limits that an instructor sets instead of a book's."""

    confinement: Confinement
    limits: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Chunk:
    """Some students' submissions to one exercise; `given` is the notebook that they got."""

    book_file: Path
    given: Released
    submissions: Path
    students: tuple[Student, ...]
    terms: Terms


@dataclass(frozen=True, kw_only=True, slots=True)
class NotGraded:
    """A submission that our side failed to grade: it gets no record, and is no student's zero."""

    student: str
    exercise: str
    reason: str


Outcome = Graded | NotGraded


def exercise_of(outcome: Outcome) -> str:
    """Return the exercise that an outcome is about."""
    return outcome.exercise if isinstance(outcome, NotGraded) else outcome.record.exercise


def grade_chunk(chunk: Chunk) -> list[Outcome]:
    """Return one outcome a student, in their order."""
    book, asked = _opened(chunk.book_file)
    slot, level = _slot(msgspec.structs.replace(book.limits, **dict(chunk.terms.limits)), chunk.terms.confinement)
    outcomes = []
    for student in chunk.students:
        handed_in = read_handed_in(chunk.submissions, student.folder, book.exercise, chunk.given)
        outcomes.append(_signed(_grade_one(book, asked, handed_in, slot), student.name, level))
    return outcomes


def _signed(outcome: Outcome, student: str, level: Level) -> Outcome:
    if isinstance(outcome, NotGraded):
        return replace(outcome, student=student)
    return replace(outcome, record=msgspec.structs.replace(outcome.record, student=student, isolation=level))


def _grade_one(book: Book, asked: Sequence[Question], handed_in: HandedIn, slot: Slot) -> Outcome:
    reason = ""
    for _ in range(ATTEMPTS):
        try:
            graded = grade(book, asked, handed_in.submission, slot)
        except SlotBroken as broken:
            reason = str(broken)
            slot.restart()
        else:
            advice = (*graded.record.advice, handed_in.note) if handed_in.note else graded.record.advice
            return replace(graded, record=msgspec.structs.replace(graded.record, advice=advice))
    return NotGraded(student=handed_in.submission.student, exercise=book.exercise, reason=reason)


@cache
def _opened(book_file: Path) -> tuple[Book, tuple[Question, ...]]:
    book = books.read(book_file)
    return book, questions(book)


@cache
def _slot(limits: Limits, confinement: Confinement) -> tuple[Slot, Level]:
    return open_slot(limits, confinement)
