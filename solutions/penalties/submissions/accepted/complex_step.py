"""Gradients by the complex step; on the kink of the hinge the slope 1 is taken."""
import numpy as np

H = 2.0 ** -80


def _abs(z):
    return np.where(z.real > 0, z, np.where(z.real < 0, -z, 0))


def _square(z):
    return z * z


def _penalty(W, term, factor):
    z = np.asarray(W) + 1j * H
    t = term(z)
    return factor * t.real.sum(), factor * t.imag / H


def l2(W, lam):
    return _penalty(W, _square, lam)


def l1(W, lam):
    return _penalty(W, _abs, lam)


def elastic_net(W, lam, beta):
    return _penalty(W, lambda z: beta * _square(z) + _abs(z), lam)


def _hinges(s, y, margin):
    """The loss of every example, for real or complex scores."""
    total = 0
    rows = np.arange(len(s))
    for step in range(1, s.shape[1]):          # the other classes, counted from the own one
        m = s[rows, (y + step) % s.shape[1]] - s[rows, y] + margin
        total = total + np.where(m.real >= 0, m, 0)
    return total


def hinge_loss(scores, y, margin=1.0):
    y = np.asarray(y, dtype=int)
    s = np.asarray(scores, dtype=complex)
    n = len(s)
    ds = np.zeros(s.shape)
    for j in range(s.shape[1]):
        moved = s.copy()
        moved[:, j] += 1j * H
        ds[:, j] = np.imag(_hinges(moved, y, margin)) / H / n
    loss = np.sum(np.real(_hinges(s, y, margin))) / n
    return loss, ds


def regularized_hinge_loss(W, x, y, lam, penalty="l2", beta=1.0):
    terms = [("l2", _square), ("l1", _abs), ("elastic_net", lambda z: beta * _square(z) + _abs(z))]
    for name, term in terms:
        if isinstance(penalty, str) and name == penalty:
            break
    else:
        raise ValueError(penalty)
    loss, ds = hinge_loss(np.dot(x, W), y)
    value, slope = _penalty(W, term, lam)
    return loss + value, np.dot(ds.T, x).T + slope
