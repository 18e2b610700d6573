"""Feedback as text: every check's verdict and message, function by function, in colors if the stream has them.

It turns a record into the text for its student.
"""

from __future__ import annotations

import os
import shutil
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from types import MappingProxyType
from typing import TextIO

from autograder.printable import printable
from autograder.results import CheckRecord, Note, Record

WIDTH = 100  # if the stream is not a terminal
LEAST_WIDTH = 40
INDENT = " " * 8
PRINTED_LINES = 5  # lines shown of a student's output in one check

UNBROKEN = "\u00a0"  # a space at which lines are not broken
STATUS_WIDTH = len("not attempted")
RESET = "\x1b[0m"
# Magenta instead of the usual yellow, which is nearly invisible on a white terminal.
COLORS = {"good": "\x1b[32m", "bad": "\x1b[31m", "open": "\x1b[35m", "quiet": "\x1b[2m", "strong": "\x1b[1m"}
SIGNS = {"passed": ("✓", "good"), "not_attempted": ("·", "open"), "skipped": ("·", "open")}
FAILED = ("✗", "bad")


@dataclass(frozen=True, kw_only=True, slots=True)
class Style:
    """What a stream can show. `width` is a terminal's, at which text is wrapped; if it is None, a check has one
    line.
    """

    colors: bool = False
    signs: bool = False
    width: int | None = None

    def paint(self, text: str, tone: str) -> str:
        """Return a text in a tone, if there are colors."""
        return f"{COLORS[tone]}{text}{RESET}" if self.colors else text

    def status(self, status: str) -> str:
        """Return a check's status as a sign and a word, in its color."""
        sign, tone = sign_of(status)
        word = f"{status.replace('_', ' '):{STATUS_WIDTH}}"
        return self.paint(f"{sign} {word}" if self.signs else word, tone)


PLAIN = Style()


def style_of(stream: TextIO) -> Style:
    """Return what a stream can show, and its width; https://no-color.org is respected."""
    signs = (stream.encoding or "").lower().replace("-", "") == "utf8"
    if not stream.isatty():
        return Style(signs=signs)
    colors = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    # If a line fills a terminal to the last column, some terminals show an empty line below it.
    width = max(LEAST_WIDTH, shutil.get_terminal_size((WIDTH, 1)).columns - 1)
    return Style(colors=colors, signs=signs, width=width)


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
    if record.error is None:
        printed = {note.check: note.printed for note in notes}
        for function, checks in groupby(record.checks, key=lambda check: check.function):
            lines += function_feedback(function, list(checks), style, printed)
    lines += closing_feedback(record, style)
    return "\n".join(lines).rstrip() + "\n"


def closing_feedback(record: Record, style: Style) -> Iterator[str]:
    """Yield the lines on a submission as a whole: why it was not graded, advice, and which files were read."""
    if record.error:
        place = f", line {record.error.line}" if record.error.line else ""
        yield from wrapped(f"Not graded ({record.error.kind}{place}): {record.error.message}", "", style.width)
        yield from record.error.source.splitlines()
    else:
        yield from (line for advice in record.advice for line in wrapped(f"Advice: {advice}.", "", style.width))
    if record.numpy:
        if record.error or record.advice:  # after a function there is an empty line already
            yield ""
        yield style.paint(f"Graded: {' and '.join(record.files) or 'nothing'}, with NumPy {record.numpy}.", "quiet")


def function_feedback(
    function: str,
    checks: Sequence[CheckRecord],
    style: Style,
    printed: Mapping[str, str],
    marks: Mapping[str, str] = MappingProxyType({}),
    simpler: Mapping[str, str] = MappingProxyType({}),
) -> Iterator[str]:
    """Yield the lines of feedback on one function.

    `printed`, `marks` and `simpler` are by check: what its code printed, what is new, and what is already wrong with
    simpler inputs.
    """
    earned, possible = (sum(getattr(check, name) for check in checks) for name in ("points", "max_points"))
    yield style.paint(f"{function}  {points(earned)} of {points(possible)}", "strong")
    said = ""
    for check in checks:
        yield from _check_line(check, style, marks.get(check.id, ""))
        if check.message != said:  # the same message is shown once for several checks in a row
            yield from wrapped(check.message, INDENT, style.width)
            yield from wrapped(simpler.get(check.id, ""), INDENT, style.width)
        said = check.message
        if check.status != "passed" and printed.get(check.id):
            yield f"{INDENT}Your code printed:"
            lines = printed[check.id].splitlines()[:PRINTED_LINES]
            yield from (f"{INDENT}  {printable(line.expandtabs())}" for line in lines)
    yield ""


def _check_line(check: CheckRecord, style: Style, mark: str) -> Iterator[str]:
    """Yield the lines with a check's status, its sentence, its points and a mark."""
    hidden = " (hidden check)" if check.visibility == "hidden" else ""
    end = f"{hidden}  {points(check.points)}/{points(check.max_points)}"
    if mark:
        end += f"  {mark}"
    before = 2 + STATUS_WIDTH + 2 * style.signs + 2
    # The end is treated as a single word while the line is broken, so that it stays in one piece.
    told = check.title + end.replace(" ", UNBROKEN)
    *lines, last = textwrap.wrap(told, style.width - before) if style.width else [told]
    painted = end.replace(hidden, style.paint(hidden, "quiet"))
    if mark:
        painted = painted.replace(mark, style.paint(mark, sign_of(check.status)[1]))
    last = last.replace(end.replace(" ", UNBROKEN), painted)
    lines.append(last.removeprefix(UNBROKEN))
    yield f"  {style.status(check.status)}  {lines[0]}"
    yield from (f"{' ' * before}{line}" for line in lines[1:])


def wrapped(text: str, indent: str, width: int | None) -> Iterator[str]:
    """Yield the lines of a text, broken at the terminal's width, or at the usual width."""
    width = width or WIDTH
    for line in text.splitlines():
        yield from textwrap.wrap(line, width, initial_indent=indent, subsequent_indent=indent, replace_whitespace=False)
