"""Choose the outer sandbox for this machine, and measure the level of isolation in it with escape tests (Linux).

Given the lowest acceptable level, it returns the strongest confinement that works, and opens sandboxes with it. It also
explains each layer to people, with the next step if one is missing.

An escape test is an attempt from inside a submission's process. Which of them succeed says which level of isolation is
left. All targets of the attempts are created for them and removed again: a file, a folder, servers, this process.
"""

from __future__ import annotations

import contextlib
import os
import platform
import secrets
import shutil
import socket
import stat
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

import msgspec
import numpy as np

from autograder.cells import Cell
from autograder.course import UsageError
from autograder.limits import Limits
from autograder.results import LEVELS, Level
from autograder.sandbox.outer import OuterSandbox, SandboxError, outer_sandboxes, warm
from autograder.sandbox.sandbox import Sandbox, Session
from autograder.wire import MAX_TEXTS, Array, Call, Fault, Load, Part, Reply, Returned, Returns, unpack
from autograder.worker import build_filter, landlock_version

NOTHING: frozenset[str] = frozenset()
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
class Choice:
    """The strongest outer sandbox that works, the results of the escape tests in it, and why each stronger one does not
    work.
    """

    outer: OuterSandbox
    report: EscapeReport
    rejected: tuple[tuple[OuterSandbox, str], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Confinement:
    """The outer sandbox for all workers of a run, and the level that all escape tests together have proven."""

    outer: OuterSandbox
    level: Level
    places: tuple[str, ...] = ()  # what student code must not read on this machine


@dataclass(frozen=True, kw_only=True, slots=True)
class Layer:
    """One layer of confinement: whether this machine has it, what that means, and what to do if not."""

    name: str
    on: bool
    fact: str
    next_step: str = ""


def choose(without: frozenset[str] = NOTHING, places: Sequence[str] = ()) -> Choice:
    """Find the strongest outer sandbox in which a worker starts, and run all escape tests in it, also on private
    places.

    Raises `SandboxError` if none works.
    """
    rejected: list[tuple[OuterSandbox, str]] = []
    for outer in outer_sandboxes(without):
        try:
            with Sandbox(Limits(), outer, without) as sandbox:
                report = run_escape_tests(sandbox, places)
                return Choice(outer=outer.shared(), report=report, rejected=tuple(rejected))
        except SandboxError as error:
            rejected.append((outer, str(error)))
    raise SandboxError(rejected[-1][1])


def confinement(at_least: Level, places: Iterable[Path] = ()) -> Confinement:
    """Return the confinement that this machine offers, at the level that all escape tests have proven.

    Parameters
    ----------
    at_least
        The lowest acceptable level.
    places
        Files and folders that student code must not read: of the course, of the class, of results.

    Raises
    ------
    UsageError
        If the level is too low.
    SandboxError
        If no sandbox works.
    """
    private = private_places(places)
    choice = choose(places=private)
    require_level(choice.report, at_least)
    if choice.outer.bubblewrap is None:
        warm()
    return Confinement(outer=choice.outer, level=choice.report.level, places=private)


def open_sandbox(
    limits: Limits, confinement: Confinement, data: Mapping[str, bytes] = MappingProxyType({})
) -> tuple[Sandbox, Level]:
    """Open a sandbox whose submissions may read some data files, and run a quick set of escape tests in it.

    Raises `UsageError` if an attempt succeeds that was prevented before. Raises `SandboxError` if the sandbox does not
    work.
    """
    sandbox = Sandbox(limits, confinement.outer, data=data)
    try:
        require_level(run_escape_tests(sandbox, confinement.places, quick=True), confinement.level)
    except BaseException:
        sandbox.close()
        raise
    return sandbox, confinement.level


def require_level(report: EscapeReport, at_least: Level) -> None:
    """Raise `UsageError` if the proven level is too low."""
    if LEVELS.index(report.level) >= LEVELS.index(at_least):
        return
    serious = [test for test in report.escaped if test.leaves not in ("good", "strong")]
    if report.readable and len(report.readable) == len(serious):  # and nothing else of the machine
        raise UsageError(
            f"student code could read {report.readable[0]}: it is among the files that Python itself needs. Next: "
            "move it out of Python's and NumPy's folders, then run the command again"
        )
    could = ", ".join(test.attempt for test in serious)
    raise UsageError(
        f"student code is confined at level {report.level}, grading needs {at_least}"
        f"{f'; it could {could}' if could else ''}. `autograder doctor` says what is missing; "
        f"--isolation {report.level} grades nevertheless"
    )


def layers(choice: Choice, without: frozenset[str]) -> list[Layer]:
    """Return all layers, from the outside inwards; those that were skipped on purpose are off."""
    found = (
        _bubblewrap(choice),
        _user(choice),
        _landlock(),
        _filter(),
        Layer(name="limits", on=True, fact="computing time, memory, descriptors, size of files"),
    )
    return [
        replace(layer, on=False, fact="skipped, as requested", next_step="") if layer.name in without else layer
        for layer in found
    ]


def _bubblewrap(choice: Choice) -> Layer:
    if choice.outer.bubblewrap:
        return Layer(
            name="bubblewrap", on=True, fact="namespaces of its own for processes, files, network, memory and names"
        )
    if shutil.which("bwrap") is None:
        return Layer(
            name="bubblewrap", on=False, fact="not installed", next_step="install it: apt-get install bubblewrap"
        )
    return Layer(
        name="bubblewrap",
        on=False,
        fact=_rejection(choice, bubblewrap=True),
        next_step="allow user namespaces (Ubuntu 24.04: an AppArmor profile for bwrap; Docker: a security profile)",
    )


def _user(choice: Choice) -> Layer:
    if choice.outer.user is not None:
        return Layer(name="user", on=True, fact=f"user {choice.outer.user}, who owns nothing")
    if os.geteuid() != 0:
        return Layer(name="user", on=False, fact="your own; only root can change to another user")
    return Layer(
        name="user",
        on=False,
        fact=_rejection(choice, bubblewrap=False),
        next_step="put Python where others can read it, outside of root's home",
    )


def _rejection(choice: Choice, *, bubblewrap: bool) -> str:
    reasons = [reason for outer, reason in choice.rejected if bool(outer.bubblewrap) == bubblewrap]
    return f"does not work: {reasons[0]}" if reasons else "does not work"


def _landlock() -> Layer:
    if version := landlock_version():
        return Layer(name="landlock", on=True, fact=f"version {version}: reads Python and NumPy, writes nowhere")
    return Layer(
        name="landlock",
        on=False,
        fact="the kernel does not offer it",
        next_step="use Linux 5.13 or later with Landlock switched on (boot parameter lsm=landlock,...)",
    )


def _filter() -> Layer:
    if build_filter() is not None:
        return Layer(
            name="filter", on=True, fact="system calls from a short list: no process, thread, socket or signal"
        )
    return Layer(
        name="filter",
        on=False,
        fact=f"there is none for {platform.machine()}",
        next_step="grade on a machine with an x86_64 or aarch64 processor",
    )


# ---- escape tests


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
