"""Penalties are np.linalg.norm of the flattened W, losses come back as 0-d arrays."""

import numpy as np
from numpy.linalg import norm


def l2(W, lam):
    size = norm(W.reshape(-1), 2)
    return np.array(lam * size**2), lam * (W + W)


def l1(W, lam):
    size = norm(W.reshape(-1), ord=1)
    gradient = lam * np.copysign(1.0, W)
    gradient = np.where(W == 0, 0.0, gradient)  # copysign knows no zero
    return np.array(size * lam), gradient


def elastic_net(W, lam, beta):
    # two parts, each one from its own function
    a, da = l2(W, lam * beta)
    b, db = l1(W, lam)
    return np.asarray(a + b), da + db


def hinge_loss(scores, y, margin=1.0):
    n, k = scores.shape
    picked = np.take_along_axis(scores, y.reshape(n, 1).astype(int), axis=1)
    z = np.clip(scores - picked + margin, 0, None)
    np.put_along_axis(z, y.reshape(n, 1).astype(int), 0, axis=1)
    loss = norm(z.reshape(-1), ord=1) / n
    d = np.sign(z)
    np.put_along_axis(d, y.reshape(n, 1).astype(int), -d.sum(axis=1, keepdims=True), axis=1)
    return np.array(loss), d / n


def regularized_hinge_loss(W, x, y, lam, penalty="l2", beta=1.0):
    if penalty == "l1":
        reg, dreg = l1(W, lam)
    elif penalty == "l2":
        reg, dreg = l2(W, lam)
    elif penalty == "elastic_net":
        reg, dreg = elastic_net(W, lam, beta)
    else:
        raise ValueError("penalty = {!r}".format(penalty))
    loss, d = hinge_loss(np.dot(x, W), y)
    return np.add(loss, reg), np.dot(np.transpose(x), d) + dreg
