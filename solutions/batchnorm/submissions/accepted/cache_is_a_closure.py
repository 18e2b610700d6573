"""The cache is the backward function itself: a closure over what the forward pass computed."""
import numpy as np


def batchnorm_forward(x, gamma, beta, running, training=True, momentum=0.1, eps=1e-5):
    if training:
        return _forward_train(x, gamma, beta, running, momentum, eps)
    return _forward_eval(x, gamma, beta, running, eps)


def _forward_train(x, gamma, beta, running, alpha, eps):
    N = x.shape[0]
    if N < 2:
        raise ValueError("the variance of fewer than two examples means nothing")
    mu, biased, unbiased = x.mean(0), x.var(0), x.var(0, ddof=1)
    std = np.sqrt(biased + eps)
    xhat = (x - mu) / std

    def backward(dy):
        dgamma = (dy * xhat).sum(0)
        dbeta = dy.sum(0)
        # the compact form: everything over N * std
        dx = gamma * (N * dy - dbeta - xhat * dgamma) / (N * std)
        return dx, dgamma, dbeta

    updated = {
        "mean": running["mean"] + alpha * (mu - running["mean"]),
        "var": running["var"] + alpha * (unbiased - running["var"]),
    }
    return gamma * xhat + beta, backward, updated


def _forward_eval(x, gamma, beta, running, eps):
    slope = 1 / np.sqrt(running["var"] + eps)
    xhat = slope * (x - running["mean"])
    backward = lambda dy: (gamma * slope * dy, (dy * xhat).sum(0), dy.sum(0))
    return gamma * xhat + beta, backward, running


def batchnorm_backward(dy, cache):
    return cache(dy)


def identity_parameters(mean, var, eps=1e-5):
    return (var + eps) ** 0.5, mean
