"""A line on the terminal that says what takes long: "adam: waiting, 3 of 10 s of CPU time"."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable
from types import TracebackType
from typing import Self, TextIO

PATIENCE = 1.0  # seconds after which a call takes long
INTERVAL = 0.5  # between two updates if nobody calls `waiting`
CLEAR = "\r\x1b[K"


class ProgressLine:
    """On a terminal, shows which call takes long, and removes the line again; elsewhere, it shows nothing.

    With a sandbox, the waiting process calls `waiting`. If the user's own process computes, a thread reads the clock.

    Parameters
    ----------
    stream
        Where the line is shown.
    allowed
        How many CPU seconds a check may use.
    """

    def __init__(self, stream: TextIO, allowed: float, now: Callable[[], float] = time.monotonic) -> None:
        self._stream = stream
        self._allowed = allowed
        self._now = now
        self._what = ""
        self._since = now()
        self._shown = ""
        self._lock = threading.Lock()
        self._over = threading.Event()

    def __enter__(self) -> Self:
        if self._stream.isatty() and sys.platform != "linux":
            threading.Thread(target=self._look, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self.clear()

    def running(self, what: str) -> None:
        """Say that a check of a function begins."""
        self.clear()
        self._what, self._since = what, self._now()

    def waiting(self, used: float) -> None:
        """Say that a call goes on, and how many CPU seconds its check has used."""
        self._show(f"{self._what}: waiting, {used:.0f} of {self._allowed:g} s of CPU time")

    def clear(self) -> None:
        """Remove the line."""
        with self._lock:
            if self._shown:
                self._stream.write(CLEAR)
                self._stream.flush()
                self._shown = ""

    def _show(self, text: str) -> None:
        with self._lock:
            if self._now() - self._since > PATIENCE and text != self._shown and self._stream.isatty():
                self._stream.write(f"{CLEAR}{text}")
                self._stream.flush()
                self._shown = text

    def _look(self) -> None:
        while not self._over.wait(INTERVAL):
            self._show(f"{self._what}: waiting, {self._now() - self._since:.0f} s; Ctrl-C ends it")
