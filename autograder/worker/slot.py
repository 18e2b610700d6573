"""The grader's end of a slot: starts the worker program, opens one submission at a time, leaves nothing behind.

`Slot` is the seam for confinement: whatever surrounds the worker program is put around it where it is started here.
"""

from __future__ import annotations

import contextlib
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec
import numpy as np

from autograder.limits import Limits
from autograder.worker.connection import Connection
from autograder.worker.program import ENDED, FORK, KILL, READY, STARTED

START_SECONDS = 30.0
CONTROL_SECONDS = 30.0
PROGRAM = """
import sys
sys.path += {places!r}
import socket
from autograder.limits import Limits
from autograder.worker.program import main
main(socket.socket(fileno={descriptor}), Limits(**{limits!r}))
"""
# One thread: a forked child must not wait for threads that only its parent had.
ENVIRONMENT = {
    "LANG": "C.UTF-8",
    "PYTHONHASHSEED": "0",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "BLIS_NUM_THREADS": "1",
    "VECLIB_MAXIMUM_THREADS": "1",
}


class SlotBroken(Exception):
    """The worker program itself can't be started or has ended: our failure, never the student's."""


class Slot:
    """A running worker program; a context manager that ends it and all that came from it."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._start()

    def _start(self) -> None:
        self._home = Path(tempfile.mkdtemp(prefix="autograder-"))
        self._control, theirs = socket.socketpair()
        self._control.settimeout(START_SECONDS)
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-s", "-S", "-P", "-B", "-c", _program(theirs.fileno(), self.limits)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env=ENVIRONMENT,
                cwd=self._home,
                pass_fds=[theirs.fileno()],
            )
        self._ready = False
        self.layers = ""  # known once the first submission is opened

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @contextlib.contextmanager
    def submission(self) -> Iterator[Connection]:
        """Fork a child for one submission; at the end it and everything that it started are gone."""
        ours, theirs = socket.socketpair()
        with ours:
            with theirs:
                pid = self._fork(theirs)
            try:
                yield Connection(ours, pid, self.limits)
            finally:
                self._end()

    def restart(self) -> None:
        """Put a new worker program in the place of a broken one."""
        self.close()
        self._start()

    def close(self) -> None:
        """End the worker program, which removes its directory as it goes."""
        self._control.close()
        try:
            self._process.wait(2)
        except subprocess.TimeoutExpired:
            self._process.send_signal(signal.SIGKILL)
            self._process.wait()
        subprocess.run(["rm", "-rf", "--", str(self._home)], check=False)

    def _fork(self, theirs: socket.socket) -> int:
        with self._broken_if_silent():
            if not self._ready:
                self.layers = _in_words(*READY.unpack(self._reply(READY.size)))
                self._ready = True
                self._control.settimeout(CONTROL_SECONDS)
            socket.send_fds(self._control, [FORK], [theirs.fileno()])
            (pid,) = STARTED.unpack(self._reply(STARTED.size))
        return int(pid)

    def _end(self) -> None:
        with self._broken_if_silent():
            self._control.sendall(KILL)
            ENDED.unpack(self._reply(ENDED.size))
        if any(self._home.iterdir()):  # the next submission must find nothing of this one
            self._clean()

    def _clean(self) -> None:
        """Empty the worker's directory without following anything that a submission left in it."""
        subprocess.run(["find", str(self._home), "-mindepth", "1", "-delete"], check=False, stderr=subprocess.DEVNULL)
        if any(self._home.iterdir()):
            raise SlotBroken("a submission's files can't be removed")

    def _reply(self, size: int) -> bytes:
        received = b""
        while len(received) < size:
            chunk = self._control.recv(size - len(received))
            if not chunk:
                raise SlotBroken("the worker program has ended")
            received += chunk
        return received

    @contextlib.contextmanager
    def _broken_if_silent(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise SlotBroken(f"the worker program does not answer: {error}") from error


def layers() -> str:
    """Return, in words, the layers of confinement that a worker has on this machine, as one reports them itself."""
    with Slot(Limits()) as slot:
        with slot.submission():
            pass
        return slot.layers


def _in_words(landlock: int, seccomp: bool) -> str:
    """Name the layers of confinement that the worker program found."""
    missing = ["no Landlock: it can read your files"] * (not landlock) + ["no system call filter"] * (not seccomp)
    found = [f"Landlock {landlock}"] * bool(landlock) + ["a system call filter"] * seccomp
    return ", ".join([*found, "resource limits", *missing])


def _program(descriptor: int, limits: Limits) -> str:
    """Return what the interpreter runs: only here does it learn where NumPy, msgspec and this package lie."""
    ours = Path(__file__).resolve().parents[2]
    places = dict.fromkeys(str(Path(file).resolve().parents[1]) for file in (np.__file__, msgspec.__file__))
    return PROGRAM.format(places=[*places, str(ours)], descriptor=descriptor, limits=msgspec.structs.asdict(limits))
