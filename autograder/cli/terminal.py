"""Draw on a terminal: read single keys, write whole screens, and restore the terminal at the end."""

from __future__ import annotations

import os
import shutil
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TextIO

ENTER = "\x1b[?1049h\x1b[?25l\x1b[?7l"  # the alternate screen, no cursor, no wrapping of long lines
LEAVE = "\x1b[?7h\x1b[?25h\x1b[?1049l"
BEGIN, END = "\x1b[?2026h", "\x1b[?2026l"  # a terminal that knows this shows everything in between at once
HOME, REST_OF_LINE, REST = "\x1b[H", "\x1b[K", "\x1b[J"
NAMED = {"\x1b[A": "up", "\x1b[B": "down", "\x1b[5~": "page up", "\x1b[6~": "page down", "\x03": "q", "\x04": "q"}
MAX_KEY = 16  # bytes that one key may send


class Screen:
    """Draws lines, unless they are already there."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._drawn: tuple[object, ...] = ()

    def size(self) -> tuple[int, int]:
        """Return how many columns and lines there are."""
        found = shutil.get_terminal_size()
        return found.columns, found.lines

    def draw(self, lines: Sequence[str]) -> None:
        """Overwrite the screen without clearing it first, so that nothing flickers."""
        drawn = (*lines, self.size())
        if drawn == self._drawn:
            return
        self._drawn = drawn
        text = f"{REST_OF_LINE}\r\n".join(lines)
        self._stream.write(f"{BEGIN}{HOME}{text}{REST_OF_LINE}{REST}{END}")
        self._stream.flush()


@contextmanager
def opened(press: Callable[[str], None]) -> Iterator[Screen]:
    """Take over the terminal; `press` is given every key that is pressed, in another thread."""
    stream = sys.stdout
    with _single_keys():
        threading.Thread(target=_read_keys, args=(press,), daemon=True).start()
        stream.write(ENTER)
        try:
            yield Screen(stream)
        finally:
            stream.write(LEAVE)
            stream.flush()


if sys.platform == "win32":
    import msvcrt

    @contextmanager
    def _single_keys() -> Iterator[None]:
        os.system("")  # switches escape sequences on
        yield

    def _read_keys(press: Callable[[str], None]) -> None:
        arrows = {"H": "up", "P": "down", "I": "page up", "Q": "page down"}
        while True:
            key = msvcrt.getwch()
            if key in ("\x00", "\xe0"):
                press(arrows.get(msvcrt.getwch(), ""))
            else:
                press(NAMED.get(key, key))

else:
    import termios
    import tty

    @contextmanager
    def _single_keys() -> Iterator[None]:
        descriptor = sys.stdin.fileno()
        before = termios.tcgetattr(descriptor)
        tty.setcbreak(descriptor)
        try:
            yield
        finally:
            termios.tcsetattr(descriptor, termios.TCSADRAIN, before)

    def _read_keys(press: Callable[[str], None]) -> None:
        while pressed := os.read(sys.stdin.fileno(), MAX_KEY).decode(errors="replace"):
            if pressed.startswith("\x1b"):
                press(NAMED.get(pressed, ""))
            else:
                for key in pressed:
                    press(NAMED.get(key, key))
        press("q")  # nobody is there any more
