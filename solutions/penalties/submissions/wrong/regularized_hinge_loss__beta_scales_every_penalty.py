"""beta also multiplies the plain l2 penalty."""

import numpy as np


def regularized_hinge_loss(W, x, y, lam, penalty="l2", beta=1.0):
    if penalty not in ("l2", "l1", "elastic_net"):
        raise ValueError(penalty)
    a = beta if penalty != "l1" else 0.0
    b = 1.0 if penalty != "l2" else 0.0
    n = len(y)
    s = x @ W
    r = np.arange(n)
    gap = np.maximum(0, s - s[r, y][:, None] + 1.0)
    gap[r, y] = 0
    ds = (gap > 0) / n
    ds[r, y] = -ds.sum(axis=1)
    loss = gap.sum() / n + lam * (a * np.sum(W ** 2) + b * np.sum(np.abs(W)))
    return loss, x.T @ ds + lam * (2 * a * W + b * np.sign(W))
