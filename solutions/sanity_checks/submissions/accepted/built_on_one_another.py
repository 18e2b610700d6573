"""gradient_is_right compares with the own numerical gradient by the own relative error, of scaled arrays."""
import numpy as np


def numerical_gradient(f, x, h=1e-5):
    x = np.asarray(x, dtype=float)
    def partial(i):
        e = np.zeros(x.size)
        e[i] = h
        e = e.reshape(x.shape)
        return (float(f(x + e)) - float(f(x - e))) / (2 * h)
    return np.array([partial(i) for i in range(x.size)]).reshape(x.shape)


def relative_error(a, b, floor=1e-8):
    a, b = np.asarray(a, dtype=float), np.asarray(b, dtype=float)
    return np.amax(abs(a - b) / np.clip(abs(a) + abs(b), floor, None))


def gradient_is_right(f, grad, x, rng, directions=5):
    own = numerical_gradient(f, x)
    size = np.linalg.norm(own.ravel())
    return relative_error(own / size, np.asarray(grad) / size, floor=1.0) < 1e-3


def chance_loss(classes, kind):
    return {"softmax": lambda: np.log(classes), "hinge": lambda: classes - 1}.get(kind, _unknown)()


def _unknown():
    raise ValueError("no such loss")


def update_ratio(before, after):
    result = {}
    for k in sorted(before):
        top = np.linalg.norm(np.ravel(after[k]) - np.ravel(before[k]))
        bottom = np.linalg.norm(np.ravel(before[k]))
        result[k] = top / bottom if bottom else (np.inf if top else 0)
    return result


def dead_units(h):
    return 1 - np.count_nonzero(np.any(h, axis=0)) / h.shape[1]


def diagnose_curve(train_loss, val_loss):
    both = [*train_loss, *val_loss]
    cases = [
        ("too_high", lambda: any(not np.isfinite(v) for v in both)),
        ("too_high", lambda: train_loss[-1] > train_loss[0]),
        ("too_low", lambda: train_loss[-1] > 0.9 * train_loss[0]),
        ("overfitting", lambda: val_loss[-1] > 1.1 * min(val_loss)),
    ]
    return next((name for name, holds in cases if holds()), "good")
