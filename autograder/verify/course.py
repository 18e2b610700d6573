"""What can be seen without running anything: points, hints, and whether what is released is up to date."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from autograder.ask.misconceptions import HINTS, Misconception
from autograder.book import Book
from autograder.catalogue import Exercise
from autograder.release.release import release
from autograder.verify.defect import Defect

POINTS = 100


def check_points(exercise: Exercise, book: Book) -> Iterator[Defect]:
    """Add up the points."""
    total = sum(check.points for check in book.checks)
    if total != POINTS:
        yield Defect(
            exercise=exercise.name,
            place="checks.py",
            fact=f"the checks are worth {total:g} points, expected {POINTS}",
            mend="change the points of some",
        )
    for function in book.parameters:
        if not sum(check.points for check in book.checks if check.function == function):
            yield Defect(
                exercise=exercise.name,
                place="checks.py",
                fact=f"{function} is worth nothing",
                mend="write a check of it, with points",
            )


def check_words(exercise: Exercise, misconceptions: list[Misconception]) -> Iterator[Defect]:
    """Look for beliefs and hints that are missing, and for names that lead nowhere."""
    known = {misconception.id for misconception in misconceptions}
    for misconception in misconceptions:
        hints = [hint for hint in misconception.hints if hint.strip()]
        if not misconception.combines and (not misconception.belief or len(set(hints)) != HINTS):
            yield Defect(
                exercise=exercise.name,
                place=f"misconceptions.py, {misconception.id}",
                fact=f"has {len(set(hints))} different hints, and {'a' if misconception.belief else 'no'} belief",
                mend=f"state the belief, and write {HINTS} hints that escalate",
            )
        named = {*misconception.combines, misconception.like} - {""}
        if named - known or (misconception.like and not misconception.because):
            yield Defect(
                exercise=exercise.name,
                place=f"misconceptions.py, {misconception.id}",
                fact=f"refers to {', '.join(sorted(named))}, which must exist, and needs a reason for behaving alike",
                mend="name ids of this file, and say because=...",
            )


def check_release(exercise: Exercise, book: Book) -> Iterator[Defect]:
    """Compare the assignment with what release makes."""
    with tempfile.TemporaryDirectory() as folder:
        made = _contents(Path(folder), release(exercise, book, Path(folder)))
    found = _contents(exercise.assignment, list(exercise.assignment.rglob("*")))
    stale = sorted(name for name in made.keys() | found.keys() if made.get(name) != found.get(name))
    if stale:
        yield Defect(
            exercise=exercise.name,
            place=f"assignments/{exercise.name}/",
            fact=f"{', '.join(stale)} is not what release makes",
            mend=f"run: autograder release {exercise.name}",
        )


def _contents(folder: Path, files: list[Path]) -> dict[str, bytes]:
    """Return the bytes of files by their place in a folder; what tools leave in hidden folders does not count."""
    names = {file: file.relative_to(folder) for file in files if file.is_file()}
    return {str(name): file.read_bytes() for file, name in names.items() if not name.parts[0].startswith(".")}
