"""Generators and itertools; a cache of f by mask."""
from itertools import compress, product

import numpy as np


def dropout_moments(w, x, p):
    if not 0 <= p < 1:
        raise ValueError("p")
    terms = [a * b for a, b in zip(w, x)]
    return sum(terms), sum(t * t for t in terms) * p / (1 - p)


def exact_average(f, x, p):
    if not 0 <= p < 1:
        raise ValueError("p")
    scale = 1 / (1 - p)

    def parts():
        for mask in product([0, 1], repeat=x.size):
            k = sum(mask)
            weight = (1 - p) ** k * p ** (x.size - k)
            if weight:  # impossible masks need no call
                yield weight * np.asarray(f(np.array(mask) * x * scale))

    return sum(parts())


def monte_carlo_average(f, x, p, rng, samples):
    if not 0 <= p < 1:
        raise ValueError("p")
    cache = {}

    def value(mask):
        key = mask.tobytes()
        if key not in cache:
            cache[key] = np.array(f(np.where(mask, x / (1 - p), 0.0)))
        return cache[key]

    values = np.array([value(rng.random(x.size) >= p) for _ in range(samples)])
    return values.sum(axis=0) / samples, np.std(values, axis=0, ddof=1) / samples**0.5


def geometric_mean_softmax(scores):
    logs = scores - scores.max(axis=2, keepdims=True)
    logs = logs - np.log(np.exp(logs).sum(axis=2, keepdims=True))
    g = logs.mean(axis=0)
    g = np.exp(g - g.max(axis=1, keepdims=True))
    return g / g.sum(axis=1, keepdims=True)


def flip_average(predict, images):
    return np.concatenate([(predict(one[None]) + predict(one[None, :, ::-1])) / 2 for one in images])


def bagging_indices(n, rounds, rng):
    def bag():
        drawn = rng.integers(n, size=n)
        return drawn, list(compress(range(n), [i not in set(drawn.tolist()) for i in range(n)]))

    return (bag() for _ in range(rounds))
