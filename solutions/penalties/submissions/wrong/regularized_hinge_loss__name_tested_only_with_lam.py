"""With lam = 0 it returns early, before an unknown penalty is refused."""

import numpy as np


def regularized_hinge_loss(W, x, y, lam, penalty="l2", beta=1.0):
    n = len(y)
    s = x @ W
    r = np.arange(n)
    gap = np.maximum(0, s - s[r, y][:, None] + 1.0)
    gap[r, y] = 0
    ds = (gap > 0) / n
    ds[r, y] = -ds.sum(axis=1)
    loss, dW = gap.sum() / n, x.T @ ds
    if lam == 0:
        return loss, dW
    squares, absolute = {"l2": (1, 0), "l1": (0, 1), "elastic_net": (beta, 1)}.get(penalty, (None, None))
    if squares is None:
        raise ValueError("unknown penalty " + str(penalty))
    loss += lam * (squares * np.sum(W ** 2) + absolute * np.sum(np.abs(W)))
    return loss, dW + lam * (2 * squares * W + absolute * np.sign(W))
