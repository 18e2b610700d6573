"""The messages between the grader and a sandbox worker, as plain data.

Messages are typed data in msgpack, each after four bytes of length, and never pickles. A grader sends `Load`, `Step`,
`Call`, `Answer` and `Draw`; a worker replies with `Loaded` or `Refused`, `Reply` and `Question`, and `Drawn`. The types
limit what a message may claim, so that a reply is refused before its contents are built.
"""

from __future__ import annotations

import math
import os
import struct
from typing import Annotated, Literal

import msgspec
import numpy as np
from msgspec import Meta

from autograder.cells import Cell

# ---- arrays

Layout = Literal["C", "F", "strided"]

# Booleans, whole numbers and real floats; the item size is part of the name, the byte order is always little-endian.
SIZES = {"int": (8, 16, 32, 64), "uint": (8, 16, 32, 64), "float": (16, 32, 64)}
DTYPE_NAMES = ("bool", *(f"{kind}{size}" for kind, sizes in SIZES.items() for size in sizes))
DTYPES = {name: np.dtype(name).newbyteorder("<") for name in DTYPE_NAMES}
NATIVE = {np.dtype(name): name for name in DTYPE_NAMES}  # asking a dtype for its name costs more than a small sum
MAX_DIMENSIONS = 8
NUMBER = 8  # bytes of the longest number


class Array(msgspec.Struct, frozen=True, array_like=True, tag="array"):
    """An array as data; `layout` is the memory order in which a student's function receives it."""

    dtype: Annotated[str, Meta(max_length=8)]
    shape: Annotated[tuple[int, ...], Meta(max_length=MAX_DIMENSIONS)]
    data: bytes
    layout: Layout = "C"


def pack(values: np.ndarray, layout: Layout = "C") -> Array:
    """Turn an array into data; its dtype must be one of `DTYPES`."""
    name = name_of(values.dtype)
    if name not in DTYPES:
        raise TypeError(f"dtype {name} is not one of {', '.join(DTYPES)}")
    return Array(name, values.shape, values.astype(DTYPES[name], copy=False).tobytes(), layout)


def name_of(dtype: np.dtype) -> str:
    """Return a dtype's name, whatever its byte order."""
    return NATIVE.get(dtype) or dtype.name


def layout_of(values: np.ndarray) -> Layout:
    """Return the memory order of an array, so that a student receives it as the check holds it."""
    flags = values.flags
    if flags.c_contiguous:
        return "C"
    return "F" if flags.f_contiguous else "strided"


def unpack(array: Array) -> np.ndarray:
    """Turn data back into a read-only array in C order, or raise `ValueError` if dtype, shape and bytes disagree."""
    shape, dtype = array.shape, DTYPES.get(array.dtype)
    if dtype is None:
        raise ValueError(f"dtype {array.dtype!r} is not one of {', '.join(DTYPES)}")
    if len(shape) > MAX_DIMENSIONS or (shape and min(shape) < 0):
        raise ValueError(f"shape {shape} is not a shape of at most {MAX_DIMENSIONS} dimensions")
    if math.prod(shape) * dtype.itemsize != len(array.data):
        raise ValueError(f"{len(array.data)} bytes do not make an array of {array.dtype} and shape {shape}")
    values = np.frombuffer(array.data, dtype)
    return values if len(shape) == 1 else values.reshape(shape)


def writable(array: Array) -> np.ndarray:
    """Return a writable copy in the memory order that `array.layout` asks for."""
    values = unpack(array)
    if array.layout == "F":
        return np.array(values, order="F")
    if array.layout == "strided" and values.ndim:
        spaced = np.zeros((*values.shape[:-1], 2 * values.shape[-1]), values.dtype)
        view = spaced[..., ::2]
        view[...] = values
        return view
    return np.array(values)


# ---- calls: from the grader to the worker

MAX_ROOM = 2**22  # bytes of arrays that a call may return


class Generator(msgspec.Struct, frozen=True, array_like=True, tag="generator"):
    """`np.random.default_rng(seed)`: one generator for all arguments of a check that have the same name."""

    name: str
    seed: int


class Callback(msgspec.Struct, frozen=True, array_like=True, tag="callback"):
    """A function of the check that the student's function may call: the grader answers while the call runs."""

    name: str


class Handle(msgspec.Struct, frozen=True, array_like=True, tag="handle"):
    """What an earlier call of the check returned as `name`: the student's own object, which stays in the worker."""

    call: int
    name: str


class Mapping(msgspec.Struct, frozen=True, array_like=True, tag="mapping"):
    """A dict with text keys."""

    items: dict[str, Value]


class Items(msgspec.Struct, frozen=True, array_like=True, tag="items"):
    """A list."""

    items: tuple[Value, ...]


Value = None | bool | int | float | str | Array | Generator | Callback | Handle | Mapping | Items


