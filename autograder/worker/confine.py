"""Confine a submission's process from inside, before it reads the student's file.

In this order: a session of its own that dies with its parent; Landlock; every descriptor closed but standard ones and
the grader's line; limits; last, the filter of system calls. Without the layers that a kernel lacks, limits remain; the
grader is told which there are.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import signal
import sys
from dataclasses import dataclass
from pathlib import Path

from autograder.limits import Limits
from autograder.worker import landlock, seccomp

PR_SET_PDEATHSIG, PR_SET_DUMPABLE = 1, 4
LINE = 3  # the descriptor of the grader's line


@dataclass(frozen=True, kw_only=True, slots=True)
class Layers:
    """What was prepared, once, for all submissions of a slot."""

    landlock_version: int
    ruleset: int | None
    program: bytes | None

    def names(self) -> tuple[int, bool]:
        """Return Landlock's version, 0 for none, and whether there is a filter."""
        return (self.landlock_version if self.ruleset is not None else 0, self.program is not None)


def prepare(home: Path) -> Layers:
    """Make what does not depend on a submission; `home` is the only directory that it may write in."""
    return Layers(landlock_version=landlock.version(), ruleset=landlock.make_ruleset(home), program=seccomp.build())


def confine(limits: Limits, layers: Layers, *, keep: int) -> None:
    """Confine this process for good; the descriptor `keep` stays open, as `LINE`."""
    os.setsid()
    if sys.platform == "linux":
        libc = ctypes.CDLL(None)
        libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        libc.prctl(PR_SET_DUMPABLE, 0)
    if layers.ruleset is not None:
        landlock.restrict(layers.ruleset)
    os.dup2(keep, LINE)
    os.closerange(LINE + 1, 256)
    _limit(limits)
    if layers.program is not None:
        seccomp.load(layers.program)


def _limit(limits: Limits) -> None:
    for kind, value in (
        (resource.RLIMIT_AS, limits.memory_bytes),
        (resource.RLIMIT_CPU, limits.total_cpu_seconds),
        (resource.RLIMIT_FSIZE, limits.file_bytes),
        (resource.RLIMIT_NOFILE, limits.open_files),
        (resource.RLIMIT_NPROC, limits.processes),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(kind)
        allowed = value if hard == resource.RLIM_INFINITY else min(value, hard)
        with contextlib.suppress(ValueError, OSError):  # macOS refuses RLIMIT_AS
            resource.setrlimit(kind, (allowed, allowed))
