"""A class's submissions: which of them are pending, and grading those in this process, in several, or on a cluster."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from autograder.classroom.batch import BatchGrader
    from autograder.classroom.plan import Batch, NotGraded, Plan, Task, batches, make_plan
    from autograder.classroom.roster import AssignedExercise, Classroom, Found, Student, find_students, student_name
    from autograder.classroom.run import Result, Run, open_run

__all__ = [
    "AssignedExercise",
    "Batch",
    "BatchGrader",
    "Classroom",
    "Found",
    "NotGraded",
    "Plan",
    "Result",
    "Run",
    "Student",
    "Task",
    "batches",
    "find_students",
    "make_plan",
    "open_run",
    "student_name",
]

# Imported on first use: a batch grader needs NumPy, and a class in which nothing is pending must not wait for it.
_MODULES = {
    "AssignedExercise": "roster",
    "Batch": "plan",
    "BatchGrader": "batch",
    "Classroom": "roster",
    "Found": "roster",
    "NotGraded": "plan",
    "Plan": "plan",
    "Result": "run",
    "Run": "run",
    "Student": "roster",
    "Task": "plan",
    "batches": "plan",
    "find_students": "roster",
    "make_plan": "plan",
    "open_run": "run",
    "student_name": "roster",
}


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_MODULES[name]}"), name)
