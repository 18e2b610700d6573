"""Frames made wrong: in their bytes, in the tree of msgpack that they hold, and in what that tree means.

Enters: frames and a `random.Random`. Leaves: a mutant's bytes. The same generator gives the same mutants.
"""

from __future__ import annotations

import math
import random
import struct
from collections.abc import Callable, Iterator
from typing import Any

import msgspec
from msgspec import Raw
from msgspec.msgpack import Ext

from autograder.wire import DTYPES

ENCODE = msgspec.msgpack.Encoder().encode
DECODE = msgspec.msgpack.Decoder().decode
KINDS = bytes([0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, *range(0xC0, 0xE0), 0xFF])  # where a byte says what follows

# Leaves and branches that no honest worker sends; raw ones are put into the tree as they are.
HUGE = [Raw(kind + b"\xff\xff\xff\xff") for kind in (b"\xdd", b"\xdf", b"\xc6", b"\xdb", b"\xc9")]
BROKEN = [Raw(b"\xdc\xff\xff"), Raw(b"\xa1\xff"), Raw(b"\xa3\xed\xa0\x80"), Raw(b"\xc1"), Raw(b"\xd4\x05")]
REPEATED = [
    Raw(b"\x82\xa1y\xc0\xa1y\xc0"),
    Raw(b"\x82\xa1y\x92\xa9malformed\x00\xa1y\xa0"),
    Raw(b"\x81\x81\x81\xc0\xc0\xc0"),
]
DEEP = [Raw(b"\x91" * depth + b"\xc0") for depth in (100, 5000)] + [Raw(b"\x81\xa1y" * 3000 + b"\xc0")]
FOREIGN = [Ext(-1, b"\0" * 8), Ext(5, b"x"), Ext(0, b""), math.nan, math.inf, -math.inf, 1.5, None, True]
NUMBERS = [-1, 0, 1, 2, 127, 2**31, 2**32, 2**53, 2**63 - 1, 2**63, 2**64 - 1, -(2**63), 100_000]
TEXTS = [
    "",
    "\0",
    "y",
    "array",
    "arrays",
    "malformed",
    "returned",
    "object",
    "float128",
    ">f8",
    "é" * 40,
    "\x1b[31m",
    "x" * 3000,
]
BYTES = [b"", b"\0" * 7, b"\xff" * 8, b"\0" * 1000]
DIMENSIONS: list[Any] = [
    [], [0], [-1, -1], [2**32, 2**32], [2**62, 4], [0, 2**63], [0, 2**64 - 1], [0, 2**62, 4], [0, 2**31, 2**31, 2**31],
    [1] * 8, [1] * 9, [1] * 100, [0] * 100, [2**40], [1.0], ["1"], [[1]], [-(2**63)], [True],
]  # fmt: skip
NASTY: list[Any] = [*HUGE, *BROKEN, *REPEATED, *DEEP, *FOREIGN, *NUMBERS, *TEXTS, *BYTES, *DIMENSIONS, {}, {"y": None}]
NAMES = ["NotImplementedError", "MemoryError", "ValueError", "KeyError", "Mine", "object", ""]
PROBLEMS = ["nothing", "count", "mapping", "keys", "list", "text", "complex", "ragged", "object", "huge"]
POINT: list[Any] = ["array", "float64", [3], b"\0" * 24, "C"]
VALUES = [
    0.0,
    -0.0,
    1.0,
    -1.0,
    1e-300,
    5e-324,
    1e300,
    1.7976931348623157e308,
    -1.7976931348623157e308,
    math.nan,
    math.inf,
    0.1,
]


def mutant(rng: random.Random, frame: bytes, other: bytes) -> bytes:
    """Return a frame with one to three things wrong; `other` is spliced in where a splice is due."""
    for _ in range(rng.choice((1, 1, 1, 2, 3))):
        frame = rng.choice(LEVELS)(rng, frame, other)
    return frame


def change_bytes(rng: random.Random, frame: bytes, other: bytes) -> bytes:
    """Flip, put in, take out, repeat or cut bytes, or join the heads and tails of two frames."""
    start = rng.randrange(len(frame) + 1)
    end = min(len(frame), start + rng.choice((1, 1, 2, 4, 9, 40)))
    kind = rng.randrange(7)
    if kind == 0:
        flipped = bytes(byte ^ (1 << rng.randrange(8)) for byte in frame[start:end])
        return frame[:start] + flipped + frame[end:]
    if kind == 1:
        return frame[:start] + rng.randbytes(end - start) + frame[start:]
    if kind == 2:
        return frame[:start] + frame[end:]
    if kind == 3:
        return frame[:end] + frame[start:]
    if kind == 4:
        return frame[:start]
    if kind == 5:
        return frame[:start] + other[rng.randrange(len(other) + 1) :]
    return frame[:start] + bytes([rng.choice(KINDS)]) + frame[start + 1 :]


