"""y = a*x + b with gamma and the statistics folded into a and b; the gradient is A*dy + B*x + C."""

import numpy as np


def batchnorm_forward(x, gamma, beta, running, training=True, momentum=0.1, eps=1e-5):
    n = np.shape(x)[0]
    if training and n < 2:
        raise ValueError("cannot estimate a variance from one row")

    if training:
        mu, var = x.mean(axis=0), x.var(axis=0)
    else:
        mu, var = running["mean"], running["var"]

    r = (var + eps) ** -0.5
    a = gamma * r
    b = beta - a * mu
    y = a * x + b

    if training:
        w = momentum / (n - 1) * n
        running = {
            "mean": (1 - momentum) * running["mean"] + momentum * mu,
            "var": (1 - momentum) * running["var"] + w * var,
        }
    return y, (x, mu, r, a, training), running


def batchnorm_backward(dy, cache):
    x, mu, r, a, training = cache
    n = len(dy)
    sum_dy = dy.sum(axis=0)
    # sum of dy * xhat without ever building xhat
    dgamma = r * ((x - mu) * dy).sum(axis=0)

    if training:
        B = -a * r * dgamma / n
        C = -a * sum_dy / n - B * mu
        dx = a * dy + B * x + C
    else:
        dx = a * dy
    return dx, dgamma, sum_dy


def identity_parameters(mean, var, eps=1e-5):
    # a must be 1 and b must be 0
    r = (var + eps) ** -0.5
    gamma = 1 / r
    beta = gamma * r * mean
    return gamma, beta
