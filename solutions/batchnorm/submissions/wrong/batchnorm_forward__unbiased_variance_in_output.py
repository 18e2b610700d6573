"""Normalises with the variance divided by N - 1."""

import numpy as np


def batchnorm_forward(x, gamma, beta, running, training=True, momentum=0.1, eps=1e-5):
    if training:
        if len(x) < 2:
            raise ValueError("batch too small")
        mean, var = x.mean(axis=0), x.var(axis=0, ddof=1)
        running = {"mean": (1 - momentum) * running["mean"] + momentum * mean,
                   "var": (1 - momentum) * running["var"] + momentum * var}
    else:
        mean, var = running["mean"], running["var"]
    std = np.sqrt(var + eps)
    xhat = (x - mean) / std
    return gamma * xhat + beta, (xhat, std, gamma, training), running


def batchnorm_backward(dy, cache):
    xhat, std, gamma, training = cache
    dbeta = dy.sum(axis=0)
    dgamma = (dy * xhat).sum(axis=0)
    dxhat = dy * gamma
    if training:
        dxhat = dxhat - dxhat.mean(axis=0) - xhat * (dxhat * xhat).mean(axis=0)
    return dxhat / std, dgamma, dbeta
