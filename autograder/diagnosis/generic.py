"""Describe mistakes that can occur in any function, by their exact effect on values: a factor, one output of several.

A description must be true of all observations, including failures of every kind. If a function is random, its single
values tell nothing, and only shapes and the places of failures are used.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import permutations

import numpy as np

from autograder.checking import DOUBLE, BrokenProperty, NotRefused, Run, WrongShape, WrongValues
from autograder.diagnosis.agreement import is_extreme, keeps_axis, without_kept_axes
from autograder.diagnosis.evidence import MISSING, Evidence, Pair, array_of, evidence_of
from autograder.key import KeyCheck
from autograder.wire import Array, Call

FACTORS = {2.0: "twice", 0.5: "half", -1.0: "minus", 4.0: "four times", 0.25: "a quarter of", -2.0: "minus twice"}
LEAST = 3  # values other than zero; fewer may agree with a simple rule by chance
ROUNDED = 1e-2  # relative difference left by half precision and rounded constants
COUNTS = ("no axes", "one axis", "two axes", "three axes", "four axes")


@dataclass(frozen=True, kw_only=True, slots=True)
class Description:
    """A description that was found: its id, the text for the student, and a question as a hint."""

    id: str
    sentence: str
    hint: str


AXIS_KEPT = Description(
    id="generic.axis_kept",
    sentence="A result keeps an axis of length 1 that it should not have.",
    hint="Over which axis do you sum or average, and is that axis gone afterwards?",
)
Rule = Callable[[Evidence], Description | None]


def describe(seen: Sequence[tuple[KeyCheck, Run]], parameters: Sequence[str]) -> Description | None:
    """Return the first description that holds exactly for all evidence in a function's checks."""
    found = evidence_of(seen, parameters)
    if not found.failed:
        return None
    rules = RULES_OF_FORM if any(check.random for check, _ in seen) else (*RULES_OF_FORM, *RULES)
    return next((description for rule in rules if (description := rule(found)) is not None), None)


# ---- for any function: shapes, and where it fails


def _axis_kept(evidence: Evidence) -> Description | None:
    if not all(keeps_axis(each.failure) for each in evidence.failed):
        return None
    bare = [without_kept_axes(each, single=False) for each in evidence.failed]
    if any(each is not None and each.failure is not None for each in bare):
        return None
    (*some, last) = sorted({each.failure.output for each in evidence.failed if isinstance(each.failure, WrongShape)})
    what = f"{', '.join(some)} and {last} keep" if some else f"{last} keeps"
    return Description(
        id=AXIS_KEPT.id,
        sentence=f"Apart from its shape, the result is right: {what} an axis of length 1.",
        hint=AXIS_KEPT.hint,
    )


def _transposed(evidence: Evidence) -> Description | None:
    shapes = [each.failure for each in evidence.failed if isinstance(each.failure, WrongShape)]
    wrong = [pair for pair in evidence.pairs if not pair.accepted]
    if len(shapes) < len(evidence.failed) or not all(map(_is_turned, shapes)) or not all(map(_fits_turned, wrong)):
        return None
    return _turned({failure.output for failure in shapes})


def _is_turned(failure: WrongShape) -> bool:
    return len(failure.actual) > 1 and failure.actual == failure.expected[::-1] != failure.expected


def fails_for_some_axes(seen: Sequence[tuple[KeyCheck, Run]]) -> Description | None:
    """Recognize a function that raises for arrays of some numbers of axes, whatever it does for others."""
    return _raises_for_some_axes(evidence_of(seen, ()))


def _some_axes(evidence: Evidence) -> Description | None:
    """Recognize a function that raises for arrays of some numbers of axes, and is right for all others."""
    return None if len(evidence.failed) > len(evidence.raised) else _raises_for_some_axes(evidence)


def _raises_for_some_axes(evidence: Evidence) -> Description | None:
    if not evidence.raised or None in map(_axes, evidence.raised):
        return None
    fails, works = ({_axes(call) for call in calls} - {None} for calls in (evidence.raised, evidence.returned))
    if not works or fails & works:
        return None
    return Description(
        id="generic.some_axes",
        sentence=f"It works for arrays with {_counted(works)}, but not for arrays with {_counted(fails)}.",
        hint="Which line of your code counts on a number of axes: does it unpack a shape, or index them one by one?",
    )


def _counted(numbers: Collection[int | None]) -> str:
    counts = sorted(number for number in numbers if number is not None)
    (*some, last) = [COUNTS[number] if number < len(COUNTS) else f"{number} axes" for number in counts]
    return f"{', '.join(some)} or {last}" if some else last


