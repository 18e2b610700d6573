"""einsum and hypot; slopes along the axes by matrix products."""
import numpy as np


def numerical_gradient(f, x, h=1e-5):
    X = np.broadcast_to(x, (x.size, *x.shape)).reshape(x.size, x.size)
    steps = np.diag(np.full(x.size, h))
    sides = np.array([[f((row + s * d).reshape(x.shape)) for s in (1, -1)] for row, d in zip(X, steps)])
    return np.einsum("is,s->i", sides, [0.5, -0.5]).reshape(x.shape) / h


def relative_error(a, b, floor=1e-8):
    total = np.einsum("...,...->...", np.abs(a) + np.abs(b), 1.0)
    return (np.abs(b - a) / np.fmax(total, floor)).max(initial=0.0)


def gradient_is_right(f, grad, x, rng, directions=5):
    own = numerical_gradient(f, x)
    off = np.hypot.reduce(np.ravel(own - grad), initial=0.0)
    return off < 1e-3 * np.hypot.reduce(np.ravel(own), initial=0.0)


def chance_loss(classes, kind):
    if kind not in {"softmax", "hinge"}:
        raise ValueError(f"kind={kind}")
    return -np.log(np.full(classes, 1 / classes))[0] if kind == "softmax" else np.einsum("i->", np.ones(classes - 1))


def update_ratio(before, after):
    def norm(v):
        return np.hypot.reduce(np.ravel(v), initial=0.0)

    result = {}
    for k in after:
        top, bottom = norm(after[k] - before[k]), norm(before[k])
        result[k] = np.inf if bottom == 0 and top > 0 else 0.0 if top == 0 else top / bottom
    return result


def dead_units(h):
    return np.mean(np.einsum("nh->h", (h != 0).astype(int)) == 0)


def diagnose_curve(train_loss, val_loss):
    t, v = np.asarray(train_loss, float), np.asarray(val_loss, float)
    if np.isnan(t - t).any() or np.isnan(v - v).any():  # inf - inf is NaN, too
        return "too_high"
    change = t[-1] - t[0]
    if change > 0:
        return "too_high"
    if change > -0.1 * t[0]:
        return "too_low"
    return "overfitting" if v[-1] - v.min() > 0.1 * v.min() else "good"
