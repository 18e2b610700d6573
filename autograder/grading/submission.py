"""Read what a student submitted (the `.py` file, the notebook, or both), and return what a sandbox worker runs.

On disk: SUBMISSIONS/<student>/<exercise>/<exercise>.py and <exercise>.ipynb. Only regular files of bounded size are
read, no link is followed, and only the notebook's JSON is parsed.

A file that has another name (a browser's copy, another case, a folder too deep, a zip) is found if it can be nothing
else; otherwise, a message names the files nearby. In a very large folder, only the first entries are looked at.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import io
import os
import re
import stat
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path, PurePosixPath

import msgspec

from autograder.cells import Cell
from autograder.merge import (
    MAX_NOTEBOOK,
    NOTEBOOK_SUFFIX,
    ReleasedNotebook,
    file_cell,
    is_stub,
    merge,
    own_cells,
    read_cells,
)
from autograder.printable import printable
from autograder.results import Error

Steps = tuple[str, ...]  # the way to a file or a folder

MAX_COPIES = 4  # of a file that are read, if there are so many
MAX_SOURCE = 2**20  # bytes; a long solution has ten thousand
LINKED = "is a symbolic link; submit the file itself"
# Windows has no O_NOFOLLOW, and is the only system that changes text while reading it. Not everybody can make links
# there.
READ = os.O_RDONLY | sum(getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY"))
BY_DESCRIPTOR = os.open in os.supports_dir_fd  # not on Windows

MAX_ENTRIES = 1000  # of a folder
MAX_MEMBERS = 20_000  # of a zip; each takes memory before the first one can be looked at
MEMBER = b"PK\x01\x02"  # the beginning of an entry in a zip
MAX_NAMED = 5  # files that a message names
MAX_NAME = 80  # characters of a name in it
# Files that come with an assignment, or from our commands: they are never meant.
HANDED_OUT = ("README.md", "public_checks.py", "timestamp.txt")
OURS = "debug_"
# What browsers, desktops, Jupyter, Colab and Drive add to the name of a copy. The expression is unambiguous: if it
# could match in several ways, a name that does not fit would take twice as long with each addition.
COPY = r"(?:copy of )?{name}(?: ?\(\d+\)|(?: ?- ?| {{1,2}})?copy(?: ?\d+)?)*{suffix}(?:\.txt|\.json)?"


@dataclass(frozen=True, kw_only=True, slots=True)
class Submission:
    """What one student submitted for one exercise."""

    student: str  # the name that records bear
    cells: tuple[Cell, ...] = ()  # what is run, in order: the file, or the notebook's cells, the file among them
    error: Error | None = None  # why there is nothing to run, or None
    fault: str = ""  # why reading it failed on our side, or empty: if it failed, there is no grade, not even a zero
    note: str = ""  # what the student should know about what was read, or empty
    files: tuple[str, ...] = ()  # the names of what was read

    def digest(self) -> str:
        """Return a hash of the sources that run; for a file alone, that of `sha256sum`."""
        if len(self.cells) > 1:
            return hashlib.sha256(msgspec.json.encode(self.cells)).hexdigest()
        return hashlib.sha256(b"".join(cell.source for cell in self.cells)).hexdigest()


class Unreadable(Exception):
    """A file is missing or can't be read; `error` tells the student so."""

    def __init__(self, error: Error) -> None:
        super().__init__(error.message)
        self.error = error


