"""How a terminal shows a verdict: colours and signs where it can, plain words where it can't."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TextIO

STATUS_WIDTH = len("not attempted")
RESET = "\x1b[0m"
COLOURS = {"good": "\x1b[32m", "bad": "\x1b[31m", "open": "\x1b[33m", "quiet": "\x1b[2m", "strong": "\x1b[1m"}
# A check's status: its sign where signs can be shown, and its tone.
SIGNS = {"passed": ("✓", "good"), "not_attempted": ("·", "open"), "skipped": ("·", "open")}
FAILED = ("✗", "bad")


@dataclass(frozen=True, kw_only=True, slots=True)
class Style:
    """What a stream can show."""

    colours: bool = False
    signs: bool = False

    def paint(self, text: str, tone: str) -> str:
        """Return the text in a tone, where there are colours."""
        return f"{COLOURS[tone]}{text}{RESET}" if self.colours else text

    def sign(self, status: str) -> str:
        """Return a check's status as sign and word, in its tone."""
        sign, tone = SIGNS.get(status, FAILED)
        word = f"{status.replace('_', ' '):{STATUS_WIDTH}}"
        return self.paint(f"{sign} {word}" if self.signs else word, tone)


PLAIN = Style()


def style_of(stream: TextIO) -> Style:
    """Return what a stream can show: https://no-color.org is honoured."""
    colours = stream.isatty() and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"
    return Style(colours=colours, signs=(stream.encoding or "").lower().replace("-", "") == "utf8")
