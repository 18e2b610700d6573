"""Confine a submission's process from inside, before it reads the student's file (Linux).

In this order: a session of its own that dies with its parent; standard streams of its own, which lead nowhere;
Landlock; every descriptor closed but those and two pipes of ours; limits; no capabilities; last, the filter of system
calls. A layer that the kernel lacks is left out: whether the rest is enough is found out by trying
(`worker.canaries`), never taken for granted.
"""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import struct
from dataclasses import dataclass

from autograder.limits import Limits
from autograder.worker import landlock, seccomp
from autograder.worker.libc import capset, prctl

PR_SET_PDEATHSIG, PR_SET_DUMPABLE = 1, 4
CAPABILITIES_3 = 0x20080522
LINE, REPORT = 3, 4  # the descriptors of the grader's line, and of a pipe to the zygote
STACK = 64 * 2**20
SIGNALS = 64  # that may wait for the process


@dataclass(frozen=True, kw_only=True, slots=True)
class Layers:
    """What was prepared, once, for all submissions of a slot."""

    ruleset: int | None
    program: bytes | None
    limits: Limits | None


def prepare(limits: Limits, without: frozenset[str]) -> Layers:
    """Make what does not depend on a submission, but for the layers that are to be left out."""
    return Layers(
        ruleset=None if "landlock" in without else landlock.make_ruleset(),
        program=None if "filter" in without else seccomp.build(),
        limits=None if "limits" in without else limits,
    )


def confine(layers: Layers, *, line: int, report: int) -> None:
    """Confine this process for good; two descriptors stay open, as `LINE` and `REPORT`."""
    os.setsid()
    prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    hide_memory()
    _leave_standard_streams()
    if layers.ruleset is not None:
        landlock.restrict(layers.ruleset)
    line, report = os.dup(line), os.dup(report)  # out of the way of the numbers that they are to have
    os.dup2(line, LINE)
    os.dup2(report, REPORT)
    os.closerange(REPORT + 1, _most_descriptors())
    if layers.limits is not None:
        _limit(layers.limits)
    _drop_capabilities()
    if layers.program is not None:
        seccomp.load(layers.program)


def _most_descriptors() -> int:
    """Return more than any descriptor's number: the grader may have had many open when it started the worker."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    return 2**20 if hard == resource.RLIM_INFINITY else hard


def become(user: int) -> None:
    """Go on as another user without groups or rights of its own, for good; from root."""
    os.setgroups([])
    os.setresgid(user, user, user)
    os.setresuid(user, user, user)
    os.listdir(os.path.dirname(os.__file__))  # noqa: PTH120,PTH208  # raises where Python itself is another's secret


def _drop_capabilities() -> None:
    """Give up whatever makes root more than a user: see capset(2), its third version."""
    header, nothing = struct.pack("<Ii", CAPABILITIES_3, 0), bytes(24)
    if capset(header, nothing):
        raise OSError(ctypes.get_errno(), "capset")


def hide_memory() -> None:
    """Keep other processes of the same user from reading this one's memory, and the kernel from dumping it."""
    prctl(PR_SET_DUMPABLE, 0)


def _leave_standard_streams() -> None:
    """Open the standard streams anew: flags set on an open file that is shared would reach the next submission."""
    for standard in (0, 1, 2):
        os.close(standard)
        os.open(os.devnull, os.O_RDWR)  # takes the lowest free number, the one just closed


def _limit(limits: Limits) -> None:
    for kind, value in (
        (resource.RLIMIT_AS, limits.memory_bytes),
        (resource.RLIMIT_CPU, limits.total_cpu_seconds),
        (resource.RLIMIT_FSIZE, limits.file_bytes),
        (resource.RLIMIT_NOFILE, limits.open_files),
        (resource.RLIMIT_NPROC, limits.processes),
        (resource.RLIMIT_STACK, STACK),
        (resource.RLIMIT_SIGPENDING, SIGNALS),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_MEMLOCK, 0),
        (resource.RLIMIT_MSGQUEUE, 0),
    ):
        _, hard = resource.getrlimit(kind)
        allowed = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(kind, (allowed, allowed))
