"""`autograder check`: a student's public checks on their own file, in a worker like everybody's."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from autograder.assignment import Assignment, find_assignments
from autograder.book import Book
from autograder.grade.ask import questions
from autograder.grade.grade import Graded, grade
from autograder.grade.read import read_file
from autograder.report.feedback import feedback, points
from autograder.report.style import Style, style_of
from autograder.worker.own import own_worker


def run(arguments: argparse.Namespace) -> int:
    """Check every assignment named; 0 only where every public check is passed."""
    style = style_of(sys.stdout)
    verdicts = [_check(assignment, style) for assignment in find_assignments(arguments.path)]
    return 0 if all(verdicts) else 1


def _check(assignment: Assignment, style: Style) -> bool:
    book = assignment.book()
    graded = check_file(assignment.file, book)
    record = graded.record
    print(f"{assignment.file if assignment.file.parent != Path.cwd() else assignment.file.name}: public checks")
    print(feedback(record, style, graded.notes), end="")
    passed = sum(check.status == "passed" for check in record.checks)
    print(style.paint(f"\n{passed} of {len(record.checks)} public checks passed.", "strong"), end=" ")
    print(f"Hidden checks ask the same on other inputs, for the other {points(100 - record.max_score)} points.")
    return passed == len(record.checks)


def check_file(file: Path, book: Book) -> Graded:
    """Grade one file by a book."""
    submission = read_file(file.parent, (file.name,), student=os.environ.get("USER", ""))
    with own_worker(book.limits) as worker:
        return grade(book, questions(book), submission, worker)
