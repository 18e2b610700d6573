"""Grade a chunk of a class: the unit of work that executors hand out, here or in another process.

A process keeps what it needs between chunks: books by file, worker slots by limits. Both are memos of pure functions;
the slots end with the process.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import msgspec

from autograder import book as books
from autograder.book import Book
from autograder.classroom.roster import Student
from autograder.grade.ask import Question, questions
from autograder.grade.grade import grade
from autograder.grade.handed_in import read_handed_in
from autograder.limits import Limits
from autograder.notebook.merge import Released
from autograder.results import Record
from autograder.worker.slot import Slot, SlotBroken

ATTEMPTS = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class Chunk:
    """Some students' submissions to one exercise; `given` is the notebook that they got."""

    book_file: Path
    given: Released
    submissions: Path
    students: tuple[Student, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class NotGraded:
    """A submission that our side failed to grade: it gets no record, and is no student's zero."""

    student: str
    exercise: str
    reason: str


Outcome = Record | NotGraded


def grade_chunk(chunk: Chunk) -> list[Outcome]:
    """Return one outcome a student, in their order."""
    book, asked = _opened(chunk.book_file)
    return [_grade_one(book, asked, chunk, student) for student in chunk.students]


def _grade_one(book: Book, asked: Sequence[Question], chunk: Chunk, student: Student) -> Outcome:
    handed_in = read_handed_in(chunk.submissions, student.folder, book.exercise, chunk.given)
    slot, reason = _slot(book.limits), ""
    for _ in range(ATTEMPTS):
        try:
            record = grade(book, asked, handed_in.submission, slot).record
        except SlotBroken as broken:
            reason = str(broken)
            slot.restart()
        else:
            advice = (*record.advice, handed_in.note) if handed_in.note else record.advice
            return msgspec.structs.replace(record, student=student.name, advice=advice)
    return NotGraded(student=student.name, exercise=book.exercise, reason=reason)


@cache
def _opened(book_file: Path) -> tuple[Book, tuple[Question, ...]]:
    book = books.read(book_file)
    return book, questions(book)


@cache
def _slot(limits: Limits) -> Slot:
    return Slot(limits)
