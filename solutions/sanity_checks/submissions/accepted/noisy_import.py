"""Prints, warnings as errors, float errors as exceptions; a self-test."""
import warnings

import numpy as np

warnings.simplefilter("error")
np.seterr(all="raise")
print("sanity!")


def numerical_gradient(f, x, h=1e-5):
    print("x =", x)
    gradient = np.zeros(x.shape)
    for i in np.ndindex(*x.shape):
        e = np.zeros(x.shape)
        e[i] = h
        gradient[i] = (f(x + e) - f(x - e)) / (2 * h)
        print(i, gradient[i])
    return gradient


def relative_error(a, b, floor=1e-8):
    return (abs(a - b) / np.maximum(abs(a) + abs(b), floor)).max()


def gradient_is_right(f, grad, x, rng, directions=5):
    own = numerical_gradient(f, x)
    print(own, grad)
    return bool(np.linalg.norm(np.ravel(own - grad)) <= 5e-3 * np.linalg.norm(np.ravel(own)))


def chance_loss(classes, kind):
    print(kind)
    match kind:
        case "softmax":
            return float(np.log(classes))
        case "hinge":
            return float(classes) - 1
        case _:
            raise ValueError("kind " + kind)


def update_ratio(before, after):
    out = {}
    for k in before:
        n = np.linalg.norm(np.ravel(before[k]))
        c = np.linalg.norm(np.ravel(after[k] - before[k]))
        out[k] = c / n if n > 0 else (0.0 if c == 0 else float("inf"))
    print(out)
    return out


def dead_units(h):
    return np.mean((h == 0).all(0))


def diagnose_curve(train_loss, val_loss):
    print(train_loss, val_loss)
    if not all(map(np.isfinite, [*train_loss, *val_loss])):
        return "too_high"
    ratio = train_loss[-1] / train_loss[0]
    if ratio > 1:
        return "too_high"
    if ratio > 0.9:
        return "too_low"
    return "overfitting" if val_loss[-1] > 1.1 * min(val_loss) else "good"


assert dead_units(np.array([[0.0, 1.0]])) == 0.5
