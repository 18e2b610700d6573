"""Recursion over elements, passes and rounds."""
import numpy as np


def _refuse(p):
    if not (0 <= p and p < 1):
        raise ValueError(p)


def dropout_moments(w, x, p):
    _refuse(p)
    if len(w) == 0:
        return 0.0, 0.0
    mean, variance = dropout_moments(w[1:], x[1:], p)
    return mean + w[0] * x[0], variance + p * (w[0] * x[0]) ** 2 / (1 - p)


def exact_average(f, x, p, done=()):
    _refuse(p)
    if len(done) == len(x):
        return np.array(f(np.array(done, dtype=float)))
    here = x[len(done)] / (1 - p)
    return p * exact_average(f, x, p, (*done, 0.0)) + (1 - p) * exact_average(f, x, p, (*done, here))


def monte_carlo_average(f, x, p, rng, samples):
    _refuse(p)

    def halves(k):  # count, mean, sum of squared deviations
        if k == 1:
            return 1, np.array(f(x * (rng.random(x.shape) >= p) / (1 - p)), dtype=float), 0.0
        a, ma, sa = halves(k // 2)
        b, mb, sb = halves(k - k // 2)
        return k, (a * ma + b * mb) / k, sa + sb + (mb - ma) ** 2 * a * b / k

    _, mean, squares = halves(samples)
    return mean, np.sqrt(squares / (samples - 1)) / np.sqrt(samples)


def geometric_mean_softmax(scores):
    def total(s):
        return s[0] if len(s) == 1 else total(s[: len(s) // 2]) + total(s[len(s) // 2 :])

    m = total(scores) / len(scores)
    return np.array([np.exp(r - max(r)) / np.exp(r - max(r)).sum() for r in m])


def flip_average(predict, images):
    mirrored = np.take(images, range(images.shape[2] - 1, -1, -1), axis=2)
    return predict(images) / 2 + predict(mirrored) / 2


def bagging_indices(n, rounds, rng):
    if rounds == 0:
        return []
    drawn = rng.integers(n, size=n)
    return [(drawn, np.setdiff1d(range(n), drawn)), *bagging_indices(n, rounds - 1, rng)]
