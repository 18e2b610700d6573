"""Graded cells: turn a submission's record into the scores and the feedback that nbgrader shows.

From the outcome of a submission (a record, or the reason why there is none), two preprocessors of `nbgrader autograde`
make the outputs of the autograded notebook's cells, and scores in nbgrader's database. `ShowChecks` replaces the one
that runs the notebook in a kernel, and `SaveScores` the one that reads scores from the cells' output. They get the
outcomes from their exporter.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby
from math import fsum
from typing import Any

from nbformat.v4 import new_output
from nbgrader import utils
from nbgrader.preprocessors import NbGraderPreprocessor, SaveAutoGrades

from autograder.classroom import NotGraded
from autograder.merge import GRADE
from autograder.report import Style, function_feedback, points, sign_of
from autograder.results import CheckRecord, Record

GRADED = "autograder"  # the name of the notebook's graded cells among nbgrader's resources
BY_HAND = "This cell is graded by hand."
NOT_GRADED = "This could not be graded by machine; it waits for your instructor. It is not a zero."
COLORS = {"good": "#1a7f37", "bad": "#b42318", "open": "#8a6100"}


@dataclass(frozen=True, kw_only=True, slots=True)
class GradedCell:
    """A cell's feedback and score; the points are None if a person has to give them."""

    points: float | None
    max_points: float | None
    text: str
    html: str


def graded_cells(outcome: Record | NotGraded) -> dict[str, GradedCell]:
    """Return a graded cell for each function."""
    if isinstance(outcome, NotGraded):
        return {}
    groups = groupby(outcome.checks, key=lambda check: check.function)
    return {GRADE + function: _graded(outcome, function, list(checks)) for function, checks in groups}


def _graded(record: Record, function: str, checks: list[CheckRecord]) -> GradedCell:
    earned, possible = fsum(check.points for check in checks), fsum(check.max_points for check in checks)
    heading = f"{function}: {points(earned)} of {points(possible)} points"
    others = {check.function for check in record.checks} - {function}
    advice = [f"Advice: {line}." for line in record.advice if line.partition(" ")[0] not in others]
    if record.error:
        place = f", line {record.error.line}" if record.error.line else ""
        lines = [heading, f"Not graded ({record.error.kind}{place}): {record.error.message}", *advice]
        return GradedCell(points=earned, max_points=possible, text="\n".join(lines), html=_html(lines))
    text = "\n".join([*function_feedback(function, checks, Style(signs=True), {}), *advice]).rstrip()
    items = "".join(_html_items(checks))
    html = f'<div><strong>{escape(heading)}</strong><ul style="list-style: none; padding-left: 0">{items}</ul></div>'
    return GradedCell(points=earned, max_points=possible, text=text, html=html + (_html(advice) if advice else ""))


def _by_hand(text: str) -> GradedCell:
    return GradedCell(points=None, max_points=None, text=text, html=_html([text]))


def _html(lines: Sequence[str]) -> str:
    """Return plain lines as HTML, the first of them strong; all text is escaped, since it may quote a student."""
    first, *rest = (escape(line).replace("\n", "<br>") for line in lines)
    return f"<div><strong>{first}</strong>{''.join(f'<div>{line}</div>' for line in rest)}</div>"


def _html_items(checks: Sequence[CheckRecord]) -> Iterator[str]:
    """Yield a list item for each check with its verdict, message and points; a repeated message is shown once."""
    last = ""
    for check in checks:
        message = check.message if check.message != last else ""
        last = check.message
        sign, tone = sign_of(check.status)
        verdict = f'<span style="color: {COLORS[tone]}">{sign} {check.status.replace("_", " ")}</span>'
        hidden = " <em>(hidden check)</em>" if check.visibility == "hidden" else ""
        worth = f"{points(check.points)}/{points(check.max_points)}"
        lines = "".join(f"<div>{escape(line)}</div>" for line in message.splitlines())
        below = f'<div style="margin: 2px 0 6px 1.5em">{lines}</div>' if lines else ""
        yield f"<li>{verdict} &nbsp; {escape(check.title)}{hidden} &nbsp; {worth}{below}</li>"


class ShowChecks(NbGraderPreprocessor):
    """Replaces `Execute`: graded cells show their checks, other cells have no output, and nothing is run."""

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Put the feedback into the graded cells, and pass the scores on in the resources."""
        outcome = self.parent.outcome(resources["nbgrader"])
        found = graded_cells(outcome) if outcome is not None else {}
        other = _by_hand(BY_HAND if found or outcome is None else NOT_GRADED)
        resources[GRADED] = {}
        for cell in nb.cells:
            if cell.cell_type != "code":
                continue
            cell.outputs, cell.execution_count = [], None
            if utils.is_grade(cell) and not utils.is_solution(cell):
                name = cell.metadata.nbgrader["grade_id"]
                graded = self._with_same_points(cell, found.get(name, other))
                resources[GRADED][name] = graded
                cell.outputs = [new_output("display_data", {"text/html": graded.html, "text/plain": graded.text})]
        return nb, resources

    def _with_same_points(self, cell: Any, graded: GradedCell) -> GradedCell:
        """Return the graded cell; if the gradebook has other points for it, leave it to a person."""
        worth = float(cell.metadata.nbgrader["points"])
        if graded.max_points is None or graded.max_points == worth:
            return graded
        self.log.error(
            "autograder: %s is worth %s points in the gradebook, %s in the answer key: it waits for a person. "
            "Release the exercise again and run nbgrader generate_assignment.",
            cell.metadata.nbgrader["grade_id"],
            worth,
            graded.max_points,
        )
        return _by_hand(NOT_GRADED)


class SaveScores(SaveAutoGrades):
    """Replaces `SaveAutoGrades`: scores come from records only."""

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Save the scores of the notebook's cells."""
        self.graded: dict[str, GradedCell] = resources[GRADED]
        saved: tuple[Any, Any] = super().preprocess(nb, resources)
        return saved

    def _add_score(self, cell: Any, resources: Any) -> None:
        if utils.is_solution(cell):  # an answer that a person grades: nbgrader only tells whether there is one
            super()._add_score(cell, resources)
            return
        name = cell.metadata.nbgrader["grade_id"]
        grade = self.gradebook.find_grade(name, self.notebook_id, self.assignment_id, self.student_id)
        grade.auto_score = self.graded[name].points if name in self.graded else None
        grade.needs_manual_grade = grade.manual_score is not None or grade.auto_score is None
        self.gradebook.db.commit()

    def _add_comment(self, cell: Any, resources: Any) -> None:
        if utils.is_grade(cell) or utils.is_task(cell):
            super()._add_comment(cell, resources)
            return
        # The function may be in the file or in another cell: an unchanged cell is not a missing answer.
        name = cell.metadata.nbgrader["grade_id"]
        comment = self.gradebook.find_comment(name, self.notebook_id, self.assignment_id, self.student_id)
        comment.auto_comment = None
        self.gradebook.db.commit()
