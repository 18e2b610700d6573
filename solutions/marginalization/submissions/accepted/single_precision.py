"""float32 everywhere."""
import numpy as np

f4 = np.float32


def _ok(p):
    if not 0 <= p < 1:
        raise ValueError(p)


def dropout_moments(w, x, p):
    _ok(p)
    t = w.astype(f4) * x.astype(f4)
    return t.sum(dtype=f4), f4(p / (1 - p)) * (t * t).sum(dtype=f4)


def exact_average(f, x, p):
    _ok(p)
    x, total = x.astype(f4), None
    for bits in np.ndindex(*[2] * len(x)):
        k = sum(bits)
        value = f4((1 - p) ** k * p ** (len(x) - k)) * np.asarray(f(x * np.array(bits, f4) / f4(1 - p)), dtype=f4)
        total = value if total is None else total + value
    return total


def monte_carlo_average(f, x, p, rng, samples):
    _ok(p)
    masks = (rng.random((samples, len(x)), dtype=f4) >= f4(p)).astype(f4) / f4(1 - p)
    values = np.stack([np.asarray(f(x.astype(f4) * m), dtype=f4) for m in masks])
    return values.mean(axis=0, dtype=f4), values.std(axis=0, ddof=1, dtype=f4) / np.sqrt(f4(samples))


def geometric_mean_softmax(scores):
    m = scores.astype(f4).mean(axis=0, dtype=f4)
    e = np.exp(m - m.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def flip_average(predict, images):
    images = images.astype(f4)
    return ((predict(images) + predict(np.flip(images, 2))) / 2).astype(f4)


def bagging_indices(n, rounds, rng):
    drawn = rng.integers(0, n, size=(rounds, n), dtype=np.int32)
    return [(d, np.flatnonzero(~np.isin(np.arange(n), d))) for d in drawn]
