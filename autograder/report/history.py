"""A student's history, in words: every attempt and regrade, its date and score, and what changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

import msgspec

from autograder.report.changes import changed_checks
from autograder.report.feedback import points
from autograder.results import Record
from autograder.store.store import Attempt

READ_RECORD = msgspec.json.Decoder(Record).decode
CAUSES = {
    "submission": "a changed submission",
    "version": "a changed exercise",
    "book": "other recorded answers",
    "grader": "another grader",
    "seed": "another course seed",
    "limits": "other limits",
}
SAME = "graded again"


def history(attempts: Sequence[Attempt]) -> Iterator[str]:
    """Yield lines on attempts, which come exercise by exercise, the earliest first."""
    for exercise, group in groupby(attempts, key=lambda attempt: attempt.exercise):
        tried = list(group)
        yield f"{tried[0].student}, {exercise}"
        yield _line(1, tried[0], "first attempt")
        for number, (before, after) in enumerate(pairwise(tried), 2):
            yield _line(number, after, _cause(before, after))
            yield from (
                f"        {each}" for each in changed_checks(READ_RECORD(before.record), READ_RECORD(after.record))
            )
        yield ""


def _line(number: int, attempt: Attempt, cause: str) -> str:
    record = READ_RECORD(attempt.record)
    score = f"{points(record.score)} of {points(record.max_score)}"
    error = f", {record.error.kind}" if record.error else ""
    digest = "" if record.error else f"  [{attempt.key.submission[:12]}]"
    return f"{number:4}  {attempt.graded_at}  {score}{error}  {cause}{digest}"


def _cause(before: Attempt, after: Attempt) -> str:
    causes = [words for name, words in CAUSES.items() if getattr(before.key, name) != getattr(after.key, name)]
    if before.isolation != after.isolation:
        causes.append(f"isolation {after.isolation} instead of {before.isolation}")
    return " and ".join(causes) or SAME
