"""What a check may expect: claims, in the words in which checks are written."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from autograder.ask.draw import Draw
from autograder.ask.symbol import Symbol, apply, as_formula
from autograder.claims import Alternative, Close, Follows, Holds, Law, Provided, Refuses
from autograder.formula import Output, Reference

Loss = Callable[[np.ndarray], Symbol]
Wrapped = Close | Holds | Follows | Provided
STEP = 1e-5  # of numerical derivatives: central differences in double precision lose about 1e-10 to either side
SINGLE_ENTRIES = 2
DIRECTIONS = 3
ALIKE, ALIGNED = 0.5, 0.95  # cosines
FAR = 100.0  # times smaller or larger
ALMOST = 1e-3  # far more than any rounding, far less than any mistake
ROUNDING = 1e-6  # of what is zero


def same(what: str, actual: Symbol, *, or_else: Sequence[Alternative] = (), scale: object = None) -> Close:
    """Expect what the reference gives."""
    return equal(what, actual, reference(actual), or_else=or_else, scale=scale)


def equal(
    what: str, actual: Symbol, expected: object, *, or_else: Sequence[Alternative] = (), scale: object = None
) -> Close:
    """Expect two values, each known or computed from the student's own results, to be the same."""
    size = None if scale is None else as_formula(scale)
    return Close(what, actual.formula, as_formula(expected), size, tuple(or_else))


def reference(symbol: Symbol) -> Symbol:
    """Return the value that a symbol has on the reference's results."""
    return Symbol(Reference(symbol.formula))


def holds(condition: Symbol, otherwise: str) -> Holds:
    """Expect every element of a condition to be true; `otherwise` is what a student reads where one is not."""
    return Holds(condition.formula, otherwise)


def follows(what: str, sample: Symbol, law: Law) -> Follows:
    """Expect a sample to be distributed by a law."""
    return Follows(what, sample.formula, law)


def refuses(result: object, argument: str) -> Refuses:
    """Expect the call that gave `result` to raise ValueError because of the argument."""
    symbol = result[0] if isinstance(result, tuple) else result
    if not isinstance(symbol, Symbol) or not isinstance(symbol.formula, Output):
        raise TypeError("refuses() takes what asking returned, with a symbol first")
    return Refuses(symbol.formula.call, argument)


def carried(mend: str, actual: Symbol, expected: object, guard: Symbol | None = None) -> Alternative:
    """Accept `expected`, computed from the student's own `mend`, where that function itself is wrong."""
    return Alternative(mend, actual.formula, as_formula(expected), None if guard is None else guard.formula)


def provided(function: str, condition: Symbol, claim: Wrapped) -> Provided:
    """Leave a failure of the claim out where the student's own `function`, on which it rests, breaks the condition."""
    return Provided(function, condition.formula, claim)


def provided_right(on_the_way: Sequence[tuple[str, Symbol]], claim: Wrapped, *, if_raised: bool = False) -> Wrapped:
    """Leave a failure of the claim out where one of the student's own functions, on the way there, is already wrong.

    `on_the_way` are results of the student's own functions with the functions' names, the earliest first. `if_raised`
    excuses exceptions alone, of a claim that is about something else than what these functions give.
    """
    for function, result in on_the_way:
        right = reference(result)
        off, size = np.max(np.abs(result - right)), reference(np.max(np.abs(result)))
        condition = (off <= ALMOST * size + ROUNDING).formula
        claim = Provided(function, condition, claim, "raised" if if_raised else "all")
    return claim


def resembles(result: Symbol, *, alike: float = ALIKE) -> Symbol:
    """Say whether a student's own result, right or wrong, is of the reference's size and runs along it, or against it.

    What is built on such a result is about as hard to get right as on the right one. Without it, a function that does
    next to nothing would make the one that follows it trivial. `alike` is the least cosine between the two.
    """
    product, own = apply("sum", (result * reference(result),), {}), apply("sum", (result**2,), {})
    size = reference(own)
    conditions = product**2 > alike**2 * own * size, own * FAR**2 > size, own < FAR**2 * size
    return apply("all", (_stack(list(conditions)),), {})


def all_resemble(parts: Sequence[tuple[str, Symbol]], *, alike: float = ALIKE) -> Symbol:
    """Say whether the results of all functions that another is built on resemble the reference's."""
    first, *others = (resembles(result, alike=alike) for _, result in parts)
    for each in others:
        first = apply("logical_and", (first, each), {})
    return first


def provided_alike(parts: Sequence[tuple[str, Symbol]], claim: Wrapped) -> Wrapped:
    """Leave a failure of the claim out where a function that it is built on gives nothing like the right result."""
    for function, result in parts:
        claim = Provided(function, resembles(result).formula, claim, "alike")
    return claim


def own_slopes(
    mend: str,
    actual: Symbol,
    *,
    loss: Loss,
    at: np.ndarray,
    draw: Draw,
    guard: Symbol | None = None,
) -> Alternative:
    """Accept the gradient of the student's own `loss`, found by central differences along a few directions.

    The directions are dense random ones and single entries. `guard` says that this loss, right or wrong, leaves as much
    to differentiate as the right one.
    """
    return carried(mend, *_projected(actual, loss, at, draw), guard)


def aligned_slopes(mend: str, actual: Symbol, *, loss: Loss, at: np.ndarray, draw: Draw) -> Alternative:
    """Accept the gradient of the student's own loss, as `own_slopes` does, where it runs broadly along the reference's.

    That is right for a loss of which only a factor or a term is wrong, not for any other function.
    """
    projections, slopes = _projected(actual, loss, at, draw)
    return carried(mend, projections, slopes, _along(slopes, reference(projections)))


def _projected(actual: Symbol, loss: Loss, at: np.ndarray, draw: Draw) -> tuple[Symbol, Symbol]:
    """Return a gradient's parts along a few directions, and the numerical slopes of the loss along them."""
    directions = [draw.normal(*at.shape) for _ in range(DIRECTIONS)] + _single_entries(at, draw)
    slopes = _stack([(loss(at + STEP * way) - loss(at - STEP * way)) / (2 * STEP) for way in directions])
    return _stack([apply("sum", (actual * way,), {}) for way in directions]), slopes


def _along(slopes: Symbol, right: Symbol) -> Symbol:
    """Say whether two lists of slopes enclose an angle of less than 18 degrees."""
    product, own, others = (apply("sum", (each,), {}) for each in (slopes * right, slopes**2, right**2))
    return apply("greater", (product, np.sqrt(ALIGNED**2 * own * others)), {})


def _stack(symbols: list[Symbol]) -> Symbol:
    return apply("stack", (symbols,), {"axis": 0})


def _single_entries(at: np.ndarray, draw: Draw) -> list[np.ndarray]:
    entries = []
    for _ in range(min(SINGLE_ENTRIES, at.size)):
        way = np.zeros(at.size)
        way[draw.below(at.size)] = 1.0
        entries.append(way.reshape(at.shape))
    return entries
