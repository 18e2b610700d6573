"""Processes that a submission started and left behind: adopted by the zygote, so that none can outlive it unseen."""

from __future__ import annotations

import contextlib
import os
import signal
from pathlib import Path

from autograder.worker.libc import prctl

PR_SET_CHILD_SUBREAPER = 36


def adopt_orphans() -> None:
    """Make this process the parent of every descendant whose own parent ends."""
    prctl(PR_SET_CHILD_SUBREAPER, 1)


def kill_descendants() -> int:
    """Kill and reap children until there are none, and return how many; each one's own become ours and are next."""
    reaped = 0
    while True:
        for child in _children():
            with contextlib.suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
        try:
            os.waitpid(-1, 0)
        except ChildProcessError:
            return reaped
        reaped += 1


def _children() -> list[int]:
    """Return the process ids of this process's children; -1, for everybody else, in a name space of our own."""
    me = os.getpid()
    if me == 1:
        return [-1]
    try:
        return [int(word) for word in Path(f"/proc/{me}/task/{me}/children").read_text().split()]
    except OSError:
        return []
