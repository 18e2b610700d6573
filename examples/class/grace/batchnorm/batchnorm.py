"""Pure Python loops over rows and columns; NumPy only packs the results."""

import math

import numpy as np


def _columns(a):
    return list(zip(*a.tolist()))


def batchnorm_forward(x, gamma, beta, running, training=True, momentum=0.1, eps=1e-5):
    n, d = x.shape
    if training and n < 2:
        raise ValueError("a batch needs two examples at least, this one has %d" % n)
    means = [float(v) for v in running["mean"]]
    variances = [float(v) for v in running["var"]]
    new_mean, new_var = [], []
    y = np.empty((n, d))
    hats, roots = [], []
    for j, column in enumerate(_columns(x) or [()] * d):
        if training:
            m = math.fsum(column) / n
            ss = math.fsum((v - m) ** 2 for v in column)
            var = ss / n
            new_mean.append((1 - momentum) * means[j] + momentum * m)
            new_var.append((1 - momentum) * variances[j] + momentum * ss / (n - 1))
        else:
            m, var = means[j], variances[j]
            new_mean.append(m)
            new_var.append(var)
        root = math.sqrt(var + eps)
        hat = [(v - m) / root for v in column]
        g, b = float(gamma[j]), float(beta[j])
        for i in range(n):
            y[i, j] = g * hat[i] + b
        hats.append(hat)
        roots.append(root)
    cache = [hats, roots, [float(g) for g in gamma], training]
    return y, cache, {"mean": np.array(new_mean), "var": np.array(new_var)}


def batchnorm_backward(dy, cache):
    hats, roots, gamma, training = cache
    n, d = dy.shape
    dx = np.zeros((n, d))
    dgamma, dbeta = [0.0] * d, [0.0] * d
    for j, column in enumerate(_columns(dy)):
        hat = hats[j]
        for i in range(n):
            dgamma[j] += column[i] * hat[i]
            dbeta[j] += column[i]
        for i in range(n):
            value = column[i]
            if training:
                # the batch statistics depend on x as well
                value -= dbeta[j] / n + hat[i] * dgamma[j] / n
            dx[i, j] = gamma[j] * value / roots[j]
    return dx, np.array(dgamma), np.array(dbeta)


def identity_parameters(mean, var, eps=1e-5):
    gamma = []
    for v in var:
        gamma.append(math.sqrt(v + eps))
    return np.array(gamma), np.array([m for m in mean])
