"""The next hint on one function's mistake, one hint per call: for the command line and for notebooks.

It takes the record of the public checks, and returns a text for the student, who always reads why there is no hint, if
there is none. How many hints were shown is stored in the assignment's folder.
"""

from __future__ import annotations

import json
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.assignment import Assignment
from autograder.key import KnownMisconception
from autograder.report import WIDTH, Style, wrapped
from autograder.results import BELIEVED, CheckRecord, Record

# In an assignment's folder: how many hints on each misconception have been shown. `check` shows the first.
SHOWN = Path(".autograder") / "hints.json"


@dataclass(frozen=True, kw_only=True, slots=True)
class Advice:
    """What a student reads, and whether it is a hint."""

    text: str
    found: bool


def next_hint(assignment: Assignment, record: Record, function: str, check: str, style: Style) -> Advice:
    """Return the next hint on a function's mistake, or say why there is none.

    Parameters
    ----------
    record
        What the public checks say.
    function
        The function; without a name, the first one for which there is a hint.
    check
        How the student runs the checks, such as `autograder check`.
    """
    if record.error is not None:
        place = f", line {record.error.line}" if record.error.line else ""
        told = f"{assignment.file.name} can't be run ({record.error.kind}{place}): {record.error.message}"
        return _told(f"{told}\n{record.error.source}", style)
    checks = [each for each in record.checks if not function or each.function == function]
    known = {misconception.id: misconception for misconception in assignment.key().misconceptions}
    found = next((each for each in checks if any(name in known for name in each.diagnosis)), None)
    if found is None:
        return _told(_without_hint(checks, function or record.exercise, check), style)
    shown = _read_shown(assignment)
    names = [name for name in found.diagnosis if name in known]
    # If there are two mistakes at once, the hints on the second follow those on the first.
    name = next((name for name in names if shown.get(name, 1) < len(known[name].hints)), names[-1])
    shown[name] = min(shown.get(name, 1) + 1, len(known[name].hints))
    _write_shown(assignment, shown)
    last = name == names[-1] and shown[name] == len(known[name].hints)
    return Advice(text=_hint(known[name], shown[name], style, last=last), found=True)


def _told(text: str, style: Style) -> Advice:
    return Advice(text="\n".join(wrapped(text, "", style.width)), found=False)


def _without_hint(checks: Sequence[CheckRecord], what: str, check: str) -> str:
    """Return why there is no hint."""
    states = {each.status for each in checks}
    if states == {"passed"}:
        return f"{what}: all public checks are passed. There is no hint to give."
    if states == {"not_attempted"}:
        return f"{what}: not started yet. Its docstring and the handout say what it returns."
    failed = [each for each in checks if each.status not in ("passed", "not_attempted")]
    if not failed:
        open_ones = dict.fromkeys(each.function for each in checks if each.status == "not_attempted")
        return f"{what}: everything written so far passes. Not started yet: {', '.join(open_ones)}."
    described = next((each for each in failed if BELIEVED in each.message), None)
    if described is not None:
        words = " ".join(described.message.partition(BELIEVED)[2].split())
        return f"{described.function}: {words} Nothing more is known about it; `{check}` shows where it fails."
    if all(each.status == "skipped" for each in failed):
        return f"{what}: {failed[0].message.splitlines()[0]}"
    return f"{what}: wrong, but the mistake is not a known one. `{check}` says what is wrong, and where."


def _hint(misconception: KnownMisconception, number: int, style: Style, *, last: bool) -> str:
    hints = misconception.hints
    lines = [
        style.paint(misconception.function, "strong"),
        f"{BELIEVED}{misconception.belief}",
        f"Hint {number} of {len(hints)}: {hints[number - 1]}",
    ]
    if last:
        lines.append("That was the last hint.")
    return "\n".join(textwrap.fill(line, style.width or WIDTH, subsequent_indent="  ") for line in lines)


def _read_shown(assignment: Assignment) -> dict[str, int]:
    """Return how many hints have been shown; if somebody has changed the file, none."""
    try:
        found = json.loads((assignment.file.parent / SHOWN).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(found, dict):
        return {}
    return {str(name): count for name, count in found.items() if isinstance(count, int)}


def _write_shown(assignment: Assignment, shown: Mapping[str, int]) -> None:
    file = assignment.file.parent / SHOWN
    file.parent.mkdir(exist_ok=True)
    file.write_text(json.dumps(shown, indent=1), "utf-8")
