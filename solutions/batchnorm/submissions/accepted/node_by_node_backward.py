"""Backward goes through the computational graph one node at a time and leaves out a term that is always zero."""
import numpy as np


def batchnorm_forward(x, gamma, beta, running, training=True, momentum=0.1, eps=1e-5):
    N, D = x.shape
    if training:
        if N < 2:
            raise ValueError("N < 2")
        # step 1: mean
        mu = 1. / N * np.sum(x, axis=0)
        # step 2: subtract it
        xmu = x - mu
        # step 3: squares
        sq = xmu ** 2
        # step 4: variance
        var = 1. / N * np.sum(sq, axis=0)
        running = {"mean": (1 - momentum) * running["mean"] + momentum * mu,
                   "var": (1 - momentum) * running["var"] + momentum / (N - 1) * np.sum(sq, axis=0)}
    else:
        xmu = x - running["mean"]
        var = running["var"]
    # step 5: root
    sqrtvar = np.sqrt(var + eps)
    # step 6: invert
    ivar = 1. / sqrtvar
    # step 7: normalise
    xhat = xmu * ivar
    # step 8 and 9: scale, shift
    gammax = gamma * xhat
    out = gammax + beta
    return out, (xhat, gamma, xmu, ivar, sqrtvar, training), running


def batchnorm_backward(dy, cache):
    xhat, gamma, xmu, ivar, sqrtvar, training = cache
    N, D = dy.shape
    # 9
    dbeta = np.sum(dy, axis=0)
    dgammax = dy
    # 8
    dgamma = np.sum(dgammax * xhat, axis=0)
    dxhat = dgammax * gamma
    # 7
    dxmu1 = dxhat * ivar
    if not training:
        return dxmu1, dgamma, dbeta
    divar = np.sum(dxhat * xmu, axis=0)
    # 6
    dsqrtvar = -1. / (sqrtvar ** 2) * divar
    # 5
    dvar = 0.5 * 1. / sqrtvar * dsqrtvar
    # 4
    dsq = 1. / N * np.ones((N, D)) * dvar
    # 3
    dxmu2 = 2 * xmu * dsq
    # 2 (the part of dmu that comes through the squares is a sum of xmu, hence 0)
    dmu = -1 * np.sum(dxmu1, axis=0)
    # 1
    dx2 = 1. / N * np.ones((N, D)) * dmu
    # 0
    return dxmu1 + dxmu2 + dx2, dgamma, dbeta


def identity_parameters(mean, var, eps=1e-5):
    return np.sqrt(var + eps), mean.copy()
