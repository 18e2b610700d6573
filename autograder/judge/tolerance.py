"""The one tolerance policy: when two arrays are the same answer, and where they differ most when they are not.

An answer may be off by 1e-6 of itself plus 1e-6 of the size of the numbers it stands among, and by 1e-4 of both where
the student's values show single precision. Checks choose inputs that put every known mistake far beyond that.
"""

from __future__ import annotations

import numpy as np

from autograder.findings import BadValues

DOUBLE = 1e-6
SINGLE = 1e-4


def compare(
    what: str, *, actual: np.ndarray, expected: np.ndarray, scale: np.ndarray | None, single: bool
) -> BadValues | None:
    """Return None where `actual` is `expected`, element for element and without broadcasting, else where it is not."""
    if actual.shape != expected.shape:
        raise ValueError(f"{what}: shapes {actual.shape} and {expected.shape} can't be compared")
    size = np.max(np.abs(expected), initial=0.0) if scale is None else scale
    share = SINGLE if single else DOUBLE
    allowed = np.broadcast_to(share * np.abs(expected) + share * size, expected.shape)
    with np.errstate(over="ignore", invalid="ignore"):  # a student's numbers may be of any size
        error = np.abs(actual - expected)
    wrong = ~(error <= allowed)  # NaN is wrong, too
    if not wrong.any():
        return None
    with np.errstate(divide="ignore", over="ignore", invalid="ignore"):
        excess = np.where(wrong, np.nan_to_num(error / allowed, nan=np.inf), -1.0)
    index = np.unravel_index(np.argmax(excess), excess.shape)
    return BadValues(
        what=what,
        count=int(wrong.sum()),
        size=wrong.size,
        index=tuple(int(place) for place in index),
        actual=float(actual[index]),
        expected=float(expected[index]),
        allowed=float(allowed[index]),
    )


def shows_single_precision(values: np.ndarray) -> bool:
    """Say whether values were rounded to single precision: all of them survive a trip through float32 unchanged."""
    if values.dtype.kind != "f":
        return False
    with np.errstate(over="ignore"):
        return bool(np.array_equal(values, values.astype(np.float32)))
