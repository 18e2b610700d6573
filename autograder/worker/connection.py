"""The grader's end of a child's socket: one request, one reply, a deadline on every byte, nothing taken on trust.

A reply is only bytes here; who asked decodes it. What can go wrong is a `Fault` of the submission, by kind.
"""

from __future__ import annotations

import contextlib
import select
import socket
import time
from collections.abc import Callable

from autograder.limits import Limits
from autograder.trace import Fault
from autograder.worker.frames import LENGTH, MAX_FRAME

TICK = 0.05  # seconds between two looks at the clocks
Clock = Callable[[], float]  # CPU seconds that the child has used, by another's word than its own


class Connection:
    """Exchanges frames with a child; `fault` is what it was last found guilty of."""

    def __init__(self, channel: socket.socket, clock: Clock, limits: Limits) -> None:
        channel.setblocking(False)
        self._channel = channel
        self._clock = clock
        self._limits = limits
        self.fault: Fault | None = None
        self._watch = select.poll()

    def exchange(self, message: bytes) -> bytes | Fault:
        """Send a request and return the reply, within the limits of one check."""
        patience = Patience(self._clock, self._limits)
        try:
            reply = self._send(message, patience) or self._receive(patience)
        except OSError as error:  # the child has closed its end
            reply = Fault("crash", f"the connection broke: {error}")
        if isinstance(reply, Fault):
            self.fault = patience.explain(reply)
            return self.fault
        return reply

    def hang_up(self) -> None:
        """Tell the child that no request will come."""
        with contextlib.suppress(OSError):  # its own end may be closed already
            self._channel.shutdown(socket.SHUT_WR)

    def look_for_leftovers(self) -> None:
        """Note as a fault that the child has sent more than its replies; once it has ended, nothing can follow."""
        with contextlib.suppress(OSError):
            if self._channel.recv(1) and self.fault is None:
                self.fault = Fault("protocol", "it sent more than it was asked for")

    def _send(self, message: bytes, patience: Patience) -> Fault | None:
        if self._readable():
            return Fault("protocol", "the submission's process spoke without being asked")
        rest = memoryview(LENGTH.pack(len(message)) + message)
        while rest:
            try:
                rest = rest[self._channel.send(rest) :]
            except BlockingIOError:
                if fault := self._wait(select.POLLOUT, patience):
                    return fault
        return None

    def _receive(self, patience: Patience) -> bytes | Fault:
        header = self._receive_exactly(LENGTH.size, patience)
        if isinstance(header, Fault):
            return header
        (size,) = LENGTH.unpack(header)
        if size > MAX_FRAME:
            return Fault("protocol", f"the reply claims {size} bytes, {MAX_FRAME} are allowed")
        return self._receive_exactly(size, patience)

    def _receive_exactly(self, size: int, patience: Patience) -> bytes | Fault:
        received = bytearray()
        while len(received) < size:
            try:
                chunk = self._channel.recv(min(size - len(received), 2**20))
            except BlockingIOError:
                if fault := self._wait(select.POLLIN, patience):
                    return fault
                continue
            if not chunk:
                return Fault("crash", "the submission's process ended without an answer")
            received += chunk
        return bytes(received)

    def _wait(self, event: int, patience: Patience) -> Fault | None:
        """Wait until the line is ready; one that always is, a byte at a time, is not waited for without end either."""
        self._watch.register(self._channel, event)
        while True:
            ready = self._watch.poll(TICK * 1000)
            if fault := patience.exhausted():
                return fault
            if ready:
                return None

    def _readable(self) -> bool:
        with contextlib.suppress(BlockingIOError):
            return bool(self._channel.recv(1, socket.MSG_PEEK))
        return False


class Patience:
    """How long one request may take: by the child's own CPU clock, and generously by the wall's."""

    def __init__(self, clock: Clock, limits: Limits) -> None:
        self._clock = clock
        self._limits = limits
        self._started = time.monotonic()
        self._next_look = self._started + TICK
        self._cpu_before: float | None = None

    def exhausted(self) -> Fault | None:
        """Say which limit is reached, if one is; looks at the clocks at most once a tick."""
        if time.monotonic() < self._next_look:
            return None
        self._next_look = time.monotonic() + TICK
        used = self._clock()
        if self._cpu_before is None:
            self._cpu_before = max(0.0, used - TICK)  # what it used up to now belongs to this request, but for rounding
        if used - self._cpu_before > self._limits.cpu_seconds:
            return Fault("timeout", f"{self._limits.cpu_seconds:g} seconds of computing are allowed")
        if time.monotonic() - self._started > self._limits.wall_seconds:
            return Fault("timeout", f"no answer came in {self._limits.wall_seconds:g} seconds")
        return None

    def explain(self, fault: Fault) -> Fault:
        """Tell a crash from the end that the kernel makes of a process that has used up all its computing time."""
        if fault.kind == "crash" and self._clock() > self._limits.total_cpu_seconds - TICK:
            return Fault("timeout", f"{self._limits.total_cpu_seconds} seconds of computing are allowed in all")
        return fault
