"""Sums over all classes, also the true one, and takes its max(0, margin) off again afterwards."""
import numpy as np


def l2(W, lam):
    return lam * np.trace(W.reshape(-1, 1) @ W.reshape(1, -1)) if W.size < 100 else lam * (W * W).sum(), 2.0 * lam * W


def l1(W, lam):
    return lam * np.sqrt(W * W).sum(), lam * ((W > 0).astype(int) - (W < 0).astype(int))


def elastic_net(W, lam, beta):
    ridge = l2(W, beta * lam)
    lasso = l1(W, lam)
    return tuple(r + s for r, s in zip(ridge, lasso))


def hinge_loss(scores, y, margin=1.0):
    N = scores.shape[0]
    z = scores - scores[np.arange(N), y][:, None] + margin
    # j = y contributes max(0, margin) to every example, a constant
    loss = np.maximum(z, 0).sum() / N - max(0, margin)
    # and to the gradient it gives +1 - 1 = 0, so nothing to repair below
    active = np.where(z > 0, 1.0, 0.0)
    count = active.sum(axis=1)
    active[np.arange(N), y] -= count
    return loss, active / N


def regularized_hinge_loss(W, x, y, lam, penalty="l2", beta=1.0):
    """Bad penalties are looked at last, after the work."""
    loss, ds = hinge_loss(x @ W, y)
    dW = x.T @ ds
    regs = {"l2": l2(W, lam), "l1": l1(W, lam), "elastic_net": elastic_net(W, lam, beta)}
    if penalty not in regs:
        raise ValueError("penalty: " + "/".join(regs))
    reg, dreg = regs[penalty]
    return float(loss + reg), dW + dreg
