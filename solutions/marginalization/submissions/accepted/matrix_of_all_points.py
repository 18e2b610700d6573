"""All points as one matrix first; f is mapped over rows; frequencies of distinct masks."""
import numpy as np


def dropout_moments(w, x, p):
    if p >= 1 or p < 0:
        raise ValueError("bad p")
    D = np.diag(w * x)
    covariance = np.eye(len(w)) * p / (1 - p)
    one = np.ones(len(w))
    return one @ D @ one, one @ D @ covariance @ D @ one


def exact_average(f, x, p):
    if p >= 1 or p < 0:
        raise ValueError("bad p")
    points, weights = np.zeros((1, 0)), np.ones(1)
    for v in x:
        k = len(points)
        points = np.vstack([np.hstack([points, np.zeros((k, 1))]), np.hstack([points, np.full((k, 1), v / (1 - p))])])
        weights = np.concatenate([weights * p, weights * (1 - p)])
    values = np.array([f(q.copy()) for q in points])
    return np.einsum("k,k...->...", weights, values)


def monte_carlo_average(f, x, p, rng, samples):
    if p >= 1 or p < 0:
        raise ValueError("bad p")
    kept = (rng.random((samples, len(x))) >= p).astype(int)
    masks, counts = np.unique(kept, axis=0, return_counts=True)
    values = np.array([f(m * x / (1 - p)) for m in masks])  # every distinct mask once
    weights = counts.reshape(-1, *[1] * (values.ndim - 1))
    mean = (weights * values).sum(axis=0) / samples
    return mean, np.sqrt((weights * (values - mean) ** 2).sum(axis=0) / (samples - 1) / samples)


def geometric_mean_softmax(scores):
    T, N, C = scores.shape
    m = (np.ones(T) / T @ scores.reshape(T, -1)).reshape(N, C)
    e = np.exp(m - np.partition(m, C - 1, axis=1)[:, -1:])
    return e / (e @ np.ones((C, C)))


def flip_average(predict, images):
    N, H, W, C = images.shape
    mirrored = images.transpose(2, 0, 1, 3)[::-1].transpose(1, 2, 0, 3)
    return (predict(np.ascontiguousarray(mirrored)) + predict(images)) / 2


def bagging_indices(n, rounds, rng):
    table = rng.integers(n, size=(rounds, n))
    hits = (table[:, :, None] == np.arange(n)).any(axis=1)
    return [(table[r], np.where(~hits[r])[0]) for r in range(rounds)]
