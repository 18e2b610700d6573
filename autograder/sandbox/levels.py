"""Choose the outer sandbox for this machine, and measure the level of isolation in it (Linux).

Given the lowest acceptable level, it returns the strongest confinement that works, and opens sandboxes with it. It also
explains each layer to people, with the next step if one is missing.
"""

from __future__ import annotations

import os
import platform
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

from autograder.course import UsageError
from autograder.limits import Limits
from autograder.results import LEVELS, Level
from autograder.sandbox.escape import EscapeReport, private_places, run_escape_tests
from autograder.sandbox.outer import OuterSandbox, outer_sandboxes
from autograder.sandbox.sandbox import Sandbox
from autograder.sandbox.session import SandboxError
from autograder.sandbox.view import warm
from autograder.worker import build_filter, landlock_version

NOTHING: frozenset[str] = frozenset()


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
