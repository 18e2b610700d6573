"""Exact weights as fractions; object arrays."""
from fractions import Fraction
from math import comb

import numpy as np


def _odds(p):
    p = Fraction(p)
    if not 0 <= p < 1:
        raise ValueError(str(p))
    return p / (1 - p)


def dropout_moments(w, x, p):
    odds = _odds(p)
    t = [Fraction(float(a)) * Fraction(float(b)) for a, b in zip(w, x)]
    return sum(t), odds * sum(v * v for v in t)


def exact_average(f, x, p):
    _odds(p)
    q, d, total = Fraction(p), len(x), 0
    assert sum(comb(d, k) for k in range(d + 1)) == 2**d
    for bits in np.ndindex(*[2] * d):
        weight = q ** bits.count(0) * (1 - q) ** bits.count(1)
        total = total + float(weight) * np.asarray(f(x * bits / (1 - p)))
    return np.array(total, dtype=object)


def monte_carlo_average(f, x, p, rng, samples):
    _odds(p)
    keep = rng.integers(2**53, size=(samples, len(x))) >= p * 2**53
    v = np.array([f(x * k / (1 - p)) for k in keep])
    return v.mean(0), np.sqrt(np.sum((v - v.mean(0)) ** 2, 0) / ((samples - 1) * samples))


def geometric_mean_softmax(scores):
    m = scores.mean(0)
    best = m.argmax(1)
    e = np.exp(m - m[np.arange(len(m)), best, None])
    return np.divide(e, e.sum(1, keepdims=True)).astype(object)


def flip_average(predict, images):
    return Fraction(1, 2) * (predict(images[:, :, ::-1]) + predict(images)).astype(object)


def bagging_indices(n, rounds, rng):
    flat = rng.integers(n, size=n * rounds)
    return [(flat[i * n : (i + 1) * n], np.setxor1d(np.arange(n), np.unique(flat[i * n : (i + 1) * n]))) for i in range(rounds)]
