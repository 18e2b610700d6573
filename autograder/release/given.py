"""The notebook that students got: as it lies beside their submissions, or made anew from its sources."""

from __future__ import annotations

from pathlib import Path

from autograder.book import Book
from autograder.catalogue import Exercise
from autograder.grade.handed_in import SUFFIX
from autograder.grade.read import read_file
from autograder.notebook.merge import MAX_NOTEBOOK, Released, released
from autograder.release.course import carrier_of


def find_given(exercise: Exercise, book: Book, submissions: Path) -> Released:
    """Return the released notebook; where nobody handed in a notebook, nothing has to be known about it."""
    name = exercise.name
    release = read_file(submissions.absolute().parent, ("release", name, name + SUFFIX), student="", limit=MAX_NOTEBOOK)
    if release.error is None:
        return released(name, release.source)
    if any(submissions.glob(f"*/{name}/{name}{SUFFIX}")):
        return released(name, carrier_of(exercise, book))
    return Released(exercise=name, cells=())
