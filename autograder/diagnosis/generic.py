"""Describe mistakes that any function can have by their exact mark on the values: a factor, one output of several.

Only where chance has no part: the values of a random function tell nothing one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from autograder.checking import DOUBLE, Run, WrongShape
from autograder.key import KeyCheck
from autograder.wire import Array, Call, Handle

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
class Origin:
    """Where an array came from: which call returned it, and as what.

    `examples` is the length of the call's first array; `follows` says that the call received what an earlier call of
    the same function returned.
    """

    function: str
    output: str
    outputs: tuple[str, ...]
    examples: int | None
    follows: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Pair:
    """A compared pair of values that one call of the function returned, and whether it was accepted."""

    check: str
    number: int
    origin: Origin
    actual: np.ndarray
    expected: np.ndarray
    accepted: bool


def describe(seen: Sequence[tuple[KeyCheck, Run]]) -> Description | None:
    """Return the first description that holds exactly for all that was seen in a function's checks."""
    if any(check.random for check, _ in seen):
        return None
    failures = [each.failure for _, run in seen for each in run.observations if each.failure is not None]
    shapes = [failure for failure in failures if isinstance(failure, WrongShape)]
    if failures and len(shapes) == len(failures) and all(map(_is_turned, shapes)):
        return Description(
            id="generic.transposed",
            sentence="The result has its axes exchanged.",
            hint="Which axis counts the examples: the first one or the last?",
        )
    pairs = sorted(_pairs(seen), key=lambda pair: pair.accepted)  # what failed rules most descriptions out
    if not pairs or pairs[0].accepted:
        return None
    return next((found for rule in RULES if (found := rule(pairs)) is not None), None)


def _pairs(seen: Sequence[tuple[KeyCheck, Run]]) -> Iterator[Pair]:
    """Yield the compared pairs whose actual values are what one call of the function returned."""
    for check, run in seen:
        origins = _origins(run)
        for number, each in enumerate(run.observations):
            origin = origins.get(id(each.source))
            if (
                origin is not None
                and origin.function == check.function
                and each.actual is not None
                and each.expected is not None
            ):
                yield Pair(
                    check=check.id,
                    number=number,
                    origin=origin,
                    actual=each.actual,
                    expected=each.expected,
                    accepted=each.failure is None,
                )


def _origins(run: Run) -> dict[int, Origin]:
    """Return where every array that came back is from, by its id."""
    outputs: dict[int, list[str]] = {}
    for call, names, _ in run.results:
        outputs.setdefault(call.number, []).extend(names)
    found: dict[int, Origin] = {}
    for call, names, arrays in run.results:
        for name, value in zip(names, arrays, strict=True):
            origin = Origin(
                function=call.function,
                output=name,
                outputs=tuple(outputs[call.number]),
                examples=_examples(call),
                follows=_follows(call, run),
            )
            found |= {id(array): origin for array in (value if isinstance(value, list) else [value])}
    return found


def _examples(call: Call) -> int | None:
    return next((value.shape[0] for value in call.args if isinstance(value, Array) and value.shape), None)


def _follows(call: Call, run: Run) -> bool:
    handed_on = (value for value in (*call.args, *call.kwargs.values()) if isinstance(value, Handle))
    return any(run.calls[value.call].function == call.function for value in handed_on)


def _is_turned(failure: WrongShape) -> bool:
    return len(failure.actual) > 1 and failure.actual == failure.expected[::-1] != failure.expected


def _constant_factor(pairs: Sequence[Pair]) -> Description | None:
    for factor, words in FACTORS.items():
        if all(_is_multiple(pair, factor) for pair in pairs) and _count(pairs) >= LEAST:
            return Description(
                id="generic.factor",
                sentence=f"Every value is {words} what it should be.",
                hint="Does the formula have a factor or a sign that your code lacks, or the other way round?",
            )
    return None


def _count(pairs: Sequence[Pair]) -> int:
    """Count expected values that are not zero."""
    return sum(int(np.count_nonzero(pair.expected)) for pair in pairs)


def _size_factor(pairs: Sequence[Pair]) -> Description | None:
    sizes = [pair.origin.examples for pair in pairs]
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


def _one_output(pairs: Sequence[Pair]) -> Description | None:
    wrong = {pair.origin.output for pair in pairs if not pair.accepted}
    right = {pair.origin.output for pair in pairs if pair.accepted} - wrong
    if len(pairs[0].origin.outputs) < 2 or not right or len(wrong) != 1:
        return None
    (name,) = wrong
    return Description(
        id="generic.one_output",
        sentence=f"Of what the function returns, {name} alone is not right.",
        hint=f"Which line of your code makes {name}, and what has it that the others have not?",
    )


def _first_step_only(pairs: Sequence[Pair]) -> Description | None:
    """Tell a function that is right until something has to be remembered from one call to the next."""
    first = [pair for pair in pairs if not pair.origin.follows]
    later = [pair for pair in pairs if pair.origin.follows]
    if first and later and all(pair.accepted for pair in first) and not any(pair.accepted for pair in later):
        return Description(
            id="generic.first_step",
            sentence="The first step is right, and every later one is not.",
            hint="What does a step hand on to the next one, and does it arrive as it was left?",
        )
    return None


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
    groups: dict[tuple[str, str], list[Pair]] = {}
    for pair in sorted(pairs, key=lambda pair: pair.number):
        if pair.actual.ndim == 1 and pair.actual.size > LEAST and not pair.origin.follows:
            yield [pair]
        else:
            groups.setdefault((pair.check, pair.origin.output), []).append(pair)
    for row in groups.values():
        if len(row) > LEAST and len({pair.actual.shape for pair in row}) == 1:
            yield row


def _is_shifted(row: Sequence[Pair], *, late: bool) -> bool:
    if len(row) == 1:
        actual, expected = row[0].actual, row[0].expected
    else:
        actual, expected = np.stack([pair.actual for pair in row]), np.stack([pair.expected for pair in row])
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
    actual, expected = pair.actual, pair.expected
    room = 2 * DOUBLE * np.max(np.abs(expected), initial=0.0) * abs(factor)
    return bool(np.all(np.abs(actual - factor * expected) <= room))


def _is_near(pair: Pair) -> bool:
    actual, expected = pair.actual, pair.expected
    room = ROUNDED * np.max(np.abs(expected), initial=0.0)
    return bool(np.all(np.abs(actual - expected) <= room))


Rule = Callable[[Sequence[Pair]], Description | None]
RULES: tuple[Rule, ...] = (_constant_factor, _size_factor, _shifted, _first_step_only, _one_output, _nearly)
