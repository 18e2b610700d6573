"""A sandbox: the worker program in an outer sandbox, which serves one submission at a time (Linux).

Given limits and an outer sandbox, it opens sessions, one per submission. A worker program serves another submission
only if the last one ended without any fault; otherwise it is replaced by a fresh one.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import socket
import subprocess
from collections.abc import Iterator, Mapping
from types import MappingProxyType, TracebackType
from typing import Self

import msgspec

from autograder.limits import Limits
from autograder.sandbox.outer import OuterSandbox
from autograder.sandbox.session import SandboxError, Session
from autograder.sandbox.view import DATA_PLACE, libraries, listed_libraries
from autograder.starting import Early, start_worker
from autograder.wire import LENGTH
from autograder.worker import CLOCK, END, ENDED, FORK, KILL, READY, STARTED, USED, Terms, hide_memory

CONTROL_SECONDS = 30.0  # for an answer of the fork server
MAX_ERRORS = 4000  # bytes read of the output of a worker program that did not start


def pin_to_one_core(core: int | None = None) -> set[int]:
    """Pin the calling thread, and all processes that it starts from now on, to one core.

    A grader and its worker take turns, so a second core gains nothing, and waking it up for each call costs more than a
    small call. Threads and processes that work at the same time need different cores.
    """
    before = os.sched_getaffinity(0)
    if core is None:
        running_on = ctypes.CDLL(None).sched_getcpu()
        core = running_on if running_on in before else min(before)
    os.sched_setaffinity(0, {core})
    return before


class Sandbox:
    """A running worker program; as a context manager, it ends the program and everything that came from it."""

    def __init__(
        self,
        limits: Limits,
        outer: OuterSandbox,
        without: frozenset[str] = frozenset(),
        early: Early | None = None,
        data: Mapping[str, bytes] = MappingProxyType({}),
    ) -> None:
        self._data = data  # files that submissions may read by these names, from the folder that they run in
        self._early = early  # a running worker program to begin with; it must have no outer sandbox
        self.limits = limits
        self.outer = outer
        self.without = without
        self._closed = False
        hide_memory()
        self._start()

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
    def session(self) -> Iterator[Session]:
        """Fork a process for one submission; afterwards, it and everything that it started are gone.

        Raises `SandboxError` if the worker program has ended or does not answer.
        """
        with contextlib.ExitStack() as ours:
            with contextlib.ExitStack() as theirs:
                for_requests, requests = os.pipe()
                theirs.callback(os.close, for_requests)
                sending = ours.enter_context(os.fdopen(requests, "wb", buffering=0))
                replies, for_replies = os.pipe()
                ours.callback(os.close, replies)
                theirs.callback(os.close, for_replies)
                self._fork(for_requests, for_replies)
            session = Session(replies, requests, self._used, self.limits)
            how = KILL
            try:
                yield session
                sending.close()  # no request will come: the process ends by itself
                how = KILL if session.fault else END
            finally:
                # After an interrupted exchange, an answer of the fork server may be unread, so a fresh one is needed.
                clean = not session.interrupted and self._end(how)
                session.finish()
                if session.fault or not clean:
                    self.restart()

    def restart(self) -> None:
        """Replace the worker program by a fresh one."""
        self.close()
        self._closed = False
        self._start()

    def close(self) -> None:
        """End the worker program, for good unless it is restarted."""
        self._closed = True
        self._control.close()
        try:
            self._process.wait(2)
        except subprocess.TimeoutExpired:
            self._process.send_signal(signal.SIGKILL)
            self._process.wait()
        self._errors.close()

    def _start(self) -> None:
        early, self._early = self._early, None
        outer = self.outer.shared()
        confined = outer.bubblewrap is not None
        loaded = libraries() if early is None else listed_libraries(early.listing.communicate()[0]) or libraries()
        try:
            if early is None:
                with _in_memory(self._data if confined else {}) as shown:
                    worker = start_worker(lambda program: outer.command(program, shown), tuple(shown.values()))
            else:
                worker = early.worker
        except OSError as error:
            raise SandboxError(f"the worker program can't be started: {error}") from error
        self._process, self._control, self._errors = worker.process, worker.control, worker.errors
        self._control.settimeout(CONTROL_SECONDS)
        terms = Terms(
            limits=self.limits,
            without=tuple(sorted(self.without)),
            user=outer.user,
            libraries=loaded,
            folder=DATA_PLACE if confined and self._data else "",
            data={} if confined else dict(self._data),
        )
        message = msgspec.json.encode(terms)
        with self._must_answer():
            self._control.sendall(LENGTH.pack(len(message)) + message)
        self._ready = False

    def _fork(self, requests: int, replies: int) -> None:
        with self._must_answer():
            if not self._ready:
                self._expect(READY)
                self._ready = True
            socket.send_fds(self._control, [FORK], [requests, replies])
            self._expect(STARTED)

    def _used(self) -> float:
        """Return the CPU seconds that the submission's process has used."""
        with self._must_answer():
            self._control.sendall(CLOCK)
            return float(USED.unpack(self._answer(USED.size))[0])

    def _end(self, how: bytes) -> bool:
        """End the submission's process, and say whether it left nothing behind."""
        with self._must_answer():
            self._control.sendall(how)
            *_, clean = ENDED.unpack(self._answer(ENDED.size))
        return bool(clean)

    def _expect(self, word: bytes) -> None:
        if (found := self._answer(len(word))) != word:
            raise SandboxError(f"the worker program answers {found!r}, expected {word!r}")

    def _answer(self, size: int) -> bytes:
        received = b""
        while len(received) < size:
            chunk = self._control.recv(size - len(received))
            if not chunk:
                raise SandboxError(f"the worker program has ended: {self._last_message()}")
            received += chunk
        return received

    def _last_message(self) -> str:
        size = os.fstat(self._errors.fileno()).st_size
        printed = os.pread(self._errors.fileno(), MAX_ERRORS, max(0, size - MAX_ERRORS)).decode(errors="replace")
        return printed.strip().rpartition("\n")[2] or "it left no message"

    @contextlib.contextmanager
    def _must_answer(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise SandboxError(f"the worker program does not answer: {error}") from error


@contextlib.contextmanager
def _in_memory(files: Mapping[str, bytes]) -> Iterator[dict[str, int]]:
    """Yield a descriptor of each file's content, to be read from its beginning."""
    with contextlib.ExitStack() as stack:
        descriptors = {}
        for name, content in files.items():
            file = stack.enter_context(os.fdopen(os.memfd_create(name), "w+b"))
            file.write(content)
            file.seek(0)
            descriptors[name] = file.fileno()
        yield descriptors