def single_file(student: str, exercise: str, source: bytes) -> Submission:
    """Return the submission that consists of a file's bytes."""
    cell = file_cell(exercise, source, required=True)
    return Submission(student=student, cells=(cell,), files=(cell.label,))


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
        The notebook as it was released, to tell which cells of a submitted one are the student's own.
    """
    return read_folder(submissions, (folder, exercise), student, released)


def read_folder(
    root: Path, folder: Steps, student: str, released: ReleasedNotebook, absent: str = "was not submitted"
) -> Submission:
    """Read a submission: the file and the notebook in a folder, or misnamed files that can be nothing else.

    Parameters
    ----------
    root
        A folder that is trusted.
    folder
        The steps that lead from there to the submission's folder.
    student
        The name that records bear.
    released
        The notebook as it was released, and the exercise's name.
    absent
        The message if a file is missing.
    """
    name = f"{released.exercise}.py"
    folder = find_folder(root, folder)
    module = _find(root, folder, name, MAX_SOURCE, _is_no_stub(released))
    notebook = _find(root, folder, released.exercise + NOTEBOOK_SUFFIX, MAX_NOTEBOOK, _has_own_cells(released))
    if not (module.error or notebook.error or _is_own(module, notebook, released)):
        module, notebook = _find_zipped(root, folder, released.exercise) or (module, notebook)
    merged = merge(notebook.content, module.content, released)
    told = [module.note, notebook.note]
    errors = [each for each in (module.error, notebook.error) if each is not None]
    if merged.problem:
        errors.append(Error(kind="unreadable", message=f"{notebook.name}: {merged.problem}"))
    files = tuple(each.name for each in (notebook, module) if each.content is not None)
    if merged.cells:
        told += [f"{error.message}; it was not graded" for error in errors]
        note = "; ".join(each for each in told if each)
        return Submission(student=student, cells=merged.cells, note=note, files=files)
    if not errors:
        around = _names_around(root, folder, name) or _names_around(root, folder[:-1], name)
        found = f": found {around}, expected {name}" if around else ""
        errors = [Error(kind="missing", message=f"{'/'.join((*folder[-1:], name))} {absent}{found}")]
    return Submission(student=student, error=errors[0])


def read_module(folder: Path, released: ReleasedNotebook, *, zipped: bool) -> tuple[bytes | None, str]:
    """Read the `.py` file beside a notebook as `read_folder` does, and return it with what to say about it.

    If the notebook holds nothing of the student's own, zips are searched, too.
    """
    found = _find(folder, (), f"{released.exercise}.py", MAX_SOURCE, _is_no_stub(released))
    if zipped and found.error is None and not _is_own(found, None, released):
        found, _ = _find_zipped(folder, (), released.exercise) or (found, None)
    told = f"{found.error.message}; it was not graded" if found.error else ""
    return found.content, "; ".join(each for each in (found.note, told) if each)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Read:
    """The result of looking for a file: what was read, or why nothing was, and what to say about it."""

    name: str
    content: bytes | None = None
    error: Error | None = None
    note: str = ""


def _find(root: Path, folder: Steps, name: str, limit: int, is_own: Callable[[bytes], bool]) -> _Read:
    """Read a file; if it is missing or holds nothing of the student's own, read the only one that can be meant
    instead.
    """
    exact, error = _try(root, (*folder, name), limit)
    copies: dict[bytes, Steps] = {}
    is_work = exact is not None and is_own(exact)
    for steps in _find_copies(root, folder, name, beside=is_work)[:MAX_COPIES]:
        content, _ = _try(root, steps, limit)
        if content is not None and content != exact and is_own(content):
            copies.setdefault(content, steps)
    names = " and ".join(_told(folder, steps) for steps in copies.values())
    if exact is not None and (is_work or not copies):
        return _Read(name=name, content=exact, note=f"{names} was not graded, {name} was" if copies else "")
    if len(copies) == 1:
        (content,) = copies
        instead = f", since {name} holds no work of yours" if exact is not None else ""
        return _Read(name=names, content=content, note=f"{names} was graded as {name}{instead}")
    if copies:
        fact = f"found {names}, expected {name}: submit one of them"
        return _Read(name=name, content=exact, error=Error(kind="missing", message=fact))
    return _Read(name=name, content=exact, error=error if error is not None and error.kind != "missing" else None)


def _find_zipped(root: Path, folder: Steps, exercise: str) -> tuple[_Read, _Read] | None:
    """Read file and notebook from the only zip, or return None if there is not exactly one."""
    zips = _find_zips(root, folder)
    if len(zips) != 1:
        return None
    name = _told(folder, zips[0])
    content, error = _try(root, zips[0], MAX_NOTEBOOK)
    found: dict[str, bytes] = {}
    try:
        limits = {".py": MAX_SOURCE, NOTEBOOK_SUFFIX: MAX_NOTEBOOK}
        found = _unzip(content or b"", exercise, limits.__getitem__) if error is None else {}
    except ValueError as problem:
        error = Error(kind="unreadable", message=f"{name} can't be unpacked: {problem}")
    if error is None and not found:
        return None
    files = [
        _Read(
            name=f"{exercise}{suffix} in {name}",
            content=found.get(suffix),
            note=f"{exercise}{suffix} was taken out of {name}" if suffix in found else "",
        )
        for suffix in (".py", NOTEBOOK_SUFFIX)
    ]
    return (replace(files[0], error=error), files[1])


def _told(folder: Steps, steps: Steps) -> str:
    """Return a file's name for messages, with its folder below the submission's."""
    return printable("/".join(steps[len(folder) :]) or steps[-1] if len(steps) > len(folder) else f"../{steps[-1]}")


def _is_own(module: _Read, notebook: _Read | None, released: ReleasedNotebook) -> bool:
    """Tell whether a file or a notebook may hold work of the student's own."""
    if module.content is not None and not is_stub(module.content, released):
        return True
    if notebook is None or notebook.content is None:
        return False
    try:
        return bool(own_cells(read_cells(notebook.content), released))
    except ValueError:
        return True


