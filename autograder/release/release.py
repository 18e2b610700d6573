"""Release an exercise: stub, handout, public answer book and data files, from what lies under `solutions/`."""

from __future__ import annotations

import shutil
from pathlib import Path

import msgspec

from autograder import book as books
from autograder.book import Book
from autograder.catalogue import Exercise
from autograder.cover import SUFFIX
from autograder.release.handout import make_handout
from autograder.release.stub import make_stub


def release(exercise: Exercise, book: Book, folder: Path | None = None) -> list[Path]:
    """Write the assignment's files, into `folder` if one is given, and return them."""
    folder = folder or exercise.assignment
    folder.mkdir(parents=True, exist_ok=True)
    handout = folder / "README.md"
    handout.write_text(handout_of(exercise, book), "utf-8")
    return [handout, *release_files(exercise, book, folder)]


def release_files(exercise: Exercise, book: Book, folder: Path) -> list[Path]:
    """Write what a student works with, the handout apart: stub, public answer book, data files."""
    stub, public = folder / f"{exercise.name}.py", folder / f"{exercise.name}{SUFFIX}"
    stub.write_text(stub_of(exercise), "utf-8")
    books.write(msgspec.structs.replace(book.public(), seed=0), public)  # the course's seed is nobody else's business
    return [stub, public, *(_copy(file, folder / file.parent.name) for file in exercise.data)]


def stub_of(exercise: Exercise) -> str:
    """Return the stub of an exercise."""
    return make_stub(str(exercise.solution), exercise.solution.read_text("utf-8"))


def handout_of(exercise: Exercise, book: Book) -> str:
    """Return the handout of an exercise, with the table of what is graded."""
    source = exercise.folder / "handout.md"
    return make_handout(str(source), source.read_text("utf-8"), book)


def _copy(file: Path, folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    return Path(shutil.copyfile(file, folder / file.name))
