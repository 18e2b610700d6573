"""The running statistics keep an axis of length 1."""

import numpy as np


def batchnorm_forward(x, gamma, beta, running, training=True, momentum=0.1, eps=1e-5):
    n = len(x)
    if not training:
        s = np.sqrt(running["var"] + eps)
        h = (x - running["mean"]) / s
        return gamma * h + beta, (h, 1 / s, gamma, False), running
    if n < 2:
        raise ValueError("two examples")
    m, v = x.mean(axis=0, keepdims=True), x.var(axis=0, keepdims=True)
    s = np.sqrt(v + eps)
    h = (x - m) / s
    running = {"mean": (1 - momentum) * running["mean"] + momentum * m, "var": (1 - momentum) * running["var"] + momentum * (v * n / (n - 1))}
    return gamma * h + beta, (h, 1 / s, gamma, True), running


def batchnorm_backward(dy, cache):
    h, s, gamma, training = cache
    dgamma, dbeta = (dy * h).sum(axis=0), dy.sum(axis=0)
    g = dy * gamma
    if training:
        g = g - g.mean(axis=0) - h * (g * h).mean(axis=0)
    return g * s, dgamma, dbeta
