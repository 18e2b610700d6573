"""The running statistics are updated inside the caller's own dict, array by array, and that same dict comes back."""
import numpy as np


def batchnorm_forward(x, gamma, beta, running, training=True, momentum=0.1, eps=1e-5):
    if training:
        N = x.shape[0]
        if not N >= 2:
            raise ValueError("N = 1 has no variance")
        mean = x.mean(0)
        deviation = np.linalg.norm(x - mean, axis=0) / np.sqrt(N)     # the standard deviation as a length
        var = deviation ** 2
        running["mean"] *= 1 - momentum
        running["mean"] += momentum * mean
        running["var"] *= 1 - momentum
        running["var"] += momentum * N / (N - 1) * var
    else:
        mean = running["mean"].copy()
        var = running["var"].copy()
    std = np.hypot(np.sqrt(var), np.sqrt(eps))
    x_hat = np.divide(np.subtract(x, mean), std)
    y = np.add(np.multiply(gamma, x_hat), beta)
    return y, [x_hat, gamma, std, training], running


def batchnorm_backward(dy, cache):
    x_hat, gamma, std, training = cache
    dbeta = np.sum(dy, axis=0)
    dgamma = np.sum(np.multiply(dy, x_hat), axis=0)
    dx = np.multiply(np.divide(gamma, std), dy)
    if training:
        N = dy.shape[0]
        correction = np.divide(gamma, std) * (dbeta + x_hat * dgamma) / N
        dx = np.subtract(dx, correction)
    return dx, dgamma, dbeta


def identity_parameters(mean, var, eps=1e-5):
    return np.hypot(np.sqrt(var), eps ** 0.5), mean