def _axes(call: Call) -> int | None:
    """Return the number of axes of the first array among a call's arguments."""
    found = (len(value.shape) for value in (*call.args, *call.kwargs.values()) if isinstance(value, Array))
    return next(found, None)


def _extremes(evidence: Evidence) -> Description | None:
    # A check that such a number ends has not seen the rest.
    if not all(is_extreme(each.failure) and each.form == "values" for each in evidence.failed):
        return None
    if not all(pair.accepted or _right_where_finite(pair) for pair in evidence.pairs):
        return None
    if not any(pair.accepted or np.isfinite(pair.actual).any() for pair in evidence.pairs):
        return None
    return Description(
        id="generic.extremes",
        sentence="It is right except at extremes, where it is not a finite number.",
        hint="Which division can be by 0 there, and which exponential too large for a number?",
    )


def _right_where_finite(pair: Pair) -> bool:
    finite = np.isfinite(pair.actual)
    return pair.actual.shape == pair.expected.shape and _same(pair.actual[finite], pair.expected[finite])


def _not_refused(evidence: Evidence) -> Description | None:
    """Recognize a function that is right except for bad arguments."""
    refusals = [each.failure for each in evidence.failed if isinstance(each.failure, NotRefused)]
    if len(refusals) < len(evidence.failed):
        return None
    (*several, last) = sorted({failure.raised for failure in refusals} - {""}) or [""]
    if last:
        return (
            Description(
                id="generic.other_exception",
                sentence=f"It is right except for the exception that refuses bad arguments: {last}, not "
                f"{refusals[0].error}.",
                hint="Which exception does the docstring promise? An assert raises another one.",
            )
            if not several and all(failure.raised for failure in refusals)
            else None
        )
    return Description(
        id="generic.not_refused",
        sentence="It is right for good arguments, but does not refuse all bad ones.",
        hint=f"Which arguments does the docstring call a {refusals[0].error}, in which cases, and where do you ask?",
    )


RULES_OF_FORM: tuple[Rule, ...] = (_axis_kept, _transposed, _some_axes, _extremes, _not_refused)


# ---- for functions without randomness


def _exchanged(evidence: Evidence) -> Description | None:
    """Recognize outputs that were returned in the wrong order, wherever something was returned and compared."""
    kinds = WrongValues | WrongShape | BrokenProperty  # a check that computes with a wrong shape ends there
    if not all(isinstance(each.failure, kinds) for each in evidence.failed):
        return None
    calls: dict[tuple[str, int], dict[str, Pair]] = {}
    for pair in evidence.pairs:
        calls.setdefault((pair.check, pair.origin.call.number), {})[pair.origin.output] = pair
    names = evidence.pairs[0].origin.outputs if evidence.pairs else ()
    if not 2 <= len(names) <= len(COUNTS) or len(set(names)) < len(names):
        return None
    for order in permutations(names):
        moved = {name: other for name, other in zip(names, order, strict=True) if name != other}
        if moved and all(_is_exchanged(pairs, moved) for pairs in calls.values()):
            told = any(moved.keys() <= pairs.keys() for pairs in calls.values())
            return (
                Description(
                    id="generic.exchanged",
                    sentence=f"The results are right, but {' and '.join(moved)} have changed places.",
                    hint="In which order does the stub return them?",
                )
                if told
                else None
            )
    return None


def _is_exchanged(pairs: dict[str, Pair], moved: dict[str, str]) -> bool:
    """Say whether the values returned under one name are those expected under another, as far as both were compared."""
    for name, pair in pairs.items():
        if name not in moved:
            if not pair.accepted:
                return False
        elif moved[name] in pairs and not _same(pair.actual, pairs[moved[name]].expected):
            return False
    return True


def _turned_values(evidence: Evidence) -> Description | None:
    wrong = _wrong(evidence)
    if not evidence.only_values or not wrong or not all(_fits_turned(pair) for pair in wrong):
        return None
    return _turned({pair.origin.output for pair in wrong})


def _turned(outputs: Collection[str]) -> Description:
    return Description(
        id="generic.transposed",
        sentence=f"Axes are exchanged: {' and '.join(sorted(outputs))} should be transposed.",
        hint="Which axis counts the examples: the first one or the last?",
    )


def _fits_turned(pair: Pair) -> bool:
    return pair.actual.ndim > 1 and _same(pair.actual.T, pair.expected)


def _constant_factor(evidence: Evidence) -> Description | None:
    pairs = _wrong(evidence)
    if not evidence.only_values or _count(pairs) < LEAST:
        return None
    for factor, words in FACTORS.items():
        if all(_same(pair.actual, factor * pair.expected) for pair in pairs):
            return Description(
                id="generic.factor",
                sentence=f"Every value {_of_outputs(evidence)}is {words} what it should be.",
                hint="Does the formula have a factor or a sign that your code lacks, or the other way round?",
            )
    return None


