"""Judge one check: a trace and the check's claims go in, a verdict comes out. No student code runs or is trusted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from autograder.book import Check
from autograder.claims import Alternative, Claim, Close, Follows, Provided, Refuses
from autograder.findings import (
    BrokenProperty,
    Needs,
    NotFinite,
    NotRefused,
    RaisedError,
    Reason,
    Stopped,
    Undefined,
)
from autograder.formula import evaluate, outputs_in
from autograder.judge.case import Case, NotJudged
from autograder.judge.distribution import check_law
from autograder.judge.evidence import Evidence
from autograder.judge.obstacle import no_result, obstacle, raised
from autograder.judge.results import NoResult, Results, Unusable
from autograder.judge.tolerance import compare
from autograder.judge.verdict import Verdict, verdict_on
from autograder.script import Call, calls_behind
from autograder.trace import Fault, Outcome, Raised, Returned, Trace, names_class

ELSEWHERE = BrokenProperty(sentence="what it gives here is not what it gives in its own checks.")


@dataclass(frozen=True, kw_only=True, slots=True)
class Assessment:
    """What is to be said of one claim: nothing if it holds.

    `left_out` is what keeps it from being judged; `open` says that a result for which there are alternatives is none of
    them, so that nobody knows whether it is right. `mend` names what is wrong, in a student's words, where the claim
    carries an error forward, and `blames` are the functions that may have made it.
    """

    reason: Reason | None = None
    left_out: Needs | None = None
    open: bool = False
    mend: str = ""
    blames: frozenset[str] = frozenset()


@np.errstate(all="ignore")  # a student's numbers may be of any size
def judge(check: Check, answer: Trace | Fault, evidence: Evidence | None = None) -> Verdict:
    """Return the verdict on one check.

    Claims that can't be judged for the failure of another function are left out: that one loses its own points. Where
    no more than half are left, or one is open, the check counts as skipped. Without evidence every function may be
    blamed; with it, only those that the other checks suspect, and a check that can't be judged for another is skipped.
    """
    if isinstance(answer, Fault):
        return verdict_on(Stopped(kind=answer.kind, detail=answer.detail))
    case = Case(check=check, results=Results(check, answer), evidence=evidence)
    assessments = []
    for number in range(len(check.claims)):
        assessments.append(assess(case, number))
        if (reason := assessments[-1].reason) is not None:
            return verdict_on(reason)
    return _verdict_of(case, assessments)


def _verdict_of(case: Case, assessments: Sequence[Assessment]) -> Verdict:
    """Return the verdict on a check of which no claim failed."""
    blames = tuple(dict.fromkeys(each.blames for each in assessments if each.blames))
    left_out = [each.left_out for each in assessments if each.left_out is not None]
    undecided = [each.left_out for each in assessments if each.open]
    unfounded = [replace(each, problem=ELSEWHERE) for each in left_out if not case.may_blame({each.function})]
    if 2 * len(left_out) >= len(assessments) or any((*undecided, *unfounded)):
        found = next(each for each in (*undecided, *unfounded, *left_out) if each is not None)
        return replace(verdict_on(found), blames=blames)
    mend = tuple(dict.fromkeys(each.mend for each in assessments if each.mend))
    return Verdict(status="passed", mend=mend, left_out=next(iter(left_out), None), blames=blames)


def assess(case: Case, number: int) -> Assessment:
    """Judge one claim of a check."""
    carried: list[Alternative] = []
    claim = case.check.claims[number]
    try:
        reason = _reason_against(claim, case.check.required[number], case, carried)
    except NotJudged as other:
        blames = frozenset({other.reason.function})
        return Assessment(left_out=other.reason, open=_has_alternatives(claim, case.results), blames=blames)
    if not carried:
        return Assessment(reason=reason)
    return Assessment(mend=carried[0].mend, blames=_blamed(carried[0], case.check))


def _blamed(alternative: Alternative, check: Check) -> frozenset[str]:
    """Return the functions that an alternative follows; the check's own only where there is no other."""
    behind = calls_behind(check.script, {number for number, _ in outputs_in(alternative.expected)})
    functions = {check.script.calls[number].function for number in behind}
    return frozenset(functions - {check.function} or functions)


def _has_alternatives(claim: Claim, results: Results) -> bool:
    """Say whether a claim that was left out has an alternative that could be compared."""
    while isinstance(claim, Provided):
        claim = claim.claim
    return isinstance(claim, Close) and any(_is_comparable(alternative, results) for alternative in claim.otherwise)


def _is_comparable(alternative: Alternative, results: Results) -> bool:
    try:
        return _values_of(alternative, results) is not None
    except (Unusable, NoResult):
        return False


def _reason_against(claim: Claim, required: tuple[int, ...], case: Case, carried: list[Alternative]) -> Reason | None:
    """Say why a claim does not hold, unless what it rests on excuses it."""
    try:
        reason = obstacle(claim, required, case) or _judge_claim(claim, case, carried)
    except Unusable as unusable:
        if unusable.function != case.check.function:
            raise NotJudged(Needs(function=unusable.function, problem=unusable.reason)) from None
        reason = unusable.reason
    if reason is not None and isinstance(claim, Provided):
        _excuse(claim, case, reason)
    return reason


