"""The running statistics live in a module variable after the first call, so two layers share them."""

import numpy as np


_batchnorm_running = {}


def batchnorm_forward(x, gamma, beta, running, training=True, momentum=0.1, eps=1e-5):
    if not _batchnorm_running:
        _batchnorm_running.update(running)
    r = _batchnorm_running
    if training:
        n = x.shape[0]
        if n < 2:
            raise ValueError("batch too small")
        mean, var = x.mean(axis=0), x.var(axis=0)
        r["mean"] = (1 - momentum) * r["mean"] + momentum * mean
        r["var"] = (1 - momentum) * r["var"] + momentum * var * n / (n - 1)
    else:
        mean, var = r["mean"], r["var"]
    std = np.sqrt(var + eps)
    xhat = (x - mean) / std
    return gamma * xhat + beta, (xhat, std, gamma, training), dict(r)


def batchnorm_backward(dy, cache):
    xhat, std, gamma, training = cache
    dbeta = dy.sum(axis=0)
    dgamma = (dy * xhat).sum(axis=0)
    dxhat = dy * gamma
    if training:
        dxhat = dxhat - dxhat.mean(axis=0) - xhat * (dxhat * xhat).mean(axis=0)
    return dxhat / std, dgamma, dbeta
