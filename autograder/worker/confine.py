"""The limits of a submission's process, set from inside it before it reads the student's file.

This is the seam of confinement: `confine` is called once in every child, last of all that is ours. What it can't
restrict by itself is written in docs/security of the layers that follow.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import signal
import sys

from autograder.limits import Limits

PR_SET_PDEATHSIG = 1


def confine(limits: Limits) -> None:
    """Put this process into a session of its own that dies with its parent, and limit what it may use."""
    os.setsid()
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
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
