"""A student's feedback, from a record: every check's verdict and message, function by function."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from autograder.report.style import PLAIN, Style
from autograder.results import CheckRecord, Note, Record

WIDTH = 100
INDENT = " " * 8


def feedback(record: Record, style: Style = PLAIN, notes: Sequence[Note] = ()) -> str:
    """Return the feedback as text; `notes` are shown only by a student's own check of public checks."""
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
        lines += [f"Advice: {advice}." for advice in record.advice]
    return "\n".join(lines).rstrip() + "\n"


def points(value: float) -> str:
    """Return points without needless decimals."""
    return f"{value:g}"


def function_feedback(
    function: str, checks: list[CheckRecord], style: Style, printed: Mapping[str, str]
) -> Iterator[str]:
    """Yield the lines about one function."""
    earned, possible = (sum(getattr(check, name) for check in checks) for name in ("points", "max_points"))
    yield style.paint(f"{function}  {points(earned)} of {points(possible)}", "strong")
    said = ""
    for check in checks:
        visibility = " (hidden check)" if check.visibility == "hidden" else ""
        worth = f"{points(check.points)}/{points(check.max_points)}"
        yield f"  {style.sign(check.status)}  {check.title}{style.paint(visibility, 'quiet')}  {worth}"
        yield from _wrapped(check.message if check.message != said else "", INDENT)  # once for all checks in a row
        said = check.message
        if check.status != "passed" and printed.get(check.id):
            yield f"{INDENT}Your code printed:"
            yield from (f"{INDENT}  {line}" for line in printed[check.id].splitlines()[:5])
    yield ""


def _wrapped(text: str, indent: str) -> Iterator[str]:
    for line in text.splitlines():
        yield from textwrap.wrap(line, WIDTH, initial_indent=indent, subsequent_indent=indent, replace_whitespace=False)
