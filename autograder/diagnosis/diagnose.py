"""Name the mistake behind a function's failed checks, if the function behaves like a known misconception, or a pair.

From the observations at every label of a submission's checks, passed and failed, it finds the misconception whose
fingerprint agrees with all of them, or two that explain them together, or a description of a pattern that can occur in
any function, or nothing: it never guesses. Verdicts are made before, and don't change.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import combinations

import numpy as np

from autograder.checking import Observation, Run
from autograder.diagnosis.agreement import (
    FLOOR,
    Agreement,
    Features,
    agreement,
    features_of,
    is_extreme,
    without_kept_axes,
)
from autograder.diagnosis.generic import AXIS_KEPT, Description, describe, fails_for_some_axes
from autograder.key import END, AnswerKey, Holds, KeyCheck, KnownMisconception, Mark, Sampled, Unclear
from autograder.results import BELIEVED

MARGIN = 10.0  # difference of log likelihoods: a thousand to one, and more
ENOUGH = 2  # conditions that one of two mistakes must explain alone, if it explains no value


@dataclass(frozen=True, kw_only=True, slots=True)
class Diagnosis:
    """The mistake in a function: ids, the sentences that a student reads, and the first hint."""

    ids: tuple[str, ...]
    sentences: tuple[str, ...]
    hint: str

    def words(self) -> str:
        """Return the text for the student: the beliefs, kindly, and the first hint."""
        hint = f"\nHint: {self.hint}" if self.hint else ""
        return f"{BELIEVED}{' And: '.join(self.sentences)}{hint}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Seen:
    """One check of a function: its part of the key, and the observations in its run, by label."""

    check: KeyCheck
    observations: Mapping[str, Observation]
    single: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Label:
    """One label and one misconception: its mark there, the observation, and whether they agree.

    `usual` says that the label is not about an extreme, so that its evidence is enough by itself.
    """

    mark: Mark
    observed: Observation | None
    agreement: Agreement
    usual: bool

    @property
    def is_spared(self) -> bool:
        """Say whether this is right, though not in any run of the misconception."""
        always = isinstance(self.mark, Sampled) and self.mark.always
        return always and self.observed is not None and self.observed.failure is None

    @property
    def is_unlucky(self) -> bool:
        """Say whether a property fails here that has held in every run of the misconception."""
        is_condition = self.observed is not None and self.observed.form == "condition"
        return is_condition and isinstance(self.mark, Holds) and self.agreement is Agreement.OPEN and self.usual


Labels = Mapping[tuple[str, str], Label]  # by check and label


@dataclass(frozen=True, kw_only=True, slots=True)
class Candidate:
    """A misconception about the function, and the evidence of all labels.

    `complete` says that all of the function's checks were observed, and none depends on another function's mistake.
    """

    misconception: KnownMisconception
    labels: Labels
    complete: bool

    def fits(self, *, strictly: bool) -> bool:
        """Say whether nothing speaks against it, and something for it; if `strictly`, with nothing left open."""
        found = {label.agreement for label in self.labels.values()}
        if Agreement.CONTRADICTS in found or (strictly and Agreement.OPEN in found):
            return False
        # Chance may spare one check that the misconception has failed in all of a few runs, but not two; and it may
        # fail one that the misconception has passed in all of them, but not two.
        spared = {check for (check, _), label in self.labels.items() if label.is_spared}
        unlucky = {check for (check, _), label in self.labels.items() if label.is_unlucky}
        if max(len(spared), len(unlucky)) > 1:
            return False
        telling = [label for label in self.labels.values() if label.agreement is Agreement.TELLS]
        if strictly:
            return any(label.usual or self.complete for label in telling)
        return any(
            label.usual and label.observed is not None and label.observed.form != "condition" for label in telling
        )


@np.errstate(all="ignore")  # a student's numbers may be of any size
def diagnose(key: AnswerKey, function: str, runs: Mapping[str, Run]) -> Diagnosis | None:
    """Return the mistake that all of a function's checks agree on."""
    seen = _look(key, function, runs)
    if not seen:
        return None
    found = _known(key, function, seen)
    if found:
        return _told(key, found)
    evidence = [(each.check, runs[each.check.id]) for each in seen]
    for mark, rest in ((AXIS_KEPT, _squeezed(seen)), (fails_for_some_axes(evidence), _without_ends(seen))):
        if mark is not None and rest is not None and (found := _known(key, function, rest)):
            return _told(key, found, mark)
    description = describe(evidence, key.parameters.get(function, ()))
    if description is None:
        return None
    return Diagnosis(ids=(description.id,), sentences=(description.sentence,), hint=description.hint)


