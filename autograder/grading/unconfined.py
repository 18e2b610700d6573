"""Where code runs without a sandbox (on macOS and Windows), notice what will not work when it is graded.

It listens to Python's audit events, and returns lines of advice. It prevents nothing.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Collection
from functools import cache
from pathlib import Path
from types import FrameType
from typing import Any

THREAD = "autograder.thread"  # Python's own event is missing from 3.11
WHAT = {
    "open": "opens",
    "os.listdir": "lists a folder",
    "os.scandir": "lists a folder",
    "os.mkdir": "makes a folder",
    "os.remove": "removes a file",
    "os.rename": "renames a file",
    THREAD: "starts a thread",
    "os.fork": "starts a process",
    "os.posix_spawn": "starts a process",
    "os.spawn": "starts a process",
    "os.system": "starts a process",
    "os.startfile": "starts a process",
    "subprocess.Popen": "starts a process",
    "socket.__new__": "uses the network",
    "socket.connect": "uses the network",
    "socket.getaddrinfo": "uses the network",
}
REASON = "when graded, it can't: there are no files of your own, threads, processes or network"
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
IMPORTING = "<frozen importlib"


class Recorder:
    """Records what code from some files does, while it listens; Python can't remove an audit hook again."""

    def __init__(self) -> None:
        self._files: Collection[str] = ()
        self._readable: Collection[str] = ()
        self._told: dict[str, None] = {}
        self._start = threading.Thread.start
        sys.addaudithook(self._hear)

    def listen(self, files: Collection[str], readable: Collection[str] = ()) -> None:
        """Begin to record what code from some files does; `readable` files can be read when it is graded, too."""
        self._files, self._readable = files, readable
        threading.Thread.start = _audited(self._start) if files else self._start  # type: ignore[method-assign,assignment]

    def take(self) -> tuple[str, ...]:
        """Return what was recorded, in words."""
        told, self._told = tuple(self._told), {}
        return told

    def _hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        if not self._files or event not in WHAT:
            return
        frame: FrameType | None = sys._getframe(1)  # noqa: SLF001  # the only way to learn whose code it is
        while frame is not None and frame.f_code.co_filename not in self._files:
            if frame.f_code.co_filename.startswith(IMPORTING):
                return
            frame = frame.f_back
        if frame is None:
            return
        if event == "open" and self._is_readable(arguments[0], arguments[2]):
            return
        label = frame.f_code.co_filename
        file = f" {os.fsdecode(arguments[0])}" if event == "open" and isinstance(arguments[0], str | bytes) else ""
        self._told[f"{label}, line {frame.f_lineno} {WHAT[event]}{file or ' a file' * (event == 'open')}; {REASON}"] = (
            None
        )

    def _is_readable(self, path: object, flags: object) -> bool:
        """Say whether a file is one of the exercise's own, and opened to be read."""
        if not isinstance(path, str) or not isinstance(flags, int) or flags & WRITING:
            return False
        place = Path(path).resolve()
        return any(place == Path(name).resolve() for name in self._readable)


def _audited(start: Callable[[threading.Thread], None]) -> Callable[[threading.Thread], None]:
    def audited(thread: threading.Thread) -> None:
        sys.audit(THREAD)
        start(thread)

    return audited


@cache
def recorder() -> Recorder:
    """Return the only recorder of this process."""
    return Recorder()
