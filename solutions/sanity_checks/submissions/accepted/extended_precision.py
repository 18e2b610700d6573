"""np.longdouble for differences of values; everything is cast back late."""
import numpy as np

Q = np.longdouble


def numerical_gradient(f, x, h=1e-5):
    g = np.zeros(x.shape, dtype=Q)
    for i in np.ndindex(x.shape):
        up, down = np.array(x), np.array(x)
        up[i] += h
        down[i] -= h
        g[i] = (Q(f(up)) - Q(f(down))) / (2 * Q(h))
    return g


def relative_error(a, b, floor=1e-8):
    a, b = np.asarray(a, Q), np.asarray(b, Q)
    return np.max(np.abs(a - b) / np.maximum(Q(floor), np.abs(a) + np.abs(b)))


def gradient_is_right(f, grad, x, rng, directions=5):
    size = np.sqrt(np.sum(np.asarray(grad, Q) ** 2))
    for k in range(max(directions, 8)):
        d = rng.normal(size=x.shape)
        slope = (Q(f(x + 1e-5 * d)) - Q(f(x - 1e-5 * d))) / Q(2e-5)
        if not abs(slope - np.sum(grad * d)) <= Q(1e-4) * size:
            return False
    return True


def chance_loss(classes, kind):
    if kind == "softmax":
        return np.log(Q(classes))
    if kind == "hinge":
        return Q(classes) - 1
    raise ValueError(kind)


def update_ratio(before, after):
    out = {}
    for k in before:
        a, b = np.asarray(before[k], Q), np.asarray(after[k], Q)
        n, c = np.sqrt(np.sum(a * a)), np.sqrt(np.sum((b - a) ** 2))
        out[k] = c / n if n > 0 else Q(np.inf) if c > 0 else Q(0)
    return out


def dead_units(h):
    return Q(np.sum(np.sum(np.abs(h), axis=0) == 0)) / Q(h.shape[1])


def diagnose_curve(train_loss, val_loss):
    t, v = np.asarray(train_loss, Q), np.asarray(val_loss, Q)
    if np.isinf(t).any() or np.isnan(t).any() or np.isinf(v).any() or np.isnan(v).any():
        return "too_high"
    if t[-1] / t[0] > 1:
        return "too_high"
    if t[-1] / t[0] > Q("0.9"):
        return "too_low"
    return "overfitting" if v[-1] > Q("1.1") * v.min() else "good"
