"""The course that is measured: an exercise with its book, and classes of any size made of copies of a few files."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.answers.library import open_books
from autograder.book import Book
from autograder.catalogue import Exercise, find_exercises
from autograder.cli.main import DEFAULT_SEED
from benchmarks.measure import ROOT

CLASS = ROOT / "examples" / "class"
SLOW = ("zoë", "mallory")  # whose code waits for limits: seconds that measure the limits, and nothing of ours


@dataclass(frozen=True, kw_only=True, slots=True)
class Subject:
    """An exercise, its full answer book, and its right solution."""

    exercise: Exercise
    book: Book
    source: str


@functools.cache
def subject(name: str) -> Subject:
    """Return an exercise by name; its book is recorded first where that is missing."""
    (exercise,) = find_exercises(ROOT, [name])
    (book,) = open_books([exercise], DEFAULT_SEED)
    return Subject(exercise=exercise, book=book, source=exercise.solution.read_text("utf-8"))


def class_sources(exercise: str) -> list[bytes]:
    """Return what the example class handed in for an exercise, without the students who wait for limits."""
    files = sorted(CLASS.glob(f"*/{exercise}/{exercise}.py"))
    return [file.read_bytes() for file in files if file.parents[1].name not in SLOW]


def make_class(folder: Path, exercise: str, sources: Sequence[bytes], size: int) -> Path:
    """Make a class of copies, each with a last line of its own, so that no two are the same; return its folder."""
    for number in range(size):
        home = folder / f"student{number:05}" / exercise
        home.mkdir(parents=True)
        source = sources[number % len(sources)]
        home.joinpath(f"{exercise}.py").write_bytes(source + f"\n# copy {number}\n".encode())
    return folder
