"""What naming mistakes costs a class: `python -m benchmarks.diagnosis`.

The example class is graded with its answer books, and with the same books without a single misconception, submission by
submission in turn, without the two students who wait for limits.
"""

from __future__ import annotations

import time

import msgspec

from autograder.book import Book
from autograder.catalogue import find_exercises
from autograder.grade.ask import questions
from autograder.grade.grade import grade
from autograder.grade.read import Submission
from autograder.worker.slot import Slot
from autograder.worker.surround import BARE
from benchmarks.course import class_sources, subject
from benchmarks.measure import ROOT, show, table

WITH, WITHOUT = "with diagnosis", "without"


def measure(*, quick: bool) -> str:
    """Return the table."""
    names = ["normalization"] if quick else [exercise.name for exercise in find_exercises(ROOT, [])]
    rounds = 1 if quick else 3
    totals, named = {WITH: 0.0, WITHOUT: 0.0}, 0
    for name in names:
        book = subject(name).book
        books = {WITH: book, WITHOUT: msgspec.structs.replace(book, beliefs=())}
        sources = class_sources(name)
        with Slot(book.limits, BARE) as slot:
            _grade(book, sources[0], slot)  # a worker's first submission pays for its start
            for source in sources:
                for way, each in list(books.items()) * rounds:
                    seconds, count = _grade(each, source, slot)
                    totals[way] += seconds / rounds
                    named += count
    share = f"{totals[WITH] / totals[WITHOUT]:.3f}"
    rows = [[WITH, f"{totals[WITH]:.2f}", f"{named // rounds}", share], [WITHOUT, f"{totals[WITHOUT]:.2f}", "0", "1"]]
    return table(["the example class", "seconds", "functions named", "ratio"], rows)


def _grade(book: Book, source: bytes, slot: Slot) -> tuple[float, int]:
    submission, asked = Submission(student="anybody", source=source, error=None), questions(book)
    start = time.perf_counter()
    record = grade(book, asked, submission, slot).record
    seconds = time.perf_counter() - start
    return seconds, len({check.function for check in record.checks if check.diagnosis})


if __name__ == "__main__":
    show(measure)