def _of_outputs(evidence: Evidence) -> str:
    """Return which outputs are wrong, if some of them are right."""
    wrong = {pair.origin.output for pair in evidence.pairs if not pair.accepted}
    right = {pair.origin.output for pair in evidence.pairs if pair.accepted}
    return f"of {' and '.join(sorted(wrong))} " if right - wrong else ""


def _wrong(evidence: Evidence) -> list[Pair]:
    """Return the pairs of those outputs that are not right everywhere."""
    wrong = {pair.origin.output for pair in evidence.pairs if not pair.accepted}
    return [pair for pair in evidence.pairs if pair.origin.output in wrong]


def _count(pairs: Sequence[Pair]) -> int:
    """Count expected values that are not zero."""
    return sum(int(np.count_nonzero(pair.expected)) for pair in pairs)


def _size_factor(evidence: Evidence) -> Description | None:
    pairs = _wrong(evidence)
    sizes = [pair.origin.examples for pair in pairs]
    if not evidence.only_values or None in sizes or len(set(sizes)) < 2:  # a single size proves nothing
        return None
    for power, words in (
        (1, "as many times too large as there are examples"),
        (-1, "divided by the number of examples"),
    ):
        if all(
            _same(pair.actual, float(size or 1) ** power * pair.expected)
            for pair, size in zip(pairs, sizes, strict=True)
        ):
            return Description(
                id="generic.number_of_examples",
                sentence=f"Every value {_of_outputs(evidence)}is {words}.",
                hint="Is it a sum or a mean over the examples, and is the division made once, twice, or never?",
            )
    return None


def _function_of_it(evidence: Evidence) -> Description | None:
    """Recognize values that are a simple function of the right ones, with one operation too few or too many."""
    pairs = _wrong(evidence)
    if not evidence.only_values or _count(pairs) < LEAST:
        return None
    for words, function in FUNCTIONS.items():
        if all(_same(pair.actual, function(pair.expected)) for pair in pairs):
            return Description(
                id="generic.function",
                sentence=f"Every value {_of_outputs(evidence)}is {words} what it should be.",
                hint="Which operation is made once too often, or once too little?",
            )
    return None


FUNCTIONS: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "1 divided by": lambda values: 1 / values,
    "the square of": np.square,
    "the root of": np.sqrt,
    "the absolute value of": np.abs,
    "the logarithm of": np.log,
    "1 minus": lambda values: 1 - values,
}


def _unchanged(evidence: Evidence) -> Description | None:
    """Recognize a function that returns one of its arguments unchanged."""
    wrong = [pair for pair in evidence.pairs if not pair.accepted]
    if not evidence.only_values or not wrong or len({pair.origin.output for pair in wrong}) > 1:
        return None
    for name in evidence.parameters:
        arrays = [array_of(evidence.arguments(pair.origin.call).get(name)) for pair in wrong]
        if all(array is not None and _same(pair.actual, array) for pair, array in zip(wrong, arrays, strict=True)):
            return Description(
                id="generic.unchanged",
                sentence=f"Where {wrong[0].origin.output} is wrong, it is {name}, unchanged.",
                hint=f"Which line should change {name}, is it run, and is its result what you return?",
            )
    return None


def _first_step_only(evidence: Evidence) -> Description | None:
    """Recognize a function that is right until it has to remember something from one call to the next."""
    first = [pair for pair in evidence.pairs if not pair.origin.follows]
    later = [pair for pair in evidence.pairs if pair.origin.follows]
    if not evidence.only_values or not first or not later:
        return None
    if all(pair.accepted for pair in first) and not any(pair.accepted for pair in later):
        return Description(
            id="generic.first_step",
            sentence="The first step is right, but every later one is wrong.",
            hint="What does a step hand on to the next one, and does it arrive as it was left?",
        )
    return None


def _shifted(evidence: Evidence) -> Description | None:
    """Recognize results that come one step late or early, in a series of calls or within one list."""
    rows = list(_rows(evidence.pairs))
    wrong = [row for row in rows if any(not pair.accepted for pair in row)]
    told = sum(not pair.accepted for row in wrong for pair in row)
    if not evidence.only_values or not wrong or told < sum(not pair.accepted for pair in evidence.pairs):
        return None
    for late, words in ((True, "late"), (False, "early")):
        if all(_is_shifted(row, late=late) for row in wrong):
            return Description(
                id="generic.shifted",
                sentence=f"The results are right, but come one step {words}.",
                hint="Is a result noted before or after its step, and does the count begin at 0 or at 1?",
            )
    return None


