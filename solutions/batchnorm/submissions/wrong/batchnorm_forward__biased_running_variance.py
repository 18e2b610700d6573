"""The variance that enters running is divided by N, not N - 1."""

import numpy as np


def batchnorm_forward(x, gamma, beta, running, training=True, momentum=0.1, eps=1e-5):
    mean, var = running["mean"], running["var"]
    if training:
        if x.shape[0] < 2:
            raise ValueError("batch too small")
        mean, var = x.mean(0), x.var(0)
        running = {k: (1 - momentum) * running[k] + momentum * s for k, s in (("mean", mean), ("var", var))}
    std = np.sqrt(var + eps)
    xhat = (x - mean) / std
    return xhat * gamma + beta, {"xhat": xhat, "std": std, "gamma": gamma, "training": training}, running


def batchnorm_backward(dy, cache):
    n = dy.shape[0]
    db = np.sum(dy, axis=0)
    dg = np.einsum("nd,nd->d", dy, cache["xhat"])
    scale = cache["gamma"] / cache["std"]
    if not cache["training"]:
        return scale * dy, dg, db
    return scale / n * (n * dy - db - cache["xhat"] * dg), dg, db
