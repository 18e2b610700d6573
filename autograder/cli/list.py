"""`autograder list`: what a course asks, and what it is worth."""

from __future__ import annotations

import argparse
from itertools import groupby
from pathlib import Path

from autograder.answers.library import open_books
from autograder.book import Book
from autograder.catalogue import find_exercises, find_root
from autograder.cli.main import DEFAULT_SEED
from autograder.report.feedback import points


def run(arguments: argparse.Namespace) -> int:
    """Print every exercise with its functions and checks."""
    exercises = find_exercises(arguments.course or find_root(Path.cwd()), arguments.exercise)
    for book in open_books(exercises, DEFAULT_SEED):
        _print_book(book)
    return 0


def _print_book(book: Book) -> None:
    public = sum(check.points for check in book.checks if check.visibility == "public")
    total = sum(check.points for check in book.checks)
    print(f"{book.exercise}: {len(book.checks)} checks, {points(total)} points, {points(public)} of them public")
    for function, checks in groupby(book.checks, key=lambda check: check.function):
        group = list(checks)
        print(f"  {function}: {points(sum(check.points for check in group))} points")
        for check in group:
            print(f"    {points(check.points):>3}  {check.visibility:6}  {check.kind:12}  {check.id}: {check.title}")
    print()
