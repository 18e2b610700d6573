"""Plain loops and lists; the numerical gradient moves a flat copy."""
import math

import numpy as np


def numerical_gradient(f, x, h=1e-5):
    flat = [float(v) for v in np.ravel(x)]
    out = []
    for i in range(len(flat)):
        keep = flat[i]
        flat[i] = keep + h
        above = float(f(np.array(flat).reshape(np.shape(x))))
        flat[i] = keep - h
        below = float(f(np.array(flat).reshape(np.shape(x))))
        flat[i] = keep
        out.append((above - below) / (2 * h))
    return np.array(out).reshape(np.shape(x))


def relative_error(a, b, floor=1e-8):
    worst = 0.0
    for p, q in zip(np.ravel(a).tolist(), np.ravel(b).tolist()):
        worst = max(worst, abs(p - q) / max(floor, abs(p) + abs(q)))
    return worst


def gradient_is_right(f, grad, x, rng, directions=5):
    own = numerical_gradient(f, x)
    off = size = 0.0
    for p, q in zip(own.ravel().tolist(), np.ravel(grad).tolist()):
        off += (p - q) ** 2
        size += p * p
    return math.sqrt(off) < 0.01 * math.sqrt(size)


def chance_loss(classes, kind):
    if kind not in ("softmax", "hinge"):
        raise ValueError(kind)
    total = 0.0
    for j in range(classes):
        total += 1.0 if kind == "softmax" else max(0.0, 0.0 - 0.0 + 1.0) * (j != 0)
    return math.log(total) if kind == "softmax" else total


def update_ratio(before, after):
    out = {}
    for key in before:
        size = change = 0.0
        for p, q in zip(np.ravel(before[key]).tolist(), np.ravel(after[key]).tolist()):
            size += p * p
            change += (q - p) ** 2
        if size == 0:
            out[key] = 0.0 if change == 0 else math.inf
        else:
            out[key] = math.sqrt(change / size)
    return out


def dead_units(h):
    dead = 0
    for j in range(h.shape[1]):
        alive = False
        for i in range(h.shape[0]):
            if h[i, j] != 0:
                alive = True
        dead += not alive
    return dead / h.shape[1]


def diagnose_curve(train_loss, val_loss):
    for value in list(train_loss) + list(val_loss):
        if math.isnan(value) or math.isinf(value):
            return "too_high"
    if train_loss[-1] > train_loss[0]:
        return "too_high"
    if train_loss[-1] > train_loss[0] * 0.9:
        return "too_low"
    lowest = val_loss[0]
    for value in val_loss:
        if value < lowest:
            lowest = value
    if val_loss[-1] > lowest * 1.1:
        return "overfitting"
    return "good"
