"""Statistics of a class, from its records alone: exercises, functions, checks, beliefs, unrecognized mistakes.

Statistics of checks are those of test theory, as in Moodle's quiz reports: facility is the share of points that were
earned; discrimination is the correlation of a check with the rest of its exercise. Both need ten submissions, and
discrimination also needs different results.
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

LEAST = 10  # submissions that the statistics of a check need
BARS = 10  # of a histogram
SHOWN = 5  # mistakes to teach again, and hardest functions
BELIEF = re.compile(rf"^{BELIEVED}(.*?)(?: Hint: .*)?$", re.MULTILINE)
AND = " And: "  # between the beliefs of somebody who has several
DESCRIBED = "generic."  # begins the id of a pattern that any function can show, which is not a misconception
# A line of the student's code in a message, whose number does not matter.
OWN_LINE = re.compile(r"^  .*(?:\n|\Z)", re.MULTILINE)
STOPPED = ("timeout", "memory", "crash")
WRONG = ("failed", "error")
RARELY_PASSED = 0.05
SURELY = 1.64  # deviations: one in twenty by chance
Functions = list[tuple[str, list[CheckRecord]]]  # the functions of a submission, each with its checks
OUTCOMES = ("right", "partly", "wrong", "skipped", "not attempted")


@dataclass(frozen=True, kw_only=True, slots=True)
class Item:
    """A check in a class: the share of its points that was earned, and how well it predicts the rest.

    `doubt` says why the check itself is probably wrong, or is empty: students who fail the rest pass it, or hardly
    anybody does.
    """

    id: str
    title: str
    visibility: str
    count: int
    facility: float | None
    discrimination: float | None
    doubt: str


@dataclass(frozen=True, kw_only=True, slots=True)
class FunctionOutcomes:
    """A function in a class: how many students have it right, partly right, wrong, skipped, or not written."""

    name: str
    counts: dict[str, int]


@dataclass(frozen=True, kw_only=True, slots=True)
class Belief:
    """A misconception in a class: what is believed, and by whom."""

    id: str
    function: str
    text: str
    students: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Cluster:
    """Unrecognized wrong functions that behave alike: the students, their messages, and a general pattern or none."""

    function: str
    students: tuple[str, ...]
    messages: tuple[str, ...]
    mark: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Lesson:
    """A mistake that many made in the same way: a known belief, or a group of functions that behave alike."""

    exercise: str
    function: str
    text: str
    students: int
    count: int  # of the submissions that were graded
    named: bool


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
    stopped: tuple[tuple[str, str, tuple[str, ...]], ...]  # check, how it stopped, students
    levels: tuple[tuple[str, int], ...]  # levels of isolation, and how many submissions ran at each
    seconds: float  # of checks, of all submissions
    slowest: tuple[str, float] | None  # student and seconds

    @property
    def submitted(self) -> int:
        """The number of submissions, gradable or not."""
        return len(self.scores) + len(self.errors)

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


def teach_again(exercises: Sequence[ExerciseOverview]) -> list[Lesson]:
    """Return the mistakes that most students made in the same way: beliefs, and unrecognized groups of two and more."""
    found = [
        Lesson(
            exercise=each.name,
            function=belief.function,
            text=belief.text,
            students=len(belief.students),
            count=len(each.scores),
            named=True,
        )
        for each in exercises
        for belief in each.beliefs
    ]
    found += [
        Lesson(
            exercise=each.name,
            function=cluster.function,
            text=cluster.mark or cluster.messages[0],
            students=len(cluster.students),
            count=len(each.scores),
            named=False,
        )
        for each in exercises
        for cluster in each.clusters
        if len(cluster.students) > 1
    ]
    return sorted(found, key=lambda lesson: (-lesson.students, not lesson.named, lesson.function))[:SHOWN]


def hardest_functions(exercises: Sequence[ExerciseOverview]) -> list[tuple[str, str, float]]:
    """Return the functions that the fewest students got right: exercise, function, and the share of students."""
    shares = [
        (each.name, function.name, function.counts["right"] / len(each.scores))
        for each in exercises
        for function in each.functions
        if len(each.scores) >= LEAST
    ]
    return sorted((found for found in shares if found[2] < 1), key=lambda found: found[2])[:SHOWN]


def absent(exercises: Sequence[ExerciseOverview]) -> list[str]:
    """Return the students who submitted nothing to any of the exercises."""
    everywhere = set.intersection(*(set(each.missing) for each in exercises)) if exercises else set()
    return [student for student in exercises[0].missing if student in everywhere] if exercises else []


def _exercise(name: str, records: Sequence[Record]) -> ExerciseOverview:
    graded = [record for record in records if record.error is None]
    grouped = [(record.student, _by_function(record)) for record in graded]
    max_score = max((record.max_score for record in records), default=0.0)
    scores = tuple(record.score for record in graded)
    took = [(record.student, sum(check.seconds for check in record.checks)) for record in graded]
    bars = [0] * BARS
    for score in scores:
        bars[min(BARS - 1, int(BARS * score / max_score))] += 1
    return ExerciseOverview(
        name=name,
        scores=scores,
        max_score=max_score,
        bars=tuple(bars),
        functions=tuple(_functions(grouped)),
        items=tuple(_items(graded)),
        beliefs=tuple(_beliefs(graded)),
        clusters=tuple(_clusters(grouped)),
        missing=tuple(each.student for each in records if each.error and each.error.kind == "missing"),
        errors=tuple(
            (each.student, each.error.kind, each.error.message)
            for each in records
            if each.error and each.error.kind != "missing"
        ),
        stopped=tuple(_stopped(graded)),
        levels=tuple(Counter(record.isolation for record in graded).most_common()),
        seconds=sum(seconds for _, seconds in took),
        slowest=max(took, key=lambda found: found[1], default=None),
    )


def _stopped(records: Sequence[Record]) -> list[tuple[str, str, tuple[str, ...]]]:
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for record in records:
        for check in record.checks:
            if check.status in STOPPED:
                found[check.id, check.status].append(record.student)
    return [(check, how, tuple(students)) for (check, how), students in found.items()]


def _by_function(record: Record) -> Functions:
    return [(name, list(checks)) for name, checks in groupby(record.checks, key=lambda check: check.function)]


def _functions(grouped: Sequence[tuple[str, Functions]]) -> list[FunctionOutcomes]:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for _, functions in grouped:
        for function, checks in functions:
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
        items.append(
            Item(
                id=name,
                title=check.title,
                visibility=check.visibility,
                count=count,
                facility=facility,
                discrimination=discrimination,
                doubt=_doubt(count, facility, discrimination),
            )
        )
    return items


def _doubt(count: int, facility: float | None, discrimination: float | None) -> str:
    # Below 0 by more than chance, by which a correlation of 0 varies by about 1 / √n.
    if discrimination is not None and discrimination < -SURELY / math.sqrt(count):
        return "passed by those who fail the rest"
    if facility is not None and facility < RARELY_PASSED:
        return "passed by hardly anybody"
    return ""


def _beliefs(records: Sequence[Record]) -> list[Belief]:
    """Count which students hold which misconception; a pair counts as both."""
    holders: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    texts: dict[tuple[str, str], str] = {}
    for record in records:
        for check in record.checks:
            if not check.diagnosis or (told := BELIEF.search(check.message)) is None:
                continue
            sentences = told[1].split(AND) if len(check.diagnosis) > 1 else [told[1]]
            for name, sentence in zip(check.diagnosis, sentences, strict=False):
                if not name.startswith(DESCRIBED):
                    holders[check.function, name][record.student] = None
                    texts[check.function, name] = sentence
    found = [
        Belief(id=name, function=function, text=texts[function, name], students=tuple(students))
        for (function, name), students in holders.items()
    ]
    return sorted(found, key=lambda belief: (-len(belief.students), belief.id))


def _clusters(grouped: Sequence[tuple[str, Functions]]) -> list[Cluster]:
    """Group unrecognized wrong functions if all checks that they fail have the same result.

    The result is the message, including values and places, but not the lines of the student's code.
    """
    alike: dict[tuple[str, tuple[tuple[str, str, str], ...]], list[str]] = defaultdict(list)
    marks: dict[tuple[str, tuple[tuple[str, str, str], ...]], str] = {}
    for student, functions in grouped:
        for function, checks in functions:
            wrong = [check for check in checks if check.status in WRONG]
            if not wrong or any(not name.startswith(DESCRIBED) for check in wrong for name in check.diagnosis):
                continue
            told = tuple((check.id, check.status, _behavior(check)) for check in wrong)
            alike[function, told].append(student)
            mark = next((told_mark[1] for check in wrong if (told_mark := BELIEF.search(check.message))), "")
            marks[function, told] = mark
    found = [
        Cluster(
            function=function,
            students=tuple(students),
            messages=tuple(f"{name}: {message}" for name, _, message in told),
            mark=marks[function, told],
        )
        for (function, told), students in alike.items()
    ]
    return sorted(found, key=lambda cluster: (-len(cluster.students), cluster.function, cluster.messages))


def _behavior(check: CheckRecord) -> str:
    return OWN_LINE.sub("", check.message.partition(f"\n{BELIEVED}")[0]).rstrip()
