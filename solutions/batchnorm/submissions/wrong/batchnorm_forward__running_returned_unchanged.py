"""Computes new running statistics but returns the old ones."""

import numpy as np


def batchnorm_forward(x, gamma, beta, running, training=True, momentum=0.1, eps=1e-5):
    mean, var = running["mean"], running["var"]
    if training:
        n = x.shape[0]
        if n < 2:
            raise ValueError("batch too small")
        new = dict(running)
        mean, var = x.mean(axis=0), x.var(axis=0)
        new["mean"] = (1 - momentum) * running["mean"] + momentum * mean
        new["var"] = (1 - momentum) * running["var"] + momentum * var * n / (n - 1)
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
