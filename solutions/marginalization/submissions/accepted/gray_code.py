"""Masks in the order of a Gray code: one element changes at a time."""
import numpy as np


def dropout_moments(w, x, p):
    if p < 0.0 or p >= 1.0:
        raise ValueError("p = %g" % p)
    a = np.multiply(w, x)
    high, low = a / (1 - p), np.zeros_like(a)
    mean = (1 - p) * high + p * low
    return mean.sum(), ((1 - p) * (high - mean) ** 2 + p * (low - mean) ** 2).sum()


def exact_average(f, x, p):
    if p < 0.0 or p >= 1.0:
        raise ValueError("p = %g" % p)
    d, total = len(x), 0
    mask = np.zeros(d)
    for k in range(2**d):
        if k:
            mask[(k & -k).bit_length() - 1] = 1 - mask[(k & -k).bit_length() - 1]
        kept = int(mask.sum())
        total = total + (1 - p) ** kept * p ** (d - kept) * np.asarray(f(mask * x / (1 - p)))
    return total


def monte_carlo_average(f, x, p, rng, samples):
    if p < 0.0 or p >= 1.0:
        raise ValueError("p = %g" % p)
    total = squares = None
    shift = np.asarray(f(x.copy()), dtype=float)  # to subtract something near the mean
    for _ in range(samples):
        mask = np.ones(len(x))
        mask[np.flatnonzero(rng.random(len(x)) < p)] = 0
        v = np.asarray(f(mask * x / (1 - p))) - shift
        total = v if total is None else total + v
        squares = v * v if squares is None else squares + v * v
    variance = np.maximum(squares - total * total / samples, 0) / (samples - 1)
    return shift + total / samples, np.sqrt(variance / samples)


def geometric_mean_softmax(scores):
    out = np.empty(scores.shape[1:])
    for row, s in zip(out, scores.swapaxes(0, 1)):
        m = s.mean(axis=0)
        row[:] = np.exp(m - np.logaddexp.reduce(m))
    return out


def flip_average(predict, images):
    return np.add(predict(images), predict(np.flip(images, axis=-2))) / 2.0


def bagging_indices(n, rounds, rng):
    result = []
    for _ in range(rounds):
        tickets = [0] * n
        drawn = rng.integers(n, size=n)
        for t in drawn:
            tickets[t] += 1
        result.append((drawn, [i for i, t in enumerate(tickets) if t == 0]))
    return result
