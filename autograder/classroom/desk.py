"""Grade a chunk of a class: the unit of work that is handed out, here, to another process, or to another machine.

A desk keeps what it needs between chunks: books by their hash, worker slots by limits and thread (a slot serves one
submission at a time). Closing the desk ends its slots.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import replace

import msgspec

from autograder.book import Book
from autograder.classroom.plan import Chunk, NotGraded, Paper
from autograder.cover import Cover
from autograder.grade.ask import Question, questions
from autograder.grade.grade import Graded, grade
from autograder.grade.handed_in import HandedIn
from autograder.kinds import Level
from autograder.limits import Limits
from autograder.worker.choose import Confinement, confinement, open_slot
from autograder.worker.slot import Slot, SlotBroken

ATTEMPTS = 3
SLICE_SECONDS = 0.5  # after which a chunk hands over what is done: no more than that is lost with its process


Outcome = Graded | NotGraded


class Desk:
    """Where chunks are graded: `read` gets the book that a cover is of, `wall` is what the machine is known to have."""

    def __init__(self, read: Callable[[Cover], Book], wall: Confinement | None = None) -> None:
        self._read = read
        self._wall = wall
        self._books: dict[str, tuple[Book, tuple[Question, ...]]] = {}
        self._slots: dict[tuple[Limits, int], tuple[Slot, Level]] = {}
        self._closed = False

    def grade(self, chunk: Chunk) -> list[Outcome]:
        """Return one outcome a paper, in their order: of the first at least, of all where they are done in time."""
        book, asked = self._opened(chunk.cover)
        slot, level = self._slot(chunk.limits, chunk.at_least)
        end = time.monotonic() + SLICE_SECONDS
        outcomes: list[Outcome] = []
        for paper in chunk.papers:
            outcomes.append(_signed(self._grade_one(book, asked, paper.handed_in, slot), paper, level))
            if time.monotonic() > end:
                break
        return outcomes

    def close(self) -> None:
        """End all worker slots; what another thread is grading in one of them fails."""
        self._closed = True
        for slot, _ in self._slots.values():
            slot.close()
        self._slots.clear()

    def _grade_one(self, book: Book, asked: Sequence[Question], handed_in: HandedIn, slot: Slot) -> Outcome:
        reason = ""
        for _ in range(ATTEMPTS):
            try:
                graded = grade(book, asked, handed_in.submission, slot)
            except Exception as fault:  # whatever we fail at waits for a person, and the class goes on
                if self._closed:  # by another thread, which wants no result any more
                    raise
                reason = str(fault) if isinstance(fault, SlotBroken) else f"{type(fault).__name__}: {fault}"
                with contextlib.suppress(SlotBroken):  # the next attempt says so
                    slot.restart()
            else:
                advice = (*graded.record.advice, handed_in.note) if handed_in.note else graded.record.advice
                return replace(graded, record=msgspec.structs.replace(graded.record, advice=advice))
        return NotGraded(student=handed_in.submission.student, exercise=book.exercise, reason=reason)

    def _opened(self, cover: Cover) -> tuple[Book, tuple[Question, ...]]:
        if cover.sha256 not in self._books:
            book = self._read(cover)
            self._books[cover.sha256] = book, questions(book)
        return self._books[cover.sha256]

    def _slot(self, limits: Limits, at_least: Level) -> tuple[Slot, Level]:
        place = limits, threading.get_ident()
        if place not in self._slots:
            if self._wall is None:
                self._wall = confinement(at_least)
            self._slots[place] = open_slot(limits, self._wall)
        return self._slots[place]


def _signed(outcome: Outcome, paper: Paper, level: Level) -> Outcome:
    if isinstance(outcome, NotGraded):
        return replace(outcome, student=paper.student)
    return replace(outcome, record=msgspec.structs.replace(outcome.record, student=paper.student, isolation=level))
