"""Answer keys: what grading an exercise needs beside the checks' own source, in one file, without torch.

A key is recorded once for a course key (`autograder.recording`). It holds expected values by check and label, the
shapes of results by call, and what each known misconception does at each label. It holds no inputs: checks draw them
again. Students get a key of their own, of public checks that draw the same numbers in every course.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import msgspec

from autograder.limits import Limits
from autograder.merge import NotebookCell
from autograder.results import Kind, Visibility
from autograder.wire import Array

SUFFIX = ".key"
END = "(end)"  # the label of a check's end: a call that fails ends it early
Shape = tuple[int, ...]

# ---- fingerprints: what comes of a misconception at one label


class Holds(msgspec.Struct, frozen=True, array_like=True, tag="holds"):
    """The expectation holds in spite of the misconception."""


class Values(msgspec.Struct, frozen=True, array_like=True, tag="values"):
    """The expectation compares these values, whatever random numbers are drawn."""

    actual: Array


class Sampled(msgspec.Struct, frozen=True, array_like=True, tag="sampled"):
    """What chance shapes, by some numbers that tell its kind: means over several runs, and standard deviations.

    `always` says that the expectation failed in every run.
    """

    means: tuple[float, ...]
    deviations: tuple[float, ...]
    always: bool


class Fails(msgspec.Struct, frozen=True, array_like=True, tag="fails"):
    """There are no values to compare: the kind of failure, and the error, shape or property that it is about."""

    kind: str
    detail: str


class Unclear(msgspec.Struct, frozen=True, array_like=True, tag="unclear"):
    """Nothing can be said: another function prevents it, or chance decides."""


Mark = Holds | Values | Sampled | Fails | Unclear
Fingerprint = dict[str, Mark]  # by label


def shows(mark: Mark) -> bool:
    """Say whether what a misconception does at a label can fail."""
    return not isinstance(mark, Holds | Unclear)


class KnownMisconception(msgspec.Struct, frozen=True, array_like=True):
    """A misconception as an answer key holds it; its fingerprints are with the checks.

    `combines` are ids of those that are held at once, or of the one that this is another form of; `like` is the id of
    one that behaves the same.
    """

    id: str
    function: str
    belief: str
    hints: tuple[str, ...]
    combines: tuple[str, ...] = ()
    like: str = ""


# ---- what the reference gave


class CallShapes(msgspec.Struct, frozen=True, array_like=True):
    """What one call of the reference gave: shapes by output (a list has one per item), or that it raised.

    `infinite` names outputs that are not finite; `points` are the shapes with which it called a callback.
    """

    function: str
    outputs: dict[str, tuple[Shape, ...]]
    raised: bool = False
    infinite: tuple[str, ...] = ()
    points: tuple[Shape, ...] = ()


class Recorded(msgspec.Struct, frozen=True, array_like=True):
    """One run of a check, or of its follow-through, on the reference: its calls, and the values at its labels."""

    calls: tuple[CallShapes, ...]
    values: dict[str, Array]


class SimplerRun(msgspec.Struct, frozen=True, array_like=True):
    """A check with simpler inputs: lengths and those in their place, decimals, and what the reference gave for them."""

    sizes: tuple[tuple[int, int], ...]
    decimals: int
    recorded: Recorded


class KeyCheck(msgspec.Struct, frozen=True, kw_only=True):
    """One check of one function, and what the reference and each misconception did in it.

    `draws_from` is what its inputs are drawn from. `simpler` are runs with fewer and rounder numbers, in students' keys
    alone: there a mistake may show, too, and is more easily seen.
    """

    id: str
    function: str
    title: str
    kind: Kind
    visibility: Visibility
    points: float
    random: bool  # a random generator is passed
    draws_from: bytes
    recorded: Recorded
    follow_through: Recorded | None = None
    fingerprints: dict[str, Fingerprint] = {}
    simpler: tuple[SimplerRun, ...] = ()


class ReferenceLine(msgspec.Struct, frozen=True, array_like=True):
    """A line that the reference draws in a picture: the number of its axes, its rounded points, how it looks.

    `style` and `steps` are matplotlib's format and `drawstyle`.
    """

    axis: int
    x: tuple[float, ...]
    y: tuple[float, ...]
    style: str
    steps: str = "default"


class AnswerKey(msgspec.Struct, frozen=True, kw_only=True):
    """The answers to an exercise's checks, in their order.

    Attributes
    ----------
    parameters
        Each function's parameters as a student writes them, defaults included.
    hashes
        SHA-256 of every file of checks that the key was recorded from, by name. Other checks are refused.
    sources
        Those files themselves, so that a key grades wherever it is; empty in what students get.
    handed_out
        The public checks as students hold them, with other numbers; empty in what students get.
    guarded
        Ids of checks whose cases many treat apart, whatever they believe: these contradict no misconception.
    notebook
        The code cells of the notebook that students get; empty in what grades them.
    pictures
        What the reference draws in the notebook's pictures, by function; empty in what grades.
    numpy
        The version of NumPy that is graded with.
    repairs
        What the course's repair tasks are derived from; empty in what students get.
    """

    exercise: str
    version: str
    seed: int | None
    course_key: str | None  # its fingerprint
    limits: Limits
    parameters: dict[str, tuple[str, ...]]
    checks: tuple[KeyCheck, ...]
    hashes: dict[str, str]
    sources: dict[str, bytes] = {}
    misconceptions: tuple[KnownMisconception, ...] = ()
    guarded: tuple[str, ...] = ()
    handed_out: tuple[KeyCheck, ...] = ()
    notebook: tuple[NotebookCell, ...] = ()
    pictures: dict[str, tuple[ReferenceLine, ...]] = {}
    numpy: str = ""
    repairs: bytes = b""


def write_key(key: AnswerKey, path: Path) -> None:
    """Write a key: the same key gives the same bytes."""
    path.write_bytes(msgspec.msgpack.encode(key, order="deterministic"))


def read_key(path: Path) -> AnswerKey:
    """Read a key, or raise `ValueError` where the file is none."""
    return decode_key(path.read_bytes(), str(path))


def decode_key(content: bytes, name: str) -> AnswerKey:
    """Return the key in a file's bytes, or raise `ValueError`, which names the file."""
    try:
        return msgspec.msgpack.decode(content, type=AnswerKey)
    except msgspec.DecodeError as error:
        raise ValueError(f"{name} is not an answer key of this version: {error}") from error


def hash_source(content: bytes) -> str:
    """Return the hash by which a key knows a file of checks; line ends do not count, since tools change them."""
    return hashlib.sha256(content.replace(b"\r\n", b"\n")).hexdigest()
