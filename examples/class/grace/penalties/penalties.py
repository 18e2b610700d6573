"""Plain loops over every number, no array arithmetic at all."""

import numpy as np


def _elementwise(W, value, slope):
    """Sum of value(w) over all entries, and the array of slope(w)."""
    flat = np.asarray(W, dtype=float).ravel().tolist()
    total = 0.0
    grads = []
    for w in flat:
        total += value(w)
        grads.append(slope(w))
    return total, np.array(grads, dtype=float).reshape(np.shape(W))


def sign(w):
    if w > 0:
        return 1.0
    elif w < 0:
        return -1.0
    return 0.0


def l2(W, lam):
    return _elementwise(W, lambda w: lam * w * w, lambda w: 2 * lam * w)


def l1(W, lam):
    return _elementwise(W, lambda w: lam * abs(w), lambda w: lam * sign(w))


def elastic_net(W, lam, beta):
    return _elementwise(W, lambda w: lam * (beta * w * w + abs(w)), lambda w: lam * (2 * beta * w + sign(w)))


def hinge_loss(scores, y, margin=1.0):
    N, C = scores.shape
    rows = scores.tolist()
    loss = 0.0
    dscores = [[0.0] * C for _ in range(N)]
    for i, row in enumerate(rows):
        label = int(y[i])
        for j in range(C):
            if j == label:
                continue
            m = row[j] - row[label] + margin
            if m > 0:
                loss += m
                dscores[i][j] += 1 / N
                dscores[i][label] -= 1 / N
    return loss / N, np.array(dscores)


def regularized_hinge_loss(W, x, y, lam, penalty="l2", beta=1.0):
    if penalty == "l2":
        reg, dreg = l2(W, lam)
    elif penalty == "l1":
        reg, dreg = l1(W, lam)
    elif penalty == "elastic_net":
        reg, dreg = elastic_net(W, lam, beta)
    else:
        raise ValueError("unknown penalty: %r" % (penalty,))
    D, C = W.shape
    columns = [W[:, j].tolist() for j in range(C)]
    inputs = x.tolist()
    scores = [[sum(a * b for a, b in zip(row, col)) for col in columns] for row in inputs]
    loss, ds = hinge_loss(np.array(scores), y)
    dW = np.array(dreg)
    for i, row in enumerate(inputs):
        for j in range(C):
            g = float(ds[i, j])
            if g != 0:
                for d in range(D):
                    dW[d, j] += row[d] * g
    return loss + reg, dW
