"""Takes the last row of W for a bias and leaves it out of the penalty."""

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
    V = np.array(W)
    V[-1] = 0
    loss = gap.sum() / n + lam * (a * np.sum(V ** 2) + b * np.sum(np.abs(V)))
    return loss, x.T @ ds + lam * (2 * a * V + b * np.sign(V))
