"""A student's side of an exercise: a file to fill, and the public answer book beside it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from autograder import book as books
from autograder.book import Book
from autograder.catalogue import UsageError
from autograder.cover import SUFFIX


@dataclass(frozen=True, kw_only=True, slots=True)
class Assignment:
    """A student's file and the book of its public checks."""

    file: Path
    book_file: Path

    def book(self) -> Book:
        """Read the public answer book."""
        try:
            return books.read(self.book_file)
        except ValueError as error:
            raise UsageError(f"{error}; get the assignment's folder anew") from error


def find_assignments(paths: list[Path]) -> list[Assignment]:
    """Return the assignments that the paths name: files, assignment folders, or folders of such folders."""
    return [found for path in (paths or [Path.cwd()]) for found in _find(path)]


def assignment_of(file: Path) -> Assignment | None:
    """Return the assignment of a student's file, if its answer book lies beside it."""
    book_file = file.with_suffix(SUFFIX)
    return Assignment(file=file, book_file=book_file) if file.suffix == ".py" and book_file.is_file() else None


def _find(path: Path) -> list[Assignment]:
    if path.is_dir():
        found = _in_folder(path) or [
            each for folder in sorted(path.iterdir()) if folder.is_dir() for each in _in_folder(folder)
        ]
        if not found:
            raise UsageError(f"no assignment in {path}: expected a file like adam.py and its answer book adam{SUFFIX}")
        return found
    if not path.exists():
        raise UsageError(f"{path} does not exist")
    assignment = assignment_of(path)
    if assignment is None:
        raise UsageError(f"{path} has no answer book beside it: expected {path.with_suffix(SUFFIX).name} in its folder")
    return [assignment]


def _in_folder(folder: Path) -> list[Assignment]:
    return [Assignment(file=file.with_suffix(".py"), book_file=file) for file in sorted(folder.glob(f"*{SUFFIX}"))]
