"""All points of the differences are built as one array and f is mapped over them."""
import numpy as np


def numerical_gradient(f, x, h=1e-5):
    eye = np.eye(x.size).reshape((x.size,) + x.shape)
    points = np.concatenate([x + h * eye, x - h * eye])
    values = np.array([f(p) for p in points], dtype=float)
    up, down = np.split(values, 2)
    return ((up - down) / (2 * h)).reshape(x.shape)


def relative_error(a, b, floor=1e-8):
    both = np.stack([a, b])
    return np.max(np.ptp(both, axis=0) / np.maximum(floor, np.sum(np.abs(both), axis=0)))


def gradient_is_right(f, grad, x, rng, directions=5):
    D = rng.normal(size=(directions, *x.shape))
    slopes = np.array([f(x + 1e-6 * d) - f(x - 1e-6 * d) for d in D]) / 2e-6
    expected = np.tensordot(D, grad, axes=x.ndim) if x.ndim else D * grad
    return np.all(np.abs(slopes - expected) <= 1e-3 * np.sqrt(np.sum(grad * grad)))


def chance_loss(classes, kind):
    scores = np.zeros(classes)
    if kind == "softmax":
        return np.logaddexp.reduce(scores)
    if kind == "hinge":
        return np.maximum(0, scores[1:] - scores[0] + 1).sum()
    raise ValueError(kind)


def update_ratio(before, after):
    keys = list(before)
    change = np.array([np.sqrt(np.sum((after[k] - before[k]) ** 2)) for k in keys])
    size = np.array([np.sqrt(np.sum(before[k] ** 2)) for k in keys])
    ratios = np.full(len(keys), np.inf)
    np.divide(change, size, out=ratios, where=size > 0)
    ratios[(size == 0) & (change == 0)] = 0
    return dict(zip(keys, ratios))


def dead_units(h):
    return np.mean(np.logical_not(h.astype(bool)).all(axis=0))


def diagnose_curve(train_loss, val_loss):
    losses = np.array([train_loss, val_loss])
    (first, _), (last, last_val) = losses[:, 0], losses[:, -1]
    conditions = [not np.all(np.isfinite(losses)), last > first, last > 0.9 * first, last_val > 1.1 * losses[1].min()]
    return str(np.select(conditions, ["too_high", "too_high", "too_low", "overfitting"], "good"))
