"""A terminal for tests: the real command runs in a pseudo-terminal, and what it has drawn can be read as lines."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path

DEADLINE = 90.0  # seconds that a busy machine may need for what takes one
SEQUENCE = re.compile(r"\x1b\[([?\d;]*)([A-Za-z])|\x1b.")


class Terminal:
    """Runs a command in a pseudo-terminal; a context manager that ends it."""

    def __init__(self, *arguments: object, cwd: Path, columns: int = 80, lines: int = 30, **environment: str) -> None:
        self._size = (lines, columns)
        master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        settings = os.environ | {"TERM": "xterm-256color", "PYTHONIOENCODING": "utf-8", **environment}
        for name in ("NO_COLOR", "COLUMNS", "LINES", "FORCE_COLOR"):
            if name not in environment:
                settings.pop(name, None)
        self.process = subprocess.Popen(
            [sys.executable, "-m", "autograder", *map(str, arguments)],
            cwd=cwd,
            env=settings,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            start_new_session=True,
        )
        os.close(slave)
        self._master = master
        self.raw = ""  # all that came

    def __enter__(self):
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        os.close(self._master)

    def press(self, keys: str) -> None:
        """Press keys."""
        os.write(self._master, keys.encode())

    def read(self, seconds: float = 0.1) -> bool:
        """Take what has come, and say whether there may be more."""
        if not select.select([self._master], [], [], seconds)[0]:
            return True
        try:
            received = os.read(self._master, 2**16)
        except OSError:  # the command has ended
            return False
        self.raw += received.decode(errors="replace")
        return bool(received)

    def wait_for(self, *words: str) -> str:
        """Wait until all of the words are on the screen, and return it."""
        end = time.monotonic() + DEADLINE
        while not all(word in self.screen() for word in words):
            assert time.monotonic() < end, f"{words} did not come; there is:\n{self.screen()}"
            assert self.read() or all(word in self.screen() for word in words), f"it ended with:\n{self.screen()}"
        return self.screen()

    def finish(self) -> int:
        """Wait until the command has ended, and return its exit code."""
        end = time.monotonic() + DEADLINE
        while self.read():
            assert time.monotonic() < end, f"it does not end; there is:\n{self.screen()}"
        return self.process.wait(DEADLINE)

    def screen(self) -> str:
        """Return what is on the screen: the last one drawn on, or all that was printed."""
        text = self.raw
        if "\x1b[?1049h" in text and "\x1b[?1049l" not in text:
            text = text.rpartition("\x1b[H")[2].rpartition("\x1b[?2026h")[0] or text.rpartition("\x1b[H")[2]
        lines = [line.rpartition("\r\x1b[K")[2] for line in text.replace("\r\n", "\n").split("\n")]
        return SEQUENCE.sub("", "\n".join(lines))
