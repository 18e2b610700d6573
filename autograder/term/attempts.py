"""Attempts: what was submitted and when, which attempt counts, and how late it is.

`autograder import` writes them to SUBMISSIONS/.attempts/. There, `hand_ins.json` has a line for each hand-in, and
<number>/<student>/<exercise>/ has its files, if a student has submitted more than once. The attempt that counts is in
SUBMISSIONS/<student>/<exercise>/.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path

import msgspec

from autograder.course import UsageError
from autograder.private import make_private_folder, write_private_file
from autograder.term.course_file import CourseFile, LatePolicy

ATTEMPTS = ".attempts"
INDEX = "hand_ins.json"
DAY = timedelta(days=1)


class HandIn(msgspec.Struct, frozen=True, kw_only=True):
    """One attempt of one student at one exercise.

    Attributes
    ----------
    student, exercise
        The student's folder, and the exercise.
    number
        The number of the attempt, from 1.
    content
        A hash of its files: the same files are the same attempt, whenever they are imported.
    submitted_at
        When it was submitted, or None if the system does not say.
    late
        Whether the system itself has marked it as late.
    source
        Its name in the system's download.
    """

    student: str
    exercise: str
    number: int
    content: str
    submitted_at: datetime | None
    late: bool
    source: str


class Lateness(msgspec.Struct, frozen=True, kw_only=True):
    """How late the attempt that counts is, and what that costs."""

    submitted_at: datetime | None
    late_days: int | None  # days (or parts of one) after the due date; None if it is late, but not known by how much
    share_lost: float  # share of the exercise's points, from 0 to 1: all of them if it came too late to be accepted


def attempts_folder(submissions: Path, number: int) -> Path:
    """Return the folder that holds everybody's attempt of a number, laid out as submissions are."""
    return submissions / ATTEMPTS / str(number)


def read_hand_ins(submissions: Path) -> list[HandIn]:
    """Return the hand-ins that were imported into a folder of submissions, if any."""
    file = submissions / ATTEMPTS / INDEX
    try:
        return [msgspec.json.decode(line, type=HandIn) for line in file.read_bytes().splitlines()]
    except FileNotFoundError:
        return []
    except (OSError, msgspec.DecodeError) as error:
        raise UsageError(f"{file}: {error}; expected what autograder import writes. Next: import again") from error


def write_hand_ins(submissions: Path, hand_ins: Iterable[HandIn]) -> None:
    """Write the imported hand-ins, in an order that does not depend on the order of imports."""
    folder = submissions / ATTEMPTS
    make_private_folder(folder)
    ordered = sorted(hand_ins, key=lambda each: (each.exercise, each.student, each.number))
    write_private_file(folder / INDEX, b"".join(msgspec.json.encode(each) + b"\n" for each in ordered))


def kept_hand_in(attempts: Sequence[HandIn], due: datetime | None, policy: LatePolicy) -> HandIn:
    """Return the attempt that counts, of one student at one exercise; if the best one counts, the last.

    With "last before due", it is the last attempt before the due date, or, if all came later, the first.
    """
    ordered = sorted(attempts, key=_order if all(each.submitted_at for each in attempts) else lambda each: each.number)
    if policy.keep != "last before due" or due is None:
        return ordered[-1]
    on_time = [each for each in ordered if not _late_days(each, due, policy)]
    return on_time[-1] if on_time else ordered[0]


def lateness(
    hand_ins: Iterable[HandIn], course: CourseFile, order: Sequence[str] = ()
) -> dict[tuple[str, str], Lateness]:
    """Return how late the attempts that count are, by student and exercise.

    Free days are used up in the order of due dates, so that a student's first late days are free.

    Parameters
    ----------
    hand_ins
        The ones that count, at most one for each student and exercise.
    course
        The due dates and what lateness costs.
    order
        The exercises in their order, for those that are due at the same time.
    """
    by_student: dict[str, list[HandIn]] = defaultdict(list)
    for each in hand_ins:
        by_student[each.student].append(each)
    place = {name: number for number, name in enumerate(order)}
    found = {}
    for student, own in by_student.items():
        free = course.late.free_days
        for each in sorted(own, key=lambda one: (_due(one, course.due), place.get(one.exercise, -1), one.exercise)):
            days = _late_days(each, course.due.get(each.exercise), course.late)
            used = min(free, days or 0)
            free -= used
            lost = _share_lost(days, used, course.late)
            found[student, each.exercise] = Lateness(submitted_at=each.submitted_at, late_days=days, share_lost=lost)
    return found


def _order(each: HandIn) -> tuple[float, int]:
    return (each.submitted_at.timestamp() if each.submitted_at else 0.0), each.number


def _due(each: HandIn, due: Mapping[str, datetime]) -> float:
    return due[each.exercise].timestamp() if each.exercise in due else math.inf


def _late_days(each: HandIn, due: datetime | None, policy: LatePolicy) -> int | None:
    """Return the days, rounded up, after the due date and its grace; a hand-in that the system marked is late in any
    case.
    """
    if due is None or each.submitted_at is None:
        return None if each.late else 0
    over = each.submitted_at - due - timedelta(minutes=policy.grace_minutes)
    return max(0, math.ceil(over / DAY))


def _share_lost(days: int | None, free: int, policy: LatePolicy) -> float:
    if not days:
        return 0.0
    if policy.accepted_days is not None and days > policy.accepted_days:
        return 1.0
    return min(1.0, (days - free) * policy.penalty_per_day / 100)
