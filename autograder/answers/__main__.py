"""Record answer books: `python -m autograder.answers ROOT SEED EXERCISE...`, as `library` runs it."""

from __future__ import annotations

import os
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from autograder import book as books
from autograder.answers.errors import CourseError
from autograder.answers.library import book_file
from autograder.answers.record import record
from autograder.catalogue import Exercise, find_exercises


def main(root: str, seed: str, *names: str) -> int:
    """Record and keep a book for each exercise, several at a time."""
    exercises = find_exercises(Path(root), list(names))
    with ProcessPoolExecutor(min(len(exercises), os.cpu_count() or 1)) as pool:
        tasks = [pool.submit(_record, exercise, int(seed)) for exercise in exercises]
    wrong = [error for error in (task.exception() for task in tasks) if error is not None]
    for error in wrong:
        if not isinstance(error, CourseError):
            raise error
    print("\n".join(map(str, wrong)), end="", file=sys.stderr)
    return 1 if wrong else 0


def _record(exercise: Exercise, seed: int) -> None:
    """Record one book; the file appears only when it is whole."""
    book = record(exercise, seed)
    file = book_file(exercise, seed)
    file.parent.mkdir(parents=True, exist_ok=True)
    partial = file.with_suffix(f".{os.getpid()}")
    books.write(book, partial)
    partial.replace(file)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
