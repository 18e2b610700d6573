"""The grader's end of a session with one submission: sends requests and receives replies, with a time limit on every
byte.

It returns the replies of the submission's process as unchecked bytes. Everything that can go wrong on the other side
becomes a `Fault` of the submission.
"""

from __future__ import annotations

import contextlib
import os
import select
import time
from collections.abc import Callable

from autograder.limits import Limits
from autograder.wire import LENGTH, MAX_FRAME, Fault

TICK = 0.05  # seconds of waiting between two looks at the clocks
TICK_MS = int(TICK * 1000)
CHUNK = 2**16  # bytes: what a pipe holds

CpuClock = Callable[[], float]  # CPU seconds that the process has used, as the fork server reports
monotonic, read, write = time.monotonic, os.read, os.write  # an exchange takes a few microseconds


class SandboxError(Exception):
    """The sandbox itself does not start or has ended: this is our fault, never the student's."""


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
