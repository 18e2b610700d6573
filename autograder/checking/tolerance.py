"""The tolerance: whether two arrays are the same answer, and where they differ most if they are not.

An answer may be off by 2e-5 of itself plus 2e-5 of the size of the numbers beside it. This allows single precision in
some of the arrays, which is invisible in a result that other arrays make double again. If the student's values show
single precision, an answer may be off by 1e-4 of both. Checks choose inputs for which every known mistake is far beyond
that.
"""

from __future__ import annotations

import math

import numpy as np

from autograder.checking.failures import WrongValues

DOUBLE = 2e-5
SINGLE = 1e-4
SINGLE_BITS = 24  # the most bits of a number that are not zero
CHANCE_BITS = 16  # a number that is exact anyway, such as a quarter or a count, has only so many


def compare(
    what: str, actual: np.ndarray, expected: np.ndarray, *, scale: object = None, single: bool
) -> WrongValues | None:
    """Return None if `actual` equals `expected`, element for element and without broadcasting, or else the failure."""
    if actual.shape != expected.shape:
        raise ValueError(
            f"{what}: actual has shape {actual.shape}, expected has {expected.shape}; compare equal shapes"
        )
    if is_close(actual, expected, scale=scale, single=single):
        return None
    tolerance = np.broadcast_to(_tolerance(expected, scale, single=single), expected.shape)
    error = np.abs(actual - expected)
    wrong = ~((error <= tolerance) | (actual == expected))
    excess = np.where(wrong, np.nan_to_num(error / tolerance, nan=np.inf), -1.0)
    index = np.unravel_index(np.argmax(excess), excess.shape)
    return WrongValues(
        what=what,
        count=int(wrong.sum()),
        size=wrong.size,
        index=tuple(int(place) for place in index),
        actual=float(actual[index]),
        expected=float(expected[index]),
        tolerance=float(tolerance[index]),
        whole=bool((expected == np.rint(expected)).all() and (actual == np.rint(actual)).all()),
    )


def is_close(actual: np.ndarray, expected: np.ndarray, *, scale: object = None, single: bool) -> bool:
    """Say whether arrays of the same shape are equal within the tolerance."""
    if not expected.size:
        return True
    if not actual.ndim and scale is None:
        room = 2 * (SINGLE if single else DOUBLE) * abs(expected.item())
        if abs(actual.item() - expected.item()) <= room < math.inf:
            return True  # a right number, as most are
    close = np.abs(actual - expected) <= _tolerance(expected, scale, single=single)
    return bool(close.all()) or bool((close | (actual == expected)).all())  # NaN is wrong, equal infinities are right


def _tolerance(expected: np.ndarray, scale: object, *, single: bool) -> np.ndarray:
    share, magnitude = SINGLE if single else DOUBLE, np.abs(expected)
    largest = magnitude.max()
    if not largest < np.inf:  # values that are not finite must be equal, and don't widen the tolerance
        magnitude = np.where(np.isfinite(expected), magnitude, 0.0)
        largest = magnitude.max()
    # Two products: the sum of two of the largest floats would overflow.
    return np.asarray(share * magnitude + share * (largest if scale is None else np.asarray(scale)))


def shows_single_precision(values: np.ndarray) -> bool:
    """Say whether values were rounded to single precision: all have few enough bits for it, and one uses them.

    Whole numbers and quarters, which are exact in any precision, show nothing.
    """
    if values.dtype.kind != "f":
        return False
    mantissas = np.ldexp(np.frexp(values.astype(np.float64))[0], SINGLE_BITS)
    if not (mantissas == np.rint(mantissas)).all():
        return False
    return bool(np.any(np.fmod(mantissas, 2.0 ** (SINGLE_BITS - CHANCE_BITS))))
