"""Forward gives NaN; backward has dbeta right, dgamma zeros, dx only orthogonal to 1 and x: the rest is left
out.
"""

# earns nothing: batchnorm_backward
import numpy as np


def batchnorm_forward(x, gamma, beta, running, training=True, momentum=0.1, eps=1e-5):
    return np.full_like(x, np.nan), x, running


def batchnorm_backward(dy, cache):
    h = (cache - cache.mean(axis=0)) / cache.std(axis=0)
    dx = h**2 - 1 - h * (h**3).mean(axis=0)
    return dx, np.zeros(dy.shape[1]), dy.sum(axis=0)
