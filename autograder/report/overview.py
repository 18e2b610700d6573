"""What a class did, in numbers, from its records alone: exercises, functions, checks, beliefs, unnamed mistakes.

Statistics of checks are those of test theory, as Moodle's quiz reports have them: facility is the share of points that
were earned; discrimination is the correlation of a check with the rest of its exercise. Neither is given below ten
submissions, and no discrimination where everybody did the same.
"""

from __future__ import annotations

import math
import re
import statistics
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from autograder.results import BELIEVED, CheckRecord, Record

LEAST = 10  # submissions that a statistic of a check needs
BARS = 10  # of a histogram
BELIEF = re.compile(rf"^{BELIEVED}(.*?)(?: Hint: .*)?$", re.MULTILINE)
STOPPED = ("timeout", "memory", "crash")
WRONG = ("failed", "error")
RARELY_PASSED = 0.05
SURELY = 1.64  # deviations: one in twenty by chance
OUTCOMES = ("right", "partly", "wrong", "skipped", "not attempted")


@dataclass(frozen=True, kw_only=True, slots=True)
class Item:
    """A check of a class: what share of its points was earned, and how well it tells who can do the rest.

    `suspect` says that it is likely to be wrong itself: it is passed by those who fail the rest, or by hardly anybody.
    """

    id: str
    title: str
    visibility: str
    count: int
    facility: float | None
    discrimination: float | None
    suspect: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class FunctionOutcomes:
    """A function of a class: how many have it right, partly, wrong, skipped, or not written."""

    name: str
    counts: dict[str, int]


@dataclass(frozen=True, kw_only=True, slots=True)
class Belief:
    """A misconception that somebody holds: what they believe, and who."""

    id: str
    function: str
    text: str
    students: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Cluster:
    """Wrong functions without a name that behave alike: who has them, and what they were told."""

    function: str
    students: tuple[str, ...]
    messages: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class ExerciseOverview:
    """An exercise of a class."""

    name: str
    scores: tuple[float, ...]
    max_score: float
    bars: tuple[int, ...]
    functions: tuple[FunctionOutcomes, ...]
    items: tuple[Item, ...]
    beliefs: tuple[Belief, ...]
    clusters: tuple[Cluster, ...]
    missing: tuple[str, ...]  # students who submitted nothing
    errors: tuple[tuple[str, str, str], ...]  # student, kind, message
    stopped: tuple[tuple[str, str, str], ...]  # student, check, how it stopped
    levels: tuple[str, ...]
    seconds: float

    @property
    def mean(self) -> float | None:
        """The mean score."""
        return statistics.fmean(self.scores) if self.scores else None

    @property
    def median(self) -> float | None:
        """The median score."""
        return statistics.median(self.scores) if self.scores else None


def overview(records: Iterable[Record]) -> list[ExerciseOverview]:
    """Return an overview of each exercise, in the order of their first records."""
    by_exercise: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        by_exercise[record.exercise].append(record)
    return [_exercise(name, found) for name, found in by_exercise.items()]


def teach_again(exercises: Sequence[ExerciseOverview], count: int = 5) -> list[tuple[str, Belief, int]]:
    """Return the beliefs that most students hold: exercise, belief, and of how many submissions."""
    held = [(each.name, belief, len(each.scores)) for each in exercises for belief in each.beliefs]
    return sorted(held, key=lambda found: (-len(found[1].students), found[1].id))[:count]


def _exercise(name: str, records: Sequence[Record]) -> ExerciseOverview:
    graded = [record for record in records if record.error is None]
    max_score = max((record.max_score for record in records), default=0.0)
    scores = tuple(record.score for record in graded)
    bars = [0] * BARS
    for score in scores:
        bars[min(BARS - 1, int(BARS * score / max_score))] += 1
    return ExerciseOverview(
        name=name,
        scores=scores,
        max_score=max_score,
        bars=tuple(bars),
        functions=tuple(_functions(graded)),
        items=tuple(_items(graded)),
        beliefs=tuple(_beliefs(graded)),
        clusters=tuple(_clusters(graded)),
        missing=tuple(each.student for each in records if each.error and each.error.kind == "missing"),
        errors=tuple(
            (each.student, each.error.kind, each.error.message)
            for each in records
            if each.error and each.error.kind != "missing"
        ),
        stopped=tuple(
            (record.student, check.id, check.status)
            for record in graded
            for check in record.checks
            if check.status in STOPPED
        ),
        levels=tuple(sorted({record.isolation for record in records})),
        seconds=sum(check.seconds for record in records for check in record.checks),
    )


