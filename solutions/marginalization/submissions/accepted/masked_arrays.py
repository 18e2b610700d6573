"""numpy.ma hides what is dropped."""
import numpy as np
import numpy.ma as ma


def _p(p):
    if p < 0 or p >= 1:
        raise ValueError(p)


def dropout_moments(w, x, p):
    _p(p)
    t = ma.masked_equal(w * x, 0)
    return t.filled(0).sum(), (t**2).filled(0).sum() * (p / (1 - p))


def exact_average(f, x, p):
    _p(p)
    total = 0.0
    for bits in np.ndindex(*[2] * len(x)):
        point = ma.array(x / (1 - p), mask=np.array(bits) == 1)
        total = total + p ** point.mask.sum() * (1 - p) ** point.count() * np.asarray(f(point.filled(0.0)))
    return total


def monte_carlo_average(f, x, p, rng, samples):
    _p(p)
    points = ma.array(np.tile(x / (1 - p), (samples, 1)), mask=rng.random((samples, len(x))) < p).filled(0.0)
    v = np.array([f(q) for q in points])
    return v.mean(axis=0), np.sqrt(v.var(axis=0, ddof=1)) / np.sqrt(samples)


def geometric_mean_softmax(scores):
    m = ma.array(scores).mean(axis=0)
    e = ma.exp(m - m.max(axis=1).reshape(-1, 1)).filled(0.0)
    return e / e.sum(axis=1).reshape(-1, 1)


def flip_average(predict, images):
    return ma.getdata(ma.mean(ma.array([predict(images), predict(images[..., ::-1, :])]), axis=0))


def bagging_indices(n, rounds, rng):
    bags = []
    for _ in range(rounds):
        drawn = rng.integers(n, size=n)
        everyone = ma.arange(n)
        everyone[drawn] = ma.masked
        bags.append((drawn, everyone.compressed()))
    return bags
