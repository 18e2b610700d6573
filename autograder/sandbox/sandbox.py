"""A sandbox: the worker program in an outer sandbox, which serves one submission at a time (Linux).

Given limits and an outer sandbox, it opens sessions, one per submission. A worker program serves another submission
only if the last one ended without any fault; otherwise it is replaced by a fresh one.

A `Session` sends requests and receives replies, with a time limit on every byte. It returns the replies of the
submission's process as unchecked bytes. Everything that can go wrong on the other side becomes a `Fault` of the
submission.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import select
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType, TracebackType
from typing import Self

import msgspec

from autograder.limits import Limits
from autograder.sandbox.outer import DATA_PLACE, OuterSandbox, SandboxError, libraries, listed_libraries
from autograder.starting import Early, start_worker
from autograder.wire import LENGTH, MAX_FRAME, Fault
from autograder.worker import CLOCK, END, ENDED, FORK, KILL, READY, STARTED, USED, Terms, hide_memory

CONTROL_SECONDS = 30.0  # for an answer of the fork server
MAX_ERRORS = 4000  # bytes read of the output of a worker program that did not start
TICK = 0.05  # seconds of waiting between two looks at the clocks
TICK_MS = int(TICK * 1000)
CHUNK = 2**16  # bytes: what a pipe holds

CpuClock = Callable[[], float]  # CPU seconds that the process has used, as the fork server reports
monotonic, read, write = time.monotonic, os.read, os.write  # an exchange takes a few microseconds


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


# ---- the grader's end of a session


class Session:
    """Exchanges frames with the process of one submission, over two pipes.

    Parameters
    ----------
    replies
        The descriptor to read replies from.
    requests
        The descriptor to write requests to.
    cpu_clock
        Returns the CPU seconds that the process has used so far.
    limits
        The limits of one check, and of the whole process.

    Attributes
    ----------
    fault
        The submission's fault, or None. It is final: a session with a fault exchanges nothing more. A caller that can't
        decode a reply sets it, too.
    waiting
        Is called whenever the clocks are read, with the CPU seconds that the check has used so far.
    """

    def __init__(self, replies: int, requests: int, cpu_clock: CpuClock, limits: Limits) -> None:
        self.fault: Fault | None = None
        self.waiting: Callable[[float], None] = lambda _: None
        self._replies, self._requests = replies, requests
        self._cpu_clock = cpu_clock
        self._limits = limits
        for descriptor in (replies, requests):
            os.set_blocking(descriptor, False)
        readable, writable = select.poll(), select.poll()
        readable.register(replies, select.POLLIN)
        writable.register(requests, select.POLLOUT)
        self._poll_replies, self._poll_requests = readable.poll, writable.poll
        self._idle = True  # False while a reply is expected, and permanently if an exception ends the wait for it
        self._surplus = False  # more than one reply has come for one request
        self.start_check()

    def start_check(self) -> None:
        """Begin a new time allowance for all exchanges until the next call of this method.

        A session begins with one, for loading. Only the time for which the grader waits counts.
        """
        self._waited = 0.0  # up to the last look at the clocks
        self._left = TICK  # of waiting until the next one
        self._cpu_before: float | None = None

    def exchange(self, message: bytes, most: int = MAX_FRAME) -> bytes | Fault:
        """Send a message and wait for the reply, of which at most `most` bytes are accepted.

        Raises `SandboxError` if the sandbox or the session has ended, or if an exception has interrupted an earlier
        exchange, whose reply is still expected.
        """
        if self.fault is not None:
            return self.fault
        if not self._idle:
            raise SandboxError("the session has ended, or an exchange was interrupted")
        self._idle = False
        self._next_look = monotonic() + self._left
        try:
            reply = self._send(message) or self._receive(most)
        except BrokenPipeError as error:  # the process has closed its end
            reply = Fault("crash", f"the connection broke: {error}")
        self._left = self._next_look - monotonic()
        if self._left <= 0 and not isinstance(reply, Fault):
            reply = self._look() or reply
            self._left = TICK
        if isinstance(reply, Fault):
            self.fault = self._explain(reply)
            return self.fault
        self._idle = True
        return reply

    @property
    def interrupted(self) -> bool:
        """Say whether an exception in the grader has ended the wait for a reply."""
        return not self._idle and self.fault is None

    def finish(self) -> None:
        """End the session, after its process has ended; it is a fault if the process has sent more than its replies."""
        self._idle = False
        with contextlib.suppress(BlockingIOError):
            if (self._surplus or read(self._replies, 1)) and self.fault is None:
                self.fault = Fault("protocol", "it sent more than it was asked for")

    def _send(self, message: bytes) -> Fault | None:
        if self._surplus or (self._poll_replies(0) and read(self._replies, 1)):
            return Fault("protocol", "the submission's process spoke without being asked")
        rest: bytes | memoryview = LENGTH.pack(len(message)) + message
        while True:
            try:
                sent = write(self._requests, rest)
            except BlockingIOError:
                sent = 0
            if sent == len(rest):
                return None
            rest = memoryview(rest)[sent:]
            if fault := self._wait(self._poll_requests):
                return fault

    def _receive(self, most: int) -> bytes | Fault:
        if fault := self._wait(self._poll_replies):
            return fault
        received = read(self._replies, CHUNK)
        if len(received) >= LENGTH.size and len(received) == LENGTH.size + LENGTH.unpack_from(received)[0]:
            return received[LENGTH.size :]
        return self._receive_rest(received, most)

    def _receive_rest(self, first: bytes, most: int) -> bytes | Fault:
        """Receive a reply that did not come as one piece."""
        received, chunk = bytearray(first), first
        while chunk:
            if len(received) >= LENGTH.size:
                (size,) = LENGTH.unpack_from(received)
                if size > most:
                    return Fault("protocol", f"the reply claims {size} bytes, {most} are allowed")
                if len(received) >= LENGTH.size + size:
                    self._surplus = len(received) > LENGTH.size + size
                    return bytes(memoryview(received)[LENGTH.size : LENGTH.size + size])
            if fault := self._wait(self._poll_replies):
                return fault
            chunk = read(self._replies, CHUNK)
            received += chunk
        return Fault("crash", "the submission's process ended without an answer")

    def _wait(self, poll: Callable[[int], object]) -> Fault | None:
        """Wait until a pipe is ready, or a limit is reached, even if single bytes keep arriving."""
        while True:
            ready = poll(TICK_MS)
            if monotonic() >= self._next_look and (fault := self._look()):
                return fault
            if ready:
                return None

    def _look(self) -> Fault | None:
        """Read the clocks, and return the limit of the check that is reached, if any."""
        now = monotonic()
        self._waited += TICK + now - self._next_look
        self._next_look = now + TICK
        used = self._cpu_clock()
        if self._cpu_before is None:  # the clocks are first read a tick after the check began, or somewhat later
            self._cpu_before = max(0.0, used - TICK)
        self.waiting(used - self._cpu_before)
        if used - self._cpu_before > self._limits.cpu_seconds:
            return Fault("timeout", f"{self._limits.cpu_seconds:g} seconds of computing are allowed")
        if self._waited > self._limits.wall_seconds:
            return Fault("timeout", f"no answer came in {self._limits.wall_seconds:g} seconds")
        return None

    def _explain(self, fault: Fault) -> Fault:
        """Distinguish a crash from a process that the kernel ended because its computing time was used up."""
        if fault.kind == "crash" and self._cpu_clock() > self._limits.total_cpu_seconds - TICK:
            return Fault("timeout", f"{self._limits.total_cpu_seconds} seconds of computing are allowed in all")
        return fault
