"""Saves memory: x becomes the normalised x, dy becomes dx, the given arrays are overwritten."""

import numpy as np


def batchnorm_forward(x, gamma, beta, running, training=True, momentum=0.1, eps=1e-5):
    mean = running["mean"].copy()
    var = running["var"].copy()
    if training:
        n = x.shape[0]
        if n <= 1:
            raise ValueError("need more than one example")
        batch_mean = x.mean(axis=0)
        x -= batch_mean
        batch_var = np.square(x).mean(axis=0)
        # running estimates
        mean *= 1 - momentum
        mean += momentum * batch_mean
        var *= 1 - momentum
        var += momentum * batch_var * n / (n - 1)
    else:
        x -= mean
        batch_var = var
    std = np.sqrt(batch_var + eps)
    x /= std  # from here on x is x_hat
    out = x * gamma
    out += beta
    return out, {"x_hat": x, "k": gamma / std, "training": training}, {"mean": mean, "var": var}


def batchnorm_backward(dy, cache):
    x_hat = cache["x_hat"]
    dbeta = dy.sum(axis=0)
    dgamma = (dy * x_hat).sum(axis=0)
    if cache["training"]:
        dy -= dbeta / len(dy)
        x_hat *= dgamma / len(dy)
        dy -= x_hat
    dy *= cache["k"]
    return dy, dgamma, dbeta


def identity_parameters(mean, var, eps=1e-5):
    var += eps
    np.sqrt(var, out=var)
    return var, mean
