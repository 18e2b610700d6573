"""einsum, tensordot, meshgrid."""
import numpy as np


def dropout_moments(w, x, p):
    if not (p >= 0 and p < 1):
        raise ValueError
    return np.einsum("i,i->", w, x), np.einsum("i,i,i,i,->", w, w, x, x, p / (1 - p))


def exact_average(f, x, p):
    if not (p >= 0 and p < 1):
        raise ValueError
    masks = np.stack(np.meshgrid(*[[0, 1]] * len(x), indexing="ij"), axis=-1).reshape(-1, len(x))
    weights = np.prod(masks * (1 - p) + (1 - masks) * p, axis=1)
    return np.tensordot(weights, np.array([f(m * x / (1 - p)) for m in masks]), axes=1)


def monte_carlo_average(f, x, p, rng, samples):
    if not (p >= 0 and p < 1):
        raise ValueError
    masks = rng.uniform(size=(samples, x.size)) > p
    values = np.array([f(np.where(m, x / (1 - p), 0.0)) for m in masks])
    mean = np.einsum("s...->...", values) / samples
    d = values - mean
    return mean, np.sqrt(np.einsum("s...,s...->...", d, d) / (samples * (samples - 1)))


def geometric_mean_softmax(scores):
    m = np.einsum("tnc->nc", scores) / scores.shape[0]
    e = np.exp(m - m.max(1)[:, None])
    return np.einsum("nc,n->nc", e, 1 / np.einsum("nc->n", e))


def flip_average(predict, images):
    P = np.eye(images.shape[2])[::-1]
    return np.mean([predict(images), predict(np.einsum("nhwc,vw->nhvc", images, P))], axis=0)


def bagging_indices(n, rounds, rng):
    counts = [rng.multinomial(n, np.full(n, 1 / n)) for _ in range(rounds)]
    return [(np.repeat(np.arange(n), c), np.flatnonzero(c == 0)) for c in counts]
