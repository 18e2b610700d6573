"""The cover of an answer key: what it is for, read without its checks and without NumPy."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import msgspec

from autograder.limits import Limits


class _Fields(msgspec.Struct, frozen=True, kw_only=True):
    """The fields of a key that identify it, and the limits of its exercise; the others are skipped."""

    exercise: str
    version: str
    seed: int | None
    course_key: str | None
    limits: Limits


@dataclass(frozen=True, kw_only=True, slots=True)
class KeyCover:
    """An answer key on disk: its file, the SHA-256 of its bytes, and what it is for."""

    file: Path
    sha256: str
    exercise: str
    version: str
    seed: int | None
    course_key: str | None
    limits: Limits


def read_cover(file: Path) -> KeyCover:
    """Read a key's cover, or raise `ValueError` if the file is not a key."""
    content = file.read_bytes()
    try:
        fields = msgspec.msgpack.decode(content, type=_Fields)
    except msgspec.DecodeError as error:
        raise ValueError(f"{file} is not an answer key of this version: {error}") from error
    return KeyCover(file=file, sha256=hashlib.sha256(content).hexdigest(), **msgspec.structs.asdict(fields))
