"""Keep records between commands: a file each, named by everything that a record depends on."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path

import msgspec

from autograder.grade.handed_in import HandedIn
from autograder.results import Record

FLEETING = ("timeout", "memory")  # may come from a busy machine: never kept


class Store:
    """Records on disk, in a folder of their own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def find(self, key: str) -> Record | None:
        """Return a record that was kept."""
        try:
            return msgspec.json.decode((self._folder / key).read_bytes(), type=Record)
        except (FileNotFoundError, msgspec.DecodeError):
            return None

    def keep(self, key: str, record: Record) -> None:
        """Keep a record, unless another run may come to another verdict; readers see all of it or nothing."""
        stopped = {check.status for check in record.checks} | ({record.error.kind} if record.error else set())
        if stopped.intersection(FLEETING):
            return
        self._folder.mkdir(parents=True, exist_ok=True)
        part = self._folder / f"{key}.{os.getpid()}"
        part.write_bytes(msgspec.json.encode(record))
        part.replace(self._folder / key)

    def note(self, lines: Iterable[str]) -> None:
        """Keep what submissions said, for instructors: beside the records, where no student gets anything from."""
        with (self._folder.parent / "notes.txt").open("a", encoding="utf-8") as file:
            file.writelines(lines)


def key_of(handed_in: HandedIn, book_file: Path) -> str:
    """Return the name for a submission's record by a book, whose own name has version, grader and seed in it."""
    submission = handed_in.submission
    error = msgspec.json.encode(submission.error)
    parts = (submission.digest().encode(), error, handed_in.note.encode(), book_file.name.encode())
    return hashlib.sha256(b"\0".join(parts)).hexdigest()
