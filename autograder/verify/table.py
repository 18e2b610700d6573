"""The table of a verification."""

from __future__ import annotations

import math
from collections.abc import Sequence

from autograder.report.style import Style
from autograder.verify.defect import Figures

HEAD = ("exercise", "seed", "checks", "misconceptions", "killed", "named", "margin", "seconds")


def table(figures: Sequence[Figures], style: Style) -> str:
    """Return a line an exercise and seed, in columns."""
    rows = [HEAD, *(_row(each) for each in figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEAD))]
    lines = ["  ".join([row[0].ljust(widths[0]), *map(str.rjust, row[1:], widths[1:])]) for row in rows]
    return "\n".join([style.paint(lines[0], "strong"), *lines[1:]]) + "\n\n"


def _row(each: Figures) -> tuple[str, ...]:
    return (
        each.exercise,
        str(each.seed),
        str(each.checks),
        str(each.misconceptions),
        _share(each.killed, each.misconceptions),
        _share(each.named, each.misconceptions),
        f"{each.margin:.0f}" if math.isfinite(each.margin) else "-",
        f"{each.seconds:.1f}",
    )


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.1%}" if whole else "-"
