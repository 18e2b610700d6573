"""Record the fingerprint of each misconception: run its code through the checks of its function."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import zip_longest

import msgspec
import numpy as np

from autograder.authoring import Exercise, Misconception, Misconceptions, load_module, namespace_of, place_of_error
from autograder.authoring.inputs import Drawn
from autograder.checking import (
    CheckError,
    InProcessStudent,
    NotFinite,
    Observation,
    Run,
    Setting,
    Watchdog,
    expected_of,
    is_close,
    rounded,
    run_check,
)
from autograder.course import MISCONCEPTIONS, CourseError, ExerciseFolder
from autograder.diagnosis import failure_mark, features_of
from autograder.key import (
    AnswerKey,
    Fails,
    Fingerprint,
    Holds,
    KeyCheck,
    KnownMisconception,
    Mark,
    Sampled,
    Unclear,
    Values,
)
from autograder.wire import pack
from autograder.worker import SILENT, Settings

SHARE = 4  # misconceptions
FEW = 5  # digits of numbers that chance shapes
LEAST = 5  # values that chance shapes: fewer tell nothing
SURE = 2  # runs that are enough where chance changes nothing
SOME = 3  # runs that are enough where chance changes calls, and nothing that a check sees
RUNS = 12  # with other random numbers each: what differs among them is left to chance


def misconceptions_of(exercise: ExerciseFolder) -> list[Misconception]:
    """Return the misconceptions of an exercise; without a file of them, none."""
    return _catalog(exercise).found


def _catalog(exercise: ExerciseFolder) -> Misconceptions:
    path = exercise.folder / MISCONCEPTIONS
    if not path.is_file():
        return Misconceptions()
    wrong = getattr(load_module(path), "wrong", None)
    if not isinstance(wrong, Misconceptions):
        raise CourseError(f"{path} defines no `wrong = Misconceptions()`")
    return wrong


class Fingerprinter:
    """Finds the fingerprints of an exercise's misconceptions, a share of them at a time.

    Each share imports the misconceptions again. So state that their code keeps from run to run, such as that of a
    generator, does not depend on the process and the order of the shares.
    """

    def __init__(self, key: AnswerKey, folder: ExerciseFolder, exercise: Exercise) -> None:
        self._key = key
        self._folder = folder
        self._catalog = _catalog(folder)
        known = {check.id for check in exercise.checks()}
        unknown = [name for name in self._catalog.guarded_checks if name not in known]
        if unknown:
            raise CourseError(
                f"{folder.folder / MISCONCEPTIONS}: there is no check {unknown[0]}, which is called guarded"
            )
        self._solution = load_module(folder.solution)
        self._runner = Runner(exercise, key)
        self._right: dict[str, list[Run]] = {}  # by check, the runs of the solution

    @property
    def shares(self) -> int:
        """Return how many shares there are."""
        return math.ceil(len(self._catalog.found) / SHARE)

    def of(self, share: int) -> list[dict[str, Fingerprint]]:
        """Return the fingerprints of each misconception of a share, by check of its function."""
        return list(map(self._of, _catalog(self._folder).found[share * SHARE : (share + 1) * SHARE]))

    def _of(self, misconception: Misconception) -> dict[str, Fingerprint]:
        namespace = namespace_of(misconception, self._solution)
        checks = {check.id: check for check in self._key.checks if check.function == misconception.function}
        seen: dict[str, list[Run]] = {}
        try:
            for name, check in checks.items():
                if name not in self._right:
                    self._right[name] = _first_runs(self._runner, check, vars(self._solution))
                seen[name] = _runs(self._runner, check, namespace, self._right[name])
            if any(map(_is_left_to_chance, seen.values())):  # also in checks in which a few runs were alike
                for name, runs in seen.items():
                    if len(runs) == SOME:
                        runs.extend(_further_runs(self._runner, checks[name], namespace, runs, RUNS))
        except CourseError as error:
            raise CourseError(f"{error}; it happened with misconception {misconception.id}") from error
        return {name: _fingerprint(runs, checks[name].function) for name, runs in seen.items()}

    def complete(self, found: Sequence[Mapping[str, Fingerprint]]) -> AnswerKey:
        """Return the key with its misconceptions and the fingerprints from all shares, in their order."""
        checks = []
        for check in self._key.checks:
            fingerprints = {
                misconception.id: by_check[check.id]
                for misconception, by_check in zip(self._catalog.found, found, strict=True)
                if check.id in by_check
            }
            checks.append(msgspec.structs.replace(check, fingerprints=fingerprints))
        recorded = {check.id for check in checks}
        guarded = tuple(name for name in self._catalog.guarded_checks if name in recorded)
        return msgspec.structs.replace(
            self._key, checks=tuple(checks), misconceptions=tuple(map(_known, self._catalog.found)), guarded=guarded
        )


class Runner:
    """Runs recorded checks on namespaces of functions in this process: misconceptions, mutants, the solution itself."""

    def __init__(self, exercise: Exercise, key: AnswerKey) -> None:
        self.key = key
        self._bodies = {check.id: check for check in exercise.checks()}
        self._drawn: dict[str, Drawn] = {check.id: {} for check in key.checks}
        self._watchdog = Watchdog()

    def run(
        self,
        check: KeyCheck,
        namespace: Mapping[str, object],
        *,
        draws: int = 0,
        follow_through: bool = False,
        settings: Settings = SILENT,
    ) -> Run:
        """Run one check, or its follow-through; `draws` shifts the seeds of generators."""
        body = self._bodies[check.id]
        setting = Setting(
            draws_from=check.draws_from,
            number=0,
            recorded=expected_of(check.follow_through if follow_through else check.recorded),
            parameters=self.key.parameters,
            drawn=self._drawn[check.id],
            draws=draws,
            watchdog=self._watchdog,
        )
        student = InProcessStudent(namespace, {str(namespace.get("__file__", "")): ""}, settings)
        try:
            return run_check(body, student, setting, follow_through=follow_through)
        except CheckError as error:
            place = place_of_error(error.__cause__ or error, body.body.__code__.co_filename)
            raise CourseError(f"{place}: check {check.id} fails on {namespace.get('__file__')}: {error}") from error


def flat(values: Sequence[np.ndarray | list[np.ndarray]]) -> list[np.ndarray]:
    """Return the arrays in the results of a call, those in lists one by one."""
    return [array for value in values for array in (value if isinstance(value, list) else [value])]


def _known(misconception: Misconception) -> KnownMisconception:
    return KnownMisconception(
        misconception.id,
        misconception.function,
        misconception.belief,
        misconception.hints,
        misconception.combines,
        misconception.like,
    )


def _first_runs(runner: Runner, check: KeyCheck, namespace: Mapping[str, object]) -> list[Run]:
    """Return runs, each with other random numbers; a single run if nothing is random."""
    return _further_runs(runner, check, namespace, (), SURE if check.random else 1)


def _runs(runner: Runner, check: KeyCheck, namespace: Mapping[str, object], right: Sequence[Run]) -> list[Run]:
    """Return as many runs as are needed to see what depends on random numbers.

    A few are enough if nothing is random, or if a misconception does the same as right functions.
    """
    runs = _first_runs(runner, check, namespace)
    if len(runs) == 1 or all(map(_returned_alike, runs, right)):
        return runs
    if _returned_alike(*right) and _seen_alike(*runs):
        return runs
    for enough in (SOME, RUNS):
        runs += _further_runs(runner, check, namespace, runs, enough)
        if all(_seen_alike(runs[0], run) for run in runs[1:]):
            break
    return runs


def _further_runs(
    runner: Runner, check: KeyCheck, namespace: Mapping[str, object], runs: Sequence[Run], enough: int
) -> list[Run]:
    return [runner.run(check, namespace, draws=draws) for draws in range(len(runs), enough)]


def _is_left_to_chance(runs: Sequence[Run]) -> bool:
    """Say whether a property holds in one run and fails in another."""
    outcomes = {
        (each.label, each.failure is None) for run in runs for each in run.observations if each.form == "condition"
    }
    return len({label for label, _ in outcomes}) < len(outcomes)


def _seen_alike(one: Run, other: Run) -> bool:
    """Say whether a check has observed the same in two runs, or nothing wrong in both."""
    return len(one.observations) == len(other.observations) and all(
        (before.label == after.label and before.failure is None and after.failure is None) or _same(before, after)
        for before, after in zip(one.observations, other.observations, strict=True)
    )


def _returned_alike(one: Run, other: Run) -> bool:
    """Say whether the same calls returned the same in two complete runs."""
    if one.failure is not None or other.failure is not None or len(one.results) != len(other.results):
        return False
    pairs = [
        pair
        for (*_, values), (*_, others) in zip(one.results, other.results, strict=True)
        for pair in zip_longest(flat(values), flat(others))
    ]
    return all(
        isinstance(value, np.ndarray)
        and isinstance(another, np.ndarray)
        and np.array_equal(value, another, equal_nan=True)
        for value, another in pairs
    )


def _fingerprint(runs: Sequence[Run], function: str) -> Fingerprint:
    """Return the mark at each label, over all runs."""
    if any(run.failure is not None and run.function != function for run in runs):
        return {each.label: Unclear() for each in runs[0].observations}
    seen = [{each.label: each for each in run.observations} for run in runs]
    labels = dict.fromkeys(label for each in seen for label in each)
    return {
        label: _mark([each[label] for each in seen]) if all(label in each for each in seen) else Unclear()
        for label in labels
    }


def _mark(seen: Sequence[Observation]) -> Mark:
    if all(each.failure is None for each in seen):
        # A single random number may be right by chance in all of a few runs.
        return Unclear() if len(seen) > 1 and all(map(_is_one_number, seen)) else Holds()
    if all(isinstance(each.failure, NotFinite) and each.actual is not None for each in seen) and _all_same(seen):
        return Values(pack(rounded(np.asarray(seen[0].actual))))
    kinds = {failure_mark(each.failure) for each in seen}
    errors = {kind for kind in kinds if isinstance(kind, Fails) and kind.kind != "property"}
    if errors:
        return next(iter(errors)) if len(kinds) == 1 else Unclear()
    first = seen[0].actual
    if seen[0].form == "values" and first is not None and _all_same(seen):
        # A handful of runs need not show all random variation of so few values.
        chance = (len(seen) > SURE and first.size < LEAST) or (len(seen) > 1 and first.size == 1)
        return Unclear() if chance else Values(pack(rounded(first)))
    found = [features_of(each) for each in seen]
    if any(each is None for each in found):
        return Unclear()
    numbers = np.array(found)
    means, deviations = rounded(numbers.mean(axis=0), FEW), rounded(numbers.std(axis=0), FEW)
    always = all(each.failure is not None for each in seen)
    return Sampled(tuple(means.tolist()), tuple(deviations.tolist()), always)


def _is_one_number(seen: Observation) -> bool:
    return seen.form == "values" and seen.actual is not None and seen.actual.size == 1


def _all_same(seen: Sequence[Observation]) -> bool:
    return all(_same(seen[0], other) for other in seen)


@np.errstate(all="ignore")
def _same(one: Observation, other: Observation) -> bool:
    """Say whether two runs show the same at a label."""
    if one.label != other.label:
        return False
    if one.form == "values" and one.actual is not None and other.actual is not None:
        if one.actual.shape != other.actual.shape:
            return False
        equal = np.array_equal(one.actual, other.actual, equal_nan=True)
        return equal or is_close(one.actual, other.actual, single=False)
    return (failure_mark(one.failure), features_of(one)) == (failure_mark(other.failure), features_of(other))
