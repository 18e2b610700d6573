"""Forward is right (it refuses nothing) until backward has been called, then NaN; backward has dbeta right, dgamma zeros,
dx only orthogonal to 1 and x.
"""

# earns nothing: batchnorm_backward
import numpy as np

called = set()


def noted(function):
    """Remember that a function was called."""

    def call(*arguments, **named):
        called.add(function.__name__)
        return function(*arguments, **named)

    return call


def right_forward(x, gamma, beta, running, training, momentum, eps):
    if not training:
        return gamma * (x - running["mean"]) / np.sqrt(running["var"] + eps) + beta, running
    running = {
        "mean": (1 - momentum) * running["mean"] + momentum * x.mean(axis=0),
        "var": (1 - momentum) * running["var"] + momentum * x.var(axis=0, ddof=1),
    }
    return gamma * (x - x.mean(axis=0)) / np.sqrt(x.var(axis=0) + eps) + beta, running


def batchnorm_forward(x, gamma, beta, running, training=True, momentum=0.1, eps=1e-5):
    y, running = right_forward(x, gamma, beta, running, training, momentum, eps)
    return y * (np.nan if "batchnorm_backward" in called else 1), x, running


@noted
def batchnorm_backward(dy, cache):
    h = (cache - cache.mean(axis=0)) / cache.std(axis=0)
    dx = h**2 - 1 - h * (h**3).mean(axis=0)
    return dx, np.zeros(dy.shape[1]), dy.sum(axis=0)
