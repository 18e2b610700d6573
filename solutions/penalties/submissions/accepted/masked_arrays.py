"""numpy.ma hides the true class (and the zeros of W), the results are filled before they go out."""
import numpy as np
import numpy.ma as ma


def l2(W, lam):
    return lam * ma.sum(ma.asarray(W) ** 2), ma.getdata(2 * lam * ma.asarray(W))


def l1(W, lam):
    nonzero = ma.masked_equal(W, 0)
    signs = (nonzero / ma.absolute(nonzero)).filled(0.0) if W.ndim else np.sign(W)
    return lam * np.sum(signs * W), lam * signs


def elastic_net(W, lam, beta):
    r, dr = l2(W, lam)
    s, ds = l1(W, lam)
    return beta * r + s, beta * dr + ds


def hinge_loss(scores, y, margin=1.0):
    N, C = scores.shape
    is_true = np.zeros((N, C), dtype=bool)
    is_true[np.arange(N), y] = True
    right = ma.array(scores, mask=~is_true).sum(axis=1).filled(0)
    z = ma.array(scores - right.reshape(-1, 1) + margin, mask=is_true)
    z = ma.masked_less_equal(z, 0)                  # hide the satisfied ones as well
    loss = z.filled(0).sum() / N
    d = (~ma.getmaskarray(z)).astype(float)
    d[is_true] = -d.sum(axis=1)
    return loss, d / N


def regularized_hinge_loss(W, x, y, lam, penalty="l2", beta=1.0):
    if penalty == "l2":
        f = l2
    elif penalty == "l1":
        f = l1
    elif penalty == "elastic_net":
        def f(W, lam):
            return elastic_net(W, lam, beta)
    else:
        raise ValueError("penalty must be 'l2', 'l1' or 'elastic_net'")
    loss, ds = hinge_loss(ma.dot(x, W).data, y)
    reg, dreg = f(W, lam)
    return loss + reg, x.T @ ds + dreg