def _rows(pairs: Sequence[Pair]) -> Iterator[list[Pair]]:
    """Return series in time: the pairs of a check about one output, or a list alone."""
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


def _one_case(evidence: Evidence) -> Description | None:
    """Recognize a function that is wrong for one value of an argument, and right for all others."""
    if evidence.stray or not evidence.pairs:
        return None
    for name, default in evidence.parameters.items():
        given = [(pair.accepted, evidence.arguments(pair.origin.call).get(name)) for pair in evidence.pairs]
        if not all(isinstance(value, bool | str | int | float | None) and value is not MISSING for _, value in given):
            continue
        found = _cases(name, default, given)
        if found is None:
            continue
        wrong, words, hint = found
        if all(_all_calls(evidence, run, name, wrong) for run in evidence.derived):
            return Description(id="generic.one_case", sentence=words, hint=hint)
    return None


def _cases(
    name: str, default: object, given: Sequence[tuple[bool, object]]
) -> tuple[Callable[[object], bool], str, str] | None:
    """Return the values of an argument for which it is wrong, and the text about them."""
    right, wrong = ({value for accepted, value in given if accepted is which} for which in (True, False))
    if not right or not wrong or right & wrong:
        return None
    if all(isinstance(value, bool | str | None) for value in right | wrong):
        told = " and ".join(f"{name}={value!r}" for value in sorted(wrong, key=str))
        words = f"It is wrong for {told}, and right for every other {name} that was tried."
        return (lambda value: value in wrong), words, f"Which lines of your code are run for {told} alone?"
    if default is MISSING or right != {default} or len(wrong) < 2:
        return None
    words = f"It is right for {name}={default!r}, which is the default, and wrong for any other that was tried."
    return (lambda value: value != default), words, f"Is {name} used wherever the formula has it, or a constant?"


def _all_calls(evidence: Evidence, run: Run, name: str, wrong: Callable[[object], bool]) -> bool:
    return all(
        wrong(evidence.arguments(call).get(name))
        for call in evidence.returned
        if any(call is each for each, *_ in run.results)
    )


def _one_output(evidence: Evidence) -> Description | None:
    """Recognize the only output that is wrong, if all others were compared, and are right."""
    wrong = {pair.origin.output for pair in evidence.pairs if not pair.accepted}
    right = {pair.origin.output for pair in evidence.pairs if pair.accepted} - wrong
    outputs = set(evidence.pairs[0].origin.outputs) if evidence.pairs else set()
    if evidence.stray or len(outputs) < 2 or len(wrong) != 1 or right != outputs - wrong:
        return None
    (name,) = wrong
    return Description(
        id="generic.one_output",
        sentence=f"Of the results, only {name} is wrong.",
        hint=f"Which line of your code makes {name}, and what has it that the others have not?",
    )


def _nearly(evidence: Evidence) -> Description | None:
    wrong = [each.failure for each in evidence.failed]
    # After small steps everything is near: what shows in none of the first ones is about what is kept between them.
    shows_at_once = any(not pair.accepted and not pair.origin.follows for pair in evidence.pairs)
    is_near = all(isinstance(failure, WrongValues) for failure in wrong) and all(map(_is_near, evidence.pairs))
    if is_near and shows_at_once and all(_is_mostly_inexact(pair) for pair in evidence.pairs if not pair.accepted):
        return Description(
            id="generic.rounded",
            sentence="Every value is nearly right, but not as exact as it should be.",
            hint="Is something rounded on the way, a constant written with few digits, or a small number added?",
        )
    return None


def _same(actual: np.ndarray, expected: np.ndarray) -> bool:
    if actual.shape != expected.shape or not np.isfinite(expected).all():
        return False
    room = 2 * DOUBLE * np.max(np.abs(expected), initial=0.0)
    return bool(np.all(np.abs(actual - expected) <= room))


def _is_near(pair: Pair) -> bool:
    actual, expected = pair.actual, pair.expected
    room = ROUNDED * np.max(np.abs(expected), initial=0.0)
    return bool(np.all(np.abs(actual - expected) <= room))


def _is_mostly_inexact(pair: Pair) -> bool:
    """Tell numbers that are all rounded from a few wrong ones among exact ones."""
    room = 2 * DOUBLE * np.max(np.abs(pair.expected), initial=0.0)
    other_than_zero = pair.expected != 0
    inexact = np.abs(pair.actual - pair.expected) > room
    return bool(2 * np.count_nonzero(inexact) > np.count_nonzero(other_than_zero))


RULES: tuple[Rule, ...] = (
    _exchanged,
    _turned_values,
    _constant_factor,
    _size_factor,
    _function_of_it,
    _unchanged,
    _shifted,
    _first_step_only,
    _one_case,
    _one_output,
    _nearly,
)
