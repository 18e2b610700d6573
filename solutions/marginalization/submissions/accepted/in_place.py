"""Changes its arguments in place."""
import numpy as np


def dropout_moments(w, x, p):
    if p < 0 or p >= 1:
        raise ValueError
    w *= x
    mean = w.sum()
    w *= w
    return mean, w.sum() * p / (1 - p)


def exact_average(f, x, p):
    if p < 0 or p >= 1:
        raise ValueError
    x /= 1 - p
    total = 0.0
    for bits in np.ndindex(*(2,) * len(x)):
        total += np.prod(np.where(bits, 1 - p, p)) * np.asarray(f(x * bits))
    return total


def monte_carlo_average(f, x, p, rng, samples):
    if p < 0 or p >= 1:
        raise ValueError
    x /= 1 - p
    values = []
    for _ in range(samples):
        point = x.copy()
        point[rng.random(len(x)) < p] = 0
        values.append(f(point))
    values = np.array(values)
    mean = values.mean(axis=0)
    values -= mean
    values **= 2
    return mean, (values.sum(axis=0) / (samples - 1) / samples) ** 0.5


def geometric_mean_softmax(scores):
    m = scores[0]
    for s in scores[1:]:
        m += s
    m /= len(scores)
    m -= m.max(axis=1)[:, None]
    np.exp(m, out=m)
    m /= m.sum(axis=1)[:, None]
    return m


def flip_average(predict, images):
    out = np.array(predict(images))
    images[:] = images[:, :, ::-1].copy()
    out += predict(images)
    out *= 0.5
    return out


def bagging_indices(n, rounds, rng):
    bags = []
    for _ in range(rounds):
        left = list(range(n))
        drawn = rng.integers(n, size=n)
        for i in drawn.tolist():
            if i in left:
                left.remove(i)
        drawn.sort()
        bags.append((drawn, left))
    return bags
