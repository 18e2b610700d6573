"""The two steps of `nbgrader autograde` that are ours: show what was found, and save the scores.

They stand where nbgrader runs the notebook in a kernel and where it reads scores from what the cells printed. The
exporter that they belong to holds the outcomes.
"""

from __future__ import annotations

from typing import Any

from nbformat.v4 import new_output
from nbgrader import utils
from nbgrader.preprocessors import NbGraderPreprocessor, SaveAutoGrades

from autograder.nbgrader.graded_cells import BY_HAND, NOT_GRADED, GradedCell, graded_cells, ungraded_cell

GRADED = "autograder"  # where the notebook's graded cells lie among nbgrader's resources


class ShowChecks(NbGraderPreprocessor):
    """In `Execute`'s place: nothing is run here; graded cells show their checks, no other cell shows anything."""

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Put the outcome's texts into the graded cells, and hand the scores on."""
        outcome = self.parent.outcome(resources["nbgrader"])
        found = graded_cells(outcome) if outcome is not None else {}
        other = ungraded_cell(BY_HAND if found or outcome is None else NOT_GRADED)
        resources[GRADED] = {}
        for cell in nb.cells:
            if cell.cell_type != "code":
                continue
            cell.outputs, cell.execution_count = [], None
            if utils.is_grade(cell) and not utils.is_solution(cell):
                graded = self._fitting(cell, found, other)
                resources[GRADED][cell.metadata.nbgrader["grade_id"]] = graded
                cell.outputs = [new_output("display_data", {"text/html": graded.html, "text/plain": graded.text})]
        return nb, resources

    def _fitting(self, cell: Any, found: dict[str, GradedCell], other: GradedCell) -> GradedCell:
        """Return what belongs to a cell, unless it is worth something else in the gradebook than in the answer book."""
        graded = found.get(cell.metadata.nbgrader["grade_id"], other)
        worth = float(cell.metadata.nbgrader["points"])
        if graded.max_points is None or graded.max_points == worth:
            return graded
        self.log.error(
            "autograder: %s is worth %s points in the gradebook, %s in the answer book: it waits for a person. "
            "Release the exercise anew and run nbgrader generate_assignment.",
            cell.metadata.nbgrader["grade_id"],
            worth,
            graded.max_points,
        )
        return ungraded_cell(NOT_GRADED)


class SaveScores(SaveAutoGrades):
    """In `SaveAutoGrades`' place: scores come from records alone, and only records make them."""

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Save the scores of the notebook's cells."""
        self.graded: dict[str, GradedCell] = resources[GRADED]
        saved: tuple[Any, Any] = super().preprocess(nb, resources)
        return saved

    def _add_score(self, cell: Any, resources: Any) -> None:
        if utils.is_solution(cell):  # an answer that a person grades: nbgrader tells only whether there is one
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
        # The function may stand in the file, or in another cell: an untouched cell is no missing response.
        name = cell.metadata.nbgrader["grade_id"]
        comment = self.gradebook.find_comment(name, self.notebook_id, self.assignment_id, self.student_id)
        comment.auto_comment = None
        self.gradebook.db.commit()
