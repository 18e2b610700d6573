"""A worker for a student's own file on the student's own machine, on any platform.

On Linux that is a slot as everybody's, but with no wall around it that would have to be looked for first. Elsewhere it
is a fresh interpreter a submission, confined by nothing; what only Linux has is imported only there.
"""

from __future__ import annotations

import contextlib
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Iterator
from typing import IO

import msgspec

from autograder.limits import Limits
from autograder.trace import Fault
from autograder.worker.frames import LENGTH, MAX_FRAME
from autograder.worker.line import Worker
from autograder.worker.surround import BARE, ENVIRONMENT, import_path

INHERITED = ("SYSTEMROOT", "PATH")  # without which Windows finds neither its libraries nor random numbers
PROGRAM = """
import sys
sys.path += {places!r}
from autograder.limits import Limits
from autograder.worker.alone import main
main(Limits(**{limits!r}))
"""


@contextlib.contextmanager
def own_worker(limits: Limits) -> Iterator[Worker]:
    """Open the worker that this platform has for a student's own file."""
    if sys.platform != "linux":
        yield OwnWorker(limits)
        return
    from autograder.worker.slot import Slot

    with Slot(limits, BARE) as slot:
        yield slot


class OwnWorker:
    """Starts one interpreter a submission."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits

    @contextlib.contextmanager
    def submission(self) -> Iterator[OwnLine]:
        """Start an interpreter for a submission, and end it."""
        program = PROGRAM.format(
            places=import_path(),
            limits=msgspec.structs.asdict(self.limits),
        )
        inherited = {name: os.environ[name] for name in INHERITED if name in os.environ}
        with subprocess.Popen(
            [sys.executable, "-s", "-S", "-P", "-B", "-c", program],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=inherited | ENVIRONMENT,
        ) as process:
            try:
                yield OwnLine(process, self.limits)
            finally:
                process.kill()


class OwnLine:
    """Exchanges frames with the interpreter; a thread reads its replies, so that waiting for one can end."""

    def __init__(self, process: subprocess.Popen[bytes], limits: Limits) -> None:
        self.fault: Fault | None = None
        self._process = process
        self._limits = limits
        self._replies: queue.SimpleQueue[bytes | Fault] = queue.SimpleQueue()
        threading.Thread(target=self._read_replies, daemon=True).start()

    def exchange(self, message: bytes) -> bytes | Fault:
        """Send a request and return the reply; without a clock of the process, the wall's decides."""
        reply = self._exchange(message)
        self.fault = reply if isinstance(reply, Fault) else None
        return reply

    def _exchange(self, message: bytes) -> bytes | Fault:
        line = self._process.stdin
        try:
            if line is not None:
                line.write(LENGTH.pack(len(message)) + message)
                line.flush()
            return self._replies.get(timeout=self._limits.wall_seconds)
        except queue.Empty:
            return Fault("timeout", f"no answer came in {self._limits.wall_seconds:g} seconds")
        except OSError as error:
            return Fault("crash", f"the connection broke: {error}")

    def _read_replies(self) -> None:
        line = self._process.stdout
        while line is not None:
            header = line.read(LENGTH.size)
            size = LENGTH.unpack(header)[0] if len(header) == LENGTH.size else 0
            reply = _read(line, size) if 0 < size <= MAX_FRAME else None
            self._replies.put(reply if reply is not None else Fault("crash", "the process ended without an answer"))
            if reply is None:
                return


def _read(line: IO[bytes], size: int) -> bytes | None:
    reply = line.read(size)
    return reply if len(reply) == size else None
