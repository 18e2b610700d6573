"""Feedback as HTML. Every text is escaped: a message may quote what a student wrote."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from math import fsum

from autograder.report.feedback import points
from autograder.report.style import FAILED, SIGNS
from autograder.results import CheckRecord

COLOURS = {"good": "#1a7f37", "bad": "#b42318", "open": "#8a6100"}


def of_lines(lines: Sequence[str]) -> str:
    """Return plain lines, the first of them strong."""
    first, *rest = (escape(line).replace("\n", "<br>") for line in lines)
    return f"<div><strong>{first}</strong>{''.join(f'<div>{line}</div>' for line in rest)}</div>"


def of_checks(function: str, checks: Sequence[CheckRecord]) -> str:
    """Return a function's checks, each with its verdict, its message, and its points."""
    earned, possible = (fsum(getattr(check, name) for check in checks) for name in ("points", "max_points"))
    head = f"<strong>{escape(function)}: {points(earned)} of {points(possible)} points</strong>"
    return f'<div>{head}<ul style="list-style: none; padding-left: 0">{"".join(_items(checks))}</ul></div>'


def _items(checks: Sequence[CheckRecord]) -> Iterator[str]:
    said = ""
    for check in checks:
        message = check.message if check.message != said else ""  # once for all checks in a row
        said = check.message
        sign, tone = SIGNS.get(check.status, FAILED)
        word = f'<span style="color: {COLOURS[tone]}">{sign} {check.status.replace("_", " ")}</span>'
        hidden = " <em>(hidden check)</em>" if check.visibility == "hidden" else ""
        worth = f"{points(check.points)}/{points(check.max_points)}"
        lines = "".join(f"<div>{escape(line)}</div>" for line in message.splitlines())
        below = f'<div style="margin: 2px 0 6px 1.5em">{lines}</div>' if lines else ""
        yield f"<li>{word} &nbsp; {escape(check.title)}{hidden} &nbsp; {worth}{below}</li>"
