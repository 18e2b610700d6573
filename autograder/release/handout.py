"""Make a handout from its source: the table of what is graded takes the place of `{{checks}}`."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from autograder.answers.errors import CourseError
from autograder.book import Book, Check
from autograder.report.feedback import points

PLACE = "{{checks}}"


def make_handout(name: str, source: str, book: Book) -> str:
    """Put the table into the handout's text."""
    if source.count(PLACE) != 1:
        raise CourseError(f"{name}: {PLACE} stands there {source.count(PLACE)} times; it must stand there once")
    return source.replace(PLACE, _table(book.checks))


def _table(checks: Sequence[Check]) -> str:
    rows = ["| function | points | public checks | hidden checks |", "|---|---:|---|---:|"]
    for function, group in groupby(checks, key=lambda check: check.function):
        mine = list(group)
        shown = [f"{check.title} ({points(check.points)})" for check in mine if check.visibility == "public"]
        worth = points(sum(check.points for check in mine))
        titles = "<br>".join(title.replace("|", r"\|") for title in shown) or "-"
        rows.append(f"| `{function}` | {worth} | {titles} | {len(mine) - len(shown)} |")
    rows.append(f"| all | {points(sum(check.points for check in checks))} | | |")
    return "\n".join(rows)
