"""Read what a student submitted: the `.py` file, the notebook, or both; what leaves is what a sandbox worker runs.

On disk: SUBMISSIONS/<student>/<exercise>/<exercise>.py and <exercise>.ipynb. Only regular files of bounded size are
read, no link is followed, and nothing is parsed but the notebook's JSON.
"""

from __future__ import annotations

import hashlib
import os
import stat
from dataclasses import dataclass
from pathlib import Path

import msgspec

from autograder.cells import Cell
from autograder.merge import MAX_NOTEBOOK, NOTEBOOK_SUFFIX, ReleasedNotebook, merge
from autograder.results import Error

MAX_SOURCE = 2**20  # bytes; a long solution has ten thousand


@dataclass(frozen=True, kw_only=True, slots=True)
class Submission:
    """What one student submitted for one exercise."""

    student: str  # the name that records bear
    cells: tuple[Cell, ...] = ()  # what is run, in order: the file, or the notebook's cells, the file among them
    error: Error | None = None  # why there is nothing to run, or None
    note: str = ""  # what the student has to know about what was read, or empty

    def digest(self) -> str:
        """Return a hash of what is run: for a file alone, the one that `sha256sum` gives."""
        if len(self.cells) > 1:
            return hashlib.sha256(msgspec.json.encode(self.cells)).hexdigest()
        return hashlib.sha256(b"".join(cell.source for cell in self.cells)).hexdigest()


class Unreadable(Exception):
    """A file is missing, or is not one that can be read; `error` says so in the student's terms."""

    def __init__(self, error: Error) -> None:
        super().__init__(error.message)
        self.error = error


def single_file(student: str, exercise: str, source: bytes) -> Submission:
    """Return the submission that a file's bytes are."""
    return Submission(student=student, cells=(Cell(label=f"{exercise}.py", source=source, required=True),))


def read_submission(
    submissions: Path, folder: str, student: str, exercise: str, released: ReleasedNotebook
) -> Submission:
    """Read a student's submission.

    Parameters
    ----------
    submissions
        The folder that holds a folder per student.
    folder
        The name of the student's folder.
    student
        The name that records bear.
    exercise
        The exercise's name.
    released
        The notebook as it was released, which tells what in a submitted one is the student's own.
    """
    module, missing = _try(submissions, (folder, exercise, f"{exercise}.py"), MAX_SOURCE)
    notebook, problem = _try(submissions, (folder, exercise, exercise + NOTEBOOK_SUFFIX), MAX_NOTEBOOK)
    if notebook is None:
        note = "" if problem is None or problem.kind == "missing" else f"{problem.message}; it was not graded"
        if module is None:
            return Submission(student=student, error=missing)
        return Submission(student=student, cells=single_file(student, exercise, module).cells, note=note)
    merged = merge(notebook, module, released)
    note = f"{exercise}{NOTEBOOK_SUFFIX} was not graded: {merged.problem}" if merged.problem else ""
    if merged.cells:
        return Submission(student=student, cells=merged.cells, note=note)
    if merged.problem and missing is not None and missing.kind == "missing":
        return Submission(student=student, error=Error(kind="unreadable", message=merged.problem))
    return Submission(student=student, error=missing)


def read_file(folder: Path, steps: tuple[str, ...], *, limit: int = MAX_SOURCE) -> bytes:
    """Return the content of the file that the steps lead to from `folder`; none of them may be a symbolic link.

    Raises
    ------
    Unreadable
        Where there is no such file, or it is not a regular file of at most `limit` bytes.
    """
    name = "/".join(steps[-2:])
    try:
        return _read(folder, steps, name, limit)
    except FileNotFoundError:
        raise Unreadable(Error(kind="missing", message=f"{name} was not handed in")) from None
    except OSError as problem:
        raise Unreadable(Error(kind="unreadable", message=f"{name} can't be read: {problem.strerror}")) from None


def _try(folder: Path, steps: tuple[str, ...], limit: int) -> tuple[bytes | None, Error | None]:
    try:
        return read_file(folder, steps, limit=limit), None
    except Unreadable as unreadable:
        return None, unreadable.error


def _read(folder: Path, steps: tuple[str, ...], name: str, limit: int) -> bytes:
    place = folder
    for step in steps:
        place = place / step
        if stat.S_ISLNK(os.lstat(place).st_mode):
            raise _unreadable(name, "is a symbolic link; hand in the file itself")
    # O_NONBLOCK: opening a pipe must not wait for somebody to write to it.
    descriptor = os.open(place, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    with os.fdopen(descriptor, "rb") as file:
        found = os.fstat(descriptor)
        if not stat.S_ISREG(found.st_mode):
            raise _unreadable(name, f"is {'a folder' if stat.S_ISDIR(found.st_mode) else 'not a regular file'}")
        source = file.read(limit + 1)
    if len(source) > limit:
        raise _unreadable(name, f"has {found.st_size} bytes; {limit} are allowed")
    return source


def _unreadable(name: str, fact: str) -> Unreadable:
    return Unreadable(Error(kind="unreadable", message=f"{name} {fact}"))
