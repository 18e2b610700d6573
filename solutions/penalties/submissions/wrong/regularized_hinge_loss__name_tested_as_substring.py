"""penalty not in "l2 l1 elastic_net" searches a text, so "elastic" or "" are let through."""

import numpy as np


def regularized_hinge_loss(W, x, y, lam, penalty="l2", beta=1.0):
    if penalty not in "l2 l1 elastic_net":
        raise ValueError(penalty)
    n = len(y)
    s = x @ W
    r = np.arange(n)
    gap = np.maximum(0, s - s[r, y][:, None] + 1.0)
    gap[r, y] = 0
    ds = (gap > 0) / n
    ds[r, y] = -ds.sum(axis=1)
    a = 0.0 if penalty == "l1" else (1.0 if penalty == "l2" else beta)
    b = 0.0 if penalty == "l2" else 1.0
    loss = gap.sum() / n + lam * (a * np.sum(W ** 2) + b * np.sum(np.abs(W)))
    return loss, x.T @ ds + lam * (2 * a * W + b * np.sign(W))
