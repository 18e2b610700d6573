"""Record answer books: `python -m autograder.answers ROOT SEED EXERCISE...`, as `library` runs it."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from autograder import book as books
from autograder.answers.errors import CourseError
from autograder.answers.library import book_file
from autograder.answers.record import record
from autograder.catalogue import find_exercises


def main(root: str, seed: str, *names: str) -> int:
    """Record and keep a book for each exercise; a file appears only when it is whole."""
    try:
        for exercise in find_exercises(Path(root), list(names)):
            file = book_file(exercise, int(seed))
            file.parent.mkdir(parents=True, exist_ok=True)
            partial = file.with_suffix(f".{os.getpid()}")
            books.write(record(exercise, int(seed)), partial)
            partial.replace(file)
    except CourseError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
