"""The backward pass multiplies by the N x N Jacobian of every feature, written out."""
from collections import namedtuple
import numpy as np

Result = namedtuple("Result", "y cache running")
Gradients = namedtuple("Gradients", "dx dgamma dbeta")


class _Memory:
    __slots__ = ("xhat", "gamma", "sigma", "training")

    def __init__(self, **kw):
        for k, v in kw.items():
            setattr(self, k, v)

    def jacobian(self, d):
        n = len(self.xhat)
        J = np.eye(n)
        if self.training:
            h = self.xhat[:, d]
            J -= np.full((n, n), 1.0 / n)
            J -= np.outer(h, h) / n
        return J * (self.gamma[d] / self.sigma[d])


def batchnorm_forward(x, gamma, beta, running, training=True, momentum=0.1, eps=1e-5):
    n = np.shape(x)[0]
    if training:
        if not n >= 2:
            raise ValueError(n)
        mean, var = np.mean(x, axis=0), np.var(x, axis=0)
        running = {
            "mean": np.average([running["mean"], mean], axis=0, weights=[1 - momentum, momentum]),
            "var": np.average([running["var"], np.var(x, axis=0, ddof=1)], axis=0,
                              weights=[1 - momentum, momentum]),
        }
    else:
        mean, var = running["mean"], running["var"]
    sigma = np.sqrt(var + eps)
    xhat = (x - mean) / sigma
    return Result(xhat * gamma + beta,
                  _Memory(xhat=xhat, gamma=gamma, sigma=sigma, training=training), running)


def batchnorm_backward(dy, cache):
    dx = np.stack([cache.jacobian(d).T @ dy[:, d] for d in range(dy.shape[1])], axis=1)
    return Gradients(dx, np.einsum("nd,nd->d", dy, cache.xhat), np.einsum("nd->d", dy))


def identity_parameters(mean, var, eps=1e-5):
    # gamma/sigma = 1 and beta - gamma*mean/sigma = 0
    sigma = np.power(var + eps, 0.5)
    return namedtuple("Parameters", "gamma beta")(sigma, 1.0 * mean)
