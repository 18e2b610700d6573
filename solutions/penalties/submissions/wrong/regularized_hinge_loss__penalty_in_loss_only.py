"""The gradient is that of the data loss alone."""

import numpy as np


def regularized_hinge_loss(W, x, y, lam, penalty="l2", beta=1.0):
    weights = {"l2": (1.0, 0.0), "l1": (0.0, 1.0), "elastic_net": (beta, 1.0)}
    if penalty not in weights:
        raise ValueError(penalty)
    a, b = weights[penalty]
    n = len(y)
    s = x @ W
    r = np.arange(n)
    gap = np.maximum(0, s - s[r, y][:, None] + 1.0)
    gap[r, y] = 0
    ds = (gap > 0) / n
    ds[r, y] = -ds.sum(axis=1)
    return gap.sum() / n + lam * (a * np.sum(W ** 2) + b * np.sum(np.abs(W))), x.T @ ds
