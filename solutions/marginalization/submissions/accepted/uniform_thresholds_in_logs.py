"""Noise as exponential clocks; weights as exponentials of sums of logarithms."""
import numpy as np


def dropout_moments(w, x, p):
    if p < 0 or p >= 1:
        raise ValueError("0 <= p < 1")
    m = np.array([0.0, 1 / (1 - p)])
    q = np.array([p, 1 - p])
    first, second = q @ m, q @ m**2
    return first * (w * x).sum(), (second - first**2) * ((w * x) ** 2).sum()


def exact_average(f, x, p):
    if p < 0 or p >= 1:
        raise ValueError("0 <= p < 1")
    with np.errstate(divide="ignore"):
        logs = np.log([p, 1 - p])
    points = np.array(list(np.ndindex(*[2] * len(x))))
    weights = np.exp(np.where(points == 1, logs[1], logs[0]).sum(axis=1))
    values = np.stack([np.asarray(f(q * x / (1 - p)), dtype=float) for q in points])
    return np.moveaxis(values, 0, -1) @ weights


def monte_carlo_average(f, x, p, rng, samples):
    if p < 0 or p >= 1:
        raise ValueError("0 <= p < 1")
    limit = -np.log1p(-p)  # an exponential clock rings before it with probability p
    values = np.array([f(np.where(rng.exponential(size=len(x)) < limit, 0.0, x / (1 - p))) for _ in range(samples)])
    return np.mean(values, axis=0), np.std(values, axis=0) / np.sqrt(samples - 1)


def geometric_mean_softmax(scores):
    m = np.median(np.stack([scores.mean(axis=0)] * 3), axis=0)
    z = np.exp(m - np.max(m, axis=1, keepdims=True))
    return z * np.reciprocal(z.sum(axis=1, keepdims=True))


def flip_average(predict, images):
    n = len(images)
    out = np.zeros_like(predict(images))
    for side in (slice(None), slice(None, None, -1)):
        out = out + predict(images[:, :, side]) / 2
    assert len(out) == n
    return out


def bagging_indices(n, rounds, rng):
    def rest(drawn):
        flags = bytearray(n)
        for i in drawn:
            flags[i] = 1
        return [i for i in range(n) if not flags[i]]

    return list(map(lambda d: (d, rest(d)), (rng.choice(np.arange(n), n) for _ in range(rounds))))
