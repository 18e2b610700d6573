"""The one tolerance policy: when two arrays are the same answer, and where they differ most when they are not.

An answer may be off by 1e-6 of itself plus 1e-6 of the size of the numbers beside it, and by 1e-4 of both where the
student's values show single precision. Checks choose inputs that put every known mistake far beyond that.
"""

from __future__ import annotations

import numpy as np

from autograder.checking.failures import WrongValues

DOUBLE = 1e-6
SINGLE = 1e-4


def compare(
    what: str, actual: np.ndarray, expected: np.ndarray, *, scale: object = None, single: bool
) -> WrongValues | None:
    """Return None where `actual` equals `expected`, element for element and without broadcasting, else the failure."""
    if actual.shape != expected.shape:
        raise ValueError(
            f"{what}: actual has shape {actual.shape}, expected has {expected.shape}; compare equal shapes"
        )
    if not expected.size:
        return None
    share = SINGLE if single else DOUBLE
    if not actual.ndim and scale is None and abs(actual.item() - expected.item()) <= 2 * share * abs(expected.item()):
        return None  # a number that is right, which most are
    magnitude, error = np.abs(expected), np.abs(actual - expected)
    largest = magnitude.max()
    if not largest < np.inf:  # what is not finite must be met exactly, and widens nothing
        magnitude = np.where(np.isfinite(expected), magnitude, 0.0)
        largest = magnitude.max()
    # Two products: the sum of two of the largest floats would overflow.
    tolerance = share * magnitude + share * (largest if scale is None else np.asarray(scale))
    if (error <= tolerance).all():
        return None
    wrong = ~((error <= tolerance) | (actual == expected))  # NaN is wrong, equal infinities are right
    if not wrong.any():
        return None
    tolerance = np.broadcast_to(tolerance, expected.shape)
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


def shows_single_precision(values: np.ndarray) -> bool:
    """Say whether values were rounded to single precision: all of them survive a trip through float32 unchanged."""
    if values.dtype.kind != "f":
        return False
    return bool((values.astype(np.float32) == values).all())
