"""What a graded cell gets from an outcome: its score, and what its student may read, as text and as HTML."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from math import fsum

from autograder.classroom.plan import NotGraded
from autograder.grade.handed_in import SUFFIX
from autograder.nbgrader.html import of_checks, of_lines
from autograder.notebook.merge import GRADE
from autograder.report.feedback import function_feedback, points
from autograder.report.style import Style
from autograder.results import CheckRecord, Record

BY_HAND = "This cell is graded by hand."
NOT_GRADED = "This could not be graded by machine; it waits for your instructor. It is not a zero."


@dataclass(frozen=True, kw_only=True, slots=True)
class GradedCell:
    """A cell's score, none where a person has to give it, and what it shows."""

    points: float | None
    max_points: float | None
    text: str
    html: str


def graded_cells(outcome: Record | NotGraded) -> dict[str, GradedCell]:
    """Return, by `grade_id`, a cell for each graded function; nothing where our side failed."""
    if isinstance(outcome, NotGraded):
        return {}
    groups = groupby(outcome.checks, key=lambda check: check.function)
    return {GRADE + function: _graded(outcome, function, list(checks)) for function, checks in groups}


def ungraded_cell(text: str) -> GradedCell:
    """Return a cell that a person has to grade."""
    return GradedCell(points=None, max_points=None, text=text, html=of_lines([text]))


def _graded(record: Record, function: str, checks: Sequence[CheckRecord]) -> GradedCell:
    earned, possible = fsum(check.points for check in checks), fsum(check.max_points for check in checks)
    advice = [f"Advice: {line}." for line in record.advice if line.startswith(f"{function} ") or SUFFIX in line]
    if record.error:
        place = f", line {record.error.line}" if record.error.line else ""
        lines = [
            f"{function}: {points(earned)} of {points(possible)} points",
            f"Not graded ({record.error.kind}{place}): {record.error.message}",
            *advice,
        ]
        return GradedCell(points=earned, max_points=possible, text="\n".join(lines), html=of_lines(lines))
    lines = [*function_feedback(function, list(checks), Style(signs=True), {}), *advice]
    html = of_checks(function, checks) + (of_lines(advice) if advice else "")
    return GradedCell(points=earned, max_points=possible, text="\n".join(lines).rstrip(), html=html)
