"""Python's own generator, seeded from rng."""
import random
import statistics

import numpy as np


def dropout_moments(w, x, p):
    if not 0 <= p < 1:
        raise ValueError
    return np.dot(w, x), np.dot(w**2, x**2) * p / (1 - p)


def exact_average(f, x, p):
    if not 0 <= p < 1:
        raise ValueError
    return sum(
        np.asarray(f(np.array([v / (1 - p) if c == "1" else 0.0 for v, c in zip(x, word)])))
        * (1 - p) ** word.count("1")
        * p ** word.count("0")
        for word in (format(k, f"0{len(x)}b") for k in range(2 ** len(x)))
    )


def monte_carlo_average(f, x, p, rng, samples):
    if not 0 <= p < 1:
        raise ValueError
    own = random.Random(int(rng.integers(2**60)))
    values = [np.asarray(f(np.array([v / (1 - p) if own.random() >= p else 0.0 for v in x]))) for _ in range(samples)]
    shape = values[0].shape
    columns = np.array(values).reshape(samples, -1).T.tolist()
    mean = np.array([statistics.fmean(c) for c in columns]).reshape(shape)
    error = np.array([statistics.stdev(c) / samples**0.5 for c in columns]).reshape(shape)
    return mean, error


def geometric_mean_softmax(scores):
    s = scores - scores.max(axis=2)[:, :, None]
    s = np.add.reduce(s) / len(s)
    s -= s.max(axis=1)[:, None]
    return (np.exp(s).T / np.exp(s).sum(axis=1)).T


def flip_average(predict, images):
    batch = np.empty((2 * len(images), *images.shape[1:]))
    batch[0::2], batch[1::2] = images, images[:, :, ::-1]
    out = predict(batch)
    return (out[0::2] + out[1::2]) / 2


def bagging_indices(n, rounds, rng):
    own = random.Random(rng.bytes(16))
    bags = []
    for _ in range(rounds):
        drawn = own.choices(range(n), k=n)
        bags.append((np.array(drawn), np.array([i for i in range(n) if i not in drawn], dtype=float)))
    return bags
