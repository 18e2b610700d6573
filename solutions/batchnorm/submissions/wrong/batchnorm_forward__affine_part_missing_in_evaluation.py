"""gamma and beta are applied in training only."""

import numpy as np


def batchnorm_forward(x, gamma, beta, running, training=True, momentum=0.1, eps=1e-5):
    if not training:
        std = np.sqrt(running["var"] + eps)
        xhat = (x - running["mean"]) / std
        return xhat, (xhat, std, gamma, False), running
    n = x.shape[0]
    if n < 2:
        raise ValueError("batch too small")
    mean, var = x.mean(axis=0), x.var(axis=0)
    std = np.sqrt(var + eps)
    xhat = (x - mean) / std
    running = {"mean": (1 - momentum) * running["mean"] + momentum * mean,
               "var": (1 - momentum) * running["var"] + momentum * var * n / (n - 1)}
    return gamma * xhat + beta, (xhat, std, gamma, True), running


def batchnorm_backward(dy, cache):
    xhat, std, gamma, training = cache
    dbeta = dy.sum(axis=0)
    dgamma = (dy * xhat).sum(axis=0)
    dxhat = dy * gamma
    if training:
        dxhat = dxhat - dxhat.mean(axis=0) - xhat * (dxhat * xhat).mean(axis=0)
    return dxhat / std, dgamma, dbeta
