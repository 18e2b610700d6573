"""Judge one check: a trace and the check's claims go in, a verdict comes out. Nothing here runs or trusts student code."""

from __future__ import annotations

import numpy as np

from autograder.book import Check
from autograder.claims import Alternative, Claim, Close, Follows, Holds, Refuses
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
from autograder.formula import evaluate
from autograder.judge.distribution import check_law
from autograder.judge.python_errors import nearest_known
from autograder.judge.results import NoResult, Results, Unusable, bad_form
from autograder.judge.tolerance import compare
from autograder.judge.verdict import Verdict, verdict_on
from autograder.script import Call
from autograder.trace import Absent, Fault, Malformed, Outcome, Raised, Returned, Trace, names_class


def judge(check: Check, answer: Trace | Fault) -> Verdict:
    """Return the verdict on one check."""
    if isinstance(answer, Fault):
        return verdict_on(Stopped(kind=answer.kind, detail=answer.detail))
    refusing = {claim.call for claim in check.claims if isinstance(claim, Refuses)}
    for number in check.required:
        if number not in refusing and (reason := _obstacle(check, number, answer)):
            return verdict_on(reason)
    results = Results(check, answer)
    carried: list[str] = []
    for claim in check.claims:
        try:
            reason = _judge_claim(claim, check, answer, results, carried)
        except Unusable as unusable:
            reason = _blame(check, unusable.function, unusable.reason)
        if reason is not None:
            return verdict_on(reason)
    return Verdict(status="passed", reason=None, mend=tuple(dict.fromkeys(carried)))


def _obstacle(check: Check, number: int, trace: Trace) -> Reason | None:
    """Say why a required call gave nothing that could be judged."""
    call, outcome = check.script.calls[number], trace.outcomes[number]
    if isinstance(outcome, Absent):
        return _blame(check, call.function, Undefined(function=call.function, found=outcome.found))
    if isinstance(outcome, Raised):
        return _blame(check, call.function, _raised(call, outcome))
    if isinstance(outcome, Returned):
        return None
    needed, returned = check.script.calls[outcome.needs], trace.outcomes[outcome.needs]
    if isinstance(returned, Returned):
        for name, received in returned.outputs.items():
            if isinstance(received, Malformed):
                return _blame(check, needed.function, bad_form(needed, name, received))
    return None  # the needed call's own outcome was met before


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


def _blame(check: Check, function: str, problem: Reason) -> Reason:
    return problem if function == check.function else Needs(function=function, problem=problem)


def _judge_claim(claim: Claim, check: Check, trace: Trace, results: Results, carried: list[str]) -> Reason | None:
    if isinstance(claim, Refuses):
        return _judge_refusal(claim, trace.outcomes[claim.call], check.script.calls[claim.call])
    if isinstance(claim, Follows):
        return check_law(claim.what, evaluate(claim.sample, results.look_up), claim.law)
    if isinstance(claim, Holds):
        holds = bool(np.all(evaluate(claim.condition, results.look_up)))
        return None if holds else BrokenProperty(sentence=claim.otherwise)
    difference = _compare(claim, results)
    if difference is None:
        return None
    for alternative in claim.otherwise:
        if _is_met(claim.what, alternative, results):
            carried.append(alternative.mend)
            return None
    return difference


def _compare(claim: Close, results: Results) -> Reason | None:
    actual = np.asarray(evaluate(claim.actual, results.look_up))
    expected = np.asarray(evaluate(claim.expected, results.look_up))
    scale = None if claim.scale is None else np.asarray(evaluate(claim.scale, results.look_up))
    return compare(claim.what, actual=actual, expected=expected, scale=scale, single=results.single)


def _is_met(what: str, alternative: Alternative, results: Results) -> bool:
    try:
        actual = np.asarray(evaluate(alternative.actual, results.look_up))
        expected = np.asarray(evaluate(alternative.expected, results.look_up))
        guarded = alternative.guard is None or np.all(evaluate(alternative.guard, results.look_up))
    except (Unusable, NoResult):
        return False
    if not guarded or not np.isfinite(expected).all() or not np.any(expected):
        return False
    return compare(what, actual=actual, expected=expected, scale=None, single=results.single) is None


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
