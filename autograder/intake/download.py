"""Open a system's download: a zip, or a folder that somebody has unpacked. Both are treated as hostile.

It yields regular files with the steps that lead to them. A zip with a path that leads elsewhere, a link, or more data
than any class submits is refused as a whole. In a folder, no link is followed. Nothing is written here.
"""

from __future__ import annotations

import contextlib
import os
import stat
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from autograder.course import UsageError
from autograder.grading import Unreadable, read_file

MAX_FILES = 100_000
MAX_DIRECTORY = 20 * 2**20  # bytes that the list of a zip's files may have
MAX_TOTAL = 2 * 2**30  # bytes of all files in a zip together, unpacked
MAX_FILE = 32 * 2**20  # bytes of an imported file: as many as a notebook may have
MAX_DEPTH = 20  # steps to a file
LINK, DEEP = "a link", "too many folders"
END = struct.Struct("<4s4H2LH")  # in a zip: the record of its list of files, at the very end
JUNK = ("__MACOSX", "__pycache__", "Thumbs.db", "desktop.ini")
USUAL = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """A file in a download."""

    steps: tuple[str, ...]
    size: int
    read: Callable[[], bytes]

    @property
    def name(self) -> str:
        """The file's own name."""
        return self.steps[-1]


@dataclass(frozen=True, kw_only=True, slots=True)
class Download:
    """A system's download."""

    place: Path
    entries: tuple[Entry, ...]
    passed_over: tuple[str, ...]  # names that only students can have caused, and why each is skipped


@contextlib.contextmanager
def open_download(place: Path, *, links: bool = False) -> Iterator[Download]:
    """Open a zip or a folder; its files can be read while it is open.

    Parameters
    ----------
    place
        The zip or the folder.
    links
        Whether links in a zip are students' own, and skipped, instead of a reason to refuse the zip.

    Raises
    ------
    UsageError
        If it is neither, is damaged, or contains something that no system puts there; also while its files are read.
    """
    if place.is_dir():
        yield _folder(place)
        return
    try:
        with place.open("rb") as file:
            _require_small_list(place, file)
            with zipfile.ZipFile(file) as packed:
                yield _zip(place, packed, links=links)
    except OSError as error:
        raise UsageError(
            f"{place}: {error.strerror or error}; expected a zip, or a folder with its contents"
        ) from error
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, ValueError, struct.error) as error:
        raise UsageError(
            f"{place}: this file is damaged, or is not a zip ({error}); nothing was imported. Next: download it again"
        ) from error


def _require_small_list(place: Path, file: BinaryIO) -> None:
    """Refuse a zip whose list of files would fill the memory, before the list is read."""
    file.seek(max(0, file.seek(0, os.SEEK_END) - END.size - 2**16))
    tail = file.read()
    at = tail.rfind(b"PK\5\6")
    if at < 0 or len(tail) < at + END.size:
        raise zipfile.BadZipFile("it has no list of files")
    length = END.unpack_from(tail, at)[5]
    if length > MAX_DIRECTORY:
        raise _too_much(place, f"a list of files of {length:,} bytes")
    file.seek(0)


def _zip(place: Path, packed: zipfile.ZipFile, *, links: bool) -> Download:
    members = [member for member in packed.infolist() if not member.is_dir()]
    if len(members) > MAX_FILES:
        raise _too_much(place, f"{len(members):,} files")
    total = sum(member.file_size for member in members)
    if total > MAX_TOTAL:
        raise _too_much(place, f"{total:,} bytes when it is unpacked")
    entries, passed_over, names = [], [], set()
    found: set[tuple[str, ...]] = set()
    for member in members:
        name = _name(member)
        steps = _steps(place, name)
        if stat.S_ISLNK(member.external_attr >> 16):
            if not links:
                raise UsageError(
                    f"{place}: {'/'.join(steps)!r} in it is a link, which no system packs; refused as a whole"
                )
            passed_over.append(f"{'/'.join(steps)} ({LINK})")
            continue
        if _is_junk(steps):
            continue
        if member.flag_bits & 1 or member.compress_type not in USUAL:
            raise UsageError(f"{place}: {'/'.join(steps)!r} in it is encrypted, or packed in an unusual way; refused")
        if name in names:
            raise UsageError(f"{place}: {'/'.join(steps)!r} is in it twice; refused as a whole")
        names.add(name)
        if why := _why_not(steps, found):
            passed_over.append(f"{'/'.join(steps[:MAX_DEPTH])} ({why})")
            continue
        found.add(steps)
        entries.append(Entry(steps=steps, size=member.file_size, read=_reader(packed, member)))
    return Download(place=place, entries=tuple(entries), passed_over=tuple(passed_over))


