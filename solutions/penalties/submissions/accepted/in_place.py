"""Turns W and scores into their own gradients in place, so the caller's arrays are gone afterwards."""
import numpy as np


def l2(W, lam):
    loss = lam * float(np.sum(W ** 2))
    W *= 2 * lam
    return loss, W


def l1(W, lam):
    loss = lam * float(np.sum(np.abs(W)))
    np.sign(W, out=W)
    W *= lam
    return loss, W


def elastic_net(W, lam, beta):
    loss = lam * float(beta * (W ** 2).sum() + abs(W).sum())
    signs = np.sign(W)
    W *= 2 * beta
    W += signs
    W *= lam
    return loss, W


def hinge_loss(scores, y, margin=1.0):
    N = scores.shape[0]
    rows = np.arange(N)
    scores -= scores[rows, y].reshape(N, 1)
    scores += margin
    scores[rows, y] = 0
    np.maximum(scores, 0, out=scores)
    loss = scores.sum() / N
    # the positive entries become ones: this is the gradient with respect to the wrong classes
    scores[scores > 0] = 1
    scores[rows, y] = -scores.sum(axis=1)
    scores /= N
    return loss, scores


def regularized_hinge_loss(W, x, y, lam, penalty="l2", beta=1.0):
    loss, ds = hinge_loss(x @ W, y)
    if penalty == "l2":
        reg, dW = l2(W, lam)
    elif penalty == "l1":
        reg, dW = l1(W, lam)
    elif penalty == "elastic_net":
        reg, dW = elastic_net(W, lam, beta)
    else:
        raise ValueError(penalty)
    dW += x.T @ ds
    return loss + reg, dW
