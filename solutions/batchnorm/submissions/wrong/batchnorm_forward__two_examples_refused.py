"""Off by one: a training batch of two is refused as well."""

import numpy as np


def batchnorm_forward(x, gamma, beta, running, training=True, momentum=0.1, eps=1e-5):
    if training:
        n = x.shape[0]
        if n <= 2:
            raise ValueError("a batch needs at least two examples")
        mean, var = x.mean(axis=0), x.var(axis=0)
        running = {"mean": (1 - momentum) * running["mean"] + momentum * mean,
                   "var": (1 - momentum) * running["var"] + momentum * var * n / (n - 1)}
    else:
        mean, var = running["mean"], running["var"]
    std = np.sqrt(var + eps)
    xhat = (x - mean) / std
    return gamma * xhat + beta, {"xhat": xhat, "std": std, "gamma": gamma, "training": training}, running


def batchnorm_backward(dy, cache):
    n = dy.shape[0]
    db = np.sum(dy, axis=0)
    dg = np.einsum("nd,nd->d", dy, cache["xhat"])
    scale = cache["gamma"] / cache["std"]
    if not cache["training"]:
        return scale * dy, dg, db
    return scale / n * (n * dy - db - cache["xhat"] * dg), dg, db
