"""Where recorded books are kept: one file for each exercise, course seed and state of the sources.

A grader asks here. What is not there yet is recorded in a process of its own, so that no grader ever imports torch.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from autograder.answers.errors import CourseError
from autograder.catalogue import Exercise, hash_files
from autograder.cover import SUFFIX

if TYPE_CHECKING:
    from autograder.book import Book

PACKAGE = Path(__file__).resolve().parents[1]


def open_books(exercises: Sequence[Exercise], seed: int) -> list[Book]:
    """Return the book of each exercise; those that are missing are recorded first."""
    from autograder import book as books  # only now: who needs the files alone does without NumPy

    return [books.read(file) for file in book_files(exercises, seed)]


def book_files(exercises: Sequence[Exercise], seed: int) -> list[Path]:
    """Return the file of each exercise's book; those that are missing are recorded first."""
    files = [book_file(exercise, seed) for exercise in exercises]
    missing = [exercise.name for exercise, file in zip(exercises, files, strict=True) if not file.is_file()]
    if missing:
        _record_elsewhere(exercises[0].root, seed, missing)
    return files


def book_file(exercise: Exercise, seed: int) -> Path:
    """Return where the book lies: the name changes with everything that shapes what is in it."""
    name = f"{exercise.name}-{exercise.version()}-{state_of_sources()}-{seed}{SUFFIX}"
    return exercise.root / ".autograder" / "books" / name


@cache
def state_of_sources() -> str:
    """Return a hash of this package's own sources, as they were when it was first asked for."""
    return hash_files([*sorted(PACKAGE.rglob("*.py"))])


def _record_elsewhere(root: Path, seed: int, names: Sequence[str]) -> None:
    command = [sys.executable, "-m", "autograder.answers", str(root), str(seed), *names]
    result = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    if result.returncode:
        raise CourseError(result.stderr.strip() or f"recording ended with exit code {result.returncode}")
