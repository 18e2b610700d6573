"""np.longdouble."""
import numpy as np

Q = np.longdouble


def _q(p):
    if p < 0 or p >= 1:
        raise ValueError("p")
    return Q(p)


def dropout_moments(w, x, p):
    p, t = _q(p), np.asarray(w, Q) * np.asarray(x, Q)
    return t.sum(), p / (1 - p) * (t**2).sum()


def exact_average(f, x, p):
    q = _q(p)
    d = len(x)
    total = Q(0)
    for number in range(1 << d):
        bits = np.array([number >> k & 1 for k in range(d)])
        k = int(bits.sum())
        total = total + (1 - q) ** k * q ** (d - k) * np.asarray(f(np.asarray(bits * x / (1 - p), float)), Q)
    return total


def monte_carlo_average(f, x, p, rng, samples):
    q = _q(p)
    v = np.array([np.asarray(f(np.asarray(x * (rng.random(len(x)) >= p) / (1 - q), float)), Q) for _ in range(samples)])
    return v.mean(axis=0), v.std(axis=0, ddof=1) / np.sqrt(Q(samples))


def geometric_mean_softmax(scores):
    m = np.asarray(scores, Q).mean(axis=0)
    e = np.exp(m - m.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def flip_average(predict, images):
    return (np.asarray(predict(images), Q) + np.asarray(predict(images[:, :, ::-1]), Q)) / Q(2)


def bagging_indices(n, rounds, rng):
    bags = []
    for child in rng.spawn(rounds) if rounds else []:
        drawn = child.integers(n, size=n)
        bags.append((drawn, np.where(np.bincount(drawn, minlength=n) == 0)[0]))
    return bags
