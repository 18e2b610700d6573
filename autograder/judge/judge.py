"""Judge one check: a trace and the check's claims go in, a verdict comes out. No student code runs or is trusted."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from autograder.book import Check
from autograder.claims import Alternative, Claim, Close, Follows, Provided, Refuses
from autograder.findings import (
    BrokenProperty,
    Needs,
    NotRefused,
    NotWritten,
    RaisedError,
    Reason,
    Stopped,
    Undefined,
)
from autograder.formula import Output, evaluate
from autograder.judge.distribution import check_law
from autograder.judge.python_errors import nearest_known
from autograder.judge.results import NoResult, Results, Unusable
from autograder.judge.tolerance import compare
from autograder.judge.verdict import Verdict, verdict_on
from autograder.script import Call
from autograder.trace import Absent, Fault, Outcome, Raised, Returned, Trace, Unreached, names_class


class NotJudged(Exception):
    """A claim can't be judged, because another function than the one it is about fails."""

    def __init__(self, reason: Needs) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, kw_only=True, slots=True)
class Assessment:
    """What is to be said of one claim: nothing if it holds.

    `left_out` is what keeps it from being judged; `open` says that a result for which there are alternatives is none of
    them, so that nobody knows whether it is right. `mend` names the function whose error the claim carries forward.
    """

    reason: Reason | None = None
    left_out: Needs | None = None
    open: bool = False
    mend: str = ""


@np.errstate(all="ignore")  # a student's numbers may be of any size
def judge(check: Check, answer: Trace | Fault) -> Verdict:
    """Return the verdict on one check.

    Claims that can't be judged for the failure of another function are left out: that one loses its own points. Where
    none is left, or one is open, the check counts as skipped.
    """
    if isinstance(answer, Fault):
        return verdict_on(Stopped(kind=answer.kind, detail=answer.detail))
    results = Results(check, answer)
    assessments = []
    for number in range(len(check.claims)):
        assessments.append(assess(check, number, results))
        if (reason := assessments[-1].reason) is not None:
            return verdict_on(reason)
    left_out = [each.left_out for each in assessments if each.left_out is not None]
    undecided = [each.left_out for each in assessments if each.open]
    if len(left_out) == len(check.claims) or any(undecided):
        return verdict_on(next(each for each in (*undecided, *left_out) if each is not None))
    mend = dict.fromkeys(each.mend for each in assessments if each.mend)
    return Verdict(status="passed", reason=None, mend=tuple(mend), partial=bool(left_out))


def assess(check: Check, number: int, results: Results) -> Assessment:
    """Judge one claim of a check."""
    carried: list[str] = []
    try:
        reason = _reason_against(check.claims[number], check.required[number], check, results, carried)
    except NotJudged as other:
        return Assessment(left_out=other.reason, open=_has_alternatives(check.claims[number], results))
    return Assessment(reason=reason, mend=carried[0] if carried else "")


def _has_alternatives(claim: Claim, results: Results) -> bool:
    """Say whether a claim that was left out has an alternative that could be compared."""
    while isinstance(claim, Provided):
        claim = claim.claim
    return isinstance(claim, Close) and any(_is_comparable(alternative, results) for alternative in claim.otherwise)


def _is_comparable(alternative: Alternative, results: Results) -> bool:
    try:
        return _expected_of(alternative, results) is not None
    except (Unusable, NoResult):
        return False


def _reason_against(
    claim: Claim, required: tuple[int, ...], check: Check, results: Results, carried: list[str]
) -> Reason | None:
    """Say why a claim does not hold, unless what it rests on excuses it."""
    try:
        reason = _obstacle(claim, required, check, results) or _judge_claim(claim, check, results, carried)
    except Unusable as unusable:
        reason = unusable.reason
    if reason is not None and isinstance(claim, Provided):
        _excuse(claim, check, results)
    return reason


def _excuse(claim: Provided, check: Check, results: Results) -> None:
    """Leave a failed claim out where a function that it rests on is wrong; one that is not written excuses nothing."""
    if isinstance(claim.claim, Provided):
        _excuse(claim.claim, check, results)
    try:
        met = bool(np.all(evaluate(claim.condition, results.look_up)))
    except NoResult as missing:
        reason = _no_result(check.script.calls[missing.call], results.trace.outcomes[missing.call])
        if isinstance(reason, RaisedError):
            raise NotJudged(Needs(function=claim.function, problem=reason)) from None
        return
    except Unusable as unusable:
        raise NotJudged(Needs(function=unusable.function, problem=unusable.reason)) from None
    if not met:
        raise NotJudged(Needs(function=claim.function, problem=BrokenProperty(sentence="its result is not right.")))


