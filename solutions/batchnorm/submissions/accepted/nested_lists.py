"""Everything that comes back is a (nested) Python list, and several values come in a list too."""
import numpy as np


def batchnorm_forward(x, gamma, beta, running, training=True, momentum=0.1, eps=1e-5):
    x = np.array(x)
    mean_list = list(map(float, running["mean"]))
    var_list = list(map(float, running["var"]))
    if training:
        if len(x) < 2:
            raise ValueError("batch of one")
        mu = np.average(x, axis=0)
        var = np.average((x - mu) ** 2, axis=0)
        mean_list = [(1 - momentum) * a + momentum * b for a, b in zip(mean_list, mu.tolist())]
        var_list = [(1 - momentum) * a + momentum * b
                    for a, b in zip(var_list, np.var(x, axis=0, ddof=1).tolist())]
        xhat = (x - mu) / np.sqrt(var + eps)
        jacobian_scale = gamma / np.sqrt(var + eps)
    else:
        jacobian_scale = gamma / np.sqrt(np.array(var_list) + eps)
        xhat = (x - np.array(mean_list)) / np.sqrt(np.array(var_list) + eps)
    y = xhat * gamma + beta
    cache = [xhat.tolist(), jacobian_scale.tolist(), training]
    return [y.tolist(), cache, {"mean": mean_list, "var": var_list}]


def batchnorm_backward(dy, cache):
    xhat, scale, training = cache
    xhat, scale = np.array(xhat), np.array(scale)
    dgamma, dbeta = np.sum(dy * xhat, axis=0), np.sum(dy, axis=0)
    if training:
        dx = scale * (dy - np.average(dy, axis=0) - xhat * np.average(dy * xhat, axis=0))
    else:
        dx = scale * dy
    return [[list(row) for row in dx], dgamma.tolist(), dbeta.tolist()]


def identity_parameters(mean, var, eps=1e-5):
    return [[float(np.sqrt(v + eps)) for v in var], list(mean)]
