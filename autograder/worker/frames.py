"""Frames: how grader and worker talk over a socket, four bytes of length and then a message in msgpack.

Messages are typed data (`Load`, `Script` to the worker; `Loading`, `Trace` back), never pickles. The worker's side may
block; the grader's side is in `connection`, with a deadline on every byte.
"""

from __future__ import annotations

import os
import struct

import msgspec

from autograder.cells import Cell
from autograder.script import Script

LENGTH = struct.Struct("<I")
MAX_FRAME = 8 * 2**20  # of a reply: the largest right one has a hundredth of it


class Load(msgspec.Struct, frozen=True, array_like=True, tag="load"):
    """Import this file or notebook cell into the module of this name, after those that came before."""

    module: str
    cell: Cell


class Run(msgspec.Struct, frozen=True, array_like=True, tag="run"):
    """Run this script against the imported file."""

    script: Script


Request = Load | Run


def send(channel: int, message: bytes) -> None:
    """Send one frame, waiting as long as it takes; by plain writes: a submission's process has no socket calls."""
    rest = memoryview(LENGTH.pack(len(message)) + message)
    while rest:
        rest = rest[os.write(channel, rest) :]


def receive(channel: int) -> bytes | None:
    """Return the next frame, or None where the other side has closed, waiting as long as it takes."""
    header = _receive_exactly(channel, LENGTH.size)
    return None if header is None else _receive_exactly(channel, LENGTH.unpack(header)[0])


def _receive_exactly(channel: int, size: int) -> bytes | None:
    chunks = []
    while size:
        chunk = os.read(channel, min(size, 2**20))
        if not chunk:
            return None
        chunks.append(chunk)
        size -= len(chunk)
    return b"".join(chunks)
