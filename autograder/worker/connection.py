"""The grader's end of a child's socket: one request, one reply, a deadline on every byte, nothing taken on trust.

A reply is only bytes here; who asked decodes it. What can go wrong is a `Fault` of the submission, by kind.
"""

from __future__ import annotations

import contextlib
import os
import select
import socket
import time
from pathlib import Path

from autograder.limits import Limits
from autograder.trace import Fault
from autograder.worker.frames import LENGTH, MAX_FRAME

TICK = 0.05  # seconds between two looks at the clocks
CLOCK_TICKS = os.sysconf("SC_CLK_TCK")


class Connection:
    """Exchanges frames with the child `pid`."""

    def __init__(self, channel: socket.socket, pid: int, limits: Limits) -> None:
        channel.setblocking(False)
        self._channel = channel
        self._pid = pid
        self._limits = limits
        self._watch = select.poll()

    def exchange(self, message: bytes) -> bytes | Fault:
        """Send a request and return the reply, within the limits of one check."""
        patience = Patience(self._pid, self._limits)
        try:
            return self._send(message, patience) or self._receive(patience)
        except OSError as error:  # the child has closed its end
            return Fault("crash", f"the connection broke: {error}")

    def close(self) -> None:
        """Close the grader's end."""
        self._channel.close()

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
        self._watch.register(self._channel, event)
        while not self._watch.poll(TICK * 1000):
            if fault := patience.exhausted():
                return fault
        return None

    def _readable(self) -> bool:
        with contextlib.suppress(BlockingIOError):
            return bool(self._channel.recv(1, socket.MSG_PEEK))
        return False


class Patience:
    """How long one request may take: by the child's own CPU clock, and generously by the wall's."""

    def __init__(self, pid: int, limits: Limits) -> None:
        self._pid = pid
        self._limits = limits
        self._started = time.monotonic()
        self._cpu_before: float | None = None

    def exhausted(self) -> Fault | None:
        """Say which limit is reached, if one is; asked only once the child has been waited for a tick."""
        used = cpu_seconds(self._pid)
        if self._cpu_before is None:
            self._cpu_before = max(0.0, used - TICK)  # what it used up to now belongs to this request, but for rounding
        if used - self._cpu_before > self._limits.cpu_seconds:
            return Fault("timeout", f"{self._limits.cpu_seconds:g} seconds of computing are allowed")
        if time.monotonic() - self._started > self._limits.wall_seconds:
            return Fault("timeout", f"no answer came in {self._limits.wall_seconds:g} seconds")
        return None


def cpu_seconds(pid: int) -> float:
    """Return the CPU time that a process has used, from /proc; 0 where there is none to read."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_bytes().rpartition(b")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / CLOCK_TICKS
