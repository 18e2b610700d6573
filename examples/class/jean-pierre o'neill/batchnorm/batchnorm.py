"""Prints, warns, turns every floating-point error into an exception, changes print options; CRLF line ends."""

import sys
import warnings

import numpy as np

np.seterr(all="raise")
np.set_printoptions(precision=2, suppress=True, threshold=5, floatmode="fixed")
warnings.simplefilter("always")
print("batchnorm.py loaded, numpy", np.__version__)
warnings.warn("this is my third attempt")

DEBUG = True


def log(*what):
    if DEBUG:
        print("[debug]", *what)
        print("[debug]", *what, file=sys.stderr)


def batchnorm_forward(x, gamma, beta, running, training=True, momentum=0.1, eps=1e-5, debug=None):
    log("forward, x:", x.shape, "training:", training)
    mu, var = running["mean"], running["var"]
    if training:
        N = x.shape[0]
        if N < 2:
            log("not enough data!")
            raise ValueError("Batch size must be at least 2 in training mode")
        mu = np.mean(x, axis=0)
        var = np.var(x, axis=0)
        log("mu:", mu, "var:", var)
        running = {
            "mean": (1 - momentum) * running["mean"] + momentum * mu,
            "var": (1 - momentum) * running["var"] + momentum * np.var(x, axis=0, ddof=1),
        }
    xhat = (x - mu) / np.sqrt(var + eps)
    y = gamma * xhat + beta
    if debug:
        log(y)
    return y, (x, xhat, mu, var, gamma, eps, training), running


def batchnorm_backward(dy, cache):
    x, xhat, mu, var, gamma, eps, training = cache
    dbeta = np.sum(dy, axis=0)
    dgamma = np.sum(dy * xhat, axis=0)
    dxhat = dy * gamma
    log("backward, |dxhat| max:", np.max(np.abs(dxhat)))
    if not training:
        return dxhat / np.sqrt(var + eps), dgamma, dbeta
    N = x.shape[0]
    # as in the paper
    dvar = np.sum(dxhat * (x - mu) * (-0.5) * (var + eps) ** (-1.5), axis=0)
    dmu = np.sum(-dxhat / np.sqrt(var + eps), axis=0) + dvar * np.mean(-2 * (x - mu), axis=0)
    dx = dxhat / np.sqrt(var + eps) + dvar * 2 * (x - mu) / N + dmu / N
    return dx, dgamma, dbeta


def identity_parameters(mean, var, eps=1e-5):
    gamma = np.sqrt(var + eps)
    beta = mean
    warnings.warn("gamma and beta undo the normalisation")
    return gamma, beta
