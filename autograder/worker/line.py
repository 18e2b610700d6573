"""What asking a submission needs of a worker, whichever kind it is."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Protocol

from autograder.limits import Limits
from autograder.trace import Fault


class Line(Protocol):
    """A line to one submission's process; `fault` is what that was last found guilty of."""

    fault: Fault | None

    def exchange(self, message: bytes) -> bytes | Fault:
        """Send a request and return the reply."""


class Worker(Protocol):
    """Opens one submission's process at a time."""

    limits: Limits

    def submission(self) -> AbstractContextManager[Line]:
        """Open a process for a submission, and end it."""
