"""Round what goes into a book, so that the last bits of one machine's arithmetic are in none."""

from __future__ import annotations

import numpy as np

# More than the tolerance policy can see, fewer than in which two machines differ.
DIGITS = 11
LEAST_EXPONENT = -250  # what is smaller, no tolerance sees, and powers of ten end soon after


def rounded(values: np.ndarray, digits: int = DIGITS) -> np.ndarray:
    """Round to significant digits; what is not finite stays."""
    with np.errstate(divide="ignore", invalid="ignore"):
        exponent = np.where(values == 0, 0, np.floor(np.log10(np.abs(values))))
        unit = 10.0 ** np.maximum(exponent - digits, LEAST_EXPONENT)
        return np.asarray(np.where(np.isfinite(values), np.rint(values / unit) * unit, values))
