"""Find a file that a student submitted under another name: a browser's copy, another case, a folder too deep, a zip.

Given where a file is expected, it returns the files that can be meant instead, and the names of others nearby. No link
is followed, and in a very large folder only the first entries are looked at.
"""

from __future__ import annotations

import contextlib
import errno
import io
import os
import re
import stat
import zlib
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path, PurePosixPath

from autograder.printable import printable

Steps = tuple[str, ...]  # the way to a file or a folder

# On Windows, not everybody can make links, and there is no O_NOFOLLOW.
BY_DESCRIPTOR = os.open in os.supports_dir_fd  # not there
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


def find_copies(root: Path, folder: Steps, name: str, *, beside: bool) -> list[Steps]:
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


def find_zips(root: Path, folder: Steps) -> list[Steps]:
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


def names_around(root: Path, folder: Steps, expected: str) -> str:
    """Return the names of files in a folder that might have been meant, or an empty string."""
    names = [
        name
        for name in _files(root, folder)
        if name not in HANDED_OUT and not name.endswith(".key") and not name.startswith(OURS) and name != expected
    ]
    more = f" and {len(names) - MAX_NAMED} more" if len(names) > MAX_NAMED else ""
    return ", ".join(printable(name[:MAX_NAME]) for name in names[:MAX_NAMED]) + more


def unzip(content: bytes, exercise: str, limit: Callable[[str], int]) -> dict[str, bytes]:
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
