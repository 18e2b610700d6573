"""Lists only the violated pairs (np.nonzero) and scatters their gradient with np.add.at, straight into dW."""

import numpy as np


def l2(W, lam):
    return lam * np.sum(W * W), (lam + lam) * W


def l1(W, lam):
    dW = np.zeros(W.shape)
    dW[W > 0] = lam
    dW[W < 0] = -lam
    return np.sum(dW * W), dW


def elastic_net(W, lam, beta):
    dW = np.zeros(W.shape)
    np.add.at(dW, W > 0, 1.0)
    np.subtract.at(dW, W < 0, 1.0)
    value = np.sum(W * (dW + beta * W))
    return lam * value, lam * (dW + 2 * beta * W)


def violations(scores, y, margin):
    """Example, wrong class, and the amount for every violated pair."""
    amount = scores - np.choose(np.zeros(len(y), dtype=int), [scores[np.arange(len(y)), y]])[:, None] + margin
    i, j = np.nonzero(amount > 0)
    wrong = j != y[i]
    i, j = i[wrong], j[wrong]
    return i, j, amount[i, j]


def hinge_loss(scores, y, margin=1.0):
    i, j, amount = violations(scores, y, margin)
    d = np.zeros(scores.shape)
    np.add.at(d, (i, j), 1)
    np.add.at(d, (i, y[i]), -1)
    d /= len(y)
    return amount.sum() / len(y), d


def regularized_hinge_loss(W, x, y, lam, penalty="l2", beta=1.0):
    i, j, amount = violations(x @ W, y, 1.0)
    gradient = np.zeros(W.T.shape)  # (C, D)
    np.add.at(gradient, j, x[i])
    np.add.at(gradient, y[i], -x[i])
    loss, gradient = amount.sum() / len(y), gradient.T / len(y)
    if penalty == "l2":
        reg, dreg = l2(W, lam)
    elif penalty == "l1":
        reg, dreg = l1(W, lam)
    elif penalty == "elastic_net":
        reg, dreg = elastic_net(W, lam, beta)
    else:
        raise ValueError("unknown penalty " + repr(penalty))
    return loss + reg, gradient + dreg