class Part(msgspec.Struct, frozen=True, array_like=True):
    """One of the values that a function returns.

    `keys` are the keys of a mapping, the possible words, or the names of the arrays in each tuple of a list.
    """

    name: str
    kind: Literal["array", "mapping", "list", "tuples", "word", "handle"] = "array"
    keys: tuple[str, ...] = ()

    def names(self) -> tuple[str, ...]:
        """Return the names of the outputs in which this part is sent back."""
        if self.kind == "mapping":
            return tuple(f'{self.name}["{key}"]' for key in self.keys)
        if self.kind == "tuples":
            return tuple(f"{key} of {self.name}" for key in self.keys)
        return () if self.kind == "handle" else (self.name,)


class Returns(msgspec.Struct, frozen=True, array_like=True):
    """How to take a result apart: `several` parts come as a tuple, otherwise the result is the only part."""

    parts: tuple[Part, ...]
    several: bool


class Load(msgspec.Struct, frozen=True, array_like=True, tag="load"):
    """Import this file or notebook cell into the module of this name, after those that came before.

    Without `run`, it is only read, and its statements are then run one by one.
    """

    module: str
    cell: Cell
    run: bool = True


class Step(msgspec.Struct, frozen=True, array_like=True, tag="step"):
    """Run one statement of a cell that was read, or skip it, since it has stopped a process before."""

    label: str
    number: int
    skip: bool = False


class Call(msgspec.Struct, frozen=True, array_like=True, tag="call"):
    """Call one of the student's functions; `check` and `number` count the checks, and the calls within one.

    `room` is how many bytes of arrays may come back; it depends on the results of the reference.
    """

    check: int
    number: int
    function: str
    args: tuple[Value, ...]
    kwargs: dict[str, Value]
    returns: Returns
    room: int = MAX_ROOM


class Answer(msgspec.Struct, frozen=True, array_like=True, tag="answer"):
    """What a callback returns, or the text of the `ValueError` that it raises."""

    value: Array | None
    error: str = ""


class Draw(msgspec.Struct, frozen=True, array_like=True, tag="draw"):
    """Run a notebook's cell that draws what a function does, and send the picture.

    The cell can open `files`; names in `without` are not defined for it.
    """

    function: str
    code: str
    files: dict[str, bytes]
    without: tuple[str, ...] = ()


Request = Load | Step | Call | Answer | Draw

# ---- replies: from the worker to the grader. Nothing in them is a verdict, and nothing in them is trusted.

MAX_ITEMS = 100_000  # of a returned list
MAX_TEXT = 500  # characters of an exception's text
MAX_LINES = 3  # of a traceback
MAX_NAME = 80  # characters
MAX_PRINTED = 2**14  # characters kept of what is printed in one check, whatever the limit
MAX_ANCESTRY = 256  # classes
MAX_PROBLEMS = 20  # reported for one file or cell
Name = Annotated[str, Meta(max_length=MAX_NAME)]
Text = Annotated[str, Meta(max_length=4 * MAX_TEXT)]
Few = Meta(max_length=256)


class Arrays(msgspec.Struct, frozen=True, array_like=True, tag="arrays"):
    """A list of arrays."""

    items: Annotated[tuple[Array, ...], Meta(max_length=MAX_ITEMS)]


class Malformed(msgspec.Struct, frozen=True, array_like=True, tag="malformed"):
    """A value that can't be converted to the expected result, and what it is instead."""

    problem: Literal[
        "nothing", "count", "mapping", "keys", "list", "text", "word", "complex", "ragged", "object", "huge"
    ]
    found: Text


Received = Array | Arrays | Malformed


class Returned(msgspec.Struct, frozen=True, array_like=True, tag="returned"):
    """The call returned; `changed` names arguments that it changed."""

    outputs: Annotated[dict[str, Received], Few]
    changed: Annotated[tuple[Text, ...], Few] = ()


class SourceLine(msgspec.Struct, frozen=True, array_like=True):
    """One of the student's own lines in a traceback, the innermost last; `cell` is the notebook's, empty in a file."""

    number: int
    function: Name
    source: Text
    cell: Name = ""


class Raised(msgspec.Struct, frozen=True, array_like=True, tag="raised"):
    """The call raised; `ancestry` names the exception's class and its base classes."""

    ancestry: Annotated[tuple[Name, ...], Meta(min_length=1, max_length=MAX_ANCESTRY)]
    text: Text
    lines: Annotated[tuple[SourceLine, ...], Meta(max_length=MAX_LINES)]


class Absent(msgspec.Struct, frozen=True, array_like=True, tag="absent"):
    """The file defines no such function; `found` describes what has its name, or is empty."""

    found: Text


Outcome = Returned | Raised | Absent


class Reply(msgspec.Struct, frozen=True, array_like=True, tag="reply"):
    """The outcome of a call, and the output of the student's code during it, as far as it is kept."""

    outcome: Outcome
    printed: Annotated[str, Meta(max_length=MAX_PRINTED)] = ""


class Question(msgspec.Struct, frozen=True, array_like=True, tag="question"):
    """The student's function calls a callback at this point; the call continues when the grader has answered."""

    callback: Name
    point: Array | Malformed


class Problem(msgspec.Struct, frozen=True, array_like=True):
    """A statement that fails while it is imported, or a cell that can't be read: the line, and what was raised."""

    line: int | None
    raised: Raised


