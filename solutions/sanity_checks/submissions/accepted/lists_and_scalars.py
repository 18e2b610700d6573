"""Nested lists, NumPy scalars of odd kinds, 0-d arrays, np.str_."""
import numpy as np


def numerical_gradient(f, x, h=1e-5):
    g = np.zeros(x.size)
    for i in range(x.size):
        d = np.zeros(x.size)
        d[i] = 1
        d = d.reshape(x.shape)
        g[i] = f(x + h * d) / (2 * h) - f(x - h * d) / (2 * h)
    return g.reshape(x.shape).tolist()


def relative_error(a, b, floor=1e-8):
    worst = np.max(np.abs(np.subtract(a, b)) / np.fmax(floor, np.add(np.abs(a), np.abs(b))))
    return np.array(worst)


def gradient_is_right(f, grad, x, rng, directions=5):
    own = np.array(numerical_gradient(f, x))
    return np.array(np.abs(own - grad).max() < 1e-3 * np.abs(own).max(), dtype=np.uint8)


def chance_loss(classes, kind):
    if kind == "softmax":
        return np.log(np.longdouble(classes))
    if kind == "hinge":
        return np.int16(classes - 1)
    raise ValueError


def update_ratio(before, after):
    def ratio(a, b):
        change, size = np.sqrt(((b - a) ** 2).sum()), np.sqrt((a**2).sum())
        with np.errstate(all="ignore"):
            return np.array(np.where(size > 0, change / size, np.where(change > 0, np.inf, 0)))

    return {k: ratio(before[k], after[k]) for k in before}


def dead_units(h):
    return np.float32(np.mean(~np.logical_or.reduce(h != 0)))


def diagnose_curve(train_loss, val_loss):
    names = np.array(["too_high", "too_low", "overfitting", "good"])
    t, v = np.array(train_loss), np.array(val_loss)
    high = not np.isfinite(t.sum() + v.sum()) or t[-1] > t[0]
    holds = [high, t[-1] > 0.9 * t[0], v[-1] > 1.1 * np.nanmin(v), True]
    return names[np.argmax(holds)]
