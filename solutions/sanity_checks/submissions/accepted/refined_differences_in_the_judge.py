"""gradient_is_right uses Richardson extrapolation; the others are short."""
import numpy as np

numerical_gradient = lambda f, x, h=1e-5: np.array(
    [(f(x + e.reshape(x.shape)) - f(x - e.reshape(x.shape))) / (2 * h) for e in h * np.eye(x.size)]
).reshape(x.shape)
relative_error = lambda a, b, floor=1e-8: (abs(a - b) / np.maximum(floor, abs(a) + abs(b))).max()
dead_units = lambda h: np.mean(~h.any(0))


def gradient_is_right(f, grad, x, rng, directions=5):
    coarse, fine = numerical_gradient(f, x, 2e-3), numerical_gradient(f, x, 1e-3)
    own = (4 * fine - coarse) / 3
    return np.abs(own - grad).max() < 1e-4 * np.abs(own).max()


def chance_loss(classes, kind):
    if kind[:1] == "s" and kind == "softmax":
        return np.log(classes)
    assert_hinge(kind)
    return classes - 1


def assert_hinge(kind):
    if kind != "hinge":
        raise ValueError(kind)


def update_ratio(before, after):
    n = lambda a: np.sqrt(np.sum(a * a))
    return {k: n(after[k] - a) / n(a) if a.any() else [0.0, np.inf][int(after[k].any())] for k, a in before.items()}


def diagnose_curve(train_loss, val_loss):
    t, v = np.array(train_loss), np.array(val_loss)
    if not np.isfinite(np.stack([t, v])).all():
        return "too_high"
    i = np.searchsorted([0.9, 1.0], t[-1] / t[0])
    return [None, "too_low", "too_high"][i] or ("overfitting" if v[-1] > 1.1 * v.min() else "good")
