"""Helpers for follow-throughs: numerical gradients, and a test whether a student's own result leaves anything to get
right.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

STEP = 1e-5  # with central differences in double precision, the error is about 1e-10
FAR = 100.0  # times smaller or larger


def numerical_gradient(loss: Callable[[np.ndarray], object], at: np.ndarray, step: float = STEP) -> np.ndarray:
    """Return the gradient of a loss by central differences.

    Parameters
    ----------
    loss
        Takes an array of the shape of `at` and returns a number; it is called twice per element.
    at
        The point at which the gradient is computed, of any shape.

    Examples
    --------
    >>> numerical_gradient(lambda x: np.sum(x**2), np.array([1.0, -2.0])).round(6).tolist()
    [2.0, -4.0]
    """
    gradient = np.zeros(at.shape)
    for index in np.ndindex(at.shape):
        change = np.zeros(at.shape)
        change[index] = step
        gradient[index] = (np.asarray(loss(at + change)) - np.asarray(loss(at - change))) / (2 * step)
    return gradient


def resembles(actual: np.ndarray, right: np.ndarray, cosine: float = 0.5) -> bool:
    """Say whether a student's own result has about the size of the right one, and about its direction or the opposite
    one.

    Then a function that is built on it is about as hard to get right as one on the right result. Without this test, a
    function that does next to nothing would make the one that follows it trivial.

    Parameters
    ----------
    actual, right
        Arrays of one shape.
    cosine
        The lowest accepted cosine between the two, as a positive number.
    """
    product, own, size = np.sum(actual * right), np.sum(actual * actual), np.sum(right * right)
    return bool(product**2 > cosine**2 * own * size and own * FAR**2 > size and own < FAR**2 * size)
