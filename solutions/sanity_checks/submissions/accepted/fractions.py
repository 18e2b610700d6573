"""Exact arithmetic where it is cheap: fractions for errors and ratios, decimals for the logarithm."""
from decimal import Decimal
from fractions import Fraction

import numpy as np


def numerical_gradient(f, x, h=1e-5):
    out = np.zeros(x.shape, dtype=object)
    for i in np.ndindex(x.shape):
        e = np.zeros(x.shape)
        e[i] = h
        out[i] = (Fraction(float(f(x + e))) - Fraction(float(f(x - e)))) / (2 * Fraction(h))
    return out


def relative_error(a, b, floor=1e-8):
    pairs = [(Fraction(float(p)), Fraction(float(q))) for p, q in zip(np.ravel(a), np.ravel(b))]
    return float(max(abs(p - q) / max(Fraction(floor), abs(p) + abs(q)) for p, q in pairs))


def gradient_is_right(f, grad, x, rng, directions=5):
    own = np.array(numerical_gradient(f, x), dtype=float)
    return bool(np.sum((own - grad) ** 2) < 1e-6 * np.sum(own**2))


def chance_loss(classes, kind):
    if kind == "softmax":
        return Decimal(classes).ln()
    if kind == "hinge":
        return Fraction(classes - 1)
    raise ValueError(kind)


def update_ratio(before, after):
    ratios = {}
    for k in before:
        change = sum(((Fraction(float(q)) - Fraction(float(p))) ** 2 for p, q in zip(np.ravel(before[k]), np.ravel(after[k]))), Fraction(0))
        size = sum((Fraction(float(p)) ** 2 for p in np.ravel(before[k])), Fraction(0))
        ratios[k] = float(change / size) ** 0.5 if size else float("inf") if change else 0
    return ratios


def dead_units(h):
    alive = {j for i, j in zip(*np.nonzero(h))}
    return Fraction(h.shape[1] - len(alive), h.shape[1])


def diagnose_curve(train_loss, val_loss):
    try:
        t, v = [Fraction(float(x)) for x in train_loss], [Fraction(float(x)) for x in val_loss]
    except (ValueError, OverflowError):  # NaN and infinity are no fractions
        return "too_high"
    if t[-1] > t[0]:
        return "too_high"
    if t[-1] / t[0] > Fraction(9, 10):
        return "too_low"
    return "overfitting" if v[-1] > Fraction(11, 10) * min(v) else "good"
