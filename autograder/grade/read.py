"""Read a submission's file: regular files of bounded size, no link followed, nothing parsed."""

from __future__ import annotations

import hashlib
import os
import stat
from dataclasses import dataclass
from pathlib import Path

import msgspec

from autograder.cells import Cell
from autograder.results import Error

MAX_SOURCE = 2**20  # bytes; a long solution has ten thousand


@dataclass(frozen=True, kw_only=True, slots=True)
class Submission:
    """What one student handed in for one exercise: a file's bytes, or a notebook's `cells`, or why there is nothing.

    `cells` are what is run, the file among them; without any, it is the file alone.
    """

    student: str
    source: bytes
    error: Error | None
    cells: tuple[Cell, ...] = ()

    def parts(self, exercise: str) -> tuple[Cell, ...]:
        """Return what is run, in order."""
        return self.cells or (Cell(label=f"{exercise}.py", source=self.source, required=True),)

    def digest(self) -> str:
        """Return a hash of what is run: of a file alone, the one that `sha256sum` gives."""
        cells = msgspec.json.encode(self.cells) if len(self.cells) > 1 else self.source
        return hashlib.sha256(cells).hexdigest()


def read_submission(folder: Path, student: str, exercise: str) -> Submission:
    """Read `folder/<student>/<exercise>/<exercise>.py`."""
    return read_file(folder, (student, exercise, f"{exercise}.py"), student=student)


def read_file(folder: Path, steps: tuple[str, ...], *, student: str, limit: int = MAX_SOURCE) -> Submission:
    """Read the file that the steps lead to from `folder`; none of them may be a symbolic link."""
    name = "/".join(steps[-2:])
    try:
        return Submission(student=student, source=_read(folder, steps, limit), error=None)
    except FileNotFoundError:
        error = Error(kind="missing", message=f"{name} was not handed in")
    except _Unreadable as problem:
        error = Error(kind="unreadable", message=f"{name} {problem}")
    except OSError as problem:
        error = Error(kind="unreadable", message=f"{name} can't be read: {problem.strerror}")
    return Submission(student=student, source=b"", error=error)


class _Unreadable(Exception):
    """What lies in the file's place is not a file that is read; the text says what it is."""


def _read(folder: Path, steps: tuple[str, ...], limit: int) -> bytes:
    place = folder
    for step in steps:
        place = place / step
        if stat.S_ISLNK(os.lstat(place).st_mode):
            raise _Unreadable("is a symbolic link; hand in the file itself")
    # O_NONBLOCK: opening a pipe must not wait for somebody to write to it.
    descriptor = os.open(place, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    with os.fdopen(descriptor, "rb") as file:
        found = os.fstat(descriptor)
        if not stat.S_ISREG(found.st_mode):
            raise _Unreadable(f"is {'a folder' if stat.S_ISDIR(found.st_mode) else 'not a regular file'}")
        source = file.read(limit + 1)
    if len(source) > limit:
        raise _Unreadable(f"has {found.st_size} bytes; {limit} are allowed")
    return source
