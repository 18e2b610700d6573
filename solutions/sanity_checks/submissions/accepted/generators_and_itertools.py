"""Generators, itertools, all, any, next."""
from itertools import chain, islice
from math import inf, isfinite, log, sqrt

import numpy as np


def numerical_gradient(f, x, h=1e-5):
    def values():
        for index in np.ndindex(x.shape):
            for side in (h, -h):
                p = x.astype(float).copy()
                p[index] += side
                yield f(p)

    stream = values()
    return np.array([(next(stream) - next(stream)) / (2 * h) for _ in range(x.size)]).reshape(x.shape)


def relative_error(a, b, floor=1e-8):
    return max(abs(p - q) / max(floor, abs(p) + abs(q)) for p, q in zip(np.nditer(a), np.nditer(b)))


def gradient_is_right(f, grad, x, rng, directions=5):
    def differences():
        while True:
            d = rng.uniform(-1, 1, size=x.shape)
            yield abs((f(x + 1e-4 * d) - f(x - 1e-4 * d)) / 2e-4 - np.sum(grad * d))

    return all(e <= 5e-4 * sqrt(np.sum(grad * grad)) for e in islice(differences(), 60))


def chance_loss(classes, kind):
    for name, loss in (("softmax", log(classes)), ("hinge", classes - 1)):
        if kind == name:
            return loss
    raise ValueError


def update_ratio(before, after):
    def norm(values):
        return sqrt(sum(float(v) ** 2 for v in np.ravel(values)))

    changes = {k: norm(after[k] - before[k]) for k in before}
    sizes = {k: norm(before[k]) for k in before}
    return {k: changes[k] / sizes[k] if sizes[k] else inf * bool(changes[k]) if changes[k] else 0 for k in before}


def dead_units(h):
    return sum(all(v == 0 for v in column) for column in h.T) / h.shape[1]


def diagnose_curve(train_loss, val_loss):
    if not all(isfinite(v) for v in chain(train_loss, val_loss)):
        return "too_high"
    first, *_, last = train_loss
    *_, final = val_loss
    return next(
        name
        for name, holds in (
            ("too_high", last > first),
            ("too_low", last > 0.9 * first),
            ("overfitting", final > 1.1 * min(val_loss)),
            ("good", True),
        )
        if holds
    )
