"""What naming mistakes costs a class: `python -m benchmarks.diagnosis`.

The example class is graded with its answer books, and with the same books without a single misconception, submission by
submission in turn so that a busy machine slows both alike. Printed are the seconds of both and their ratio, without the
two students who wait for time limits.
"""

from __future__ import annotations

import time
from pathlib import Path

import msgspec

from autograder.answers.library import open_books
from autograder.book import Book
from autograder.catalogue import find_exercises
from autograder.cli.main import DEFAULT_SEED
from autograder.grade.ask import questions
from autograder.grade.grade import grade
from autograder.grade.read import read_file
from autograder.worker.slot import Slot
from autograder.worker.surround import BARE

ROOT = Path(__file__).resolve().parents[1]
ROUNDS = 3
SLOW = ("zoë", "mallory")


def main() -> None:
    """Measure, and print a table."""
    exercises = find_exercises(ROOT, [])
    totals = {"with": 0.0, "without": 0.0}
    named = 0
    for exercise, book in zip(exercises, open_books(exercises, DEFAULT_SEED), strict=True):
        books = {"with": book, "without": msgspec.structs.replace(book, beliefs=())}
        folders = sorted((ROOT / "examples" / "class").glob(f"*/{exercise.name}"))
        with Slot(book.limits, BARE) as slot:
            _grade(book, folders[0], slot)  # a worker's first submission pays for its start
            for folder in (each for each in folders if each.parent.name not in SLOW):
                for name, each in list(books.items()) * ROUNDS:
                    seconds, count = _grade(each, folder, slot)
                    totals[name] += seconds
                    named += count
    print(f"with diagnosis     {totals['with']:8.2f} s, {named // ROUNDS} functions named")
    print(f"without            {totals['without']:8.2f} s")
    print(f"ratio              {totals['with'] / totals['without']:8.3f}")


def _grade(book: Book, folder: Path, slot: Slot) -> tuple[float, int]:
    submission, asked = read_file(folder, (f"{book.exercise}.py",), student=folder.parent.name), questions(book)
    start = time.perf_counter()
    record = grade(book, asked, submission, slot).record
    seconds = time.perf_counter() - start
    return seconds, len({check.function for check in record.checks if check.diagnosis})


if __name__ == "__main__":
    main()
