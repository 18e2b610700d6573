"""dgamma and dbeta are zero after an evaluation forward pass."""

import numpy as np


def batchnorm_forward(x, gamma, beta, running, training=True, momentum=0.1, eps=1e-5):
    if training:
        n = x.shape[0]
        if n < 2:
            raise ValueError("a batch needs at least two examples")
        mean, var = x.mean(axis=0), x.var(axis=0)
        running = {"mean": (1 - momentum) * running["mean"] + momentum * mean,
                   "var": (1 - momentum) * running["var"] + momentum * var * n / (n - 1)}
    else:
        mean, var = running["mean"], running["var"]
    std = np.sqrt(var + eps)
    xhat = (x - mean) / std
    return gamma * xhat + beta, (xhat, std, gamma, training), running


def batchnorm_backward(dy, cache):
    xhat, std, gamma, training = cache
    if not training:
        return dy * gamma / std, np.zeros_like(gamma), np.zeros_like(gamma)
    dgamma, dbeta = (dy * xhat).sum(axis=0), dy.sum(axis=0)
    d = dy * gamma
    d = d - d.mean(axis=0) - xhat * (d * xhat).mean(axis=0)
    return d / std, dgamma, dbeta
