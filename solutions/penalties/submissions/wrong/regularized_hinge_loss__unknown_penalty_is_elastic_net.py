"""The last branch is a plain else, so any other name means elastic net."""

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
    if penalty == "l2":
        return loss + lam * np.sum(W ** 2), dW + 2 * lam * W
    elif penalty == "l1":
        return loss + lam * np.sum(np.abs(W)), dW + lam * np.sign(W)
    else:
        return (loss + lam * (beta * np.sum(W ** 2) + np.sum(np.abs(W))),
                dW + lam * (2 * beta * W + np.sign(W)))
