"""Describe mistakes that any function can have by their exact mark on the values: a factor, one output of several.

Only where chance has no part: the values of a random function tell nothing one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from autograder.array import Array
from autograder.claims import Close
from autograder.diagnose.observe import Observation
from autograder.findings import BadShape
from autograder.formula import Output, outputs_in
from autograder.judge.tolerance import DOUBLE
from autograder.script import Call, Returns, Script, is_random

FACTORS = {2.0: "twice", 0.5: "half", -1.0: "minus", 4.0: "four times", 0.25: "a quarter of", -2.0: "minus twice"}
LEAST = 3  # values other than zero: fewer agree with a simple rule by chance
ROUNDED = 1e-2  # relative: what half precision and rounded constants leave


@dataclass(frozen=True, kw_only=True, slots=True)
class Description:
    """A mark that was found: its id, what a student reads, and a question that leads on."""

    id: str
    sentence: str
    hint: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Pair:
    """A compared pair of values: which outputs of which call it is about, and whether it was accepted."""

    call: Call
    outputs: frozenset[str]
    observed: Observation
    accepted: bool
    follows: bool  # the call is handed what an earlier call of the function returned

    @property
    def values(self) -> tuple[np.ndarray, np.ndarray]:
        """Return actual and expected values, evaluated where a rule asks for them."""
        return self.observed.values or (np.zeros(0), np.zeros(0))


def describe(observed: Sequence[Observation]) -> Description | None:
    """Return the first description that holds exactly for all of a function's claims."""
    if any(is_random(each.check.script) for each in observed):
        return None
    if (found := _transposed_shape(observed)) is not None:
        return found
    pairs = sorted(_pairs(observed), key=lambda pair: pair.accepted)  # what failed rules most descriptions out
    if not pairs or pairs[0].accepted:
        return None
    for rule in RULES:
        if (found := rule(pairs)) is not None:
            return found
    return None


def _pairs(observed: Sequence[Observation]) -> Iterator[Pair]:
    """Return the pairs of claims that look at one call of the function itself."""
    for each in observed:
        if not isinstance(each.claim, Close) or each.assessment.left_out is not None:
            continue
        looked_up = outputs_in(each.claim.actual)
        numbers = {call for call, _ in looked_up}
        accepted = each.assessment.reason is None
        if len(numbers) != 1 or (not accepted and each.values is None):
            continue
        call = each.check.script.calls[numbers.pop()]
        if call.function == each.check.function:
            yield Pair(
                call=call,
                outputs=frozenset(name for _, name in looked_up),
                observed=each,
                accepted=accepted,
                follows=_follows(call, each.check.script),
            )


def _transposed_shape(observed: Sequence[Observation]) -> Description | None:
    wrong = [each.assessment.reason for each in observed if each.assessment.reason is not None]
    shapes = [reason for reason in wrong if isinstance(reason, BadShape)]
    if wrong and len(shapes) == len(wrong) and all(_is_turned(shape) for shape in shapes):
        return Description(
            id="generic.transposed",
            sentence="The result has its axes exchanged.",
            hint="Which axis counts the examples: the first one or the last?",
        )
    return None


def _is_turned(reason: BadShape) -> bool:
    return len(reason.actual) > 1 and reason.actual == reason.expected[::-1] != reason.expected


def _constant_factor(pairs: Sequence[Pair]) -> Description | None:
    for factor, words in FACTORS.items():
        if all(_is_multiple(pair, factor) for pair in pairs) and _count(pairs) >= LEAST:
            return Description(
                id="generic.factor",
                sentence=f"Every value is {words} what it should be.",
                hint="Does a factor or a sign stand in the formula that your code lacks, or the other way round?",
            )
    return None


def _count(pairs: Sequence[Pair]) -> int:
    """Count expected values that are not zero."""
    return sum(int(np.count_nonzero(pair.values[1])) for pair in pairs)


def _size_factor(pairs: Sequence[Pair]) -> Description | None:
    sizes = [_examples(pair.call) for pair in pairs]
    if None in sizes or len(set(sizes)) < 2:  # one size alone is just a number
        return None
    for power, words in (
        (1, "as many times too large as there are examples"),
        (-1, "divided by the number of examples"),
    ):
        if all(_is_multiple(pair, float(size or 1) ** power) for pair, size in zip(pairs, sizes, strict=True)):
            return Description(
                id="generic.number_of_examples",
                sentence=f"Every value is {words}.",
                hint="Is it a sum or a mean over the examples, and is the division made once, twice, or never?",
            )
    return None