def _is_no_stub(released: ReleasedNotebook) -> Callable[[bytes], bool]:
    return lambda source: not is_stub(source, released)


def _has_own_cells(released: ReleasedNotebook) -> Callable[[bytes], bool]:
    def has_own_cells(notebook: bytes) -> bool:
        try:
            return bool(own_cells(read_cells(notebook), released))
        except ValueError:
            return False

    return has_own_cells


def read_file(folder: Path, steps: Steps, *, limit: int = MAX_SOURCE) -> bytes:
    """Return the content of the file that the steps lead to from `folder`; none of them may be a symbolic link.

    Raises
    ------
    Unreadable
        If there is no such file, or it is not a regular file of at most `limit` bytes.
    """
    name = printable("/".join(steps[-2:]))
    try:
        return _read(folder, steps, name, limit)
    except FileNotFoundError:
        raise Unreadable(Error(kind="missing", message=f"{name} was not submitted")) from None
    except OSError as problem:
        if problem.errno == errno.ELOOP:  # the system's error for a link that must not be followed
            raise _unreadable(name, LINKED) from None
        raise Unreadable(Error(kind="unreadable", message=f"{name} can't be read: {problem.strerror}")) from None


def _try(folder: Path, steps: Steps, limit: int) -> tuple[bytes | None, Error | None]:
    try:
        return read_file(folder, steps, limit=limit), None
    except Unreadable as unreadable:
        return None, unreadable.error


def _read(folder: Path, steps: Steps, name: str, limit: int) -> bytes:
    with open_folder(folder, steps[:-1]) as place:
        # O_NONBLOCK: opening a pipe must not wait for a writer.
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


# ---- files under another name


def _find_copies(root: Path, folder: Steps, name: str, *, beside: bool) -> list[Steps]:
    """Return the files that can be meant by one that is expected in a folder: there, or else below it, or else above.

    If the file exists, only those `beside` it are of interest.
    """
    stem, suffix = os.path.splitext(name)  # noqa: PTH122  # of a name, not of a path
    known = re.compile(COPY.format(name=re.escape(stem), suffix=re.escape(suffix)), re.IGNORECASE)
    below = [(*folder, each) for each, is_folder in _entries(root, folder) if is_folder]
    above = [folder[:-1]] if len(folder) > 1 else []
    for places in ([folder],) if beside else ([folder], below, above):
        found = [(*place, each) for place in places for each in _files(root, place) if known.fullmatch(each)]
        found = [steps for steps in found if steps != (*folder, name)]
        if found:
            return found
    return []