def _obstacle(claim: Claim, required: tuple[int, ...], check: Check, results: Results) -> Reason | None:
    """Say why a call that the claim needs gave nothing that could be judged."""
    for number in required:
        if isinstance(claim, Refuses) and number == claim.call:
            continue
        call, outcome = check.script.calls[number], results.trace.outcomes[number]
        reason = _unreached(outcome, results) if isinstance(outcome, Unreached) else _no_result(call, outcome)
        if reason is None:
            continue
        if call.function != check.function:
            raise NotJudged(Needs(function=call.function, problem=reason))
        return reason
    return None


def _unreached(outcome: Unreached, results: Results) -> Reason:
    """Say what is wrong with the results that a call could not be handed; a needed call that raised came before it."""
    needed = results.trace.outcomes[outcome.needs]
    for name in needed.outputs if isinstance(needed, Returned) else ():
        try:
            results.look_up(Output(outcome.needs, name))
        except Unusable as unusable:
            return unusable.reason
    return Stopped(kind="protocol", detail="a call that could have been made was not")


def _no_result(call: Call, outcome: Outcome) -> Reason | None:
    if isinstance(outcome, Absent):
        return Undefined(function=call.function, found=outcome.found)
    if isinstance(outcome, Raised):
        return _raised(call, outcome)
    return None


def _raised(call: Call, outcome: Raised) -> Reason:
    known = nearest_known(outcome.ancestry)
    if known == "NotImplementedError":
        return NotWritten(function=call.function)
    if known == "MemoryError":
        return Stopped(kind="memory", detail=outcome.text)
    return RaisedError(
        function=call.function,
        label=call.label,
        name=outcome.ancestry[0],
        known=known,
        text=outcome.text,
        lines=outcome.lines,
    )


def _judge_claim(claim: Claim, check: Check, results: Results, carried: list[str]) -> Reason | None:
    if isinstance(claim, Provided):
        return _judge_claim(claim.claim, check, results, carried)
    if isinstance(claim, Refuses):
        return _judge_refusal(claim, results.trace.outcomes[claim.call], check.script.calls[claim.call])
    if isinstance(claim, Close):
        return _judge_equality(claim, check, results, carried)
    if isinstance(claim, Follows):
        return check_law(claim.what, evaluate(claim.sample, results.look_up), claim.law)
    holds = bool(np.all(evaluate(claim.condition, results.look_up)))
    return None if holds else BrokenProperty(sentence=claim.otherwise)


def _judge_equality(claim: Close, check: Check, results: Results, carried: list[str]) -> Reason | None:
    try:
        difference = _compare(claim, results)
    except Unusable as unusable:
        if unusable.function != check.function:
            raise NotJudged(Needs(function=unusable.function, problem=unusable.reason)) from None
        difference = unusable.reason
    if difference is None:
        return None
    for alternative in claim.otherwise:
        try:
            if _is_met(claim.what, alternative, results):
                carried.append(alternative.mend)
                return None
        except Unusable as unusable:  # what the function may be built on gives nothing that it could be right for
            if unusable.function != check.function:
                raise NotJudged(Needs(function=unusable.function, problem=unusable.reason)) from None
        except NoResult:
            continue
    return difference


def _compare(claim: Close, results: Results) -> Reason | None:
    actual = np.asarray(evaluate(claim.actual, results.look_up))
    expected = np.asarray(evaluate(claim.expected, results.look_up))
    scale = None if claim.scale is None else np.asarray(evaluate(claim.scale, results.look_up))
    return compare(claim.what, actual=actual, expected=expected, scale=scale, single=results.single)


def _is_met(what: str, alternative: Alternative, results: Results) -> bool:
    expected = _expected_of(alternative, results)
    if expected is None:
        return False
    actual = np.asarray(evaluate(alternative.actual, results.look_up))
    return compare(what, actual=actual, expected=expected, scale=None, single=results.single) is None


def _expected_of(alternative: Alternative, results: Results) -> np.ndarray | None:
    """Return what the student's own functions lead to, or None where that is worth nothing."""
    expected = np.asarray(evaluate(alternative.expected, results.look_up))
    evaluate(alternative.actual, results.look_up)  # raises where there is nothing to compare
    guarded = alternative.guard is None or np.all(evaluate(alternative.guard, results.look_up))
    return expected if guarded and np.isfinite(expected).all() and np.any(expected) else None


def _judge_refusal(claim: Refuses, outcome: Outcome, call: Call) -> Reason | None:
    if isinstance(outcome, Returned):
        return NotRefused(argument=claim.argument, error=claim.error, raised="")
    if not isinstance(outcome, Raised):
        return Undefined(function=call.function, found="")
    if names_class(outcome, claim.error):
        return None
    reason = _raised(call, outcome)
    if isinstance(reason, RaisedError):
        return NotRefused(argument=claim.argument, error=claim.error, raised=reason.known)
    return reason