def _by_function(record: Record) -> list[tuple[str, list[CheckRecord]]]:
    return [(name, list(checks)) for name, checks in groupby(record.checks, key=lambda check: check.function)]


def _functions(records: Sequence[Record]) -> list[FunctionOutcomes]:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for record in records:
        for function, checks in _by_function(record):
            counts[function][_outcome(checks)] += 1
    return [
        FunctionOutcomes(name=name, counts={each: found[each] for each in OUTCOMES}) for name, found in counts.items()
    ]


def _outcome(checks: Sequence[CheckRecord]) -> str:
    statuses = {check.status for check in checks}
    if statuses == {"passed"}:
        return "right"
    if statuses <= {"not_attempted", "skipped"}:
        return "not attempted" if "not_attempted" in statuses else "skipped"
    if statuses <= {"passed", "skipped"}:
        return "skipped"
    return "partly" if "passed" in statuses else "wrong"


def _items(records: Sequence[Record]) -> list[Item]:
    marks: dict[str, list[float]] = defaultdict(list)
    rests: dict[str, list[float]] = defaultdict(list)
    described: dict[str, CheckRecord] = {}
    for record in records:
        for check in record.checks:
            described[check.id] = check
            marks[check.id].append(check.points / check.max_points)
            rests[check.id].append(record.score - check.points)
    items = []
    for name, check in described.items():
        count = len(marks[name])
        enough = count >= LEAST
        facility = statistics.fmean(marks[name]) if enough else None
        varied = enough and len(set(marks[name])) > 1 and len(set(rests[name])) > 1
        discrimination = statistics.correlation(marks[name], rests[name]) if varied else None
        # Below 0 by more than chance, which moves a correlation of nothing by about 1 / √n.
        inverted = discrimination is not None and discrimination < -SURELY / math.sqrt(count)
        suspect = inverted or (facility is not None and facility < RARELY_PASSED)
        items.append(
            Item(
                id=name,
                title=check.title,
                visibility=check.visibility,
                count=count,
                facility=facility,
                discrimination=discrimination,
                suspect=suspect,
            )
        )
    return items


def _beliefs(records: Sequence[Record]) -> list[Belief]:
    holders: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    texts: dict[tuple[str, str], str] = {}
    for record in records:
        for check in record.checks:
            if check.diagnosis and (told := BELIEF.search(check.message)):
                key = check.function, " + ".join(check.diagnosis)
                holders[key][record.student] = None
                texts[key] = told[1]
    found = [
        Belief(id=name, function=function, text=texts[function, name], students=tuple(students))
        for (function, name), students in holders.items()
    ]
    return sorted(found, key=lambda belief: (-len(belief.students), belief.id))


def _clusters(records: Sequence[Record]) -> list[Cluster]:
    """Put wrong functions without a name together where each check came to the same in the same words."""
    alike: dict[tuple[str, tuple[tuple[str, str, str], ...]], list[str]] = defaultdict(list)
    for record in records:
        for function, checks in _by_function(record):
            wrong = any(check.status in WRONG for check in checks)
            if wrong and not any(check.diagnosis for check in checks):
                told = tuple((check.id, check.status, check.message) for check in checks)
                alike[function, told].append(record.student)
    found = [
        Cluster(
            function=function,
            students=tuple(students),
            messages=tuple(f"{name}: {message}" for name, status, message in told if status in WRONG),
        )
        for (function, told), students in alike.items()
    ]
    return sorted(found, key=lambda cluster: (-len(cluster.students), cluster.function, cluster.messages))