def _find_zips(root: Path, folder: Steps) -> list[Steps]:
    """Return the zip files in a folder, or else those in the one above it."""
    for place in (folder, folder[:-1]) if len(folder) > 1 else (folder,):
        found = [(*place, name) for name in _files(root, place) if name.lower().endswith(".zip")]
        if found:
            return found
    return []


def find_folder(root: Path, folder: Steps) -> Steps:
    """Return the way to a folder whose name may be written in another case."""
    if not folder:
        return folder
    names = [name for name, is_folder in _entries(root, folder[:-1]) if is_folder]
    if folder[-1] in names:
        return folder
    alike = [name for name in names if name.casefold() == folder[-1].casefold()]
    return (*folder[:-1], alike[0]) if len(alike) == 1 else folder


def _names_around(root: Path, folder: Steps, expected: str) -> str:
    """Return the names of files in a folder that might have been meant, or an empty string."""
    names = [
        name
        for name in _files(root, folder)
        if name not in HANDED_OUT and not name.endswith(".key") and not name.startswith(OURS) and name != expected
    ]
    more = f" and {len(names) - MAX_NAMED} more" if len(names) > MAX_NAMED else ""
    return ", ".join(printable(name[:MAX_NAME]) for name in names[:MAX_NAMED]) + more


def _unzip(content: bytes, exercise: str, limit: Callable[[str], int]) -> dict[str, bytes]:
    """Return the files in a zip that have the exercise's name, by suffix; raise `ValueError` if it is not a zip.

    Parameters
    ----------
    content
        The zip.
    exercise
        The exercise's name.
    limit
        The most bytes that a file with a suffix may have; a larger one is not unpacked.
    """
    import zipfile  # only now: most submissions are none

    found: dict[str, bytes] = {}
    if content.count(MEMBER) > MAX_MEMBERS:
        raise ValueError(f"it holds more than {MAX_MEMBERS} files")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            for member in packed.infolist()[:MAX_ENTRIES]:
                path = PurePosixPath(member.filename)
                usual = member.compress_type in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) and not member.flag_bits & 1
                if path.stem != exercise or path.suffix not in (".py", ".ipynb") or "__MACOSX" in path.parts:
                    continue
                if not usual or path.suffix in found:
                    raise ValueError(f"it holds {path.name} twice, or packed in an unusual way")
                with packed.open(member) as file:
                    found[path.suffix] = file.read(limit(path.suffix) + 1)
                if len(found[path.suffix]) > limit(path.suffix):
                    raise ValueError(f"{path.name} in it has more than {limit(path.suffix)} bytes")
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError, zlib.error) as error:
        raise ValueError(f"it is damaged: {error}") from error
    return found


@contextlib.contextmanager
def open_folder(folder: Path, steps: Sequence[str]) -> Iterator[int | None]:
    """Open the folder that the steps lead to from `folder`, one after the other; none of them may be a symbolic link.

    The folder is then read and written through the descriptor, so that replacing it by a link in the meantime leads
    nowhere. A link raises `OSError`, ELOOP. On Windows, which has no descriptors of folders, it is None.
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


def _files(root: Path, folder: Steps) -> list[str]:
    return [name for name, is_folder in _entries(root, folder) if not is_folder]


def _entries(root: Path, folder: Steps) -> list[tuple[str, bool]]:
    """Return the files and folders in a folder by name, except hidden ones; nothing if the folder is a link."""
    return sorted(islice(_scan(root, folder), MAX_ENTRIES))


def _scan(root: Path, folder: Steps) -> Iterator[tuple[str, bool]]:
    with (
        contextlib.suppress(OSError),
        open_folder(root, folder) as place,
        os.scandir(root.joinpath(*folder) if place is None else place) as entries,
    ):
        for entry in entries:
            if not entry.name.startswith((".", "__")):
                is_folder = entry.is_dir(follow_symlinks=False)
                if is_folder or entry.is_file(follow_symlinks=False):
                    yield entry.name, is_folder
