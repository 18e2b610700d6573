"""`autograder grade`: a class, all checks; writes results, grades and feedback."""

from __future__ import annotations

import argparse
import importlib.util
from pathlib import Path

from autograder.answers.library import book_file, open_books
from autograder.book import Book
from autograder.catalogue import Exercise, UsageError, find_exercises, find_root
from autograder.classroom.classroom import Assigned, Classroom, grade_class
from autograder.classroom.desk import NotGraded, Terms
from autograder.classroom.roster import find_students
from autograder.release.given import find_given
from autograder.report.summary import ExerciseSummary
from autograder.report.write import ResultsWriter
from autograder.worker.choose import confinement


def run(arguments: argparse.Namespace) -> int:
    """Grade; 0 where every submission has a record, whatever the scores."""
    if importlib.util.find_spec("rich") is None:
        raise UsageError("grading a class needs the extra `instructor`: pip install 'autograder[instructor]'")
    from autograder.report.screen import show, watch

    exercises = find_exercises(arguments.course or find_root(Path.cwd()), arguments.exercise)
    students = find_students(arguments.submissions)
    terms = Terms(confinement=confinement(arguments.isolation), limits=tuple(arguments.limit))
    books = open_books(exercises, arguments.seed)  # records what is missing, before anything else starts
    classroom = Classroom(
        submissions=arguments.submissions,
        students=tuple(students),
        assigned=tuple(_assigned(*pair, arguments) for pair in zip(exercises, books, strict=True)),
        terms=terms,
    )
    summaries = {exercise.name: ExerciseSummary(exercise=exercise.name) for exercise in exercises}
    failed: list[NotGraded] = []
    try:
        writer = ResultsWriter(arguments.output, students, list(summaries))
    except OSError as error:
        raise UsageError(f"--output {arguments.output}: {error.strerror}") from error
    with writer:
        for outcome in watch(grade_class(classroom, arguments.jobs), classroom.size):
            if isinstance(outcome, NotGraded):
                failed.append(outcome)
            else:
                writer.write(outcome)
                summaries[outcome.record.exercise].add(outcome.record)
    show(list(summaries.values()), failed)
    print(f"Results, grades and feedback are in {arguments.output}")
    print(f"Student code was confined {terms.confinement.surrounding.describe()}: level {terms.confinement.at_least}.")
    return 1 if failed else 0


def _assigned(exercise: Exercise, book: Book, arguments: argparse.Namespace) -> Assigned:
    given = find_given(exercise, book, arguments.submissions)
    return Assigned(book_file=book_file(exercise, arguments.seed), given=given)
