"""Takes the slope 1 exactly on the kink of the hinge (>= instead of >)."""
import numpy as np


def l2(W, lam):
    return lam * (W ** 2).sum(), 2 * lam * W


def l1(W, lam):
    return lam * np.abs(W).sum(), lam * np.sign(W)


def elastic_net(W, lam, beta):
    loss2, grad2 = l2(W, lam * beta)
    loss1, grad1 = l1(W, lam)
    return loss1 + loss2, grad1 + grad2


def hinge_loss(scores, y, margin=1.0):
    N, C = scores.shape
    correct = scores[np.arange(N), y]
    margins = scores - correct[:, None] + margin
    loss_terms = np.maximum(0, margins)
    loss_terms[np.arange(N), y] = 0
    loss = loss_terms.sum() / N

    # right derivative: on the kink the term already counts
    on = (margins >= 0).astype(float)
    on[np.arange(N), y] = 0
    on[np.arange(N), y] = -on.sum(axis=1)
    return loss, on / N


def regularized_hinge_loss(W, x, y, lam, penalty="l2", beta=1.0):
    scores = x.dot(W)
    if penalty == 'l2':
        reg_loss, reg_grad = l2(W, lam)
    elif penalty == 'l1':
        reg_loss, reg_grad = l1(W, lam)
    elif penalty == 'elastic_net':
        reg_loss, reg_grad = elastic_net(W, lam, beta)
    else:
        raise ValueError('penalty is one of l2, l1, elastic_net')
    loss, dscores = hinge_loss(scores, y, 1.0)
    return loss + reg_loss, x.T.dot(dscores) + reg_grad