@np.errstate(all="ignore")
def fitting(key: AnswerKey, function: str, runs: Mapping[str, Run]) -> list[KnownMisconception]:
    """Return all misconceptions that no observation contradicts."""
    candidates = _candidates(key, function, _look(key, function, runs))
    return [each.misconception for each in candidates if each.fits(strictly=False)]


def _look(key: AnswerKey, function: str, runs: Mapping[str, Run]) -> list[Seen]:
    """Return the observations in a function's checks; none if one of them ended without an answer."""
    own = [(check, runs[check.id]) for check in key.checks if check.function == function and check.id in runs]
    if any(run.fault is not None for _, run in own):
        return []
    return [
        Seen(check=check, observations={each.label: each for each in run.observations}, single=run.single)
        for check, run in own
        if run.failure is None or run.function == function
    ]


def _squeezed(seen: Sequence[Seen]) -> list[Seen] | None:
    """Return the observations as if no axis of length 1 had been kept; None if none was."""
    found = []
    for each in seen:
        bare = {name: without_kept_axes(one, single=each.single) for name, one in each.observations.items()}
        found.append(replace(each, observations={name: one for name, one in bare.items() if one is not None}))
    same = all(one.observations == other.observations for one, other in zip(found, seen, strict=True))
    return None if same else found


def _without_ends(seen: Sequence[Seen]) -> list[Seen]:
    """Return the observations except those at the ends of checks, for checks that were ended by an exception."""
    return [
        replace(each, observations={name: one for name, one in each.observations.items() if name != END})
        for each in seen
    ]


def _told(key: AnswerKey, ids: Sequence[str], *marks: Description) -> Diagnosis:
    known = {each.id: each for each in key.misconceptions}
    beliefs = [known[name] for name in ids if name in known]
    return Diagnosis(
        ids=(*(each.id for each in beliefs), *(mark.id for mark in marks)),
        sentences=(*(each.belief for each in beliefs), *(mark.sentence for mark in marks)),
        hint=next((hint for each in beliefs for hint in each.hints[:1]), ""),
    )


def _candidates(key: AnswerKey, function: str, seen: Sequence[Seen]) -> list[Candidate]:
    """Return all misconceptions about a function, with the evidence of every label."""
    complete = {each.check.id for each in seen} == {each.id for each in key.checks if each.function == function}
    features = cache(features_of)  # of the same observations for each misconception
    return [
        Candidate(misconception=each, labels=dict(_labels(key, each.id, seen, features)), complete=complete)
        for each in key.misconceptions
        if each.function == function
    ]


def _labels(
    key: AnswerKey, name: str, seen: Sequence[Seen], features: Features
) -> Iterator[tuple[tuple[str, str], Label]]:
    for each in seen:
        guarded = each.check.id in key.guarded
        for label, mark in each.check.fingerprints.get(name, {}).items():
            observed = each.observations.get(label)
            by_chance = each.check.random and observed is not None and observed.form == "condition"
            found = agreement(
                observed, mark, single=each.single, guarded=guarded, by_chance=by_chance, features=features
            )
            usual = not guarded and (observed is None or not is_extreme(observed.failure))
            yield (each.check.id, label), Label(mark=mark, observed=observed, agreement=found, usual=usual)


def _known(key: AnswerKey, function: str, seen: Sequence[Seen]) -> tuple[str, ...]:
    """Return the ids of the misconception, or of the two, that explain the observations; none if several might.

    Full agreement comes before agreement except at extremes, and one mistake before two.
    """
    candidates = _candidates(key, function, seen)
    for strictly in (True, False):
        single = [each for each in candidates if each.fits(strictly=strictly)]
        if single:
            return _common([_beliefs(each.misconception) for each in _without_likes(_likeliest(single))])
        pairs = list(_pairs(candidates, strictly=strictly))
        if pairs:
            return _common([(*_beliefs(one), *_beliefs(other)) for one, other in pairs])
    return ()


