"""`autograder check` and `autograder hint`: public checks on a student's own file, and hints on known mistakes."""

from __future__ import annotations

import argparse
import json
import os
import sys
import textwrap
from pathlib import Path

from autograder.api import check_assignment
from autograder.assignment import Assignment, find_assignments
from autograder.key import KnownMisconception
from autograder.report import FORMATS, Checked, Style, as_summary, feedback, points, style_of

# In an assignment's folder: how many hints on each misconception have been shown. `check` shows the first.
SHOWN = Path(".autograder") / "hints.json"
WIDTH = 100


def check(arguments: argparse.Namespace) -> int:
    """Check every assignment named; 0 only if all public checks are passed."""
    if arguments.format:
        return _check_for_machines(arguments)
    style = style_of(sys.stdout)
    passed = [_check(assignment, style) for assignment in find_assignments(arguments.path)]
    return 0 if all(passed) else 1


def hint(arguments: argparse.Namespace) -> int:
    """Print one more hint than the last time on each mistake; 0 if there was one to say something about."""
    style = style_of(sys.stdout)
    hinted = [_hint(assignment, style) for assignment in find_assignments(arguments.path)]
    return 0 if any(hinted) else 1


def _check_for_machines(arguments: argparse.Namespace) -> int:
    """Print one report on all assignments; on GitHub, a summary of the job is written, too."""
    checked = []
    for assignment in find_assignments(arguments.path):
        graded = check_assignment(assignment)
        checked.append(Checked(file=assignment.file, record=graded.record, notes=graded.notes))
    print(FORMATS[arguments.format](checked), end="")
    summary = os.environ.get("GITHUB_STEP_SUMMARY")
    if arguments.format == "github" and summary:
        with Path(summary).open("a", encoding="utf-8") as file:
            file.write(as_summary(checked))
    return 0 if all(check.status == "passed" for each in checked for check in each.record.checks) else 1


def _check(assignment: Assignment, style: Style) -> bool:
    """Print a student's feedback, and return whether all public checks are passed."""
    graded = check_assignment(assignment)
    record = graded.record
    folder = "" if assignment.file.parent == Path.cwd() else f"{assignment.file.parent}/"
    files = record.files or (assignment.file.name,)
    print(f"{' and '.join(f'{folder}{name}' for name in files)}: public checks")
    print(feedback(record, style, graded.notes), end="")
    passed = sum(check.status == "passed" for check in record.checks)
    print(style.paint(f"\n{passed} of {len(record.checks)} public checks passed.", "strong"), end=" ")
    print(f"Hidden checks are worth the other {points(100 - record.max_score)} points.")
    return passed == len(record.checks)


def _hint(assignment: Assignment, style: Style) -> bool:
    """Print the next hints, remember how many have been shown, and return whether there were any."""
    record = check_assignment(assignment).record
    known = {misconception.id: misconception for misconception in assignment.key().misconceptions}
    diagnosed = dict.fromkeys(name for check in record.checks for name in check.diagnosis if name in known)
    if not diagnosed:
        print(f"{assignment.file.name}: no mistake that is known by name. `autograder check` says what is wrong.")
        return False
    file = assignment.file.parent / SHOWN
    shown = _read_shown(file)
    for name in diagnosed:
        shown[name] = min(shown.get(name, 1) + 1, len(known[name].hints))
        print(_hints(known[name], shown[name], style))
    file.parent.mkdir(exist_ok=True)
    file.write_text(json.dumps(shown, indent=1), "utf-8")
    return True


def _read_shown(file: Path) -> dict[str, int]:
    """Return how many hints have been shown; a file that somebody has changed counts as none."""
    try:
        found = json.loads(file.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(found, dict):
        return {}
    return {str(name): count for name, count in found.items() if isinstance(count, int)}


def _hints(misconception: KnownMisconception, count: int, style: Style) -> str:
    hints = misconception.hints
    lines = [style.paint(misconception.function, "strong"), f"It looks as if: {misconception.belief}"]
    lines += [f"Hint {number} of {len(hints)}: {text}" for number, text in enumerate(hints[:count], 1)]
    if count == len(hints):
        lines.append("That was the last hint.")
    return "\n".join(textwrap.fill(line, WIDTH, subsequent_indent="  ") for line in lines) + "\n"
