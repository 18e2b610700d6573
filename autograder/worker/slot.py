"""The grader's end of a slot: starts the worker program, opens one submission at a time, leaves nothing behind (Linux).

A worker program outlives a submission only where that ended without a fault of any kind; else the next one gets a
fresh program.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from types import TracebackType
from typing import IO, Self

import msgspec

from autograder.limits import Limits
from autograder.worker.confine import hide_memory
from autograder.worker.connection import Connection
from autograder.worker.program import CLOCK, COMPUTED, END, ENDED, FORK, KILL, READY, STARTED
from autograder.worker.surround import ENVIRONMENT, Surrounding, command, import_path

CONTROL_SECONDS = 30.0
MAX_ERRORS = 4000  # bytes read of what a program that did not start has to say
PROGRAM = """
import sys
sys.path += {places!r}
import socket
from autograder.limits import Limits
from autograder.worker.program import main
main(socket.socket(fileno={descriptor}), Limits(**{limits!r}), frozenset({without!r}), {user})
"""


class SlotBroken(Exception):
    """The worker program itself can't be started or has ended: our failure, never the student's."""


class Slot:
    """A running worker program; a context manager that ends it and all that came from it.

    `without` names layers that are left out, to show what they are there for.
    """

    def __init__(self, limits: Limits, surrounding: Surrounding, without: frozenset[str] = frozenset()) -> None:
        self.limits = limits
        self.surrounding = surrounding
        self.without = without
        hide_memory()
        self._start()

    def _start(self) -> None:
        self._control, theirs = socket.socketpair()
        self._control.settimeout(CONTROL_SECONDS)
        self._errors: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115  # lives as long as the slot
        with theirs:
            try:
                self._process = subprocess.Popen(
                    command(self.surrounding, self._program(theirs.fileno())),
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=self._errors,
                    env=ENVIRONMENT,
                    cwd="/",
                    pass_fds=[theirs.fileno()],
                    start_new_session=True,  # a Ctrl-C is ours to deal with
                )
            except OSError as error:
                raise SlotBroken(f"the worker program can't be started: {error}") from error
        self._ready = False

    def _program(self, descriptor: int) -> str:
        """Return what the interpreter runs: only here does it learn where NumPy, msgspec and this package lie."""
        return PROGRAM.format(
            places=import_path(),
            descriptor=descriptor,
            limits=msgspec.structs.asdict(self.limits),
            without=sorted(self.without),
            user=self.surrounding.user,
        )

    @property
    def process(self) -> int:
        """Return the process id of the worker program, or of bubblewrap around it."""
        return self._process.pid

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
                self._fork(theirs)
            connection = Connection(ours, self._computed, self.limits)
            left = True  # by an exception, such as an interruption, until we are past what may raise one
            try:
                yield connection
                connection.hang_up()
                left = False
            finally:
                clean = self._end(KILL if connection.fault or left else END)
                connection.look_for_leftovers()
        if connection.fault or not clean:
            self.restart()

    def restart(self) -> None:
        """Put a new worker program in the place of this one."""
        self.close()
        self._start()

    def close(self) -> None:
        """End the worker program."""
        self._control.close()
        try:
            self._process.wait(2)
        except subprocess.TimeoutExpired:
            self._process.send_signal(signal.SIGKILL)
            self._process.wait()
        self._errors.close()

    def _fork(self, theirs: socket.socket) -> None:
        with self._broken_if_silent():
            if not self._ready:
                self._expect(READY)
                self._ready = True
            socket.send_fds(self._control, [FORK], [theirs.fileno()])
            self._expect(STARTED)

    def _computed(self) -> float:
        with self._broken_if_silent():
            self._control.sendall(CLOCK)
            return float(COMPUTED.unpack(self._reply(COMPUTED.size))[0])

    def _end(self, how: bytes) -> bool:
        """End the child, and say whether it left nothing behind."""
        with self._broken_if_silent():
            self._control.sendall(how)
            *_, clean = ENDED.unpack(self._reply(ENDED.size))
        return bool(clean)

    def _expect(self, word: bytes) -> None:
        if (found := self._reply(len(word))) != word:
            raise SlotBroken(f"the worker program says {found!r}, expected {word!r}")

    def _reply(self, size: int) -> bytes:
        received = b""
        while len(received) < size:
            chunk = self._control.recv(size - len(received))
            if not chunk:
                raise SlotBroken(f"the worker program has ended: {self._last_words()}")
            received += chunk
        return received

    def _last_words(self) -> str:
        size = os.fstat(self._errors.fileno()).st_size
        said = os.pread(self._errors.fileno(), MAX_ERRORS, max(0, size - MAX_ERRORS)).decode(errors="replace").strip()
        return said.rpartition("\n")[2] or "it left no message"

    @contextlib.contextmanager
    def _broken_if_silent(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise SlotBroken(f"the worker program does not answer: {error}") from error
