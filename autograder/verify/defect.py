"""Results of verification, as data and as tables."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from autograder.report import Style

Severity = Literal["error", "warning"]
HEAD = ("exercise", "seed", "checks", "misconceptions", "killed", "named", "margin", "seconds")


@dataclass(frozen=True, kw_only=True, slots=True)
class Defect:
    """A defect of an exercise: where, what, and what to do about it.

    An error makes verdicts wrong or breaks a release; a warning is thin coverage, and an error with `--strict`.
    """

    exercise: str
    place: str
    fact: str
    fix: str
    severity: Severity = "error"


@dataclass(frozen=True, kw_only=True, slots=True)
class Figures:
    """One exercise with one course seed, in numbers.

    `killed` and `named` count the misconceptions that lose points, and those that are diagnosed as themselves; `margin`
    is how many tolerances away the nearest wrong values are; `costs` has for each misconception the lost share of its
    function's points.
    """

    exercise: str
    seed: int
    checks: int = 0
    misconceptions: int = 0
    killed: int = 0
    named: int = 0
    margin: float = math.nan
    costs: Mapping[str, float] = field(default_factory=dict)
    seconds: float = 0.0


def table(figures: Sequence[Figures], style: Style) -> str:
    """Return a line for each exercise and seed."""
    return columns(HEAD, list(map(_row, figures)), style)


def columns(head: Sequence[str], rows: Sequence[Sequence[str]], style: Style) -> str:
    """Return rows in columns below their names, the first one flush left."""
    every = [head, *rows]
    widths = [max(len(row[column]) for row in every) for column in range(len(head))]
    lines = ["  ".join([row[0].ljust(widths[0]), *map(str.rjust, row[1:], widths[1:])]) for row in every]
    return "\n".join([style.paint(lines[0], "strong"), *lines[1:]]) + "\n\n"


def costs_table(figures: Sequence[Figures]) -> str:
    """Return a line for each misconception with the share of its function's points that it costs, on the seed where
    that is most.
    """
    costs: dict[str, float] = {}
    for each in figures:
        for name, share in each.costs.items():
            costs[name] = max(share, costs.get(name, 0.0))
    lines = [f"{share:4.0%}  {name}" for name, share in sorted(costs.items(), key=lambda cost: (-cost[1], cost[0]))]
    return "\n".join(["cost  misconception", *lines]) + "\n\n"


def _row(each: Figures) -> tuple[str, ...]:
    shares = (f"{part / each.misconceptions:.1%}" if each.misconceptions else "-" for part in (each.killed, each.named))
    margin = f"{each.margin:.0f}" if math.isfinite(each.margin) else "-"
    numbers = (each.seed, each.checks, each.misconceptions)
    return (each.exercise, *map(str, numbers), *shares, margin, f"{each.seconds:.1f}")
