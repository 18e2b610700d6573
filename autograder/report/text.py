"""Feedback as text: every check's verdict and message, function by function, in colors where a stream has them.

What enters is a record; what leaves is what its student reads.
"""

from __future__ import annotations

import os
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TextIO

from autograder.printable import printable
from autograder.results import CheckRecord, Note, Record

WIDTH = 100
INDENT = " " * 8
PRINTED_LINES = 5  # of what a student's code printed under one check

STATUS_WIDTH = len("not attempted")
RESET = "\x1b[0m"
COLORS = {"good": "\x1b[32m", "bad": "\x1b[31m", "open": "\x1b[33m", "quiet": "\x1b[2m", "strong": "\x1b[1m"}
SIGNS = {"passed": ("✓", "good"), "not_attempted": ("·", "open"), "skipped": ("·", "open")}
FAILED = ("✗", "bad")


@dataclass(frozen=True, kw_only=True, slots=True)
class Style:
    """What a stream can show."""

    colors: bool = False
    signs: bool = False

    def paint(self, text: str, tone: str) -> str:
        """Return a text in a tone, if there are colors."""
        return f"{COLORS[tone]}{text}{RESET}" if self.colors else text

    def status(self, status: str) -> str:
        """Return a check's status as sign and word, in its tone."""
        sign, tone = sign_of(status)
        word = f"{status.replace('_', ' '):{STATUS_WIDTH}}"
        return self.paint(f"{sign} {word}" if self.signs else word, tone)


PLAIN = Style()


def style_of(stream: TextIO) -> Style:
    """Return what a stream can show; https://no-color.org is respected."""
    colors = stream.isatty() and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"
    return Style(colors=colors, signs=(stream.encoding or "").lower().replace("-", "") == "utf8")


def sign_of(status: str) -> tuple[str, str]:
    """Return the sign for a check's status, and its tone: `good`, `bad` or `open`."""
    return SIGNS.get(status, FAILED)


def points(value: float) -> str:
    """Return points as text, without needless decimals.

    Examples
    --------
    >>> points(12.0), points(87.5)
    ('12', '87.5')
    """
    return f"{value:g}"


def feedback(record: Record, style: Style = PLAIN, notes: Sequence[Note] = ()) -> str:
    """Return the feedback on a submission as text."""
    lines = [
        style.paint(f"{record.exercise}: {points(record.score)} of {points(record.max_score)} points", "strong"),
        "",
    ]
    if record.error:
        place = f", line {record.error.line}" if record.error.line else ""
        lines += _wrapped(f"Not graded ({record.error.kind}{place}): {record.error.message}", "")
    else:
        printed = {note.check: note.printed for note in notes}
        for function, checks in groupby(record.checks, key=lambda check: check.function):
            lines += function_feedback(function, list(checks), style, printed)
        lines += [line for advice in record.advice for line in _wrapped(f"Advice: {advice}.", "")]
    if record.numpy:
        lines += [
            "",
            style.paint(f"Graded: {' and '.join(record.files) or 'nothing'}, with NumPy {record.numpy}.", "quiet"),
        ]
    return "\n".join(lines).rstrip() + "\n"


def function_feedback(
    function: str, checks: Sequence[CheckRecord], style: Style, printed: Mapping[str, str]
) -> Iterator[str]:
    """Yield the lines of feedback on one function."""
    earned, possible = (sum(getattr(check, name) for check in checks) for name in ("points", "max_points"))
    yield style.paint(f"{function}  {points(earned)} of {points(possible)}", "strong")
    said = ""
    for check in checks:
        visibility = " (hidden check)" if check.visibility == "hidden" else ""
        worth = f"{points(check.points)}/{points(check.max_points)}"
        yield f"  {style.status(check.status)}  {check.title}{style.paint(visibility, 'quiet')}  {worth}"
        if check.message != said:  # the same message is shown once for several checks in a row
            yield from _wrapped(check.message, INDENT)
        said = check.message
        if check.status != "passed" and printed.get(check.id):
            yield f"{INDENT}Your code printed:"
            lines = printed[check.id].splitlines()[:PRINTED_LINES]
            yield from (f"{INDENT}  {printable(line.expandtabs())}" for line in lines)
    yield ""


def _wrapped(text: str, indent: str) -> Iterator[str]:
    for line in text.splitlines():
        yield from textwrap.wrap(line, WIDTH, initial_indent=indent, subsequent_indent=indent, replace_whitespace=False)
