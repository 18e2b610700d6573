"""A class at a glance: numbers of each exercise, gathered from records as they come."""

from __future__ import annotations

import statistics
from collections import Counter
from dataclasses import dataclass, field

from autograder.kinds import Level
from autograder.results import Record

HARDEST = 3


@dataclass(kw_only=True, slots=True)
class ExerciseSummary:
    """What is known of one exercise so far."""

    exercise: str
    scores: list[float] = field(default_factory=list)
    asked: Counter[str] = field(default_factory=Counter)  # how often each check was judged
    missed: Counter[str] = field(default_factory=Counter)  # how often it was not passed
    errors: list[tuple[str, str, str]] = field(default_factory=list)  # student, kind, message
    levels: set[Level] = field(default_factory=set)  # at which student code was confined

    def add(self, record: Record) -> None:
        """Count one record in; a submission that could not be graded has no part in mean and median."""
        self.levels.add(record.isolation)
        if record.error:
            self.errors.append((record.student, record.error.kind, record.error.message))
            return
        self.scores.append(record.score)
        for check in record.checks:
            self.asked[check.id] += 1
            self.missed[check.id] += check.status != "passed"

    @property
    def mean(self) -> float | None:
        """Return the mean score of what was graded."""
        return statistics.fmean(self.scores) if self.scores else None

    @property
    def median(self) -> float | None:
        """Return the median score of what was graded."""
        return statistics.median(self.scores) if self.scores else None

    def hardest(self) -> list[tuple[str, float]]:
        """Return the checks that the fewest passed, with the share that did."""
        worst = sorted(self.missed.items(), key=lambda item: (-item[1] / self.asked[item[0]], item[0]))
        return [(name, 1 - missed / self.asked[name]) for name, missed in worst[:HARDEST] if missed]
