"""The penalties call themselves on W[0], W[1], ... until a number is left; hinge_loss averages itself over one-row batches."""
import math

import numpy as np


def _recurse(W, leaf):
    if np.ndim(W) == 0:
        return leaf(float(W))
    pairs = [_recurse(part, leaf) for part in (W if isinstance(W, list) else W.tolist())]
    gradient = [g for _, g in pairs]
    return math.fsum(v for v, _ in pairs), gradient


def _array_like(gradient, W):
    return np.array(gradient, dtype=float).reshape(W.shape)


def l2(W, lam):
    value, gradient = _recurse(W, lambda w: (lam * w * w, 2 * lam * w))
    return value, _array_like(gradient, W)


def l1(W, lam):
    value, gradient = _recurse(W, lambda w: (lam * abs(w), lam * math.copysign(1, w) if w else 0.0))
    return value, _array_like(gradient, W)


def elastic_net(W, lam, beta):
    if W.ndim == 0:
        w = W.item()
        s = (w > 0) - (w < 0)
        return lam * (beta * w * w + abs(w)), np.array(lam * (2 * beta * w + s))
    if W.ndim == 1:
        return lam * (beta * W.dot(W) + np.abs(W).sum()), lam * (2 * beta * W + np.sign(W))
    pairs = [elastic_net(w, lam, beta) for w in W]
    return sum(v for v, _ in pairs), np.array([g for _, g in pairs]).reshape(W.shape)


def hinge_loss(scores, y, margin=1.0):
    if len(scores) > 1:
        parts = [hinge_loss(scores[i:i + 1], y[i:i + 1], margin) for i in range(len(scores))]
        n = len(parts)
        return sum(p[0] for p in parts) / n, np.concatenate([p[1] for p in parts]) / n
    s, k = scores[0], int(y[0])
    z = s - s[k] + margin
    z[k] = 0
    g = (z > 0) * 1.0
    g[k] = -g.sum()
    return z[z > 0].sum(), g[None, :]


def regularized_hinge_loss(W, x, y, lam, penalty="l2", beta=1.0):
    names = {"l2": (l2, ()), "l1": (l1, ()), "elastic_net": (elastic_net, (beta,))}
    if penalty not in names:
        raise ValueError(penalty)
    f, extra = names[penalty]
    value, dW = f(W, lam, *extra)
    loss, ds = hinge_loss(x @ W, y)
    return value + loss, dW + x.T @ ds
