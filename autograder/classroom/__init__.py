"""A class's submissions: which of them are pending, and grading those in this process, in several, or on a cluster.

None of it needs NumPy: executors are imported when there is something to grade.
"""

from autograder.classroom.plan import (
    AssignedExercise,
    Batch,
    Classroom,
    Found,
    NotGraded,
    Plan,
    Student,
    Task,
    batches,
    find_students,
    make_plan,
    student_name,
)
from autograder.classroom.run import Result, Run, open_run

__all__ = [
    "AssignedExercise",
    "Batch",
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
