"""Sums and products through einsum with the ellipsis, the picked scores through a one-hot einsum."""
import numpy as np


def total(*arrays):
    return np.einsum(",".join("..." for _ in arrays) + "->...", *arrays).sum()


def l2(W, lam):
    return lam * np.einsum("i,i->", W.ravel(), W.ravel()), np.einsum(",...->...", 2.0 * lam, W)


def l1(W, lam):
    s = np.sign(W)
    return lam * total(s, W), lam * s


def elastic_net(W, lam, beta):
    s = np.sign(W)
    return lam * (beta * total(W, W) + total(s, W)), lam * (2 * beta * W + s)


def hinge_loss(scores, y, margin=1.0):
    N, C = scores.shape
    hot = (np.arange(C) == np.asarray(y)[:, None]).astype(float)
    correct = np.einsum("nc,nc->n", scores, hot)
    z = scores - correct[:, None] + margin
    active = (z > 0) * (1 - hot)
    loss = np.einsum("nc,nc->", active, z) / N
    dscores = active - np.einsum("nc,nk->nk", active, hot)
    return loss, dscores / N


def regularized_hinge_loss(W, x, y, lam, penalty="l2", beta=1.0):
    if penalty not in ("l2", "l1", "elastic_net"):
        raise ValueError(f"penalty must be l2, l1 or elastic_net, not {penalty}")
    data, ds = hinge_loss(np.einsum("nd,dc->nc", x, W), y)
    args = (W, lam, beta) if penalty == "elastic_net" else (W, lam)
    reg, dreg = {"l2": l2, "l1": l1, "elastic_net": elastic_net}[penalty](*args)
    return data + reg, np.einsum("nd,nc->dc", x, ds) + dreg
