"""Escape tests: measure how well student code is confined.

Given a sandbox, it reports which attempts from inside a submission's process succeeded, and which level of isolation
that leaves. All targets of the attempts are created for them and removed again: a file, a folder, servers, this
process.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import socket
import stat
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec
import numpy as np

from autograder.cells import Cell
from autograder.results import LEVELS, Level
from autograder.sandbox.sandbox import Sandbox
from autograder.sandbox.session import Session
from autograder.wire import MAX_TEXTS, Array, Call, Fault, Load, Part, Reply, Returned, Returns, unpack

ATTEMPTS = Path(__file__).with_name("attempts.py")
DESCRIPTORS = 2048  # numbers that are looked at
OPENS = "opens"  # what private places are tried with
QUICK = {
    OPENS,
    "reads_a_file",
    "reads_the_memory_of",
    "writes_into_a_folder",
    "signals",
    "starts_a_process",
    "takes_memory",
    "computes_without_end",
    "sees_that_exists",
    "counts_processes_with",
    "is_user",
    "executes",
}  # at least one attempt on each layer, for each level that it may leave
ESCAPED = Returns((Part("escaped"),), several=False)
ENCODE = msgspec.msgpack.Encoder().encode
DECODE = msgspec.msgpack.Decoder(Reply).decode


@dataclass(frozen=True, kw_only=True, slots=True)
class EscapeTest:
    """One attempt to escape."""

    function: str  # the function of `attempts.py` that makes the attempt
    target: str | int | None  # its argument, if any
    attempt: str  # what it tries to do, for people
    prevented_by: str  # the layer that should prevent it
    leaves: Level  # the best level that is left if it gets through


@dataclass(frozen=True, kw_only=True, slots=True)
class EscapeReport:
    """Which escape tests were tried in a sandbox, and which of them got through."""

    tests: tuple[EscapeTest, ...]
    escaped: tuple[EscapeTest, ...]

    @property
    def readable(self) -> tuple[str, ...]:
        """Return the private places that student code could read."""
        return tuple(str(test.target) for test in self.escaped if test.function == OPENS)

    @property
    def level(self) -> Level:
        """Return the lowest level that any test leaves possible."""
        return min((test.leaves for test in self.escaped), key=LEVELS.index, default="strong")


def run_escape_tests(sandbox: Sandbox, places: Sequence[str] = (), *, quick: bool = False) -> EscapeReport:
    """Run escape tests in a sandbox (all of them, or a quick set with some for each layer), and on all private places.

    Raises `SandboxError` if the sandbox does not work.
    """
    with _targets() as targets:
        tests = tuple(test for test in _tests(sandbox, targets, places) if test.function in QUICK or not quick)
        attempts = Cell(label=ATTEMPTS.name, source=ATTEMPTS.read_bytes(), required=True)
        with sandbox.session() as session:
            session.exchange(ENCODE(Load("attempts", attempts)), MAX_TEXTS)
            escaped = [test for number, test in enumerate(tests) if _escapes(test, number, session)]
    return EscapeReport(tests=tests, escaped=tuple(escaped))


@dataclass(frozen=True, kw_only=True, slots=True)
class Targets:
    """The targets of the attempts."""

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
        socket.socket(socket.AF_UNIX) as local,
    ):
        local.bind(f"\0{name}")
        local.listen()
        file = Path(folder, "secret")
        file.write_text("a secret")
        file.chmod(0o644)
        Path(folder).chmod(0o777)
        yield Targets(folder=folder, file=str(file), port=server.getsockname()[1], name=name)


def _tests(sandbox: Sandbox, targets: Targets, places: Sequence[str]) -> tuple[EscapeTest, ...]:
    """Return all tests; the one that ends its process if it gets through is the last."""
    me, limits = os.getpid(), sandbox.limits
    table: list[tuple[str, str | int | None, str, str, Level]] = [
        *((OPENS, place, f"read {place}", "landlock", "none") for place in places),
        ("reads_a_file", targets.file, "read a file that others may read, as references are", "landlock", "none"),
        ("lists_a_folder", targets.folder, "list a folder of the machine", "landlock", "none"),
        ("reads_the_memory_of", me, "open the grader's memory", "landlock", "none"),
        ("writes_into_a_folder", targets.folder, "write a file", "landlock", "none"),
        ("reads_a_file", str(ATTEMPTS), "read the grader's own source", "landlock", "weak"),
        ("signals", me, "send the grader a signal", "filter", "none"),
        ("signals", sandbox.process, "send the worker program a signal", "filter", "none"),
        ("holds_a_descriptor", DESCRIPTORS, "hold a descriptor of the worker program", "worker program", "none"),
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
        ("counts_processes_with", sandbox.process, "see the machine's own process ids", "bubblewrap", "good"),
        ("is_user", os.geteuid(), "run as the grader's own user", "user", "good"),
        (
            "sees_a_disk_beside",
            sandbox.outer.device_in_memory(),
            "learn by time which of Python's files were read",
            "bubblewrap",
            "strong",
        ),
        ("executes", "/bin/true", "become another program", "landlock", "weak"),
    ]
    return tuple(
        EscapeTest(function=function, target=target, attempt=attempt, prevented_by=layer, leaves=leaves)
        for function, target, attempt, layer, leaves in table
    )


def _escapes(test: EscapeTest, number: int, session: Session) -> bool:
    """Say whether an attempt succeeds; unless the answer is clear that it was prevented, it does."""
    session.start_check()
    arguments = () if test.target is None else (test.target,)
    reply = session.exchange(ENCODE(Call(number, 0, test.function, arguments, {}, ESCAPED)), MAX_TEXTS)
    if isinstance(reply, Fault):
        return True
    outcome = DECODE(reply).outcome
    value = outcome.outputs["escaped"] if isinstance(outcome, Returned) else None
    return not (isinstance(value, Array) and np.array_equal(unpack(value), 0.0))


def private_places(places: Iterable[Path]) -> tuple[str, ...]:
    """Return the real paths of files and folders that student code must not read, and of the first file in each folder.

    A place that does not exist has none.
    """
    found = [path for place in places if place.exists() for path in _with_first_file(os.path.realpath(place))]
    return tuple(dict.fromkeys(found))


def _with_first_file(place: str) -> Iterator[str]:
    """Yield a place and the first file below it; links are not followed, since a student may have made them."""
    yield place
    for folder, folders, files in os.walk(place):
        folders.sort()
        for name in sorted(files):
            path = os.path.join(folder, name)  # noqa: PTH118  # os.walk has texts, and names need not be valid ones
            if stat.S_ISREG(os.lstat(path).st_mode):
                yield path
                return
