"""Takes the middle of the subdifferential on the kink: np.heaviside(z, 0.5)."""
import numpy as np


def l2(W, lam):
    W = np.asarray(W)
    return lam * np.inner(W.ravel(), W.ravel()), np.asarray(lam * 2 * W)


def l1(W, lam):
    W = np.asarray(W)
    step = 2 * np.heaviside(W, 0.5) - 1             # -1, 0, 1
    return lam * np.inner(W.ravel(), step.ravel()), np.asarray(lam * step)


def elastic_net(W, lam, beta):
    (a, da), (b, db) = l2(W, lam), l1(W, lam)
    return beta * a + b, beta * da + db


def hinge_loss(scores, y, margin=1.0):
    N, C = scores.shape
    wrong = np.ones((N, C))
    wrong[np.arange(N), y] = 0
    z = scores - np.sum(scores * (1 - wrong), axis=1, keepdims=True) + margin
    h = np.heaviside(z, 0.5) * wrong
    loss = np.sum(h * z) / N                        # z = 0 on the kink, so the half does no harm here
    dscores = (h - (1 - wrong) * h.sum(axis=1, keepdims=True)) / N
    return loss, dscores


def regularized_hinge_loss(W, x, y, lam, penalty="l2", beta=1.0):
    if penalty in {"l2", "l1"}:
        reg, dW = globals()[penalty](W, lam)
    elif penalty == "elastic_net":
        reg, dW = elastic_net(W, lam, beta)
    else:
        raise ValueError(f"I do not know the penalty {penalty}")
    loss, dscores = hinge_loss(x @ W, y)
    return loss + reg, dW + (dscores.T @ x).T
