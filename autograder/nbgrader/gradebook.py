"""Export records into nbgrader's gradebook, in one transaction per exercise, whatever database it is in.

It turns the records of a class into scores in the database. Cells are named as in the released notebook, so that
nbgrader can continue with them. Scores that a person gave are kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from math import fsum
from typing import Any

from nbgrader.api import (
    Assignment,
    Comment,
    Grade,
    Gradebook,
    GradeCell,
    MissingEntry,
    Notebook,
    SolutionCell,
    SourceCell,
    Student,
    SubmittedAssignment,
    SubmittedNotebook,
)
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import selectinload

from autograder.course import UsageError
from autograder.merge import GRADE, SOLUTION
from autograder.nbgrader.configure import find_alembic
from autograder.results import Record

LOCKED = ("tools",)  # the locked cells of a released notebook, apart from those that are graded
Scores = dict[str, float]  # by function


def export(records: Sequence[Record], url: str, course_id: str) -> int:
    """Write the scores of records into a gradebook.

    Raises `UsageError` if the database can't be used, or has other points for a function than the records.
    """
    find_alembic()
    try:
        with Gradebook(url, course_id) as gradebook:
            _add_students(gradebook, {record.student for record in records})
            in_order = sorted(records, key=lambda record: record.exercise)
            groups = groupby(in_order, key=lambda record: record.exercise)
            return sum(_export_exercise(gradebook, name, list(group)) for name, group in groups)
    except SQLAlchemyError as error:
        raise UsageError(f"--gradebook {url}: {str(error).splitlines()[0]}") from error
    except ModuleNotFoundError as error:
        raise UsageError(f"--gradebook {url}: this kind of database needs the package {error.name}") from error


def _scores(record: Record, *, possible: bool = False) -> Scores:
    """Return the points that each function earned, or could earn."""
    groups = groupby(record.checks, key=lambda check: check.function)
    return {
        function: fsum(check.max_points if possible else check.points for check in checks)
        for function, checks in groups
    }


def _add_students(gradebook: Gradebook, names: Iterable[str]) -> None:
    known = {name for (name,) in gradebook.db.query(Student.id)}
    gradebook.db.add_all(Student(id=name) for name in sorted(set(names) - known))
    gradebook.db.commit()


def _export_exercise(gradebook: Gradebook, exercise: str, records: list[Record]) -> int:
    notebook = _notebook(gradebook, exercise)
    cells = _cells(gradebook, notebook, _scores(records[0], possible=True))
    submitted = _submitted(gradebook, notebook, [record.student for record in records])
    changed = 0
    for record in records:
        grades = {grade.cell_id: grade for grade in submitted[record.student].grades}
        for function, score in _scores(record).items():
            cell = cells[GRADE + function]
            grade = grades.get(cell.id)
            if grade is None:
                grade = Grade(cell_id=cell.id, notebook_id=submitted[record.student].id)
                gradebook.db.add(grade)
            if grade.auto_score != score:
                grade.auto_score = score
                grade.needs_manual_grade = grade.manual_score is not None  # its author looks again, as with nbgrader
                changed += 1
    gradebook.db.commit()
    return changed


def _notebook(gradebook: Gradebook, exercise: str) -> Any:
    try:
        assignment = gradebook.find_assignment(exercise)
    except MissingEntry:
        assignment = Assignment(name=exercise, course_id=gradebook.course_id)
        gradebook.db.add(assignment)
    found = [notebook for notebook in assignment.notebooks if notebook.name == exercise]
    if not found:
        found.append(Notebook(name=exercise, assignment=assignment))
        gradebook.db.add(found[0])
    gradebook.db.flush()
    return found[0]


def _cells(gradebook: Gradebook, notebook: Any, possible: Scores) -> dict[str, Any]:
    """Return the graded cells by name; they are added to a notebook that nbgrader has not seen yet."""
    if not notebook.grade_cells:
        gradebook.db.add_all(
            SourceCell(name=name, cell_type="code", locked=True, source="", checksum="", notebook=notebook)
            for name in LOCKED
        )
        for function, points in possible.items():
            grade, solution = GRADE + function, SOLUTION + function
            gradebook.db.add_all(
                (
                    GradeCell(name=grade, max_score=points, cell_type="code", notebook=notebook),
                    SourceCell(name=grade, cell_type="code", locked=True, source="", checksum="", notebook=notebook),
                    SolutionCell(name=solution, notebook=notebook),
                    SourceCell(
                        name=solution, cell_type="code", locked=False, source="", checksum="", notebook=notebook
                    ),
                )
            )
        gradebook.db.flush()
    cells = {cell.name: cell for cell in notebook.grade_cells}
    for function, points in possible.items():
        cell = cells.get(GRADE + function)
        if cell is None or cell.max_score != points:
            found = cell.max_score if cell else "no"
            raise UsageError(
                f"the gradebook has {found} points for {function} of {notebook.name}; expected {points}: "
                "release the exercise again and run nbgrader generate_assignment"
            )
    return cells


def _submitted(gradebook: Gradebook, notebook: Any, students: Sequence[str]) -> dict[str, Any]:
    """Return each student's submitted notebook; a missing one is added as nbgrader does it."""
    loading = selectinload(SubmittedAssignment.notebooks).selectinload(SubmittedNotebook.grades)
    query = gradebook.db.query(SubmittedAssignment).options(loading).filter_by(assignment_id=notebook.assignment_id)
    known = {submission.student_id for submission in query}
    for student in students:
        if student not in known:
            submission = SubmittedAssignment(assignment_id=notebook.assignment_id, student_id=student)
            gradebook.db.add(submission)
            gradebook.db.add_all(_submitted_notebook(each, submission) for each in notebook.assignment.notebooks)
    gradebook.db.flush()
    return {
        submission.student_id: each
        for submission in query
        for each in submission.notebooks
        if each.notebook_id == notebook.id
    }


def _submitted_notebook(notebook: Any, submission: Any) -> Any:
    """Return a submitted notebook with a row for each score and comment."""
    submitted = SubmittedNotebook(notebook_id=notebook.id, assignment=submission)
    submitted.grades = [Grade(cell_id=cell.id) for cell in (*notebook.grade_cells, *notebook.task_cells)]
    submitted.comments = [Comment(cell_id=cell.id) for cell in (*notebook.solution_cells, *notebook.task_cells)]
    return submitted
