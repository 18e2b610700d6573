"""Mean and variance in one pass over the rows (Welford), examples are taken one after the other."""
import numpy as np


class Welford:
    """Running mean and sum of squared deviations."""

    def __init__(self):
        self.count = 0
        self.mean = 0.0
        self.m2 = 0.0

    def add(self, row):
        self.count += 1
        delta = row - self.mean
        self.mean = self.mean + delta / self.count
        self.m2 = self.m2 + delta * (row - self.mean)

    def variance(self, ddof=0):
        return self.m2 / (self.count - ddof)


def batchnorm_forward(x, gamma, beta, running, training=True, momentum=0.1, eps=1e-5):
    if not training:
        inv = 1 / np.sqrt(running["var"] + eps)
        xhat = (x - running["mean"]) * inv
        return xhat * gamma + beta, ("eval", xhat, inv, gamma), running
    w = Welford()
    for row in x:
        w.add(row)
    if w.count < 2:
        raise ValueError("at least two rows, please")
    inv = 1 / np.sqrt(w.variance() + eps)
    xhat = (x - w.mean) * inv
    # exponential moving averages, written as a step towards the new value
    r_mean = running["mean"] - momentum * (running["mean"] - w.mean)
    r_var = running["var"] - momentum * (running["var"] - w.variance(ddof=1))
    return xhat * gamma + beta, ("train", xhat, inv, gamma), {"mean": r_mean, "var": r_var}


def batchnorm_backward(dy, cache):
    mode, xhat, inv, gamma = cache
    dgamma = np.add.reduce(dy * xhat)
    dbeta = np.add.reduce(dy)
    if mode == "eval":
        return dy * inv * gamma, dgamma, dbeta
    N = dy.shape[0]
    # regression view: the residual of dy on (1, xhat)
    residual = dy - dbeta / N - xhat * (dgamma / N)
    return residual * inv * gamma, dgamma, dbeta


def identity_parameters(mean, var, eps=1e-5):
    gamma = np.empty_like(var)
    for k in range(var.size):
        gamma[k] = np.sqrt(var[k] + eps)
    return gamma, mean
