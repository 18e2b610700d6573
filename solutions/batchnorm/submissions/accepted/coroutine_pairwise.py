"""A coroutine keeps the forward pass alive; the variance comes from pairwise differences."""
import numpy as np


def _variance_sum(x):
    """sum_i (x_i - mean)^2 = sum_{i<j} (x_i - x_j)^2 / N, without any mean."""
    n = len(x)
    total = np.zeros(x.shape[1])
    for i in range(1, n):
        total += np.square(x[i] - x[:i]).sum(axis=0)
    return total / n


def _layer(x, gamma, beta, centre, spread, training):
    hat = (x - centre) / spread
    dy = yield gamma * hat + beta
    g = gamma * dy
    if training:
        n = len(x)
        # quotient rule on (x - mean) / spread
        dspread = -(g * hat).sum(axis=0) / spread
        dcentre = -g.sum(axis=0) / spread
        dx = g / spread + dspread * hat / n + dcentre / n
    else:
        dx = g / spread
    yield dx, (dy * hat).sum(axis=0), dy.sum(axis=0)


def batchnorm_forward(x, gamma, beta, running, training=True, momentum=0.1, eps=1e-5):
    if training:
        n = len(x)
        if n in (0, 1):
            raise ValueError("a batch of %d has no spread" % n)
        ss = _variance_sum(x)
        centre = np.average(x, axis=0)
        spread = np.sqrt(ss / n + eps)
        running = {**running,
                   "mean": running["mean"] - momentum * (running["mean"] - centre),
                   "var": running["var"] - momentum * (running["var"] - ss / (n - 1))}
    else:
        centre, spread = running["mean"], np.sqrt(running["var"] + eps)
    layer = _layer(x, gamma, beta, centre, spread, training)
    return next(layer), layer, running


batchnorm_backward = lambda dy, cache: cache.send(dy)


def identity_parameters(mean, var, eps=1e-5):
    return np.hypot(np.sqrt(var), np.sqrt(eps)), mean
