"""How far out of reach student code is, by evidence: canaries try from inside a real slot what must not work.

Enters: a slot. Leaves: a level, and which canary got through at the cost of which layer. What a canary is to attack is
put there for it and taken away again: a file, a folder, servers, this very process.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import socket
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec
import numpy as np

from autograder.array import Array, unpack
from autograder.cells import Cell
from autograder.kinds import LEVELS, Level
from autograder.script import Call, Part, Returns, Script
from autograder.trace import Fault, Returned, Trace
from autograder.worker.connection import Connection
from autograder.worker.frames import Load, Run
from autograder.worker.slot import Slot

SOURCE = Path(__file__).with_name("canary.py")
DESCRIPTORS = 2048  # numbers that are looked at
ONE = Returns((Part("through"),), several=False)
ENCODE = msgspec.msgpack.Encoder().encode
DECODE = msgspec.msgpack.Decoder(Trace).decode


@dataclass(frozen=True, kw_only=True, slots=True)
class Canary:
    """One attack: a function of `canary.py` and what it is handed; the best level that is left when it gets through."""

    name: str
    target: str | int | None
    tries: str
    held_by: str
    leaves: Level


@dataclass(frozen=True, kw_only=True, slots=True)
class Sung:
    """A canary, and whether it got through."""

    canary: Canary
    through: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Evidence:
    """What all canaries found in one slot."""

    songs: tuple[Sung, ...]

    @property
    def level(self) -> Level:
        """Return the lowest level that any canary leaves."""
        return min((song.canary.leaves for song in self.songs if song.through), key=LEVELS.index, default="strong")


def prove(slot: Slot) -> Evidence:
    """Let all canaries try from inside the slot."""
    with _targets() as targets:
        canaries = _canaries(slot, targets)
        return Evidence(songs=tuple(_sing(canaries, slot)))


@dataclass(frozen=True, kw_only=True, slots=True)
class Targets:
    """What is there to be attacked."""

    folder: str
    file: str
    port: int
    name: str


@contextlib.contextmanager
def _targets() -> Iterator[Targets]:
    name = f"autograder-{secrets.token_hex(8)}"
    with (
        tempfile.TemporaryDirectory(prefix="autograder-") as folder,
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.socket(socket.AF_UNIX) as nameless,
    ):
        nameless.bind(f"\0{name}")
        nameless.listen()
        file = Path(folder, "secret")
        file.write_text("a secret")
        file.chmod(0o644)
        Path(folder).chmod(0o777)
        yield Targets(folder=folder, file=str(file), port=server.getsockname()[1], name=name)


def _canaries(slot: Slot, targets: Targets) -> tuple[Canary, ...]:
    """List the canaries; the one that ends its process where it gets through is the last."""
    me, limits = os.getpid(), slot.limits
    table: tuple[tuple[str, str | int | None, str, str, Level], ...] = (
        ("reads_a_file", targets.file, "read a file that others may read, as references are", "landlock", "none"),
        ("lists_a_folder", targets.folder, "list a folder of the machine", "landlock", "none"),
        ("reads_the_memory_of", me, "open the grader's memory", "landlock", "none"),
        ("writes_into_a_folder", targets.folder, "write a file", "landlock", "none"),
        ("reads_a_file", str(SOURCE), "read the grader's own source", "landlock", "weak"),
        ("signals", me, "send the grader a signal", "filter", "none"),
        ("signals", slot.process, "send the worker program a signal", "filter", "none"),
        ("holds_a_descriptor", DESCRIPTORS, "hold a descriptor of the worker program", "the worker program", "none"),
        ("changes_the_mode_of", targets.file, "change a file's mode", "filter", "weak"),
        ("connects_to_port", targets.port, "reach a server over TCP", "filter", "weak"),
        ("connects_to_name", targets.name, "reach a server over a local socket", "filter", "weak"),
        ("starts_a_process", None, "start a process", "filter", "weak"),
        ("starts_a_thread", None, "start a thread", "filter", "weak"),
        ("shares_memory", None, "leave shared memory behind", "filter", "weak"),
        ("asks_the_keyring", None, "use the kernel's keyring", "filter", "weak"),
        ("changes_the_priority_of", me, "change the grader's priority", "filter", "weak"),
        ("takes_memory", limits.memory_bytes, "take more memory than is allowed", "limits", "weak"),
        ("opens_files", limits.open_files, "open more files than are allowed", "limits", "weak"),
        ("computes_without_end", None, "compute without end", "limits", "weak"),
        ("sees_that_exists", targets.file, "learn that a file exists", "bubblewrap", "good"),
        ("counts_processes_with", slot.process, "live among the machine's process numbers", "bubblewrap", "good"),
        ("is_user", os.geteuid(), "run as the grader's own user", "user", "good"),
        ("executes", "/bin/true", "become another program", "landlock", "weak"),
    )
    return tuple(
        Canary(name=name, target=target, tries=tries, held_by=layer, leaves=leaves)
        for name, target, tries, layer, leaves in table
    )


def _sing(canaries: tuple[Canary, ...], slot: Slot) -> Iterator[Sung]:
    with slot.submission() as line:
        line.exchange(ENCODE(Load("canary", Cell(label=SOURCE.name, source=SOURCE.read_bytes(), required=True))))
        for canary in canaries:
            yield Sung(canary=canary, through=_gets_through(canary, line))


def _gets_through(canary: Canary, line: Connection) -> bool:
    arguments = () if canary.target is None else (canary.target,)
    reply = line.exchange(ENCODE(Run(Script((Call(canary.name, arguments, {}, ONE),)))))
    if isinstance(reply, Fault):
        return True
    (outcome,) = DECODE(reply).outcomes
    value = outcome.outputs["through"] if isinstance(outcome, Returned) else None
    return not (isinstance(value, Array) and np.array_equal(unpack(value), 0.0))
