"""Sums over the batch are matrix products with a row of ones, broadcasting is an outer product with a column of ones."""
import numpy as np


def row(n):
    return np.ones((1, n))


def col(n):
    return np.ones((n, 1))


def batchnorm_forward(x, gamma, beta, running, training=True, momentum=0.1, eps=1e-5):
    n, d = x.shape
    gamma, beta = gamma.reshape(1, d), beta.reshape(1, d)
    rm, rv = running["mean"].reshape(1, d), running["var"].reshape(1, d)
    if training:
        if n in (0, 1):
            raise ValueError("only %i example" % n)
        mu = row(n) @ x / n                         # (1, d)
        dev = x - col(n) @ mu
        total = row(n) @ (dev * dev)
        sigma = np.sqrt(total / n + eps)
        rm = np.array([[1 - momentum, momentum]]) @ np.vstack([rm, mu])
        rv = np.array([[1 - momentum, momentum]]) @ np.vstack([rv, total / (n - 1)])
    else:
        dev = x - col(n) @ rm
        sigma = np.sqrt(rv + eps)
    xhat = dev / (col(n) @ sigma)
    y = xhat * (col(n) @ gamma) + col(n) @ beta
    return y, (xhat, gamma / sigma, bool(training)), {"mean": rm.flatten(), "var": rv.flatten()}


def batchnorm_backward(dy, cache):
    xhat, k, training = cache
    n, d = xhat.shape
    dbeta = row(n) @ dy
    dgamma = row(n) @ (dy * xhat)
    grad = dy
    if training:
        grad = grad - col(n) @ dbeta / n - xhat * (col(n) @ dgamma) / n
    return (col(n) @ k) * grad, dgamma[0], dbeta[0]


def identity_parameters(mean, var, eps=1e-5):
    return np.sqrt(var + eps * np.ones(len(var))), mean @ np.eye(len(mean))
