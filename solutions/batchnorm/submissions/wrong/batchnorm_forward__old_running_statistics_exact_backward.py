"""Training goes by the old running statistics; the backward pass is the usual formula."""

import numpy as np


def batchnorm_forward(x, gamma, beta, running, training=True, momentum=0.1, eps=1e-5):
    inv_std = 1 / np.sqrt(running["var"] + eps)
    x_hat = (x - running["mean"]) * inv_std
    if training:
        if len(x) < 2:
            raise ValueError("N")
        running = {
            "mean": (1 - momentum) * running["mean"] + momentum * x.mean(axis=0),
            "var": (1 - momentum) * running["var"] + momentum * x.var(axis=0, ddof=1),
        }
    return gamma * x_hat + beta, (x_hat, gamma, inv_std, training), running


def batchnorm_backward(dy, cache):
    x_hat, gamma, inv_std, training = cache
    dgamma, dbeta = (dy * x_hat).sum(axis=0), dy.sum(axis=0)
    dx_hat = dy * gamma
    if training:
        dx_hat = dx_hat - dx_hat.mean(axis=0) - x_hat * (dx_hat * x_hat).mean(axis=0)
    return inv_std * dx_hat, dgamma, dbeta
