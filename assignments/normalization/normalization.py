"""Normalization of the data; lecture topic "Data normalization"."""

from __future__ import annotations

import numpy as np


def fit_standardizer(x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return mean and standard deviation of every feature of a training set.

    x (N, D): one row per example, one column per feature.

    Returns (mean, std), each (D,).

    Formula, feature by feature: μ = (1/N)·Σ x,  σ = √((1/N)·Σ (x − μ)²): the biased standard deviation.

    Source: LeCun, Bottou, Orr and Müller 1998, "Efficient BackProp", section 4.3; torch.std with correction=0.
    """
    raise NotImplementedError


def standardize(x: np.ndarray, mean: np.ndarray, std: np.ndarray) -> np.ndarray:
    """Center and scale every feature with statistics that are given: those of the training set, whatever x is.

    x (N, D): training, validation or test data, a single row too. mean, std (D,): see `fit_standardizer`.

    Returns the standardized data (N, D). A feature whose std is exactly 0 comes out as 0.

    Formula, feature by feature: (x − μ)/σ, and 0 where σ = 0.

    Source: LeCun, Bottou, Orr and Müller 1998, "Efficient BackProp", section 4.3.
    """
    raise NotImplementedError