class Redefined(msgspec.Struct, frozen=True, array_like=True):
    """A name that one cell defines, and a later cell defines in another way."""

    name: Name
    first: Name
    last: Name


class Loaded(msgspec.Struct, frozen=True, array_like=True, tag="loaded"):
    """The file or cell was imported, except for the problems listed here.

    Attributes
    ----------
    statements
        How many statements it has.
    line
        The first line of the requested statement.
    problems
        What failed.
    lost
        Names that are not defined because a statement was skipped.
    redefined
        Names that were defined in other cells before.
    """

    statements: int = 0
    line: int | None = None
    problems: Annotated[tuple[Problem, ...], Meta(max_length=MAX_PROBLEMS)] = ()
    lost: Annotated[tuple[Name, ...], Meta(max_length=MAX_PROBLEMS)] = ()
    redefined: Annotated[tuple[Redefined, ...], Meta(max_length=MAX_PROBLEMS)] = ()


class Refused(msgspec.Struct, frozen=True, array_like=True, tag="refused"):
    """The submission's file could not be read as Python, or can't be imported a second time.

    `source` is the line that can't be read, with a mark below the place in a second line.
    """

    message: Text
    line: int | None
    kind: Literal["syntax", "import"] = "syntax"
    source: Text = ""


Loading = Loaded | Refused


# A picture in matplotlib's terms: a figure of axes, in each of which there are lines and images.

MAX_AXES = 12
MAX_MARKS = 64  # lines and images of one axes
MAX_DRAWN = 2**19  # bytes of a picture
MAX_CAPTION = 200  # characters
Caption = Annotated[str, Meta(max_length=MAX_CAPTION)]
Color = Annotated[int, Meta(ge=0, le=9)] | Literal["ink", "faint"]
Kind = Literal["line", "area", "horizontal", "vertical"]


class Line(msgspec.Struct, frozen=True, array_like=True):
    """Points in two rows, x and y; a value that is not a number is a gap.

    A `horizontal` or `vertical` line crosses the axes at its only point; an `area` reaches down to zero.
    """

    points: Array
    kind: Kind
    label: Caption
    color: Color
    marker: Literal["", ".", "o", "*"]
    joined: bool
    dashed: bool
    width: float


class Image(msgspec.Struct, frozen=True, array_like=True):
    """A value for each cell, the first row on top, from `low` to `high`: white on black, or dark on light."""

    values: Array
    low: float
    high: float
    white_on_black: bool
    label: Caption  # what its values are


class Axes(msgspec.Struct, frozen=True, kw_only=True):
    """One coordinate system of a figure; `width` and `height` are in inches."""

    title: Caption
    x_label: Caption
    y_label: Caption
    width: float
    height: float
    x_log: bool
    y_log: bool
    x_limits: tuple[float, float] | None
    y_limits: tuple[float, float] | None
    y_ticks: Annotated[tuple[tuple[float, Caption], ...], Meta(max_length=MAX_MARKS)]
    equal: bool  # one unit is as long in both directions
    framed: bool
    grid: bool
    legend: Caption | None  # its title, or empty
    lines: Annotated[tuple[Line, ...], Meta(max_length=MAX_MARKS)]
    images: Annotated[tuple[Image, ...], Meta(max_length=MAX_MARKS)]


class Drawn(msgspec.Struct, frozen=True, array_like=True, tag="drawn"):
    """A figure; axes that share x or y have the same limits there."""

    axes: Annotated[tuple[Axes, ...], Meta(max_length=MAX_AXES)]
    share_x: bool
    share_y: bool


Drawing = Drawn | Raised


class Fault(msgspec.Struct, frozen=True):
    """Why a submission's process gave no answer; `detail` is for instructors."""

    kind: Literal["timeout", "memory", "crash", "protocol"]
    detail: str


# ---- frames

LENGTH = struct.Struct("<I")
CHUNK = 2**16  # bytes: what a pipe holds
MAX_TEXTS = 2**18  # bytes of a reply besides its arrays: output, exceptions and names
MAX_FRAME = MAX_ROOM + MAX_TEXTS  # of any reply
ARRAY_HEAD = 128  # the most bytes that an array takes besides its numbers


def send(channel: int, message: bytes) -> None:
    """Send one frame, waiting as long as it takes, by plain writes, since a submission's process has no socket
    calls.
    """
    frame = LENGTH.pack(len(message)) + message
    sent = os.write(channel, frame)
    while sent < len(frame):
        sent += os.write(channel, memoryview(frame)[sent:])


def receive(channel: int) -> bytes | None:
    """Return the next frame, or None if the other side has closed, waiting as long as it takes.

    The grader sends one frame and waits for the reply, so there is never more to read than that frame.
    """
    received = os.read(channel, CHUNK)
    while len(received) < LENGTH.size or len(received) < LENGTH.size + LENGTH.unpack_from(received)[0]:
        chunk = os.read(channel, CHUNK)
        if not chunk:
            return None
        received += chunk
    return received[LENGTH.size :]
