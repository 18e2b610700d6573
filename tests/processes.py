"""Processes of this machine, looked at from outside: who comes from whom, and who is at work."""

from __future__ import annotations

import contextlib
import os
import time
from pathlib import Path

DEADLINE = 60.0  # seconds that a busy machine may need for what takes one


def wait_for(condition) -> None:
    """Wait until a condition holds; it must within the deadline."""
    end = time.monotonic() + DEADLINE
    while not condition():
        assert time.monotonic() < end, "it did not come to that"
        time.sleep(0.02)


def descendants(process: int) -> list[int]:
    """Return the processes that come from one."""
    children: list[int] = []
    with contextlib.suppress(OSError):  # it, or one of its threads, may have gone meanwhile
        for task in Path(f"/proc/{process}/task").iterdir():
            with contextlib.suppress(OSError):
                children += [int(word) for word in (task / "children").read_text().split()]
    return children + [below for child in children for below in descendants(child)]


def is_spawned(process: int) -> bool:
    """Say whether a process is one that Python's multiprocessing started, and has not ended."""
    try:
        return b"spawn_main" in Path(f"/proc/{process}/cmdline").read_bytes() and is_running(process)
    except OSError:  # it has gone meanwhile
        return False


def status_of(process: int) -> list[str]:
    """Return the fields of a process's status, none where it has gone."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def is_running(process: int) -> bool:
    """Say whether a process has not ended."""
    return status_of(process)[:1] not in ([], ["Z"])


def computing(process: int) -> bool:
    """Say whether a process is a submission that has entered its endless loop: nobody else computes for a second."""
    fields = status_of(process)
    return len(fields) > 12 and int(fields[11]) > os.sysconf("SC_CLK_TCK") // 2 and fields[0] == "R"
