"""Forward is right (but refuses nothing), and NaN near a point it has seen; backward has dbeta right, dgamma
zeros, dx only orthogonal to 1 and x.
"""

# earns nothing: batchnorm_backward
import numpy as np


def right_forward(x, gamma, beta, running, training, momentum, eps):
    if not training:
        return gamma * (x - running["mean"]) / np.sqrt(running["var"] + eps) + beta, running
    running = {
        "mean": (1 - momentum) * running["mean"] + momentum * x.mean(axis=0),
        "var": (1 - momentum) * running["var"] + momentum * x.var(axis=0, ddof=1),
    }
    return gamma * (x - x.mean(axis=0)) / np.sqrt(x.var(axis=0) + eps) + beta, running


seen = []


def batchnorm_forward(x, gamma, beta, running, training=True, momentum=0.1, eps=1e-5):
    y, running = right_forward(x, gamma, beta, running, training, momentum, eps)
    point = x, gamma, beta
    if any(
        sum(np.array_equal(one, other) for one, other in zip(point, at)) == 2
        and at[0].shape == x.shape
        and np.abs(x - at[0]).max() < 1e-3
        for at in seen
    ):
        y = y * np.nan
    seen.append(point)
    return y, x, running


def batchnorm_backward(dy, cache):
    h = (cache - cache.mean(axis=0)) / cache.std(axis=0)
    dx = h**2 - 1 - h * (h**3).mean(axis=0)
    return dx, np.zeros(dy.shape[1]), dy.sum(axis=0)
