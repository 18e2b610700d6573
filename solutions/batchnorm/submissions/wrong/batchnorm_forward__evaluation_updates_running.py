"""running also moves in evaluation mode."""

import numpy as np


def batchnorm_forward(x, gamma, beta, running, training=True, momentum=0.1, eps=1e-5):
    n = len(x)
    if training and n < 2:
        raise ValueError("batch too small")
    mean, var = (x.mean(0), x.var(0)) if training else (running["mean"], running["var"])
    std = np.sqrt(var + eps)
    xhat = (x - mean) / std
    fresh = {"mean": (1 - momentum) * running["mean"] + momentum * x.mean(0),
             "var": (1 - momentum) * running["var"] + momentum * x.var(0) * n / max(n - 1, 1)}
    return gamma * xhat + beta, {"xhat": xhat, "std": std, "gamma": gamma, "training": training}, fresh


def batchnorm_backward(dy, cache):
    n = dy.shape[0]
    db = np.sum(dy, axis=0)
    dg = np.einsum("nd,nd->d", dy, cache["xhat"])
    scale = cache["gamma"] / cache["std"]
    if not cache["training"]:
        return scale * dy, dg, db
    return scale / n * (n * dy - db - cache["xhat"] * dg), dg, db
