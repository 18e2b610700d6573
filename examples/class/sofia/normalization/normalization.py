"""Normalisation of the data; lecture topic "Data normalization"."""

from __future__ import annotations

import numpy as np


def fit_standardizer(x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return mean and standard deviation of every feature of a training set."""
    mean = np.mean(x, axis=0)
    std = np.sqrt(np.mean((x - mean) ** 2, axis=0))
    return mean, std


def standardize(x: np.ndarray, mean: np.ndarray, std: np.ndarray) -> np.ndarray:
    """Centre and scale every feature with statistics that are given: those of the training set, whatever x is.

    x (N, D): training, validation or test data, a single row too. mean, std (D,): see `fit_standardizer`.

    Returns the standardised data (N, D). A feature whose std is exactly 0 comes out as 0.

    Formula, feature by feature: (x − μ)/σ, and 0 where σ = 0.

    Source: LeCun, Bottou, Orr and Müller 1998, "Efficient BackProp", section 4.3.
    """
    raise NotImplementedError
