"""A graded submission as the store keeps it: with all that reports on it will need."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from autograder.classroom.plan import Paper
from autograder.report.feedback import feedback
from autograder.store.key import is_reusable
from autograder.store.store import Attempt

if TYPE_CHECKING:
    from autograder.grade.grade import Graded


def attempt_of(paper: Paper, graded: Graded) -> Attempt:
    """Return what is to be stored."""
    record = graded.record
    return Attempt(
        student=paper.student,
        exercise=record.exercise,
        key=paper.key,
        isolation=record.isolation,
        reusable=is_reusable(record),
        record=msgspec.json.encode(record),
        notes=msgspec.json.encode(graded.notes),
        feedback=feedback(record),
    )
