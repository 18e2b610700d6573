"""The classical form of CS231n: x itself is moved and put back, with np.nditer."""
import numpy as np


def numerical_gradient(f, x, h=1e-5):
    grad = np.zeros_like(x)
    it = np.nditer(x, flags=["multi_index"], op_flags=["readwrite"])
    while not it.finished:
        ix = it.multi_index
        oldval = x[ix]
        x[ix] = oldval + h
        fxph = f(x)
        x[ix] = oldval - h
        fxmh = f(x)
        x[ix] = oldval
        grad[ix] = (fxph - fxmh) / (2 * h)
        it.iternext()
    return grad


def relative_error(a, b, floor=1e-8):
    return np.max(np.abs(a - b) / (np.maximum(floor, np.abs(a) + np.abs(b))))


def gradient_is_right(f, grad, x, rng, directions=5):
    if x.ndim == 0:
        s = numerical_gradient(f, x)
        return abs(s - grad) < 1e-5 * abs(s)
    for _ in range(directions * 3):
        d = rng.standard_normal(x.shape)
        d /= np.linalg.norm(d)
        x += 1e-5 * d
        above = f(x)
        x -= 2e-5 * d
        below = f(x)
        x += 1e-5 * d
        if abs((above - below) / 2e-5 - (grad * d).sum()) > 1e-5 * np.linalg.norm(grad):
            return False
    return True


def chance_loss(classes, kind):
    scores = np.zeros((1, classes))
    if kind == "softmax":
        p = np.exp(scores) / np.exp(scores).sum()
        return -np.log(p[0, 0])
    elif kind == "hinge":
        margins = np.maximum(0, scores - scores[0, 0] + 1)
        margins[0, 0] = 0
        return margins.sum()
    else:
        raise ValueError("unknown loss")


def update_ratio(before, after):
    with np.errstate(divide="ignore", invalid="ignore"):
        return {k: np.nan_to_num(np.linalg.norm((after[k] - w).ravel()) / np.linalg.norm(w.ravel()), nan=0.0, posinf=np.inf)
                for k, w in before.items()}


def dead_units(h):
    return (np.abs(h).max(axis=0) == 0).mean()


def diagnose_curve(train_loss, val_loss):
    t, v = np.array(train_loss), np.array(val_loss)
    if not np.isfinite(np.concatenate([t, v])).all() or t[-1] > t[0]:
        return "too_high"
    elif t[-1] > 0.9 * t[0]:
        return "too_low"
    elif v[-1] > 1.1 * v.min():
        return "overfitting"
    else:
        return "good"