def _examples(call: Call) -> int | None:
    """Return the length of a call's first array."""
    return next((value.shape[0] for value in call.args if isinstance(value, Array) and value.shape), None)


def _one_output(pairs: Sequence[Pair]) -> Description | None:
    names = _named_outputs(pairs[0].call.returns)
    wrong = {name for pair in pairs if not pair.accepted for name in pair.outputs}
    right = {name for pair in pairs if pair.accepted for name in pair.outputs} - wrong
    if len(names) < 2 or not right or len(wrong) != 1 or any(len(pair.outputs) != 1 for pair in pairs):
        return None
    (name,) = wrong
    return Description(
        id="generic.one_output",
        sentence=f"Of what the function returns, {name} alone is not right.",
        hint=f"Which line of your code makes {name}, and what has it that the others have not?",
    )


def _named_outputs(returns: Returns) -> list[str]:
    return [name for part in returns.parts for name in part.names()]


def _first_step_only(pairs: Sequence[Pair]) -> Description | None:
    """Tell a function that is right until something has to be remembered from one call to the next."""
    first = [pair for pair in pairs if not pair.follows]
    later = [pair for pair in pairs if pair.follows]
    if first and later and all(pair.accepted for pair in first) and not any(pair.accepted for pair in later):
        return Description(
            id="generic.first_step",
            sentence="The first step is right, and every later one is not.",
            hint="What does a step hand on to the next one, and does it arrive as it was left?",
        )
    return None


def _follows(call: Call, script: Script) -> bool:
    handed_on = [value for value in (*call.args, *call.kwargs.values()) if isinstance(value, Output)]
    return any(script.calls[value.call].function == call.function for value in handed_on)


def _shifted(pairs: Sequence[Pair]) -> Description | None:
    """Tell results that come one step late or early, in a row of calls or within one list."""
    rows = list(_rows(pairs))
    if sum(not pair.accepted for row in rows for pair in row) < sum(not pair.accepted for pair in pairs):
        return None
    wrong = [row for row in rows if any(not pair.accepted for pair in row)]
    for late, words in ((True, "late"), (False, "early")):
        if all(_is_shifted(row, late=late) for row in wrong):
            return Description(
                id="generic.shifted",
                sentence=f"The results are right, but come one step {words}.",
                hint="Is a result noted before or after its step, and does the count begin at 0 or at 1?",
            )
    return None


def _rows(pairs: Sequence[Pair]) -> Iterator[list[Pair]]:
    """Return what belongs together in time: the pairs of a check about one output, or a list alone."""
    groups: dict[tuple[str, frozenset[str]], list[Pair]] = {}
    for pair in sorted(pairs, key=lambda pair: pair.observed.number):
        if pair.values[0].ndim == 1 and pair.values[0].size > LEAST and not pair.follows:
            yield [pair]
        else:
            groups.setdefault((pair.observed.check.id, pair.outputs), []).append(pair)
    for row in groups.values():
        if len(row) > LEAST and len({pair.values[0].shape for pair in row}) == 1:
            yield row


def _is_shifted(row: Sequence[Pair], *, late: bool) -> bool:
    actual, expected = (
        row[0].values if len(row) == 1 else map(np.stack, zip(*(pair.values for pair in row), strict=True))
    )
    found, wanted = (actual[1:], expected[:-1]) if late else (actual[:-1], expected[1:])
    room = 2 * DOUBLE * np.max(np.abs(expected), initial=0.0)
    return bool(np.ptp(wanted) > room and np.all(np.abs(found - wanted) <= room))


def _nearly(pairs: Sequence[Pair]) -> Description | None:
    if all(_is_near(pair) for pair in pairs):
        return Description(
            id="generic.rounded",
            sentence="Every value is nearly right, and not as exact as it should be.",
            hint="Is something rounded on the way, a constant written with few digits, or a small number added?",
        )
    return None


def _is_multiple(pair: Pair, factor: float) -> bool:
    actual, expected = pair.values
    room = 2 * DOUBLE * np.max(np.abs(expected), initial=0.0) * abs(factor)
    return bool(np.all(np.abs(actual - factor * expected) <= room))


def _is_near(pair: Pair) -> bool:
    actual, expected = pair.values
    room = ROUNDED * np.max(np.abs(expected), initial=0.0)
    return bool(np.all(np.abs(actual - expected) <= room))


Rule = Callable[[Sequence[Pair]], Description | None]
RULES: tuple[Rule, ...] = (_constant_factor, _size_factor, _shifted, _first_step_only, _one_output, _nearly)
