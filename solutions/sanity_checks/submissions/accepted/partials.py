"""Partials of general functions with extra options."""
from functools import partial

import numpy as np


def _differences(f, x, h=1e-5, weights=((1, 0.5), (-1, -0.5))):
    out = np.zeros(np.shape(x))
    for i in np.ndindex(np.shape(x)):
        e = np.zeros(np.shape(x))
        e[i] = h
        out[i] = sum(w * f(x + k * e) for k, w in weights) / h
    return out


def _error(a, b, floor=1e-8, reduce=np.max):
    return reduce(np.abs(a - b) / np.maximum(floor, np.abs(a) + np.abs(b)))


def _judge(f, grad, x, rng, directions=5, tolerance=2e-3):
    own = _differences(f, x)
    scale = np.sqrt(np.mean(own**2) + np.mean(grad**2))
    return np.sqrt(np.mean((own - grad) ** 2)) <= tolerance * scale


def _chance(classes, kind, table=(("softmax", np.log), ("hinge", lambda c: c - 1))):
    for name, function in table:
        if name == kind:
            return function(classes)
    raise ValueError(f"{kind} is none of {[name for name, _ in table]}")


def _ratio(before, after, norm=np.linalg.norm):
    pairs = {k: (norm(np.ravel(after[k] - before[k])), norm(np.ravel(before[k]))) for k in before}
    return {k: c / n if n else c and np.inf for k, (c, n) in pairs.items()}


numerical_gradient = partial(_differences)
relative_error = partial(_error, reduce=np.max)
gradient_is_right = partial(_judge, tolerance=1e-3)
chance_loss = partial(_chance)
update_ratio = partial(_ratio)
dead_units = partial(lambda h, axis: np.mean(np.max(np.abs(h), axis) == 0), axis=0)


def diagnose_curve(train_loss, val_loss, high=1.0, low=0.9, over=1.1):
    last = train_loss[-1] / train_loss[0]
    if not np.isfinite([*train_loss, *val_loss]).all() or last > high:
        return "too_high"
    return "too_low" if last > low else "overfitting" if val_loss[-1] > over * np.min(val_loss) else "good"
