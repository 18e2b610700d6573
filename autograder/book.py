"""Answer books: everything that grading an exercise needs, in one file, without torch and without `solutions/`.

A book is recorded once for a course seed (`answers.record`). Its public part is what students hold.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import msgspec

from autograder.behaviour import Behaviour, Belief, Open, Right
from autograder.claims import Claim
from autograder.kinds import Kind, Visibility
from autograder.limits import Limits
from autograder.script import Script

Shape = tuple[int, ...]


class Check(msgspec.Struct, frozen=True, kw_only=True):
    """One check of one function: what is asked, and what must hold of what comes back.

    `shapes` are those of the reference's outputs, call by call: one of an array, one an item of a list. `required` are,
    claim by claim, the calls without which it can't be judged: other calls serve alternatives only. `behaviours` say,
    by a belief's id and claim by claim, what comes of it.
    """

    id: str
    function: str
    title: str
    kind: Kind
    visibility: Visibility
    points: float
    script: Script
    claims: tuple[Claim, ...]
    shapes: tuple[dict[str, tuple[Shape, ...]], ...]
    required: tuple[tuple[int, ...], ...]
    behaviours: dict[str, tuple[Behaviour, ...]] = {}


class Book(msgspec.Struct, frozen=True, kw_only=True):
    """The checks of an exercise in their order; `parameters` are each function's argument names."""

    exercise: str
    version: str
    seed: int
    limits: Limits
    parameters: dict[str, tuple[str, ...]]
    checks: tuple[Check, ...]
    beliefs: tuple[Belief, ...] = ()

    def public(self) -> Book:
        """Return the part that students hold: checks, and the beliefs that show in them."""
        shown = tuple(check for check in self.checks if check.visibility == "public")
        seen = {
            name
            for check in shown
            for name, noted in check.behaviours.items()
            if any(not isinstance(each, Right | Open) for each in noted)
        }
        seen |= {name for belief in self.beliefs if belief.id in seen for name in belief.combines}
        beliefs = tuple(belief for belief in self.beliefs if belief.id in seen)
        return msgspec.structs.replace(self, checks=shown, beliefs=beliefs)


def write(book: Book, path: Path) -> None:
    """Write a book: the same book gives the same bytes."""
    path.write_bytes(msgspec.msgpack.encode(book, order="deterministic"))


def read(path: Path) -> Book:
    """Read a book, or raise `ValueError` where the file is none."""
    return decode(path.read_bytes(), str(path))


def decode(content: bytes, name: str) -> Book:
    """Return the book that a file's bytes are of, or raise `ValueError`, which says the file's name."""
    try:
        return msgspec.msgpack.decode(content, type=Book)
    except msgspec.DecodeError as error:
        raise ValueError(f"{name} is not an answer book of this version: {error}") from error


def seed_of(*parts: object) -> int:
    """Derive a seed from names and numbers: the same everywhere, unrelated for unlike parts."""
    return int.from_bytes(hashlib.sha256("\0".join(map(str, parts)).encode()).digest()[:8], "big")