def _excuse(claim: Provided, case: Case, failure: Reason) -> None:
    """Leave a failed claim out where a function that it rests on is wrong.

    One that is not written excuses nothing, and neither does one that raises, where the failure is of another kind:
    what is built on it would have raised, too.
    """
    if isinstance(claim.claim, Provided):
        _excuse(claim.claim, case, failure)
    if not case.may_blame({claim.function}) or (claim.excuses == "raised" and not isinstance(failure, RaisedError)):
        return
    try:
        met = bool(np.all(evaluate(claim.condition, case.results.look_up)))
    except NoResult as missing:
        reason = no_result(case.check.script.calls[missing.call], case.results.trace.outcomes[missing.call])
        if isinstance(reason, RaisedError) and isinstance(failure, RaisedError):
            raise NotJudged(Needs(function=claim.function, problem=reason)) from None
        return
    except Unusable as unusable:
        if isinstance(unusable.reason, NotFinite) and not _may_be_of(claim, case, failure):
            return
        raise NotJudged(Needs(function=unusable.function, problem=unusable.reason)) from None
    if not met:
        raise NotJudged(Needs(function=claim.function, problem=BrokenProperty(sentence="its result is not right.")))


def _may_be_of(claim: Provided, case: Case, failure: Reason) -> bool:
    """Say whether a failure may come of a result that is not finite: the function's own checks must know of it."""
    if isinstance(failure, NotFinite):
        return True
    return claim.excuses == "all" and (case.evidence is None or claim.function in case.evidence.not_finite)


def _judge_claim(claim: Claim, case: Case, carried: list[Alternative]) -> Reason | None:
    results = case.results
    if isinstance(claim, Provided):
        return _judge_claim(claim.claim, case, carried)
    if isinstance(claim, Refuses):
        return _judge_refusal(claim, results.trace.outcomes[claim.call], case.check.script.calls[claim.call])
    if isinstance(claim, Close):
        return _judge_equality(claim, case, carried)
    if isinstance(claim, Follows):
        return check_law(claim.what, evaluate(claim.sample, results.look_up), claim.law)
    holds = bool(np.all(evaluate(claim.condition, results.look_up)))
    return None if holds else BrokenProperty(sentence=claim.otherwise)


def _judge_equality(claim: Close, case: Case, carried: list[Alternative]) -> Reason | None:
    own = case.check.function
    try:
        difference, usable = _compare(claim, case.results), True
    except Unusable as unusable:
        if unusable.function != own:
            raise
        difference, usable = unusable.reason, False
    if difference is None:
        return None
    for alternative in claim.otherwise:
        try:
            if _is_met(claim.what, alternative, case):
                carried.append(alternative)
                return None
        except Unusable as unusable:  # what the function may be built on gives nothing that it could be right for
            if unusable.function != own and not usable:
                raise NotJudged(Needs(function=unusable.function, problem=unusable.reason)) from None
        except NoResult:
            continue
    return difference


def _compare(claim: Close, results: Results) -> Reason | None:
    actual = np.asarray(evaluate(claim.actual, results.look_up))
    expected = np.asarray(evaluate(claim.expected, results.look_up))
    scale = None if claim.scale is None else np.asarray(evaluate(claim.scale, results.look_up))
    return compare(claim.what, actual=actual, expected=expected, scale=scale, single=results.single)


def _is_met(what: str, alternative: Alternative, case: Case) -> bool:
    results = case.results
    values = _values_of(alternative, results)
    if values is None or not _may_carry(alternative, case):
        return False
    actual, expected = values
    return compare(what, actual=actual, expected=expected, scale=None, single=results.single) is None


def _may_carry(alternative: Alternative, case: Case) -> bool:
    """Say whether an error may be carried forward: somebody made one, and it is carried, not met by a constant."""
    if case.evidence is None:
        return True
    calls = case.check.script.calls
    results = {(calls[number].function, name) for number, name in outputs_in(alternative.actual)}
    blamed = _blamed(alternative, case.check) - case.evidence.idle
    return case.may_blame(blamed) and not results <= case.evidence.constant


def _values_of(alternative: Alternative, results: Results) -> tuple[np.ndarray, np.ndarray] | None:
    """Return what came back and what the student's own functions lead to, or None where that is worth nothing."""
    expected = np.asarray(evaluate(alternative.expected, results.look_up))
    actual = np.asarray(evaluate(alternative.actual, results.look_up))
    guarded = alternative.guard is None or np.all(evaluate(alternative.guard, results.look_up))
    return (actual, expected) if guarded and np.isfinite(expected).all() and np.any(expected) else None


def _judge_refusal(claim: Refuses, outcome: Outcome, call: Call) -> Reason | None:
    if isinstance(outcome, Returned):
        return NotRefused(argument=claim.argument, error=claim.error, raised="")
    if not isinstance(outcome, Raised):
        return Undefined(function=call.function, found="")
    if names_class(outcome, claim.error):
        return None
    reason = raised(call, outcome)
    if isinstance(reason, RaisedError):
        return NotRefused(argument=claim.argument, error=claim.error, raised=reason.known)
    return reason
