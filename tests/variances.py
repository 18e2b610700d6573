"""Right functions with a variance in them, by the way in which that is computed, in single precision or in double."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

Variance = Callable[[np.ndarray], np.ndarray]  # of examples along the first axis, dividing by their number
Functions = dict[str, Callable[..., Any]]


def welford(x: np.ndarray) -> np.ndarray:
    """Return the variance by one example after the other."""
    mean, total = np.zeros_like(x[0]), np.zeros_like(x[0])
    for number, row in enumerate(x, start=1):
        before = row - mean
        mean = mean + before / number
        total = total + before * (row - mean)
    return total / len(x)


def of_halves(x: np.ndarray) -> np.ndarray:
    """Return the variance by those of both halves, and so on."""
    if len(x) == 1:
        return np.zeros_like(x[0])
    first, second = np.array_split(x, 2)
    within = len(first) * of_halves(first) + len(second) * of_halves(second)
    between = first.mean(axis=0) - second.mean(axis=0)
    return (within + len(first) * len(second) / len(x) * between**2) / len(x)


def of_pairs(x: np.ndarray) -> np.ndarray:
    """Return the variance as half the mean square of the differences between any two examples."""
    return sum(((x - row) ** 2).mean(axis=0) for row in x) / (2 * len(x))


def summed_row_by_row(x: np.ndarray) -> np.ndarray:
    """Return the variance by two sums that plain loops make."""
    total, squares = np.zeros_like(x[0]), np.zeros_like(x[0])
    for row in x:
        total, squares = total + row, squares + row * row
    return (squares - total * total / len(x)) / len(x)


def centered(x: np.ndarray) -> np.ndarray:
    """Return the examples without their mean."""
    return x - x.mean(axis=0)


VARIANCES: dict[str, Variance] = {
    "NumPy's": lambda x: np.var(x, axis=0),
    "NumPy's standard deviation": lambda x: np.std(x, axis=0) ** 2,
    "NumPy's for samples": lambda x: np.var(x, axis=0, ddof=1) * (len(x) - 1) / len(x) if len(x) > 1 else 0 * x[0],
    "two passes": lambda x: np.mean(centered(x) ** 2, axis=0),
    "two passes and einsum": lambda x: np.einsum("n...,n...->...", centered(x), centered(x)) / len(x),
    "norms": lambda x: np.linalg.norm(centered(x), axis=0) ** 2 / len(x),
    "Welford": welford,
    "halves": of_halves,
    "pairs": of_pairs,
    "one pass": lambda x: np.mean(x**2, axis=0) - np.mean(x, axis=0) ** 2,
    "one pass and einsum": lambda x: np.einsum("n...,n...->...", x, x) / len(x) - x.mean(axis=0) ** 2,
    "one pass of sums": lambda x: ((x * x).sum(axis=0) - x.sum(axis=0) ** 2 / len(x)) / len(x),
    "one pass of plain loops": summed_row_by_row,
    "one pass from the first example": lambda x: np.mean((x - x[0]) ** 2, axis=0) - np.mean(x - x[0], axis=0) ** 2,
    "one pass, summed in double": lambda x: (x**2).mean(axis=0, dtype=float) - x.mean(axis=0, dtype=float) ** 2,
    "one pass in double": lambda x: (x.astype(float) ** 2).mean(axis=0) - x.astype(float).mean(axis=0) ** 2,
    "one pass, not below 0": lambda x: np.maximum(np.mean(x**2, axis=0) - np.mean(x, axis=0) ** 2, 0),
    "one pass, its size": lambda x: np.abs(np.mean(x**2, axis=0) - np.mean(x, axis=0) ** 2),
}  # fmt: skip


def batchnorm(variance: Variance, cast: type) -> Functions:
    """Return the forward pass of batch normalization whose examples are in some precision."""

    def batchnorm_forward(x, gamma, beta, running, training=True, momentum=0.1, eps=1e-5):  # noqa: PLR0917  # students' signature
        x, n = x.astype(cast), len(x)
        mean, var = running["mean"], running["var"]
        if training:
            if n < 2:
                raise ValueError(f"N={n}")
            mean, var = x.mean(axis=0), variance(x)
            running = {
                "mean": (1 - momentum) * running["mean"] + momentum * mean,
                "var": (1 - momentum) * running["var"] + momentum * var * n / (n - 1),
            }
        inv_std = 1 / np.sqrt(var + eps)
        x_hat = (x - mean) * inv_std
        return gamma * x_hat + beta, (x_hat, gamma * inv_std, training), running

    return {"batchnorm_forward": batchnorm_forward}


def normalization(variance: Variance, cast: type) -> Functions:
    """Return the function that fits means and spreads to examples in some precision."""

    def fit_standardizer(x):
        x = x.astype(cast)
        return x.mean(axis=0), np.sqrt(variance(x))

    return {"fit_standardizer": fit_standardizer}


def marginalization(variance: Variance, cast: type) -> Functions:
    """Return averages over values in some precision: of drawn masks, and of all masks where these are few."""

    def monte_carlo_average(f, x, p, rng, samples):
        if not 0 <= p < 1:
            raise ValueError(f"p={p}")
        masks = (rng.random((samples, len(x))) >= p) / (1 - p)
        values = np.array([f(x * mask) for mask in masks]).astype(cast)
        return values.mean(axis=0), np.sqrt(variance(values) / (samples - 1))

    return {"monte_carlo_average": monte_carlo_average}


WITH_VARIANCE: dict[str, Callable[[Variance, type], Functions]] = {
    "batchnorm": batchnorm,
    "normalization": normalization,
    "marginalization": marginalization,
}
