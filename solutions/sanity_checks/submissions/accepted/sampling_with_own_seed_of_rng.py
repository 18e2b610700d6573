"""Uses spawned generators, many directions, and a vote that has to be unanimous; a cache of f in a dict."""
import numpy as np


def numerical_gradient(f, x, h=1e-5):
    seen = {}

    def value(p):
        p = np.asarray(p)
        key = p.tobytes()
        if key not in seen:
            seen[key] = float(f(p))
        return seen[key]

    steps = [np.where(np.arange(x.size) == i, h, 0.0).reshape(x.shape) for i in range(x.size)]
    return np.array([(value(x + s) - value(x - s)) / (2 * h) for s in steps]).reshape(x.shape)


def relative_error(a, b, floor=1e-8):
    errors = np.true_divide(np.abs(np.subtract(a, b)), np.maximum(floor, np.abs(a) + np.abs(b)))
    return errors.max()


def gradient_is_right(f, grad, x, rng, directions=5):
    votes = []
    for child in rng.spawn(directions + 3):
        d = child.normal(size=x.shape)
        up, down = f(x + 5e-6 * d), f(x - 5e-6 * d)
        predicted = 1e-5 * float(np.sum(grad * d))
        votes.append(abs(up - down - predicted) <= 1e-9 * np.sqrt(np.sum(grad**2)))
    return np.all(votes)


def chance_loss(classes, kind):
    if kind == "softmax":
        return np.log(classes) * 1.0
    elif kind != "hinge":
        raise ValueError
    return float(np.ones(classes).sum() - 1)


def update_ratio(before, after):
    return {
        k: float("inf") if not np.any(w) and np.any(after[k]) else
        np.linalg.norm(np.atleast_1d(after[k] - w).ravel()) / max(np.linalg.norm(np.atleast_1d(w).ravel()), 1e-300)
        for k, w in before.items()
    }


def dead_units(h):
    return float(np.prod(np.where(h == 0, 1.0, 0.0), axis=0).mean())


def diagnose_curve(train_loss, val_loss):
    t, v = np.array(train_loss, dtype=float), np.array(val_loss, dtype=float)
    code = 0
    if np.isfinite(t).all() and np.isfinite(v).all() and not t[-1] > t[0]:
        code = 1 + (not t[-1] > 0.9 * t[0]) * (1 + (not v[-1] > 1.1 * v.min()))
    return ("too_high", "too_low", "overfitting", "good")[code]
