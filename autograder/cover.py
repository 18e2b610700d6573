"""The cover of an answer book: what can be known of it without reading what it asks, and without NumPy."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import msgspec

from autograder.limits import Limits

SUFFIX = ".book"


class Title(msgspec.Struct, frozen=True, kw_only=True):
    """The fields of a book that name it, and the limits of its exercise; the others are passed over."""

    exercise: str
    version: str
    seed: int
    limits: Limits


@dataclass(frozen=True, kw_only=True, slots=True)
class Cover:
    """A book on disk: its file, its title, and the hash of its bytes."""

    file: Path
    title: Title
    sha256: str


def read_cover(file: Path) -> Cover:
    """Read a book's cover, or raise `ValueError` where the file is no book."""
    content = file.read_bytes()
    try:
        title = msgspec.msgpack.decode(content, type=Title)
    except msgspec.DecodeError as error:
        raise ValueError(f"{file} is not an answer book of this version: {error}") from error
    return Cover(file=file, title=title, sha256=hashlib.sha256(content).hexdigest())
