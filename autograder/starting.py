"""Start a worker program before slow imports, so that both run at the same time (Linux).

The result is an interpreter that imports what a worker program needs, and then waits for its settings: limits, layers,
user. This module needs little more than the standard library.
"""

from __future__ import annotations

import importlib.util
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from autograder.processes import KEEPS_MEMORY, ONE_THREAD

# If memory runs out, the kernel ends workers first. Their processes inherit that; bubblewrap shows no /proc.
KILLED_FIRST = ("/bin/sh", "-c", 'echo 1000 2>/dev/null >/proc/self/oom_score_adj; exec "$@"', "sh")
LISTING = Path(__file__).with_name("sandbox") / "linked.py"
# One thread: a forked process would wait forever for threads that only its parent has.
ENVIRONMENT = {"LANG": "C.UTF-8", "PYTHONHASHSEED": "0"} | KEEPS_MEMORY | ONE_THREAD
# Only from this text does the interpreter learn where NumPy, msgspec and this package are.
PROGRAM = """
import os, sys
sys.path += {places!r}
import socket
from autograder.worker.program import run
run(socket.socket(fileno={descriptor}))
os._exit(0)  # there is nothing to tidy up, and the grader waits
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Worker:
    """A running worker program: its process, our end of its control socket, and its standard error."""

    process: subprocess.Popen[bytes]
    control: socket.socket
    errors: IO[bytes]


@dataclass(frozen=True, kw_only=True, slots=True)
class Early:
    """A worker program without an outer sandbox that was started early, and a process that lists libraries."""

    worker: Worker
    listing: subprocess.Popen[bytes]


def interpreter() -> list[str]:
    """Return the beginning of the command line of a fresh interpreter that finds only the standard library."""
    return [os.path.realpath(sys.executable), "-s", "-S", "-P", "-B"]


def packages() -> dict[str, Path]:
    """Return the folders of the packages that the worker program imports."""
    found = {"autograder": Path(__file__).resolve().parent}
    for name in ("numpy", "msgspec"):
        spec = importlib.util.find_spec(name)
        assert spec is not None
        assert spec.origin is not None
        found[name] = Path(spec.origin).resolve().parent
    return found


def bare_command(program: str) -> list[str]:
    """Return the command line that runs a Python program, given as text, in a fresh interpreter without an outer
    sandbox.
    """
    return [*KILLED_FIRST, *interpreter(), "-c", program]


def listing_command() -> list[str]:
    """Return the command line that lists the shared libraries which Python and NumPy load."""
    own = packages()
    folders = [Path(os.__file__).resolve().parent / "lib-dynload", own["numpy"], own["msgspec"]]
    return [*interpreter(), str(LISTING), *map(str, folders)]


def start_worker(command: Callable[[str], Sequence[str]], passed: Sequence[int] = ()) -> Worker:
    """Start a worker program; `command` makes a command line from the text of a Python program.

    The descriptors are passed on to that command line.
    """
    ours, theirs = socket.socketpair()
    errors: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115  # lives as long as the worker program
    places = list(dict.fromkeys(str(folder.parent) for folder in packages().values()))
    with theirs:
        try:
            process = subprocess.Popen(
                command(PROGRAM.format(places=places, descriptor=theirs.fileno())),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=errors,
                env=ENVIRONMENT,
                cwd="/",
                pass_fds=[theirs.fileno(), *passed],
                start_new_session=True,  # Ctrl-C is for the grader to deal with
            )
        except OSError:
            ours.close()
            errors.close()
            raise
    return Worker(process=process, control=ours, errors=errors)


def start_early() -> Early | None:
    """Start a worker program and the list of libraries; None if that fails, which is reported later."""
    try:
        listing = subprocess.Popen(
            listing_command(),
            env=ENVIRONMENT,
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        return Early(worker=start_worker(bare_command), listing=listing)
    except OSError:
        return None


def end_early(early: Early) -> None:
    """End what was started early, as far as it has not been used up."""
    early.worker.control.close()
    for process in (early.worker.process, early.listing):
        if process.poll() is None:
            process.kill()
            process.wait()
    if early.listing.stdout is not None:
        early.listing.stdout.close()
    early.worker.errors.close()
