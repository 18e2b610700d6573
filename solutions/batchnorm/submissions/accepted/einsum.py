"""Every sum is an einsum, also the ones that a plain .sum() would do."""
import numpy as np
from numpy import einsum


def batchnorm_forward(x, gamma, beta, running, training=True, momentum=0.1, eps=1e-5):
    N = len(x)
    if not training:
        mu, var = running["mean"], running["var"]
        running_out = running
    elif N < 2:
        raise ValueError("batch normalisation cannot train on N = " + str(N))
    else:
        mu = einsum("nd->d", x) / N
        c = x - mu
        square_sum = einsum("nd,nd->d", c, c)
        var = square_sum / N
        running_out = dict(
            mean=(1.0 - momentum) * running["mean"] + momentum * mu,
            var=(1.0 - momentum) * running["var"] + momentum * square_sum / (N - 1),
        )
    inv = 1.0 / np.sqrt(var + eps)
    xhat = einsum("nd,d->nd", x - mu, inv)
    y = einsum("nd,d->nd", xhat, gamma) + beta
    return y, (xhat, einsum("d,d->d", gamma, inv), training), running_out


def batchnorm_backward(dy, cache):
    xhat, gain, training = cache
    dgamma = einsum("nd,nd->d", dy, xhat)
    dbeta = einsum("nd->d", dy)
    dx = einsum("nd,d->nd", dy, gain)
    if training:
        N = xhat.shape[0]
        dx -= einsum("nd,d,d->nd", xhat, dgamma, gain) / N
        dx -= einsum("d,d->d", dbeta, gain) / N
    return dx, dgamma, dbeta


def identity_parameters(mean, var, eps=1e-5):
    return np.sqrt(var + eps), einsum("d->d", mean).copy()
