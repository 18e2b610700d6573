"""`autograder hint`: the next hint on each mistake that the public checks recognise."""

from __future__ import annotations

import argparse
import json
import sys
import textwrap
from pathlib import Path

from autograder.assignment import Assignment, find_assignments
from autograder.behaviour import Belief
from autograder.cli.check import check_file
from autograder.report.style import Style, style_of

SHOWN = Path(".autograder") / "hints.json"  # how many hints of each belief have been shown; `check` shows the first
WIDTH = 100


def run(arguments: argparse.Namespace) -> int:
    """Print one hint more than the last time for each mistake; 0 where there was something to say."""
    style = style_of(sys.stdout)
    told = [_tell(assignment, style) for assignment in find_assignments(arguments.path)]
    return 0 if any(told) else 1


def _tell(assignment: Assignment, style: Style) -> bool:
    book = assignment.book()
    record = check_file(assignment.file, book).record
    beliefs = {belief.id: belief for belief in book.beliefs}
    named = dict.fromkeys(name for check in record.checks for name in check.diagnosis if name in beliefs)
    if not named:
        print(
            f"{assignment.file.name}: no mistake that is known by name. `autograder check` says what is off, and where."
        )
        return False
    memory = assignment.file.parent / SHOWN
    shown = _read(memory)
    for name in named:
        shown[name] = min(shown.get(name, 1) + 1, len(beliefs[name].hints))
        print(_words(beliefs[name], shown[name], style))
    memory.parent.mkdir(exist_ok=True)
    memory.write_text(json.dumps(shown, indent=1), "utf-8")
    return True


def _read(memory: Path) -> dict[str, int]:
    """Return what was shown before; a file that somebody changed counts as none."""
    try:
        found = json.loads(memory.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return (
        {str(name): count for name, count in found.items() if isinstance(count, int)} if isinstance(found, dict) else {}
    )


def _words(belief: Belief, count: int, style: Style) -> str:
    lines = [style.paint(belief.function, "strong"), f"It looks as if: {belief.sentence}"]
    lines += [f"Hint {number} of {len(belief.hints)}: {belief.hints[number - 1]}" for number in range(1, count + 1)]
    if count == len(belief.hints):
        lines.append("That was the last hint.")
    return "\n".join(textwrap.fill(line, WIDTH, subsequent_indent="  ") for line in lines) + "\n"
