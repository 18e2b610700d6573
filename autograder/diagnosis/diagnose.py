"""Name the mistake behind a function's failed checks, where it behaves as one known misconception does.

Enters: what a submission's checks have shown at every label, passed and failed. Leaves: the misconception whose
fingerprint all of that agrees with, or a description of a mark that any function can have, or nothing rather than a
guess. Verdicts are made before, and stay.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from autograder.checking import Observation, Run, compare
from autograder.diagnosis.features import failure_mark, features_of
from autograder.diagnosis.generic import describe
from autograder.key import AnswerKey, Fails, Holds, KeyCheck, KnownMisconception, Mark, Sampled, Unclear, Values
from autograder.wire import unpack

MARGIN = 10.0  # of log likelihood: a thousand to one, and more
DEVIATIONS = 8.0  # of a few runs: how far chance takes another sample of the same kind
FLOOR = 0.01  # relative, for numbers that hardly vary
# What chance may move beyond what a few runs have shown: shares of elements, and scores of statistics.
ROOM = {"condition": 0.1, "sample": 0.05}


@dataclass(frozen=True, kw_only=True, slots=True)
class Diagnosis:
    """What a function's mistake is: ids, the sentences that a student reads, and the first hint."""

    ids: tuple[str, ...]
    sentences: tuple[str, ...]
    hint: str

    def words(self) -> str:
        """Return what a student reads: the beliefs, kindly, and the first hint."""
        hint = f"\nHint: {self.hint}" if self.hint else ""
        return f"It looks as if: {' And: '.join(self.sentences)}{hint}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Seen:
    """One check of a function: its part of the key, and what its run has shown, by label."""

    check: KeyCheck
    observations: Mapping[str, Observation]
    single: bool


@np.errstate(all="ignore")  # a student's numbers may be of any size
def diagnose(key: AnswerKey, function: str, runs: Mapping[str, Run]) -> Diagnosis | None:
    """Return the mistake that all of a function's checks agree on."""
    seen = _look(key, function, runs)
    if not seen:
        return None
    known = {each.id: each for each in key.misconceptions}
    possible = fitting(key, function, runs)
    found = _only_one(_likeliest(possible, seen))
    if found is not None:
        beliefs = [known[name] for name in found.combines if name in known] or [found]
        return Diagnosis(
            ids=tuple(each.id for each in beliefs),
            sentences=tuple(each.belief for each in beliefs),
            hint=next(iter(beliefs[0].hints), ""),
        )
    description = None if possible else describe([(each.check, runs[each.check.id]) for each in seen])
    if description is None:
        return None
    return Diagnosis(ids=(description.id,), sentences=(description.sentence,), hint=description.hint)


@np.errstate(all="ignore")
def fitting(key: AnswerKey, function: str, runs: Mapping[str, Run]) -> list[KnownMisconception]:
    """Return all misconceptions that what was seen agrees with."""
    seen = _look(key, function, runs)
    return [each for each in key.misconceptions if each.function == function and _fits(each.id, seen)] if seen else []


def _look(key: AnswerKey, function: str, runs: Mapping[str, Run]) -> list[Seen]:
    """Return what is seen in a function's checks; nothing where one of them ended without an answer."""
    own = [(check, runs[check.id]) for check in key.checks if check.function == function and check.id in runs]
    if any(run.fault is not None for _, run in own):
        return []
    seen = [
        Seen(check=check, observations={each.label: each for each in run.observations}, single=run.single)
        for check, run in own
        if run.failure is None or run.function == function
    ]
    # What was passed rules most misconceptions out, and costs little to look at.
    return sorted(seen, key=lambda each: runs[each.check.id].failure is not None)


def _fits(name: str, seen: Sequence[Seen]) -> bool:
    """Say whether the submission does what the misconception does, and somewhere what only a mistake does."""
    wrong_somewhere = False
    for each in seen:
        for label, mark in each.check.fingerprints.get(name, {}).items():
            same = _agrees(each.observations.get(label), mark, single=each.single)
            if same is False:
                return False
            wrong_somewhere = wrong_somewhere or (same is True and not isinstance(mark, Holds))
    return wrong_somewhere


def _agrees(observed: Observation | None, mark: Mark, *, single: bool) -> bool | None:
    """Say whether a submission does at a label what the misconception does; None where nothing can be said."""
    if isinstance(mark, Unclear) or observed is None:
        return None
    if isinstance(mark, Holds):
        return observed.failure is None
    if isinstance(mark, Fails):
        return failure_mark(observed.failure) == mark
    if isinstance(mark, Values):
        expected = unpack(mark.actual)
        if observed.actual is None or observed.actual.shape != expected.shape:
            return False
        return compare("", observed.actual, expected, single=single) is None
    if observed.failure is None and mark.always:
        return False
    found = features_of(observed)
    if found is None or len(found) != len(mark.means):
        return False
    rest = ROOM.get(observed.form, 0.0)
    return all(
        abs(number - mean) <= DEVIATIONS * deviation + FLOOR * max(abs(number), abs(mean)) + rest
        for number, mean, deviation in zip(found, mark.means, mark.deviations, strict=True)
    )


def _likeliest(possible: Sequence[KnownMisconception], seen: Sequence[Seen]) -> Sequence[KnownMisconception]:
    """Return those that no other one is far likelier than: chance alone may let several fit."""
    if len(possible) < 2:
        return possible
    totals = [
        sum(
            _log_likelihood(each.observations.get(label), mark)
            for each in seen
            for label, mark in each.check.fingerprints.get(misconception.id, {}).items()
        )
        for misconception in possible
    ]
    return [each for each, total in zip(possible, totals, strict=True) if total > max(totals) - MARGIN]


def _log_likelihood(observed: Observation | None, mark: Mark) -> float:
    """Return the logarithm of how likely a misconception makes these numbers, up to a constant."""
    if observed is None or not isinstance(mark, Sampled) or (found := features_of(observed)) is None:
        return 0.0
    total = 0.0
    for number, mean, deviation in zip(found, mark.means, mark.deviations, strict=True):
        width = max(deviation, FLOOR * max(abs(mean), 1.0))
        total -= 0.5 * ((number - mean) / width) ** 2 + math.log(width)
    return total


def _only_one(possible: Sequence[KnownMisconception]) -> KnownMisconception | None:
    """Return the one that fits; of those declared to behave alike, the one that the others are like."""
    alone = [each for each in possible if each.like not in {other.id for other in possible}]
    return alone[0] if len(alone) == 1 else None
