"""l2, l1 and elastic_net are three partials of one penalty, with optional parameters of their own."""
from functools import partial, reduce
from operator import add

import numpy as np


def _penalty(W, lam, beta, ridge=True, lasso=True, factor=1.0):
    parts = [(0.0, np.zeros(np.shape(W)))]
    if ridge:
        parts.append((beta * (W * W).sum(), 2 * beta * W))
    if lasso:
        parts.append((np.abs(W).sum(), np.sign(W)))
    value = reduce(add, (p[0] for p in parts))
    slope = reduce(add, (p[1] for p in parts))
    return factor * lam * value, factor * lam * slope


l2 = partial(_penalty, lasso=False, beta=1.0)
l1 = partial(_penalty, ridge=False, beta=0.0)
elastic_net = partial(_penalty)


def _hinge(scores, y, margin=1.0, reduction="mean", power=1):
    n = scores.shape[0]
    others = np.ones(scores.shape, dtype=bool)
    others[range(n), y] = False
    slack = np.where(others, scores - scores[range(n), y][:, None] + margin, -1.0)
    positive = np.where(slack > 0, 1.0, 0.0)
    weight = 1 / n if reduction == "mean" else 1.0
    grad = positive - ~others * positive.sum(axis=1, keepdims=True)
    return weight * (positive * slack).sum(), weight * grad


hinge_loss = partial(_hinge, reduction="mean")


def regularized_hinge_loss(W, x, y, lam, penalty="l2", beta=1.0, margin=1.0):
    functions = dict(l2=l2, l1=l1, elastic_net=partial(elastic_net, beta=beta))
    function = functions.get(penalty)
    if function is None:
        raise ValueError("choose one of %s" % sorted(functions))
    a, da = hinge_loss(x @ W, y, margin=margin)
    b, db = function(W, lam)
    return a + b, x.T @ da + db