def _beliefs(misconception: KnownMisconception) -> tuple[str, ...]:
    return misconception.combines or (misconception.id,)


def _common(explanations: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """Return what all explanations have in common, which is true whichever is the right one."""
    shared = set[str].intersection(*(set(each) for each in explanations))
    return tuple(name for name in dict.fromkeys(explanations[0]) if name in shared)


def _without_likes(possible: Sequence[Candidate]) -> list[Candidate]:
    """Of misconceptions declared to behave alike, keep the one that the others are like."""
    ids = {each.misconception.id for each in possible}
    return [each for each in possible if each.misconception.like not in ids]


# ---- two at once


def _pairs(
    candidates: Sequence[Candidate], *, strictly: bool
) -> Iterator[tuple[KnownMisconception, KnownMisconception]]:
    """Yield pairs of misconceptions that together explain what neither explains alone."""
    single = [
        each
        for each in candidates
        if len(each.misconception.combines) < 2
        and not each.misconception.like
        and any(label.agreement is Agreement.TELLS for label in each.labels.values())
    ]
    for one, other in combinations(single, 2):
        if set(_beliefs(one.misconception)) != set(_beliefs(other.misconception)) and _explain(
            one.labels, other.labels, strictly=strictly
        ):
            yield one.misconception, other.misconception


def _explain(one: Labels, other: Labels, *, strictly: bool) -> bool:
    """Say whether two misconceptions explain every label, and each of them some that the other does not affect."""
    places = one.keys() | other.keys()
    quiet = Label(mark=Unclear(), observed=None, agreement=Agreement.SILENT, usual=True)
    both = [(one.get(place, quiet), other.get(place, quiet)) for place in places]
    return all(_is_explained(a, b, strictly=strictly) for a, b in both) and all(
        _is_told_alone([(a, b) if first else (b, a) for a, b in both]) for first in (True, False)
    )


def _is_explained(one: Label, other: Label, *, strictly: bool) -> bool:
    found = {one.agreement, other.agreement}
    if Agreement.TELLS in found:
        return True
    if Agreement.CONTRADICTS in found:
        # Where both mistakes show, their combined effect is not known, but something is wrong.
        observed = one.observed or other.observed
        together = not any(isinstance(each.mark, Holds) for each in (one, other))
        return together and observed is not None and observed.failure is not None
    return not (strictly and Agreement.OPEN in found)


def _is_told_alone(both: Sequence[tuple[Label, Label]]) -> bool:
    """Say whether the first one explains values, or several conditions, at which the other one is right."""
    told = [
        one
        for one, other in both
        if one.agreement is Agreement.TELLS and isinstance(other.mark, Holds) and one.observed is not None
    ]
    conditions = sum(one.observed is not None and one.observed.form == "condition" for one in told)
    return len(told) > conditions or conditions >= ENOUGH


# ---- chance


def _likeliest(possible: Sequence[Candidate]) -> Sequence[Candidate]:
    """Return the misconceptions than which no other is far likelier, since several may fit by chance."""
    if len(possible) < 2:
        return possible
    totals = [sum(map(_log_likelihood, each.labels.values())) for each in possible]
    return [each for each, total in zip(possible, totals, strict=True) if total > max(totals) - MARGIN]


def _log_likelihood(label: Label) -> float:
    """Return the log likelihood of these numbers under a misconception, up to a constant."""
    mark, observed = label.mark, label.observed
    if observed is None or not isinstance(mark, Sampled) or (found := features_of(observed)) is None:
        return 0.0
    total = 0.0
    for number, mean, deviation in zip(found, mark.means, mark.deviations, strict=True):
        width = max(deviation, FLOOR * max(abs(mean), 1.0))
        total -= 0.5 * ((number - mean) / width) ** 2 + math.log(width)
    return total
