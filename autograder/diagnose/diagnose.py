"""Name the mistake behind a function's failed checks, where its behaviour is that of one known misconception."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from autograder.behaviour import Behaviour, Belief, Right
from autograder.book import Book, Check
from autograder.diagnose.agree import agrees, evidence
from autograder.diagnose.generic import describe
from autograder.diagnose.observe import Observation, observe
from autograder.judge.evidence import Evidence
from autograder.trace import Fault, Trace

MARGIN = 10.0  # a thousand to one, and more
Observed = Sequence[tuple[Check, Sequence[Observation]]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Diagnosis:
    """What a function's mistake is: ids, the sentence that a student reads, and the first hint."""

    ids: tuple[str, ...]
    sentences: tuple[str, ...]
    hint: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Seen:
    """What judging has seen: ids of checks that were passed without any excuse, and the evidence for excuses."""

    clean: Container[str] = ()
    evidence: Evidence | None = None


@np.errstate(all="ignore")  # as in judging
def diagnose(
    book: Book, function: str, answers: Iterable[tuple[Check, Trace | Fault]], seen: Seen | None = None
) -> Diagnosis | None:
    """Return the mistake that all of a function's checks, passed and failed, agree on; None rather than a guess."""
    observed = _observe(function, answers, seen or Seen())
    if observed is None:
        return None
    known = {belief.id: belief for belief in book.beliefs}
    possible = _fitting(book, function, observed)
    found = _only_one(_likeliest(possible, observed))
    if found is not None:
        return _of_beliefs([known[name] for name in found.combines] or [found])
    description = None if possible else describe([each for _, observations in observed for each in observations])
    if description is None:
        return None
    return Diagnosis(ids=(description.id,), sentences=(description.sentence,), hint=description.hint)


def fitting(book: Book, function: str, answers: Iterable[tuple[Check, Trace | Fault]]) -> list[Belief]:
    """Return all beliefs that what was seen agrees with."""
    observed = _observe(function, answers, Seen())
    return [] if observed is None else _fitting(book, function, observed)


def _observe(function: str, answers: Iterable[tuple[Check, Trace | Fault]], seen: Seen) -> Observed | None:
    """Return what is seen in a function's checks; None where one of them ended without an answer."""
    own = [(check, answer) for check, answer in answers if check.function == function]
    if any(isinstance(answer, Fault) for _, answer in own):
        return None
    observed = [
        (check, observe(check, answer, seen.evidence, clean=check.id in seen.clean))
        for check, answer in own
        if isinstance(answer, Trace)
    ]
    # What was passed rules most beliefs out, and costs nothing to look at.
    return sorted(observed, key=lambda each: each[0].id not in seen.clean)


def _fitting(book: Book, function: str, observed: Observed) -> list[Belief]:
    return [belief for belief in book.beliefs if belief.function == function and _fits(belief.id, observed)]


def _fits(name: str, observed: Observed) -> bool:
    """Say whether the submission does what the misconception does, and somewhere what only a mistake does."""
    seen = False
    for check, observations in observed:
        for each, behaviour in zip(observations, check.behaviours.get(name, ()), strict=True):
            same = agrees(each, behaviour)
            if same is False:
                return False
            seen = seen or (same is True and _is_wrong(behaviour))
    return seen


def _is_wrong(behaviour: Behaviour) -> bool:
    return not isinstance(behaviour, Right)


def _likeliest(possible: Sequence[Belief], observed: Observed) -> Sequence[Belief]:
    """Return those that no other one is far likelier than: chance alone may let several fit."""
    if len(possible) < 2:
        return possible
    totals = [
        sum(
            evidence(each, behaviour)
            for check, observations in observed
            for each, behaviour in zip(observations, check.behaviours[belief.id], strict=True)
        )
        for belief in possible
    ]
    return [belief for belief, total in zip(possible, totals, strict=True) if total > max(totals) - MARGIN]


def _only_one(possible: Sequence[Belief]) -> Belief | None:
    """Return the one that fits; of those declared to behave alike, the one that the others are like."""
    alone = [belief for belief in possible if belief.like not in {other.id for other in possible}]
    return alone[0] if len(alone) == 1 else None


def _of_beliefs(beliefs: Sequence[Belief]) -> Diagnosis:
    return Diagnosis(
        ids=tuple(belief.id for belief in beliefs),
        sentences=tuple(belief.sentence for belief in beliefs),
        hint=beliefs[0].hints[0],
    )


def words(diagnosis: Diagnosis) -> str:
    """Return what a student reads: the beliefs, kindly, and the first hint."""
    return f"It looks as if: {' And: '.join(diagnosis.sentences)}\nHint: {diagnosis.hint}"
