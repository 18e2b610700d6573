"""Prints, warnings and float errors as exceptions."""
import itertools
import warnings

import numpy as np

warnings.simplefilter("error")
np.seterr(all="raise", under="ignore")
print("averages")


def _probability(p):
    print("p =", p)
    if p < 0 or p >= 1:
        raise ValueError("p = %s" % p)
    return p


def dropout_moments(w, x, p):
    odds = _probability(p) / (1 - p)
    return float(w @ x), float(odds * np.linalg.norm(w * x) ** 2)


def exact_average(f, x, p):
    _probability(p)
    values, weights = [], []
    for k in range(len(x) + 1):
        for kept in itertools.combinations(range(len(x)), k):
            point = np.zeros(len(x))
            point[list(kept)] = x[list(kept)] / (1 - p)
            values.append(f(point))
            weights.append((1 - p) ** k * p ** (len(x) - k))
    print(len(values))
    return np.average(values, axis=0, weights=weights)


def monte_carlo_average(f, x, p, rng, samples):
    _probability(p)
    values = np.array([f(x * rng.choice([0.0, 1 / (1 - p)], p=[p, 1 - p], size=len(x))) for _ in range(samples)])
    return np.mean(values, 0), np.sqrt(np.var(values, 0, ddof=1) / samples)


def geometric_mean_softmax(scores):
    mean = np.mean(scores, 0)
    mean = mean - np.amax(mean, 1, keepdims=True)
    return np.exp(mean) / np.sum(np.exp(mean), 1, keepdims=True)


def flip_average(predict, images):
    print(images.shape)
    return (predict(np.fliplr(images.swapaxes(1, 2)).swapaxes(1, 2)) + predict(images)) * 0.5


def bagging_indices(n, rounds, rng):
    pairs = []
    while len(pairs) < rounds:
        drawn = np.floor(n * rng.random(n)).astype(int)
        left = np.ones(n, bool)
        left[drawn] = False
        pairs.append([drawn, np.arange(n)[left]])
    return pairs