def change_tree(rng: random.Random, frame: bytes, other: bytes) -> bytes:
    """Put something else in the place of a node, or take out, repeat, exchange or wrap nodes."""
    tree = _tree(frame)
    if tree is None:
        return change_bytes(rng, frame, other)
    holder, key = rng.choice(list(_places(tree)))
    kind = rng.randrange(8)
    if kind <= 3:
        holder[key] = rng.choice(NASTY)
    elif kind == 4:
        del holder[key]
    elif kind == 5 and isinstance(holder, list):
        holder[key:key] = [holder[key]] * rng.choice((1, 2, 70))
    elif kind == 6 and (branches := _tree(other)) is not None:
        from_holder, from_key = rng.choice(list(_places(branches)))
        holder[key] = from_holder[from_key]
    else:
        holder[key] = [holder[key]]
    return _written(tree, frame)


def change_meaning(rng: random.Random, frame: bytes, other: bytes) -> bytes:
    """Put another array, list of arrays or outcome in the place of one, or ask: often all is well with it."""
    tree = _tree(frame)
    if tree is None:
        return change_bytes(rng, frame, other)
    arrays = [(holder, key) for holder, key in _places(tree) if _is_array(holder[key])]
    reply = tree[0] if isinstance(tree[0], list) and len(tree[0]) > 1 and tree[0][0] == "reply" else None
    if rng.random() < 0.05:
        tree[0] = ["question", rng.choice(["callback 0", *TEXTS]), _array(rng, POINT)]
    elif reply and (not arrays or rng.random() < 0.3):
        reply[1] = _outcome(rng)
    elif arrays:
        holder, key = rng.choice(arrays)
        holder[key] = _array(rng, holder[key])
    return _written(tree, frame)


LEVELS: tuple[Callable[[random.Random, bytes, bytes], bytes], ...] = (
    change_bytes, change_tree, change_meaning, change_meaning, change_meaning,
)  # fmt: skip  # the last one leads deepest


def _tree(frame: bytes) -> list[Any] | None:
    """Return what a frame holds, in a list, so that its root has a place; None where it holds nothing whole."""
    try:
        return [DECODE(frame)]
    except (msgspec.DecodeError, ValueError, RecursionError, TypeError):  # not UTF-8; a dict as a key
        return None


def _written(tree: list[Any], frame: bytes) -> bytes:
    """Return the bytes of a changed tree; of one that is too deep to be written, those that it was before."""
    try:
        return ENCODE(tree[0]) if tree else b""
    except RecursionError:
        return frame


def _places(tree: list[Any]) -> Iterator[tuple[Any, Any]]:
    """Yield every node's place: what holds it, and under which key."""
    waiting: list[Any] = [tree]
    while waiting:
        holder = waiting.pop()
        for key in range(len(holder)) if isinstance(holder, list) else list(holder):
            yield holder, key
            if isinstance(holder[key], list | dict):
                waiting.append(holder[key])


def _is_array(node: object) -> bool:
    return isinstance(node, list) and len(node) >= 4 and node[0] == "array" and isinstance(node[2], list)


def _array(rng: random.Random, old: list[Any]) -> Any:
    """Return an array of any dtype and of numbers of any size, a malformed value, or one whose parts disagree."""
    kind = rng.randrange(10)
    _, dtype, shape, data, *_ = old
    if kind == 0:
        return ["malformed", rng.choice(PROBLEMS), rng.choice(TEXTS)]
    if kind == 1:
        return ["array", rng.choice([*DTYPES, *TEXTS]), shape, data, "C"]
    if kind == 2:
        return ["array", dtype, rng.choice(DIMENSIONS), rng.choice([data, b""]), rng.choice(["C", "F", "strided", "K"])]
    if kind == 3:
        return ["arrays", rng.choice([[], [old], [old, old], [old] * 40])]
    shape = list(shape) if kind < 9 else rng.choice([shape[::-1], [1, *shape], shape[1:], [*shape, 0], [3, 2]])
    if not all(isinstance(extent, int) and 0 <= extent < 1000 for extent in shape) or math.prod(shape) > 2000:
        shape = [3]
    return ["array", *_values(rng, shape)]


def _values(rng: random.Random, shape: list[int]) -> tuple[str, list[int], bytes]:
    size = math.prod(shape)
    if rng.random() < 0.3:
        dtype = rng.choice(list(DTYPES))
        return dtype, shape, rng.randbytes(size * DTYPES[dtype].itemsize)
    few = rng.sample(VALUES, rng.choice((1, 2, 4)))
    return "float64", shape, struct.pack(f"<{size}d", *rng.choices(few, k=size))


def _outcome(rng: random.Random) -> list[Any]:
    kind = rng.randrange(3)
    if kind == 0:
        return ["absent", rng.choice(TEXTS)]
    if kind == 1:
        return ["returned", {}, rng.sample(TEXTS, 3)]
    lines = [[rng.choice(NUMBERS), rng.choice(TEXTS), rng.choice(TEXTS)] for _ in range(rng.randrange(4))]
    return ["raised", rng.choices(NAMES, k=rng.randrange(5)), rng.choice(TEXTS), lines]
