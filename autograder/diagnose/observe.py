"""What a submission, or a misconception, does where a claim looks."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from autograder.array import pack
from autograder.behaviour import Broken, Values
from autograder.book import Check
from autograder.claims import Close, Follows, Holds, Provided, Refuses
from autograder.diagnose.features import features_of
from autograder.findings import BadCount, BadForm, BadShape, BrokenProperty, NotFinite, NotRefused, RaisedError, Reason
from autograder.formula import evaluate
from autograder.judge.case import Case
from autograder.judge.evidence import Evidence
from autograder.judge.judge import Assessment, assess
from autograder.judge.results import NoResult, Results, Unusable
from autograder.trace import Trace


@dataclass(frozen=True, kw_only=True, eq=False)
class Observation:
    """One claim of one check on one trace; judged and evaluated when somebody asks, and once.

    `clean` says that the check was passed without anything carried forward or left out.
    """

    check: Check
    number: int
    results: Results
    evidence: Evidence | None
    clean: bool

    @cached_property
    def assessment(self) -> Assessment:
        """Return how the claim is judged."""
        if self.clean:
            return Assessment()
        return assess(Case(check=self.check, results=self.results, evidence=self.evidence), self.number)

    @cached_property
    def claim(self) -> Close | Holds | Follows | Refuses:
        """Return the claim itself, without the conditions that it is provided with."""
        claim = self.check.claims[self.number]
        while isinstance(claim, Provided):
            claim = claim.claim
        return claim

    @cached_property
    def values(self) -> tuple[np.ndarray, np.ndarray] | None:
        """Return actual and expected values, where the claim compares some and there are some."""
        if not isinstance(self.claim, Close):
            return None
        try:
            actual = np.asarray(evaluate(self.claim.actual, self.results.look_up), np.float64)
            expected = np.asarray(evaluate(self.claim.expected, self.results.look_up), np.float64)
        except (Unusable, NoResult):
            return None
        return actual, np.broadcast_to(expected, actual.shape)

    @cached_property
    def features(self) -> tuple[float, ...] | None:
        """Return the numbers that tell what the claim's values are like, or None where there are no values."""
        try:
            return features_of(self.claim, self.values, self.results)
        except (Unusable, NoResult):
            return None

    @cached_property
    def broken(self) -> Broken | None:
        """Return the kind of failure, where that and not values tells what the mistake is."""
        return None if self.assessment.reason is None else _kind_of(self.assessment.reason)


def observe(check: Check, trace: Trace, evidence: Evidence | None = None, *, clean: bool = False) -> list[Observation]:
    """Return every claim of a check on a trace, also those after the first that fails."""
    results = Results(check, trace)
    numbers = range(len(check.claims))
    return [
        Observation(check=check, number=number, results=results, evidence=evidence, clean=clean) for number in numbers
    ]


def as_values(observed: Observation) -> Values | None:
    """Return the compared values as data."""
    pair = observed.values
    return None if pair is None else Values(pack(pair[0]))


def _kind_of(reason: Reason) -> Broken | None:
    if isinstance(reason, RaisedError):
        return Broken("raises", reason.known)
    if isinstance(reason, BadShape):
        return Broken("shape", f"{reason.output} {reason.actual}")
    if isinstance(reason, BadCount):
        return Broken("count", f"{reason.output} {reason.actual}")
    if isinstance(reason, BadForm):
        return Broken("form", f"{reason.output} {reason.malformed.problem}")
    if isinstance(reason, NotFinite):
        return Broken("not finite", f"{reason.output} {reason.count} {reason.index}")
    if isinstance(reason, NotRefused):
        return Broken("not refused", reason.raised)
    return Broken("property", reason.sentence) if isinstance(reason, BrokenProperty) else None
