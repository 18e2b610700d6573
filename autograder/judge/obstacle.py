"""What stands in a claim's way: a call that it needs and that gave nothing that could be judged."""

from __future__ import annotations

from autograder.claims import Claim, Refuses
from autograder.findings import Needs, NotWritten, RaisedError, Reason, Stopped, Undefined
from autograder.formula import Output
from autograder.judge.case import Case, NotJudged
from autograder.judge.python_errors import nearest_known
from autograder.judge.results import Results, Unusable
from autograder.script import Call
from autograder.trace import Absent, Outcome, Raised, Returned, Unreached


def obstacle(claim: Claim, required: tuple[int, ...], case: Case) -> Reason | None:
    """Say why a call that the claim needs gave nothing that could be judged."""
    for number in required:
        if isinstance(claim, Refuses) and number == claim.call:
            continue
        call, outcome = case.check.script.calls[number], case.results.trace.outcomes[number]
        reason = _unreached(outcome, case.results) if isinstance(outcome, Unreached) else no_result(call, outcome)
        if reason is None:
            continue
        if call.function != case.check.function:
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


def no_result(call: Call, outcome: Outcome) -> Reason | None:
    """Say why a call that was made gave no result, where it gave none."""
    if isinstance(outcome, Absent):
        return Undefined(function=call.function, found=outcome.found)
    if isinstance(outcome, Raised):
        return raised(call, outcome)
    return None


def raised(call: Call, outcome: Raised) -> Reason:
    """Say what a call raised; not to be written yet, and to run out of memory, are findings of their own."""
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
