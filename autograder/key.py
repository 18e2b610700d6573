"""Answer keys: everything that grading an exercise needs besides the sources of checks, in one file, without torch.

A key is recorded once for a course key (`autograder.recording`). It holds expected values by check and label, the
shapes of results by call, and the effect of each known misconception at each label. It holds no inputs, since checks
draw them again. Students get a key of their own, for public checks with the same inputs in every course.
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
END = "(end)"  # the label of a check's end; a call that fails ends the check early
Shape = tuple[int, ...]

# ---- fingerprints: the effect of a misconception at one label


class Holds(msgspec.Struct, frozen=True, array_like=True, tag="holds"):
    """The expectation holds in spite of the misconception."""


class Values(msgspec.Struct, frozen=True, array_like=True, tag="values"):
    """The expectation compares these values, whatever random numbers are drawn."""

    actual: Array


class Sampled(msgspec.Struct, frozen=True, array_like=True, tag="sampled"):
    """Random values, by features of their distribution: means over several runs, and standard deviations.

    `always` says that the expectation failed in every run.
    """

    means: tuple[float, ...]
    deviations: tuple[float, ...]
    always: bool


class Fails(msgspec.Struct, frozen=True, array_like=True, tag="fails"):
    """A failure without values to compare: its kind, and its error, shape or property."""

    kind: str
    detail: str


class Unclear(msgspec.Struct, frozen=True, array_like=True, tag="unclear"):
    """Nothing is known: another function prevents it, or it is random."""


Mark = Holds | Values | Sampled | Fails | Unclear
Fingerprint = dict[str, Mark]  # by label


def shows(mark: Mark) -> bool:
    """Say whether the effect of a misconception at a label can be a failure."""
    return not isinstance(mark, Holds | Unclear)


class KnownMisconception(msgspec.Struct, frozen=True, array_like=True):
    """A misconception in an answer key; its fingerprints are with the checks.

    `combines` are the ids of misconceptions held at once, or of the one of which this is another form; `like` is the id
    of one that behaves the same.
    """

    id: str
    function: str
    belief: str
    hints: tuple[str, ...]
    combines: tuple[str, ...] = ()
    like: str = ""


# ---- results of the reference


class CallShapes(msgspec.Struct, frozen=True, array_like=True):
    """The result of one call of the reference: shapes by output (a list has one per item), or that it raised an
    exception.

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
    """A check with simpler inputs: lengths and their replacements, decimals, and the results of the reference."""

    sizes: tuple[tuple[int, int], ...]
    decimals: int
    recorded: Recorded


class KeyCheck(msgspec.Struct, frozen=True, kw_only=True):
    """One check of one function, with the results of the reference and of each misconception.

    `draws_from` is the secret of its inputs. `simpler` are runs with fewer and rounder numbers, only in students' keys:
    if a mistake shows there, too, it is easier to see.
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
    """A line of the reference in a picture: the number of its axes, its rounded points, its style.

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
        SHA-256 of every file of checks from which the key was recorded, by name. Other checks are refused.
    sources
        Those files themselves, so that a key can grade anywhere; empty in keys for students.
    handed_out
        The public checks as students have them, with other inputs; empty in keys for students.
    guarded
        Ids of checks of cases that many treat separately, whatever they believe: these contradict no misconception.
    notebook
        The code cells of the notebook that students get; empty in keys for grading.
    pictures
        The lines of the reference in the notebook's pictures, by function; empty in keys for grading.
    numpy
        The version of NumPy that is used in grading.
    repairs
        The secret of the course's repair tasks; empty in keys for students.
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
    """Read a key, or raise `ValueError` if the file is not one."""
    return decode_key(path.read_bytes(), str(path))


def decode_key(content: bytes, name: str) -> AnswerKey:
    """Return the key in a file's bytes, or raise `ValueError`, which names the file."""
    try:
        return msgspec.msgpack.decode(content, type=AnswerKey)
    except msgspec.DecodeError as error:
        raise ValueError(f"{name} is not an answer key of this version: {error}") from error


def hash_source(content: bytes) -> str:
    """Return the hash of a file of checks in a key; line ends don't count, since tools change them."""
    return hashlib.sha256(content.replace(b"\r\n", b"\n")).hexdigest()
