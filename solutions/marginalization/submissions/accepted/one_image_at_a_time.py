"""Image by image, each beside its mirror image; running sums; the draws as a list of sets."""

from __future__ import annotations
import itertools
import numpy as np


def _check(p):
    if not 0 <= p < 1:
        raise ValueError(p)


def exact_average(f, x, p):
    _check(p)
    total = 0
    for bits in itertools.product([0, 1], repeat=len(x)):
        k = sum(bits)
        total = total + (1 - p) ** k * p ** (len(x) - k) * np.asarray(f(x * np.array(bits) / (1 - p)))
    return total


def geometric_mean_softmax(scores):
    m = scores.mean(axis=0)
    e = np.exp(m - m.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def monte_carlo_average(f, x, p, rng, samples):
    _check(p)
    s1, s2, shift = 0.0, 0.0, None
    for _ in range(samples):
        z = np.array([0.0 if rng.random() < p else v / (1 - p) for v in x])
        v = np.array(f(z), dtype=float)
        shift = v if shift is None else shift
        s1, s2 = s1 + (v - shift), s2 + (v - shift) ** 2
    var = np.maximum(s2 - s1**2 / samples, 0) / (samples - 1)
    return shift + s1 / samples, np.sqrt(var) / np.sqrt(samples)


def dropout_moments(w, x, p):
    _check(p)
    terms = [(a * b, (a * b) ** 2) for a, b in zip(w.tolist(), x.tolist())]
    return sum(t for t, _ in terms), sum(t for _, t in terms) * (1 / (1 - p) - 1)


def flip_average(predict, images):
    rows = [predict(np.stack([i, np.fliplr(i)])) for i in images]
    return np.array([np.asarray(r).mean(axis=0) for r in rows])


def bagging_indices(n, rounds, rng):
    return list(
        map(lambda i: (i, np.array(sorted(set(range(n)) - set(i.tolist())))), (rng.choice(n, n) for _ in range(rounds)))
    )
