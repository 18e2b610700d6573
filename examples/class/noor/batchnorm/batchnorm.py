"""All arithmetic in float32, as on a GPU; the results stay float32."""

import numpy as np

f32 = np.float32


def _f(*arrays):
    return [np.asarray(a, dtype=f32) for a in arrays]


def batchnorm_forward(x, gamma, beta, running, training=True, momentum=0.1, eps=1e-5):
    x, gamma, beta, r_mean, r_var = _f(x, gamma, beta, running["mean"], running["var"])
    eps = f32(eps)
    if training:
        n = len(x)
        if n < 2:
            raise ValueError(f"N = {n}")
        mu = x.mean(axis=0)
        centred = x - mu
        var = (centred * centred).mean(axis=0)
        unbiased = var * f32(n / (n - 1))
        keep, take = f32(1 - momentum), f32(momentum)
        r_mean = keep * r_mean + take * mu
        r_var = keep * r_var + take * unbiased
    else:
        centred = x - r_mean
        var = r_var
    inv_std = f32(1) / np.sqrt(var + eps)
    x_hat = centred * inv_std
    y = gamma * x_hat + beta
    assert y.dtype == f32
    return y, (x_hat, gamma * inv_std, bool(training)), {"mean": r_mean, "var": r_var}


def batchnorm_backward(dy, cache):
    x_hat, scale, training = cache
    (dy,) = _f(dy)
    dgamma, dbeta = (dy * x_hat).sum(axis=0), dy.sum(axis=0)
    if not training:
        return dy * scale, dgamma, dbeta
    inner = dy - dy.mean(axis=0) - x_hat * (dy * x_hat).mean(axis=0)
    return scale * inner, dgamma, dbeta


def identity_parameters(mean, var, eps=1e-5):
    mean, var = _f(mean, var)
    return np.sqrt(var + f32(eps)), mean
