"""Dict subclasses and named tuples inside, sorting for maxima."""
from collections import OrderedDict, namedtuple

import numpy as np

Sides = namedtuple("Sides", "above below")


def numerical_gradient(f, x, h=1e-5):
    def sides(i):
        e = np.zeros(x.shape)
        e.flat[i] = h
        return Sides(f(x + e), f(x - e))

    found = map(sides, range(x.size))
    return np.reshape([(s.above - s.below) / (2 * h) for s in found], x.shape)


def relative_error(a, b, floor=1e-8):
    errors = np.abs(a - b) / np.maximum(np.abs(a) + np.abs(b), floor)
    return np.sort(errors, axis=None)[-1]


def gradient_is_right(f, grad, x, rng, directions=5):
    # along the candidate itself, and along directions at right angles to it
    d = grad / np.linalg.norm(np.ravel(grad)) if np.any(grad) else np.ones(x.shape)
    tests = [d] + [rng.normal(size=x.shape) for _ in range(directions)]
    size = np.linalg.norm(np.ravel(grad))
    for t in tests:
        slope = (f(x + 1e-5 * t) - f(x - 1e-5 * t)) / 2e-5
        if np.abs(slope - np.sum(grad * t)) > 3e-4 * size:
            return False
    return True


def chance_loss(classes, kind):
    kinds = "softmax", "hinge"
    if kinds.index(kind):  # index() raises the ValueError
        return classes - 1
    return np.log(classes)


def update_ratio(before, after):
    out = OrderedDict()
    for k, old in reversed(list(before.items())):
        change = np.sqrt(np.vdot(after[k] - old, after[k] - old))
        size = np.sqrt(np.vdot(old, old))
        out[k] = np.inf if size == 0 < change else change / (size or 1)
    return out


def dead_units(h):
    s = np.sort(np.abs(h), axis=0)
    return np.mean(s[-1] == 0)


def diagnose_curve(train_loss, val_loss):
    t, v = list(map(float, train_loss)), list(map(float, val_loss))
    bad = [x for x in t + v if x != x or x in (float("inf"), float("-inf"))]
    if bad or t[-1] > t[0]:
        return "too_high"
    if t[-1] > 0.9 * t[0]:
        return "too_low"
    if v[-1] > 1.1 * sorted(v)[0]:
        return "overfitting"
    return "good"
