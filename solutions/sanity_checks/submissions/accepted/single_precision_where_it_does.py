"""float32 where the contract allows it, double precision for differences."""
import numpy as np

f4 = np.float32


def numerical_gradient(f, x, h=1e-5):
    x = np.array(x, dtype=np.float64)
    grad = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        old = x[i]
        x[i] = old + h
        up = float(f(x))
        x[i] = old - h
        grad[i] = (up - float(f(x))) / (2 * h)
        x[i] = old
    return grad


def relative_error(a, b, floor=1e-8):
    return np.max(np.abs(a - b) / np.maximum(floor, np.abs(a) + np.abs(b)))


def gradient_is_right(f, grad, x, rng, directions=5):
    own = numerical_gradient(f, x)
    return f4(np.linalg.norm(np.ravel(own - grad)) / np.linalg.norm(np.ravel(own))) < f4(0.005)


def chance_loss(classes, kind):
    if kind == "softmax":
        return np.log(f4(classes))
    if kind == "hinge":
        return f4(classes) - f4(1)
    raise ValueError(kind)


def update_ratio(before, after):
    out = {}
    for k in before:
        n, c = np.linalg.norm(np.ravel(before[k])), np.linalg.norm(np.ravel(after[k] - before[k]))
        out[k] = c / n if n else (np.inf if c else 0.0)
    return out


def dead_units(h):
    return np.mean(h.astype(f4).any(axis=0) == False, dtype=f4)  # noqa: E712


def diagnose_curve(train_loss, val_loss):
    t, v = np.array(train_loss, f4), np.array(val_loss, f4)
    if not np.isfinite(t).all() or not np.isfinite(v).all() or t[-1] > t[0]:
        return "too_high"
    if t[-1] > f4(0.9) * t[0]:
        return "too_low"
    return "overfitting" if v[-1] > f4(1.1) * v.min() else "good"
