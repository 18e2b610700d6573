"""Confine a submission's process from inside, before it reads the student's file (Linux).

In this order: a session of its own that dies with its parent; standard streams of its own, which lead nowhere;
Landlock; all descriptors closed except those and three pipes of ours; limits; no capabilities; and finally the filter
of system calls. A layer that the kernel lacks is skipped. Escape tests (`autograder.sandbox`) find out whether the
others are enough.
"""

from __future__ import annotations

import ctypes
import fcntl
import os
import resource
import signal
import struct
from collections.abc import Sequence
from dataclasses import dataclass

from autograder.limits import Limits
from autograder.worker.landlock import make_ruleset, restrict
from autograder.worker.libc import capset, prctl
from autograder.worker.seccomp import build_filter, load_filter

PR_SET_PDEATHSIG, PR_SET_DUMPABLE = 1, 4
CAPABILITIES_3 = 0x20080522
REQUESTS, REPLIES, REPORT = 3, 4, 5  # descriptors of the pipes from and to the grader, and of one to the fork server
STACK = 64 * 2**20
SIGNALS = 64  # that may be pending


@dataclass(frozen=True, kw_only=True, slots=True)
class Layers:
    """Layers of confinement that are prepared once for all submissions of a sandbox; None for one that is skipped."""

    ruleset: int | None
    program: bytes | None
    limits: Limits | None


def prepare(limits: Limits, without: frozenset[str], libraries: Sequence[str], folder: str) -> Layers:
    """Prepare everything that does not depend on a submission, without the layers to be skipped."""
    return Layers(
        ruleset=None if "landlock" in without else make_ruleset(libraries, folder),
        program=None if "filter" in without else build_filter(),
        limits=None if "limits" in without else limits,
    )


def confine(layers: Layers, *, requests: int, replies: int, report: int) -> None:
    """Confine this process for good; three descriptors stay open, as `REQUESTS`, `REPLIES` and `REPORT`."""
    os.setsid()
    prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    hide_memory()
    _replace_standard_streams()
    if layers.ruleset is not None:
        restrict(layers.ruleset)
    kept = {REQUESTS: requests, REPLIES: replies, REPORT: report}
    copies = {number: fcntl.fcntl(descriptor, fcntl.F_DUPFD, REPORT + 1) for number, descriptor in kept.items()}
    for number, copy in copies.items():
        os.dup2(copy, number)
    os.closerange(REPORT + 1, _descriptor_limit())
    if layers.limits is not None:
        _limit(layers.limits)
    _drop_capabilities()
    if layers.program is not None:
        load_filter(layers.program)


def become(user: int) -> None:
    """Change to another user, without groups or rights of its own, for good; from root."""
    os.setgroups([])
    os.setresgid(user, user, user)
    os.setresuid(user, user, user)
    os.listdir(os.path.dirname(os.__file__))  # noqa: PTH120,PTH208  # raises where that user can't read Python itself


def hide_memory() -> None:
    """Keep other processes of the same user from reading this one's memory, and the kernel from dumping it."""
    prctl(PR_SET_DUMPABLE, 0)


def _replace_standard_streams() -> None:
    """Open standard streams that no other process shares: flags set on them would reach the next submission."""
    for standard in (0, 1, 2):
        os.close(standard)
        os.open(os.devnull, os.O_RDWR)  # takes the lowest free number, which is the one just closed


def _descriptor_limit() -> int:
    """Return a number above all descriptors: the grader may have had many open when it started the worker program."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    return 2**20 if hard == resource.RLIM_INFINITY else hard


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


def _drop_capabilities() -> None:
    """Give up all rights that distinguish root from an ordinary user; see the third version of capset(2)."""
    header, nothing = struct.pack("<Ii", CAPABILITIES_3, 0), bytes(24)
    if capset(header, nothing):
        raise OSError(ctypes.get_errno(), "capset")
