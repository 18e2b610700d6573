"""What the tests share: the shipped course, its books, a real worker, the real command."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from autograder.answers.library import open_books
from autograder.book import Book
from autograder.catalogue import Exercise, find_exercises
from autograder.cli.main import DEFAULT_SEED
from autograder.grade.ask import questions
from autograder.grade.grade import grade
from autograder.grade.read import Submission
from autograder.limits import Limits
from autograder.results import Record
from autograder.worker.slot import Slot
from autograder.worker.surround import BARE

ROOT = Path(__file__).resolve().parents[1]
FUTURE = "from __future__ import annotations\n"
SEEDS = (DEFAULT_SEED, 1, 2, 3, 4)
EXERCISES = {exercise.name: exercise for exercise in find_exercises(ROOT, [])}
Grade = Callable[[str, bytes, int], Record]


@pytest.fixture(scope="session")
def books() -> Callable[[int], dict[str, Book]]:
    """Return the books of all exercises for a course seed, recorded where they are not yet."""
    opened: dict[int, dict[str, Book]] = {}

    def books_of(seed: int) -> dict[str, Book]:
        if seed not in opened:
            found = open_books(list(EXERCISES.values()), seed)
            opened[seed] = {book.exercise: book for book in found}
        return opened[seed]

    return books_of


@pytest.fixture(scope="session")
def slot() -> Iterator[Slot]:
    """Return one worker for all tests that need no limits of their own."""
    with Slot(Limits(), BARE) as running:
        yield running


@pytest.fixture(scope="session")
def graded(books: Callable[[int], dict[str, Book]], slot: Slot) -> Grade:
    """Return a function that grades a source with an exercise's book for a seed."""
    encoded: dict[tuple[str, int], tuple] = {}

    def grade_source(exercise: str, source: bytes, seed: int = DEFAULT_SEED) -> Record:
        book = books(seed)[exercise]
        if (exercise, seed) not in encoded:
            encoded[exercise, seed] = questions(book)
        return grade(book, encoded[exercise, seed], Submission(student="s", source=source, error=None), slot).record

    return grade_source


def solution_of(exercise: Exercise) -> str:
    """Return the source of an exercise's NumPy solution."""
    return exercise.solution.read_text("utf-8")


def appended(exercise: str, source: str) -> bytes:
    """Return an exercise's solution with other functions appended, which take the place of its own."""
    return (FUTURE + (solution_of(EXERCISES[exercise]) + "\n\n" + source).replace(FUTURE, "")).encode()


def autograder(*arguments: object, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Run the real command."""
    command = [sys.executable, "-m", "autograder.cli.main", *map(str, arguments)]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
