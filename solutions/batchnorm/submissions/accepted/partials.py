"""The graded names are functools.partial objects, and the cache is a partial that waits for dy."""
from functools import partial

import numpy as np


def _training_gradient(xhat, inv_std, gamma, dy):
    p = dy * gamma
    dgamma = (dy * xhat).sum(axis=0)
    dx = inv_std * (p - p.mean(axis=0) - xhat * (p * xhat).mean(axis=0))
    return dx, dgamma, dy.sum(axis=0)


def _evaluation_gradient(xhat, inv_std, gamma, dy):
    return dy * (gamma * inv_std), (dy * xhat).sum(axis=0), dy.sum(axis=0)


def _mix(old, new, share):
    return old * (1 - share) + new * share


def _layer(x, gamma, beta, running, training=True, momentum=0.1, eps=1e-5, axis=0, verbose=True):
    if verbose:
        print("batchnorm on", x.shape)
    if training:
        n = x.shape[axis]
        if n < 2:
            raise ValueError("too few examples: " + repr(n))
        mix = partial(_mix, share=momentum)
        mu, var = x.mean(axis=axis), x.var(axis=axis)
        running = {"mean": mix(running["mean"], mu), "var": mix(running["var"], var * n / (n - 1))}
        gradient = _training_gradient
    else:
        mu, var = running["mean"], running["var"]
        gradient = _evaluation_gradient
    inv_std = np.reciprocal(np.sqrt(var + eps))
    xhat = (x - mu) * inv_std
    return xhat * gamma + beta, partial(gradient, xhat, inv_std, gamma), running


def _call(dy, cache, scale=1.0):
    dx, dgamma, dbeta = cache(dy)
    return scale * dx, scale * dgamma, scale * dbeta


def _undo(mean, var, eps=1e-5, power=1.0):
    return (var + eps) ** power, mean


batchnorm_forward = partial(_layer, verbose=False)
batchnorm_backward = partial(_call, scale=1)
identity_parameters = partial(_undo, power=0.5)
