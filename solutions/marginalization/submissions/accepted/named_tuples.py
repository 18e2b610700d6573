"""Named tuples for everything that has two parts."""
from collections import namedtuple

import numpy as np

Moments = namedtuple("Moments", "mean variance")
Estimate = namedtuple("Estimate", "mean standard_error")
Bag = namedtuple("Bag", "indices out_of_bag")


class BadProbability(ValueError):
    pass


def dropout_moments(w, x, p):
    if p < 0 or p >= 1:
        raise BadProbability
    second = np.sum((w * x) ** 2) / (1 - p) + (w @ x) ** 2 - np.sum((w * x) ** 2)  # E of the square
    return Moments(w @ x, second - (w @ x) ** 2)


def exact_average(f, x, p):
    if p < 0 or p >= 1:
        raise BadProbability
    d = len(x)
    masks = (np.arange(2**d)[:, None] >> np.arange(d)) & 1
    logs = masks.sum(1) * np.log1p(-p)
    weights = np.exp(logs) * np.power(p, d - masks.sum(1))
    values = np.array([f(m * x / (1 - p)) for m in masks])
    return (weights.reshape(-1, *[1] * (values.ndim - 1)) * values).sum(axis=0)


def monte_carlo_average(f, x, p, rng, samples):
    if p < 0 or p >= 1:
        raise BadProbability
    values = np.array([f(m * x) for m in rng.choice([0, 1 / (1 - p)], size=(samples, len(x)), p=[p, 1 - p])])
    centered = values - values.mean(axis=0)
    return Estimate(values.mean(axis=0), np.sqrt((centered**2).sum(axis=0)) / np.sqrt(samples * (samples - 1)))


def geometric_mean_softmax(scores):
    m = np.mean(scores, axis=0)
    differences = m[:, :, None] - m[:, None, :]  # of every class to every other
    with np.errstate(over="ignore"):
        return 1 / np.exp(-differences).sum(axis=2)


def flip_average(predict, images):
    index = np.arange(images.shape[2])[::-1]
    return np.mean(np.stack([predict(images[:, :, index]), predict(images)]), axis=0)


def bagging_indices(n, rounds, rng):
    bags = []
    for _ in range(rounds):
        u = np.sort(rng.random(n))
        drawn = np.minimum((u * n).astype(int), n - 1)
        bags.append(Bag(drawn, np.delete(np.arange(n), np.unique(drawn))))
    return bags
