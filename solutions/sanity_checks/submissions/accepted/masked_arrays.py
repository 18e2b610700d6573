"""numpy.ma for the special cases."""
import numpy as np
import numpy.ma as ma


def numerical_gradient(f, x, h=1e-5):
    g = ma.masked_all(x.shape)
    for i in np.ndindex(x.shape):
        e = np.zeros(x.shape)
        e[i] = h
        g[i] = (f(x + e) - f(x - e)) / (2 * h)
    return ma.getdata(g)


def relative_error(a, b, floor=1e-8):
    size = ma.masked_less(np.abs(a) + np.abs(b), floor)
    return np.max(np.abs(a - b) / ma.filled(size, floor))


def gradient_is_right(f, grad, x, rng, directions=5):
    own = numerical_gradient(f, x)
    return ma.allclose(own, grad, rtol=0, atol=2e-3 * float(np.sqrt(np.sum(own**2))))


def chance_loss(classes, kind):
    table = {"softmax": float(np.log(classes)), "hinge": classes - 1.0}
    loss = table.get(kind)
    if loss is None:
        raise ValueError(kind)
    return loss


def update_ratio(before, after):
    out = {}
    for k in before:
        n = ma.masked_equal(np.sqrt(np.sum(before[k] ** 2)), 0)
        c = np.sqrt(np.sum((after[k] - before[k]) ** 2))
        out[k] = float(ma.filled(c / n, np.inf if c > 0 else 0.0))
    return out


def dead_units(h):
    return np.mean(ma.masked_equal(h, 0).count(axis=0) == 0)


def diagnose_curve(train_loss, val_loss):
    t, v = ma.masked_invalid(train_loss), ma.masked_invalid(val_loss)
    if ma.is_masked(t) or ma.is_masked(v) or t[-1] > t[0]:
        return "too_high"
    if t[-1] > 0.9 * t[0]:
        return "too_low"
    return "overfitting" if v[-1] > 1.1 * v.min() else "good"
