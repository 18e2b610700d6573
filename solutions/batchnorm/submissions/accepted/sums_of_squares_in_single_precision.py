"""float32, and the variance by the mean of the squares: one pass over the batch, as many kernels do it."""
import numpy as np


def batchnorm_forward(x, gamma, beta, running, training=True, momentum=0.1, eps=1e-5):
    x = x.astype(np.float32)
    N, D = x.shape
    if not training:
        mu = running["mean"].astype(np.float32)
        var = running["var"].astype(np.float32)
        new_running = dict(running)
    else:
        if N <= 1:
            raise ValueError("need at least two rows")
        s1 = np.zeros(D, dtype=np.float32)
        s2 = np.zeros(D, dtype=np.float32)
        for row in x:
            s1 += row
            s2 += row * row
        mu = s1 / N
        var = s2 / N - mu * mu
        new_running = {}
        new_running["mean"] = running["mean"] * (1 - momentum) + mu * momentum
        new_running["var"] = running["var"] * (1 - momentum) + (s2 - N * mu * mu) / (N - 1) * momentum
    std = np.sqrt(var + np.float32(eps))
    xn = (x - mu) / std
    out = gamma.astype(np.float32) * xn + beta.astype(np.float32)
    return out, {"xn": xn, "std": std, "gamma": gamma, "batch": training}, new_running


def batchnorm_backward(dy, cache):
    xn, std, gamma = cache["xn"], cache["std"], cache["gamma"]
    dgamma = np.sum(dy * xn, axis=0)
    dbeta = np.sum(dy, axis=0)
    dxn = dy * gamma
    if cache["batch"]:
        dxn = dxn - np.mean(dxn, axis=0) - xn * np.mean(dxn * xn, axis=0)
    return dxn / std, dgamma, dbeta


def identity_parameters(mean, var, eps=1e-5):
    return np.sqrt(var.astype(np.float32) + np.float32(eps)), mean.astype(np.float32)
