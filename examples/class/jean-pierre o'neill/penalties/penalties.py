"""Prints a lot, sets error state, warning filters and print options at import; CRLF line ends and a self-test."""

import warnings

import numpy as np

warnings.filterwarnings("error")
np.seterr(divide="raise", over="raise", invalid="raise", under="ignore")
np.set_printoptions(precision=3, linewidth=60, sign="+", formatter={"float": "<{:.1f}>".format})
print("=" * 60)
print("penalties")
print("=" * 60)


def l2(W, lam, verbose=False):
    loss = lam * np.sum(W**2)
    if verbose:
        print("l2", loss)
    return loss, 2 * lam * W


def l1(W, lam, verbose=False):
    loss = lam * np.sum(np.abs(W))
    if verbose:
        print("l1", loss)
    return loss, lam * np.sign(W)


def elastic_net(W, lam, beta, verbose=True):
    loss = lam * (beta * np.sum(W**2) + np.sum(np.abs(W)))
    dW = lam * (beta * 2 * W + np.sign(W))
    if verbose:
        print("elastic net: loss", loss, "gradient", dW)
    return loss, dW


def hinge_loss(scores, y, margin=1.0, verbose=True):
    num_train = scores.shape[0]
    correct_class_score = scores[range(num_train), y].reshape(-1, 1)
    margins = np.maximum(0, scores - correct_class_score + margin)
    margins[range(num_train), y] = 0
    loss = np.sum(margins) / num_train
    dscores = np.zeros(scores.shape)
    dscores[margins > 0] = 1
    dscores[range(num_train), y] -= np.sum(dscores, axis=1)
    dscores /= num_train
    if verbose:
        print("hinge", loss, scores[:2])
    return loss, dscores


def regularized_hinge_loss(W, x, y, lam, penalty="l2", beta=1.0):
    print("penalty:", penalty)
    loss, dscores = hinge_loss(x @ W, y)
    dW = x.T @ dscores
    if penalty == "l2":
        reg, dreg = l2(W, lam)
    elif penalty == "l1":
        reg, dreg = l1(W, lam)
    elif penalty == "elastic_net":
        reg, dreg = elastic_net(W, lam, beta)
    else:
        print("???")
        raise ValueError("penalty " + repr(penalty) + " is not implemented")
    return loss + reg, dW + dreg


def _self_test():
    W = np.array([[0.0, -1.0], [2.0, 0.5]])
    loss, dW = regularized_hinge_loss(W, np.eye(2), np.array([0, 1]), 0.1, "l1")
    assert dW.shape == W.shape
    print("self-test passed:", loss)


_self_test()
