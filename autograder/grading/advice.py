"""Advice for a student: which statements of a submission failed while it was imported, and what is missing therefore.

Where code runs without a sandbox (on macOS and Windows), it is also on what will not work when it is graded: a recorder
listens to Python's audit events. It prevents nothing.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Collection, Iterable
from functools import cache
from pathlib import Path
from types import FrameType
from typing import Any

from autograder.checking import STOPPED, plain
from autograder.results import INTERRUPTED, SKIPPED
from autograder.wire import Fault, Loaded, Problem

MAX_ADVICE = 6  # lines
FILE_ERRORS = ("FileNotFoundError", "PermissionError", "IsADirectoryError", "NotADirectoryError")
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


def advice_on(label: str, loaded: Loaded, fault: Fault | None = None) -> list[str]:
    """Return the advice on a file or a cell that was imported; after a fault, it says that a statement was skipped."""
    lines = [_words(label, problem) for problem in loaded.problems]
    lines += [
        f"{each.name} is defined in {each.first} and again in {each.last}: all functions use the last one"
        for each in loaded.redefined
    ]
    if fault is not None:
        lines.append(f"{place(label, loaded.line)} {STOPPED[fault.kind]}; {SKIPPED}")
    return [plain(line).replace("\n", " ") for line in lines]


def bounded(advice: Iterable[str]) -> tuple[str, ...]:
    """Return the first few lines, each once."""
    lines = tuple(dict.fromkeys(advice))
    more = len(lines) - MAX_ADVICE
    return lines if more <= 0 else (*lines[:MAX_ADVICE], f"{more} more statement{'s' * (more > 1)} failed")


def place(label: str, line: int | None) -> str:
    """Return where something is."""
    return f"{label}, line {line}" if line else label


def _words(label: str, problem: Problem) -> str:
    raised = problem.raised
    name = raised.ancestry[0]
    where, fact = place(label, problem.line), f"{name}: {raised.text}".removesuffix(": ")
    if "SyntaxError" in raised.ancestry and not any(line.function for line in raised.lines):
        return f"{where} can't be read ({fact}); it is skipped"
    if name == "TookTooLong":
        return f"{where} {STOPPED['timeout']}; {INTERRUPTED}"
    if "ModuleNotFoundError" in raised.ancestry:
        fact += " (only NumPy and the standard library can be imported)"
    elif set(FILE_ERRORS) & set(raised.ancestry):
        fact += " (in grading, there are no files except the exercise's own)"
    return f"{where} raises {fact}; the rest was graded without it"


# ---- without a sandbox


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
