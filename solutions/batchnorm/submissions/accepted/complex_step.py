"""dx by one complex step: the Jacobian of the normalisation is symmetric, so J'v = Jv = Im f(x + ihv)/h."""
import numpy as np

H = 1e-30


def normalise(z, eps):
    # works for complex z too, that is why it does not call np.var (which takes |z - mean|^2)
    m = z.mean(axis=0)
    v = ((z - m) ** 2).mean(axis=0)
    return (z - m) / np.sqrt(v + eps)


def batchnorm_forward(x, gamma, beta, running, training=True, momentum=0.1, eps=1e-5):
    if training:
        if len(x) < 2:
            raise ValueError("training needs N >= 2, got N = {}".format(len(x)))

        def f(z):
            return normalise(z, eps)

        new = {"mean": momentum * x.mean(0) + (1 - momentum) * running["mean"],
               "var": momentum * x.var(0, ddof=1) + (1 - momentum) * running["var"]}
    else:
        mean, scale = running["mean"], np.sqrt(running["var"] + eps)

        def f(z):
            return (z - mean) / scale

        new = {"mean": mean, "var": running["var"]}

    return gamma * f(x) + beta, (f, x, gamma), new


def batchnorm_backward(dy, cache):
    f, x, gamma = cache
    z = f(x + 1j * H * (dy * gamma))
    dx = z.imag / H
    x_hat = z.real
    return dx, np.sum(dy * x_hat, axis=0), np.sum(dy, axis=0)


def identity_parameters(mean, var, eps=1e-5):
    return np.sqrt(var + eps), mean
