"""If the best attempt counts: grade the earlier attempts, too, and choose.

The last attempt is where all submissions are, and is graded with them. The others are in folders laid out alike.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from autograder.classroom import AssignedExercise, Classroom, NotGraded, make_plan, open_run
from autograder.report import persist, read_record
from autograder.store import Store
from autograder.term import CourseFile, HandIn, attempts_folder, kept_hand_in, lateness

Key = tuple[str, str]  # student and exercise


@dataclass(frozen=True, kw_only=True, slots=True)
class Kept:
    """The attempts that count, and the numbers in the store of those that are not the last ones.

    Attributes
    ----------
    hand_ins
        One for each student and exercise that anything was imported of.
    numbers
        The number in the store of the attempt that counts, where several were graded to find it.
    failed
        What the grader itself failed to grade.
    """

    hand_ins: tuple[HandIn, ...]
    numbers: dict[Key, int]
    failed: tuple[NotGraded, ...] = ()


def attempts_of(hand_ins: Sequence[HandIn]) -> dict[Key, list[HandIn]]:
    """Return all attempts by student and exercise."""
    found: dict[Key, list[HandIn]] = defaultdict(list)
    for each in hand_ins:
        found[each.student, each.exercise].append(each)
    return found


def grade_attempts(
    arguments: argparse.Namespace,
    classroom: Classroom,
    hand_ins: Sequence[HandIn],
    store: Store,
    last: Mapping[Key, int],
) -> Kept:
    """Grade the attempts that may be the best, if the best one counts, and return which attempts count.

    Parameters
    ----------
    last
        The numbers in the store of the attempts that are laid out, by student and exercise.
    """
    settings: CourseFile = arguments.settings
    kept = {
        key: kept_hand_in(own, settings.due.get(key[1]), settings.late) for key, own in attempts_of(hand_ins).items()
    }
    if settings.late.keep != "best":
        return Kept(hand_ins=tuple(kept.values()), numbers={})
    graded = {key: [(kept[key], number)] for key, number in last.items() if key in kept}
    failed: list[NotGraded] = []
    for exercise in classroom.exercises:
        others = [each for each in hand_ins if each.exercise == exercise.name and kept[_key(each)] is not each]
        for number in sorted({each.number for each in others}):
            some = {each.student: each for each in others if each.number == number and _key(each) in graded}
            for student, found in _grade(arguments, classroom, exercise, number, some, store):
                if isinstance(found, NotGraded):
                    failed.append(found)
                else:
                    graded[student, exercise.name].append((some[student], found))
    best = {key: max(found, key=lambda each: _counts(each, settings, store)) for key, found in graded.items()}
    several = {key: number for key, (_, number) in best.items() if len(graded[key]) > 1}
    return Kept(
        hand_ins=tuple(best[key][0] if key in best else each for key, each in kept.items()),
        numbers=several,
        failed=tuple(failed),
    )


def _grade(
    arguments: argparse.Namespace,
    classroom: Classroom,
    exercise: AssignedExercise,
    number: int,
    some: Mapping[str, HandIn],
    store: Store,
) -> Iterator[tuple[str, int | NotGraded]]:
    """Grade some students' attempt of a number at an exercise; yield the number of each in the store."""
    students = tuple(student for student in classroom.students if student.name in some)
    folder = attempts_folder(classroom.submissions, number)
    part = replace(classroom, submissions=folder, exercises=(exercise,), students=students)
    plan = make_plan(part, None if arguments.force else store)
    numbers = dict(plan.cached)
    with open_run(part, plan, jobs=arguments.jobs, scheduler=arguments.scheduler) as session:
        for results in session.results:
            numbers |= persist(results, store)
            for each in results:
                if isinstance(each.outcome, NotGraded):
                    yield each.outcome.student, each.outcome
    for index, found in numbers.items():
        yield part.locate(index)[1].name, found


def _counts(graded: tuple[HandIn, int], settings: CourseFile, store: Store) -> tuple[float, float, int]:
    """Return the key by which the best attempt is chosen: points that count, points, and among equals the last."""
    hand_in, number = graded
    record = read_record(store.read(number).record)
    (late,) = lateness([hand_in], settings).values()
    return record.score - min(record.score, record.max_score * late.share_lost), record.score, hand_in.number


def _key(each: HandIn) -> Key:
    return each.student, each.exercise
