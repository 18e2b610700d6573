"""Gradients come back as nested Python lists (a plain float for a 0-d W), pairs as lists."""
import numpy as np


def l2(W, lam):
    value = lam * np.square(W).sum()
    return [float(value), np.multiply(W, 2 * lam).tolist()]


def l1(W, lam):
    value = lam * np.fabs(W).sum()
    return [float(value), np.multiply(np.sign(W), lam).tolist()]


def elastic_net(W, lam, beta):
    quadratic, grad_quadratic = l2(W, beta)
    absolute, grad_absolute = l1(W, 1.0)
    gradient = np.add(grad_quadratic, grad_absolute) * lam
    return [lam * (quadratic + absolute), gradient.tolist()]


def hinge_loss(scores, y, margin=1.0):
    losses, gradient = [], []
    for s, label in zip(scores.tolist(), y.tolist()):
        label = int(label)
        terms = [max(0.0, v - s[label] + margin) if j != label else 0.0 for j, v in enumerate(s)]
        losses.append(sum(terms))
        row = [1.0 / len(y) if t > 0 else 0.0 for t in terms]
        row[label] = -sum(row)
        gradient.append(row)
    return [sum(losses) / len(losses), gradient]


def regularized_hinge_loss(W, x, y, lam, penalty="l2", beta=1.0):
    known = ["l2", "l1", "elastic_net"]
    try:
        which = known.index(penalty)        # list.index raises ValueError on its own
    except ValueError:
        raise ValueError("penalty must be one of " + ", ".join(known))
    reg, dreg = [l2, l1, lambda W, lam: elastic_net(W, lam, beta)][which](W, lam)
    loss, ds = hinge_loss(x.dot(W), y)
    dW = (x.T.dot(np.array(ds)) + np.array(dreg)).tolist()
    return [loss + reg, dW]
