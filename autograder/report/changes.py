"""How results change: what a regrade would change, and a student's history, attempt by attempt.

The input is records, or attempts from the store; the output is differences, and lines to print.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from autograder.printable import printable
from autograder.report.text import points
from autograder.report.write import read_record
from autograder.results import CheckRecord, Record
from autograder.store import REVEALED, Attempt

# Why a submission was graded again, by field of the store key.
CAUSES = {
    "submission": "a changed submission",
    "version": "a changed exercise",
    "answer_key": "another answer key",
    "grader": "another grader",
    "seed": "another course key",
    "limits": "other limits",
}
SAME = "graded again"
NO_CHECK = "no such check"
ALIKE = 3  # checks of a function that share a line where all of them changed alike


@dataclass(frozen=True, kw_only=True, slots=True)
class Difference:
    """A result that differs from an earlier one: scores before and after, and a line on each check that differs."""

    student: str
    exercise: str
    before: str
    after: str
    checks: tuple[str, ...]

    def lines(self) -> list[str]:
        """Return the difference in words."""
        return [
            f"{printable(self.student)}, {self.exercise}: {self.before} → {self.after}",
            *(f"  {check}" for check in self.checks),
        ]


def difference(before: Record | None, after: Record) -> Difference | None:
    """Return how a record differs from an earlier one of the same student and exercise."""
    was = "no result" if before is None else _score(before)
    checks = () if before is None else tuple(_changed_checks(before, after))
    if was == _score(after) and not checks:
        return None
    return Difference(student=after.student, exercise=after.exercise, before=was, after=_score(after), checks=checks)


def history(attempts: Sequence[Attempt]) -> Iterator[str]:
    """Yield the lines of a student's history: each attempt with its date, score and cause, and what it changed."""
    for exercise, group in groupby(attempts, key=lambda attempt: attempt.exercise):
        tried = list(group)
        yield f"{printable(tried[0].student)}, {exercise}"
        yield _line(1, tried[0], "first attempt")
        again = 0  # attempts in a row that changed nothing, and were made for no reason of their own
        for number, (before, after) in enumerate(pairwise(tried), 2):
            cause = _cause(before, after)
            changed = list(_changed_checks(read_record(before.record), read_record(after.record)))
            again = again + 1 if cause == SAME and not changed else 0
            following = tried[number] if number < len(tried) else None
            if again and following is not None and _is_the_same(after, following):
                continue
            times = f", {again} times, with the same result" if again > 1 else ""
            yield _line(number, after, f"{cause}{times}")
            yield from (f"        {check}" for check in changed)
        yield ""


def _is_the_same(before: Attempt, after: Attempt) -> bool:
    changed = _changed_checks(read_record(before.record), read_record(after.record))
    return _cause(before, after) == SAME and not any(changed)


def _line(number: int, attempt: Attempt, cause: str) -> str:
    record = read_record(attempt.record)
    score = f"{points(record.score)} of {points(record.max_score)}"
    error = f", {record.error.kind}" if record.error else ""
    digest = "" if record.error else f"  [{attempt.key.submission[:12]}]"
    return f"{number:4}  {attempt.graded_at}  {score}{error}  {cause}{digest}"


def _cause(before: Attempt, after: Attempt) -> str:
    revealed = [each.key.grader.endswith(REVEALED) for each in (before, after)]
    if revealed[0] != revealed[1] and before.key.grader.removesuffix(REVEALED) == after.key.grader.removesuffix(
        REVEALED
    ):
        return "values of hidden checks are shown" if revealed[1] else "values of hidden checks are not shown"
    causes = [words for name, words in CAUSES.items() if getattr(before.key, name) != getattr(after.key, name)]
    if before.isolation != after.isolation:
        causes.append(f"isolation {after.isolation} instead of {before.isolation}")
    return " and ".join(causes) or SAME


def _changed_checks(before: Record, after: Record) -> Iterator[str]:
    """Yield a line on each check whose status or points differ, including checks that are new or gone.

    Checks of a function that changed alike share a line. If one of the records is not of a graded submission, the score
    is enough.
    """
    if (before.error is None) != (after.error is None):
        return
    old, new = ({check.id: check for check in record.checks} for record in (before, after))
    changed = [(name, old.get(name), new.get(name)) for name in {**old, **new}]
    changed = [(name, was, now) for name, was, now in changed if _verdict(was) != _verdict(now)]
    for (function, was_status, now_status), group in groupby(changed, key=_kind_of_change):
        alike = list(group)
        if len(alike) < ALIKE:
            yield from (f"{name}: {_verdict(was)} → {_verdict(now)}" for name, was, now in alike)
            continue
        points_of = [
            points(sum(each.points for each in side if each)) for side in zip(*(c[1:] for c in alike), strict=True)
        ]
        yield f"{function}: {len(alike)} checks: {was_status} {points_of[0]} → {now_status} {points_of[1]}"


def _kind_of_change(change: tuple[str, CheckRecord | None, CheckRecord | None]) -> tuple[str, str, str]:
    _, was, now = change
    some = now or was
    return some.function if some else "", was.status if was else NO_CHECK, now.status if now else NO_CHECK


def _score(record: Record) -> str:
    score = f"{points(record.score)} of {points(record.max_score)}"
    return f"{score} ({record.error.kind})" if record.error else score


def _verdict(check: CheckRecord | None) -> str:
    if check is None:
        return NO_CHECK
    return f"{check.status} {points(check.points)}/{points(check.max_points)}"
