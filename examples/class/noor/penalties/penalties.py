"""Converts to float32 first and stays there; losses are np.float32 scalars."""

import numpy as np
from numpy import float32 as f


def _power(W, lam, a, b):
    """lam * sum(a * w^2 + b * |w|) in single precision."""
    W = W.astype(f)
    lam, a, b = f(lam), f(a), f(b)
    loss = lam * (a * np.sum(W * W, dtype=f) + b * np.sum(np.abs(W), dtype=f))
    grad = lam * (f(2) * a * W + b * np.sign(W))
    return f(loss), np.asarray(grad, dtype=f)


def l2(W, lam):
    return _power(W, lam, 1, 0)


def l1(W, lam):
    return _power(W, lam, 0, 1)


def elastic_net(W, lam, beta):
    return _power(W, lam, beta, 1)


def hinge_loss(scores, y, margin=1.0):
    s = scores.astype(f)
    n = len(s)
    i = np.arange(n)
    z = s - s[i, y][:, None] + f(margin)
    z[i, y] = f(0)
    hot = (z > 0).astype(f)
    loss = np.maximum(z, f(0)).sum(dtype=f) / f(n)
    hot[i, y] -= hot.sum(axis=1)
    return loss, hot / f(n)


def regularized_hinge_loss(W, x, y, lam, penalty="l2", beta=1.0):
    options = {"l2": (1, 0), "l1": (0, 1), "elastic_net": (beta, 1)}
    if penalty not in options:
        raise ValueError("no such penalty: " + str(penalty))
    W32, x32 = W.astype(f), x.astype(f)
    loss, ds = hinge_loss(x32 @ W32, y)
    reg, dreg = _power(W32, lam, *options[penalty])
    return loss + reg, x32.T @ ds + dreg
