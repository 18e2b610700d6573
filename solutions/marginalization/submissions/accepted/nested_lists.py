"""Lists, Python numbers and lists of lists come back."""
import numpy as np


def dropout_moments(w, x, p):
    if p in (1, 1.0) or p < 0 or p > 1:
        raise ValueError("p")
    t = (w * x).tolist()
    return [sum(t), p / (1 - p) * sum(v * v for v in t)]


def exact_average(f, x, p):
    if p in (1, 1.0) or p < 0 or p > 1:
        raise ValueError("p")
    points, weights = [[]], [1.0]
    for v in x.tolist():
        points = [q + [0.0] for q in points] + [q + [v / (1 - p)] for q in points]
        weights = [p * a for a in weights] + [(1 - p) * a for a in weights]
    return sum(a * np.array(f(np.array(q))) for a, q in zip(weights, points)).tolist()


def monte_carlo_average(f, x, p, rng, samples):
    if p in (1, 1.0) or p < 0 or p > 1:
        raise ValueError("p")
    values = [np.asarray(f(x * rng.binomial(1, 1 - p, len(x)) / (1 - p))).tolist() for _ in range(samples)]
    return [np.mean(values, axis=0).tolist(), (np.std(values, axis=0, ddof=1) / samples**0.5).tolist()]


def geometric_mean_softmax(scores):
    m = scores.sum(0) / scores.shape[0]
    return [[1 / sum(np.exp(np.clip(o - v, None, 700.0)) for o in row) for v in row] for row in m.tolist()]


def flip_average(predict, images):
    a, b = predict(images).tolist(), predict(images[:, :, ::-1]).tolist()
    return [[(u + v) / 2 for u, v in zip(r, s)] for r, s in zip(a, b)]


def bagging_indices(n, rounds, rng):
    return [[d, sorted(set(range(n)) - set(d))] for d in rng.integers(0, n, (rounds, n)).tolist()]
