"""One coroutine per layer call: it yields the forward result, waits for dy, then yields the gradients."""
import numpy as np


def layer(x, gamma, beta, running, training, momentum, eps):
    if training:
        N = len(x)
        if N < 2:
            raise ValueError("N < 2 in training")
        mean, var = x.mean(axis=0), x.var(axis=0)
        stats = {}
        for key, batch in {"mean": mean, "var": var * N / (N - 1)}.items():
            stats[key] = running[key] * (1 - momentum) + batch * momentum
    else:
        mean, var, stats = running["mean"], running["var"], running

    t = 1 / np.sqrt(var + eps)
    x_hat = (x - mean) * t

    dy = yield x_hat * gamma + beta, stats          # sleeps here until backward

    dgamma, dbeta = (x_hat * dy).sum(axis=0), dy.sum(axis=0)
    dx = gamma * t * dy
    if training:
        dx -= gamma * t / N * (dbeta + dgamma * x_hat)
    yield dx, dgamma, dbeta


def batchnorm_forward(x, gamma, beta, running, training=True, momentum=0.1, eps=1e-5):
    coroutine = layer(x, gamma, beta, running, training, momentum, eps)
    y, stats = next(coroutine)
    return y, coroutine, stats


def batchnorm_backward(dy, cache):
    gradients = cache.send(dy)
    cache.close()
    return gradients


def identity_parameters(mean, var, eps=1e-5):
    # solve gamma * (x - mean) / sqrt(var + eps) + beta = x at the two points x = mean and x = mean + 1
    slope = 1.0 / np.sqrt(var + eps)
    beta = mean
    gamma = 1.0 / slope
    return gamma, beta
