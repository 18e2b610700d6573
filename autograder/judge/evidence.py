"""What a submission's checks, taken together, say of its functions: whom one check may blame for what it sees."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence, Set
from dataclasses import dataclass

import numpy as np

from autograder.array import Array, unpack
from autograder.book import Check
from autograder.findings import Needs, NotFinite
from autograder.judge.verdict import Verdict
from autograder.trace import Arrays, Fault, Malformed, Returned, Trace

NEARLY = 1e-7  # relative: less than what the steps of a numerical derivative change
TINY = 1e-9
Answers = Sequence[tuple[Check, Trace | Fault]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Evidence:
    """Functions that may have made a mistake, and outputs, by function and name, that no argument changes.

    A function is suspected where it loses points in a check of its own, where such a function excuses it, or where its
    hidden checks are not among these. Nothing may be blamed on any other: what is right in all of its own checks and
    wrong in another's was not written to be right. `not_finite` are functions that give no finite results in their own
    checks; `idle` are those of which every output is constant: what follows them can't be told from a constant.
    """

    suspects: frozenset[str]
    not_finite: frozenset[str]
    constant: frozenset[tuple[str, str]]
    idle: frozenset[str]


@np.errstate(all="ignore")  # a student's numbers may be of any size
def gather(answers: Answers, verdicts: Sequence[Verdict]) -> Evidence:
    """Return what all checks of a submission, judged without evidence, say of its functions."""
    judged = [(check.function, verdict) for (check, _), verdict in zip(answers, verdicts, strict=True)]
    unproven = {call.function for check, _ in answers for call in check.script.calls}.difference(
        check.function for check, _ in answers if check.visibility == "hidden"
    )
    concerned = {name for function, verdict in judged for names in verdict.blames for name in (function, *names)}
    alike = _alike(answers, concerned)
    constant = frozenset(output for output, same in alike.items() if same)
    idle = {function for function, _ in constant} - {function for (function, _), same in alike.items() if not same}
    return Evidence(
        suspects=_suspects(judged, unproven),
        not_finite=frozenset(name for name, verdict in judged if isinstance(verdict.reason, NotFinite)),
        constant=constant,
        idle=frozenset(idle),
    )


def _suspects(judged: Sequence[tuple[str, Verdict]], unproven: Set[str]) -> frozenset[str]:
    """Return who has made a mistake, or is excused by somebody who has."""
    suspects = {*unproven}
    suspects |= {name for name, each in judged if each.status != "passed" and not isinstance(each.reason, Needs)}
    while more := {name for name, each in judged if any(suspects & names for names in each.blames)} - suspects:
        suspects |= more
    return frozenset(suspects)


def _alike(answers: Answers, functions: Set[str]) -> dict[tuple[str, str], bool]:
    """Say of each output of some functions whether it is the same, shape by shape, whatever is asked."""
    seen: defaultdict[tuple[str, str], list[Array | Arrays]] = defaultdict(list)
    for check, trace in answers:
        for call, outcome in zip(check.script.calls, trace.outcomes, strict=True) if isinstance(trace, Trace) else ():
            if isinstance(outcome, Returned) and call.function in functions:
                for name, values in outcome.outputs.items():
                    if not isinstance(values, Malformed):
                        seen[call.function, name].append(values)
    return {output: _are_alike(values) for output, values in seen.items()}


def _are_alike(values: Sequence[Array | Arrays]) -> bool:
    """Say whether values of one shape are all the same, or nearly; no two of one shape say nothing."""
    first: dict[tuple[tuple[int, ...], ...], list[np.ndarray]] = {}
    for each in values:
        items = [unpack(item) for item in (each.items if isinstance(each, Arrays) else (each,))]
        others = first.setdefault(tuple(item.shape for item in items), items)
        if not all(map(_nearly_equal, items, others)):
            return False
    return len(values) > len(first)


def _nearly_equal(one: np.ndarray, other: np.ndarray) -> bool:
    return bool(np.allclose(one, other, rtol=NEARLY, atol=TINY, equal_nan=True))
