"""Recomputes mean and variance from x also when the forward pass used the running ones."""

import numpy as np


def batchnorm_forward(x, gamma, beta, running, training=True, momentum=0.1, eps=1e-5):
    if training:
        n = x.shape[0]
        if n < 2:
            raise ValueError("batch too small")
        mean, var = x.mean(axis=0), x.var(axis=0)
        running = {"mean": (1 - momentum) * running["mean"] + momentum * mean,
                   "var": (1 - momentum) * running["var"] + momentum * var * n / (n - 1)}
    else:
        mean, var = running["mean"], running["var"]
    y = gamma * (x - mean) / np.sqrt(var + eps) + beta
    return y, {"x": x, "gamma": gamma, "eps": eps, "training": training}, running


def batchnorm_backward(dy, cache):
    x, gamma = cache["x"], cache["gamma"]
    std = np.sqrt(x.var(axis=0) + cache["eps"])
    xhat = (x - x.mean(axis=0)) / std
    d = dy * gamma
    if cache["training"]:
        d = d - d.mean(axis=0) - xhat * (d * xhat).mean(axis=0)
    return d / std, (dy * xhat).sum(axis=0), dy.sum(axis=0)