def _why_not(steps: tuple[str, ...], found: Collection[tuple[str, ...]]) -> str:
    """Return why a file is skipped, or an empty text, so that one student's folders and names don't stop the import."""
    if len(steps) > MAX_DEPTH:
        return DEEP
    return "its name is that of another file" if steps in found else ""


def _name(member: zipfile.ZipInfo) -> str:
    """Return a file's name; some programs write UTF-8 without declaring it."""
    name = member.orig_filename if isinstance(member.orig_filename, str) else member.filename
    if not member.flag_bits & 0x800:
        with contextlib.suppress(UnicodeError):
            name = name.encode("cp437").decode("utf-8")
    return name


def _steps(place: Path, name: str) -> tuple[str, ...]:
    """Return the steps of a path that does not lead out of its folder."""
    steps = tuple(name.replace("\\", "/").split("/"))
    drive = len(steps[0]) == 2 and steps[0][1] == ":"
    if drive or "\0" in name or any(step in ("", ".", "..") for step in steps):
        raise UsageError(f"{place}: {name!r} in it leads elsewhere; refused as a whole, and nothing was imported")
    return tuple(unicodedata.normalize("NFC", step) for step in steps)


def _reader(packed: zipfile.ZipFile, member: zipfile.ZipInfo) -> Callable[[], bytes]:
    def read() -> bytes:
        try:
            with packed.open(member) as file:
                return file.read(MAX_FILE + 1)
        except zlib.error as error:
            raise zipfile.BadZipFile(str(error)) from error

    return read


def _folder(place: Path) -> Download:
    entries: list[Entry] = []
    passed_over: list[str] = []
    seen: set[tuple[str, ...]] = set()
    for folder, folders, files in os.walk(place):
        above = Path(folder).relative_to(place).parts
        links = {name for name in (*folders, *files) if Path(folder, name).is_symlink()}
        passed_over += [f"{'/'.join((*above, name))} ({LINK})" for name in sorted(links)]
        folders[:] = sorted(name for name in folders if name not in links and not _is_junk((name,)))
        if len(above) + 1 >= MAX_DEPTH:
            passed_over += [f"{'/'.join((*above, name))} ({DEEP})" for name in folders]
            folders.clear()
        for name in sorted(files):
            found = os.lstat(Path(folder, name))
            if not stat.S_ISREG(found.st_mode) or _is_junk((name,)):
                continue
            steps = tuple(unicodedata.normalize("NFC", step) for step in (*above, name))
            if why := _why_not(steps, seen):
                passed_over.append(f"{'/'.join(steps)} ({why})")
                continue
            seen.add(steps)
            entries.append(Entry(steps=steps, size=found.st_size, read=_file_reader(place, (*above, name))))
        if len(entries) > MAX_FILES:
            raise _too_much(place, f"more than {MAX_FILES:,} files")
    return Download(place=place, entries=tuple(entries), passed_over=tuple(passed_over))


def _file_reader(place: Path, steps: tuple[str, ...]) -> Callable[[], bytes]:
    def read() -> bytes:
        try:
            return read_file(place, steps, limit=MAX_FILE)
        except Unreadable as unreadable:
            raise UsageError(f"{place}: {unreadable.error.message}") from None

    return read


def _is_junk(steps: tuple[str, ...]) -> bool:
    return any(step.startswith(".") or step in JUNK for step in steps)


def _too_much(place: Path, what: str) -> UsageError:
    return UsageError(
        f"{place}: {what}, more than any class submits; nothing was imported. Next: unpack what you trust of it, and "
        "import the folder"
    )
