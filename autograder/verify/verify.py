"""Verify an exercise under a course seed: figures, and the defects that were found."""

from __future__ import annotations

import math
import time

from autograder.answers.errors import CourseError
from autograder.answers.library import open_books
from autograder.answers.misbehave import misconceptions_of
from autograder.catalogue import Exercise
from autograder.verify.bite import check_misconceptions
from autograder.verify.constant import check_constants
from autograder.verify.course import check_points, check_release, check_words
from autograder.verify.defect import Defect, Figures
from autograder.verify.submissions import check_submissions


def verify(exercise: Exercise, seed: int) -> tuple[Figures, list[Defect]]:
    """Try everything that grading relies on; a book that can't be recorded is a defect like any other."""
    start = time.monotonic()
    try:
        (book,) = open_books([exercise], seed)
        misconceptions = misconceptions_of(exercise)
    except CourseError as error:
        return _nothing(exercise, seed), [_unrecorded(exercise, error)]
    bites = check_misconceptions(exercise, book, misconceptions)
    defects = [
        *check_points(exercise, book),
        *check_words(exercise, misconceptions),
        *check_release(exercise, book),
        *check_submissions(exercise, book),
        *check_constants(exercise, book),
        *bites.defects,
    ]
    figures = Figures(
        exercise=exercise.name,
        seed=seed,
        checks=len(book.checks),
        misconceptions=len(misconceptions),
        killed=bites.killed,
        named=bites.named,
        margin=min(bites.margins.values(), default=math.inf),
        seconds=time.monotonic() - start,
    )
    return figures, defects


def _unrecorded(exercise: Exercise, error: CourseError) -> Defect:
    return Defect(
        exercise=exercise.name,
        place="the answer book",
        fact=f"can't be recorded: {error}",
        mend="mend what this says, and verify again",
    )


def _nothing(exercise: Exercise, seed: int) -> Figures:
    return Figures(
        exercise=exercise.name,
        seed=seed,
        checks=0,
        misconceptions=0,
        killed=0,
        named=0,
        margin=math.nan,
        seconds=0.0,
    )
