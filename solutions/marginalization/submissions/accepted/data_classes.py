"""A dataclass for masks and their weights."""
from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Dropout:
    p: float

    def __post_init__(self) -> None:
        if not 0 <= self.p < 1:
            raise ValueError(f"p={self.p}")

    @property
    def variance(self) -> float:
        return 1 / (1 - self.p) - 1

    def all(self, d: int):
        grid = np.indices((2,) * d).reshape(d, -1).T
        for mask in grid:
            yield float(np.prod(np.choose(mask, [self.p, 1 - self.p]))), mask / (1 - self.p)

    def some(self, d: int, count: int, rng: np.random.Generator) -> np.ndarray:
        return np.greater_equal(rng.random((count, d)), self.p) / (1 - self.p)


def dropout_moments(w, x, p):
    d = Dropout(p)
    return float(np.inner(w, x)), float(d.variance * np.inner((w * x) ** 2, np.ones(len(w))))


def exact_average(f, x, p):
    weights, values = zip(*((q, np.asarray(f(x * m))) for q, m in Dropout(p).all(len(x))))
    return np.tensordot(np.array(weights), np.array(values), 1)


def monte_carlo_average(f, x, p, rng, samples):
    values = np.array([f(x * m) for m in Dropout(p).some(len(x), samples, rng)], dtype=float)
    covariance = np.atleast_2d(np.cov(values.reshape(samples, -1), rowvar=False))
    error = np.sqrt(np.diag(covariance) / samples).reshape(values.shape[1:])
    return values.mean(axis=0), error


def geometric_mean_softmax(scores):
    logits = scores.mean(axis=0)
    logits = logits - logits.max(axis=-1, keepdims=True)
    return np.exp2(logits / np.log(2)) / np.exp2(logits / np.log(2)).sum(axis=-1, keepdims=True)


def flip_average(predict, images):
    views = [images, images[:, :, ::-1]]
    return np.average([predict(view) for view in views], axis=0)


def bagging_indices(n, rounds, rng):
    drawn = np.array([rng.integers(n) for _ in range(n * rounds)], dtype=int).reshape(rounds, n)
    inside = np.zeros((rounds, n), dtype=bool)
    np.put_along_axis(inside, drawn, True, axis=1)
    return [(d, np.nonzero(~i)[0]) for d, i in zip(drawn, inside)]
