"""A time limit for the code of checks themselves; exceeding it is our fault, and never a student's zero.

A check's code is trusted, but works on a student's numbers: an endless loop over them must not stop grading. Time in
which a check waits for the student's calls does not count, since the sandbox limits it. The limit is on CPU time: on a
busy machine, a check may take any time.
"""

from __future__ import annotations

import ctypes
import math
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

CHECK_SECONDS = 30.0  # of a check's own computing at a stretch: a thousand times what one needs
LOOK_SECONDS = 1.0  # between two looks at the clocks


class CheckTooSlow(Exception):
    """A check's own code took too long; look for an endless loop."""


class Watch:
    """The watch over one run of a check, in one thread.

    What is limited is a stretch of computing between two of the student's calls, seen from outside: to read clocks at
    each of many thousand calls would cost more than the calls.
    """

    def __init__(self, seconds: float) -> None:
        self.thread = threading.get_ident()
        self._seconds = seconds
        self._clock = _clock_of(self.thread)
        self._paused = False
        self._stretch = self._seen = 0  # the one that runs, and the one that the last look has met
        self._since = self._now()  # when that look was

    def pause(self) -> None:
        """Begin a call of the student's, for which the check waits."""
        self._stretch += 1
        self._paused = True

    def resume(self) -> None:
        """End it."""
        self._paused = False

    def is_over(self) -> bool:
        """Say, once, that the check has computed for too long; any thread may ask."""
        now = self._now()
        if self._paused or self._stretch != self._seen:
            self._seen, self._since = self._stretch, now
        over = now - self._since > self._seconds
        if over:
            self._since = math.inf
        return over

    def _now(self) -> float:
        """Return the seconds that the thread has computed for."""
        return time.monotonic() if self._clock is None else time.clock_gettime(self._clock)


def _clock_of(thread: int) -> int | None:
    """Return the clock of a thread's CPU time; on macOS, Windows and in browsers, which have none, elapsed time."""
    return time.pthread_getcpuclockid(thread) if hasattr(time, "pthread_getcpuclockid") else None


class Watchdog:
    """Raises `CheckTooSlow` in a thread whose check has used up its time. There is one for all threads of a grader."""

    def __init__(self, seconds: float = CHECK_SECONDS, look_seconds: float = LOOK_SECONDS) -> None:
        self._seconds = seconds
        self._look_seconds = look_seconds
        self._lock = threading.Lock()
        self._watches: dict[int, Watch] = {}
        self._running = False

    @contextmanager
    def watch(self) -> Iterator[Watch]:
        """Watch the code in the block."""
        watch = Watch(self._seconds)
        with self._lock:
            self._watches[watch.thread] = watch
            if not self._running:
                with suppress(RuntimeError):  # a browser has no threads: users have to stop the page themselves
                    threading.Thread(target=self._look, daemon=True).start()
                    self._running = True
        try:
            yield watch
        finally:
            with self._lock:  # from here on, nothing is raised
                del self._watches[watch.thread]

    def _look(self) -> None:
        while True:
            time.sleep(self._look_seconds)
            with self._lock:
                if not self._watches:
                    self._running = False
                    return
                for watch in self._watches.values():
                    if watch.is_over():
                        ctypes.pythonapi.PyThreadState_SetAsyncExc(
                            ctypes.c_ulong(watch.thread), ctypes.py_object(CheckTooSlow)
                        )
