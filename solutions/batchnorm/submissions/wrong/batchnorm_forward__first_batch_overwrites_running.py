"""A running mean of zeros counts as not started yet and is replaced by the batch without averaging."""

import numpy as np


def batchnorm_forward(x, gamma, beta, running, training=True, momentum=0.1, eps=1e-5):
    if training:
        n = x.shape[0]
        if n < 2:
            raise ValueError("batch too small")
        mean, var = x.mean(axis=0), x.var(axis=0)
        w = 1.0 if not np.any(running["mean"]) else momentum
        running = {"mean": (1 - w) * running["mean"] + w * mean,
                   "var": (1 - w) * running["var"] + w * var * n / (n - 1)}
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
