"""What a check may expect: claims, in the words in which checks are written."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from autograder.ask.draw import Draw
from autograder.claims import Alternative, Close, Follows, Holds, Law, Refuses
from autograder.formula import Formula, Output, Reference, as_formula

STEP = 1e-5  # of numerical derivatives: central differences in double precision lose about 1e-10 to either side
SINGLE_ENTRIES = 2
DIRECTIONS = 3


def same(what: str, actual: Formula, *, or_else: Sequence[Alternative] = (), scale: object = None) -> Close:
    """Expect what the reference gives."""
    return equal(what, actual, Reference(actual), or_else=or_else, scale=scale)


def equal(
    what: str, actual: Formula, expected: object, *, or_else: Sequence[Alternative] = (), scale: object = None
) -> Close:
    """Expect two values, each known or computed from the student's own results, to be the same."""
    return Close(what, actual, as_formula(expected), None if scale is None else as_formula(scale), tuple(or_else))


def holds(condition: Formula, otherwise: str) -> Holds:
    """Expect every element of a condition to be true; `otherwise` is what a student reads where one is not."""
    return Holds(condition, otherwise)


def follows(what: str, sample: Formula, law: Law) -> Follows:
    """Expect a sample to be distributed by a law."""
    return Follows(what, sample, law)


def refuses(result: object, argument: str) -> Refuses:
    """Expect the call that gave `result` to raise ValueError because of the argument."""
    symbol = result[0] if isinstance(result, tuple) else result
    if not isinstance(symbol, Output):
        raise TypeError("refuses() takes what asking returned, with a symbol first")
    return Refuses(symbol.call, argument)


def carried(mend: str, actual: Formula, expected: object, guard: Formula | None = None) -> Alternative:
    """Accept `expected`, computed from the student's own `mend`, where that function itself is wrong."""
    return Alternative(mend, actual, as_formula(expected), guard)


def own_slopes(
    mend: str, actual: Formula, *, loss: Callable[[np.ndarray], Formula], at: np.ndarray, draw: Draw, aligned: bool = False
) -> Alternative:
    """Accept the gradient of the student's own `loss`, found by central differences along a few directions.

    The directions are dense random ones and single entries. `aligned` asks besides that the slopes run broadly along
    the reference's: right for a loss of which only a factor or a term is wrong, not for any other function.
    """
    directions = [draw.normal(*at.shape) for _ in range(DIRECTIONS)] + _single_entries(at, draw)
    slopes = np.stack([(loss(at + STEP * way) - loss(at - STEP * way)) / (2 * STEP) for way in directions], axis=0)
    projections = np.stack([np.sum(actual * way) for way in directions], axis=0)
    guard = _along(slopes, Reference(projections)) if aligned else None
    return Alternative(mend, projections, slopes, guard)


def _along(slopes: Formula, right: Formula) -> Formula:
    """Say whether two lists of slopes enclose an angle of less than 45 degrees."""
    lengths = np.sqrt(np.sum(slopes**2) * np.sum(right**2))
    return np.sum(slopes * right) > np.sqrt(0.5) * lengths


def _single_entries(at: np.ndarray, draw: Draw) -> list[np.ndarray]:
    entries = []
    for _ in range(min(SINGLE_ENTRIES, at.size)):
        way = np.zeros(at.size)
        way[draw.below(at.size)] = 1.0
        entries.append(way.reshape(at.shape))
    return entries
