"""How a result differs from the one before: for a look at a regrade before it is written, and for the history."""

from __future__ import annotations

from dataclasses import dataclass

from autograder.report.feedback import points
from autograder.results import CheckRecord, Record


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """A check whose verdict is another one: before and after in words."""

    check: str
    before: str
    after: str

    def __str__(self) -> str:
        return f"{self.check}: {self.before} → {self.after}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Difference:
    """What is new in a record: its score, and the checks that came out otherwise."""

    student: str
    exercise: str
    before: str
    after: str
    changes: tuple[Change, ...]

    def lines(self) -> list[str]:
        """Return it in words."""
        return [
            f"{self.student}, {self.exercise}: {self.before} → {self.after}",
            *(f"  {each}" for each in self.changes),
        ]


def difference(before: Record | None, after: Record) -> Difference | None:
    """Return what differs, or nothing where score and verdicts are the same; words of messages don't count."""
    if before is None:
        return Difference(
            student=after.student, exercise=after.exercise, before="no result", after=_score(after), changes=()
        )
    changes = changed_checks(before, after)
    if not changes and _score(before) == _score(after):
        return None
    return Difference(
        student=after.student, exercise=after.exercise, before=_score(before), after=_score(after), changes=changes
    )


def changed_checks(before: Record, after: Record) -> tuple[Change, ...]:
    """Return the checks whose status or points differ, new and old ones among them."""
    old = {check.id: _verdict(check) for check in before.checks}
    new = {check.id: _verdict(check) for check in after.checks}
    pairs = ((name, old.get(name, "no such check"), new.get(name, "no such check")) for name in {**old, **new})
    return tuple(Change(check=name, before=was, after=now) for name, was, now in pairs if was != now)


def _score(record: Record) -> str:
    score = f"{points(record.score)} of {points(record.max_score)}"
    return f"{score} ({record.error.kind})" if record.error else score


def _verdict(check: CheckRecord) -> str:
    return f"{check.status} {points(check.points)}/{points(check.max_points)}"
