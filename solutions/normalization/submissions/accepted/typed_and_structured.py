"""Typed code around a frozen dataclass that holds the statistics of a feature."""
from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np

Matrix = np.ndarray
Vector = np.ndarray


@dataclass(frozen=True)
class FeatureScaler:
    """Centre and scale of one feature."""

    mean: float
    std: float
    is_constant: bool = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "is_constant", self.std == 0.0)

    @classmethod
    def from_values(cls, values: Iterable[float]) -> FeatureScaler:
        """Estimate the statistics, with sums that are rounded only once."""
        numbers: list[float] = [float(v) for v in values]
        count: int = len(numbers)
        mean: float = math.fsum(numbers) / count
        variance: float = math.fsum((v - mean) ** 2 for v in numbers) / count
        return cls(mean=mean, std=math.sqrt(variance))

    def transform(self, values: Vector) -> Vector:
        """Apply the statistics to new values of this feature."""
        if self.is_constant:
            return np.zeros(values.shape, dtype=np.float64)
        return (values - self.mean) / self.std


def _scalers(mean: Vector, std: Vector) -> Iterator[FeatureScaler]:
    yield from (FeatureScaler(float(m), float(s)) for m, s in zip(mean, std, strict=True))


def fit_standardizer(x: Matrix) -> tuple[Vector, Vector]:
    scalers: list[FeatureScaler] = [FeatureScaler.from_values(x[:, d]) for d in range(x.shape[1])]
    mean: Vector = np.array([scaler.mean for scaler in scalers], dtype=np.float64)
    std: Vector = np.array([scaler.std for scaler in scalers], dtype=np.float64)
    return mean, std


def standardize(x: Matrix, mean: Vector, std: Vector) -> Matrix:
    result: Matrix = np.empty(x.shape, dtype=np.float64)
    for d, scaler in enumerate(_scalers(mean, std)):
        result[:, d] = scaler.transform(x[:, d])
    return result
