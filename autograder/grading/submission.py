"""Read what a student submitted: the `.py` file, the notebook, or both; what leaves is what a sandbox worker runs.

On disk: SUBMISSIONS/<student>/<exercise>/<exercise>.py and <exercise>.ipynb. Only regular files of bounded size are
read, no link is followed, and nothing is parsed but the notebook's JSON.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from autograder.cells import Cell
from autograder.merge import MAX_NOTEBOOK, NOTEBOOK_SUFFIX, ReleasedNotebook, merge
from autograder.results import Error

MAX_SOURCE = 2**20  # bytes; a long solution has ten thousand
LINKED = "is a symbolic link; hand in the file itself"
# Windows has no links that anybody may make, and no O_NOFOLLOW; it is the only one that changes what is read as text.
BY_DESCRIPTOR = os.open in os.supports_dir_fd  # not on Windows
READ = os.O_RDONLY | sum(getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY"))


@dataclass(frozen=True, kw_only=True, slots=True)
class Submission:
    """What one student submitted for one exercise."""

    student: str  # the name that records bear
    cells: tuple[Cell, ...] = ()  # what is run, in order: the file, or the notebook's cells, the file among them
    error: Error | None = None  # why there is nothing to run, or None
    fault: str = ""  # why reading it failed on our side, or empty: then it is not graded, which is nobody's zero
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
        if problem.errno == errno.ELOOP:  # what the system says of a link that is not to be followed
            raise _unreadable(name, LINKED) from None
        raise Unreadable(Error(kind="unreadable", message=f"{name} can't be read: {problem.strerror}")) from None


@contextlib.contextmanager
def open_folder(folder: Path, steps: Sequence[str]) -> Iterator[int | None]:
    """Open the folder that the steps lead to from `folder`, one after the other; none of them may be a symbolic link.

    What is opened is then read and written in by the descriptor: whatever its owner puts in the place of a folder
    meanwhile, nobody is led anywhere else. A link is an `OSError`, ELOOP. The descriptor is None on Windows, which has
    none for folders.
    """
    if not BY_DESCRIPTOR:
        yield None
        return
    with contextlib.ExitStack() as opened:
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        opened.callback(os.close, descriptor)
        for step in steps:
            try:
                within = os.open(step, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=descriptor)
            except NotADirectoryError:  # which is also what Linux says of a link
                if stat.S_ISLNK(os.stat(step, dir_fd=descriptor, follow_symlinks=False).st_mode):
                    raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), step) from None
                raise
            opened.callback(os.close, within)
            descriptor = within
        yield descriptor


def _try(folder: Path, steps: tuple[str, ...], limit: int) -> tuple[bytes | None, Error | None]:
    try:
        return read_file(folder, steps, limit=limit), None
    except Unreadable as unreadable:
        return None, unreadable.error


def _read(folder: Path, steps: tuple[str, ...], name: str, limit: int) -> bytes:
    with open_folder(folder, steps[:-1]) as place:
        # O_NONBLOCK: opening a pipe must not wait for somebody to write to it.
        file = os.open(folder.joinpath(*steps) if place is None else steps[-1], READ, dir_fd=place)
    found = os.fstat(file)
    if not stat.S_ISREG(found.st_mode):
        os.close(file)
        raise _unreadable(name, f"is {'a folder' if stat.S_ISDIR(found.st_mode) else 'not a regular file'}")
    with os.fdopen(file, "rb") as opened:
        source = opened.read(limit + 1)
    if len(source) > limit:
        raise _unreadable(name, f"has {found.st_size} bytes; {limit} are allowed")
    return source


def _unreadable(name: str, fact: str) -> Unreadable:
    return Unreadable(Error(kind="unreadable", message=f"{name} {fact}"))
