"""The gradient check solves for the gradient from slopes along as many random directions as there are elements."""
import numpy as np


def numerical_gradient(f, x, h=1e-5):
    out = np.zeros(x.shape)
    view = out.reshape(-1)
    for k in range(view.size):
        p = np.zeros(view.size)
        p[k] = h
        p.shape = x.shape
        view[k] = 0.5 * (f(x + p) - f(x - p)) / h
    return out


def relative_error(a, b, floor=1e-8):
    d = np.abs(a) + np.abs(b)
    return np.max(np.abs(a - b) * np.minimum(1 / floor, 1 / np.where(d == 0, floor, d)))


def gradient_is_right(f, grad, x, rng, directions=5):
    n = x.size
    D, _ = np.linalg.qr(rng.normal(size=(n, n)))
    slopes = [(f(x + 1e-5 * d.reshape(x.shape)) - f(x - 1e-5 * d.reshape(x.shape))) / 2e-5 for d in D]
    own = np.linalg.solve(D, np.array(slopes, dtype=float)).reshape(x.shape)
    return np.linalg.norm(np.ravel(own - grad)) < 1e-2 * np.linalg.norm(np.ravel(own))


def chance_loss(classes, kind):
    losses = {"hinge": classes - 1, "softmax": np.log(classes)}
    if kind in losses:
        return losses[kind]
    raise ValueError("kind must be one of " + ", ".join(losses))


def update_ratio(before, after):
    def one(a, b):
        a2, d2 = float(np.sum(a * a)), float(np.sum((b - a) * (b - a)))
        if a2 == 0.0:
            return float("inf") if d2 else 0.0
        return (d2 / a2) ** 0.5

    return {name: one(before[name], after[name]) for name in before.keys()}


def dead_units(h):
    units = h.T
    silent = [u for u in units if np.array_equal(u, np.zeros(len(u)))]
    return len(silent) / len(units)


def diagnose_curve(train_loss, val_loss):
    t0, t1 = train_loss[0], train_loss[-1]
    finite = np.isfinite(train_loss).all() & np.isfinite(val_loss).all()
    if finite and t1 <= t0:
        if t1 <= 0.9 * t0:
            if val_loss[-1] <= 1.1 * np.amin(val_loss):
                return "good"
            return "overfitting"
        return "too_low"
    return "too_high"
