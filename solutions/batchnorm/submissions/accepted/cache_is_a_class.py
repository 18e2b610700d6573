"""A layer class does the work and is its own cache; the functions only call its methods."""
from dataclasses import dataclass, field

import numpy as np


class TooFewExamples(ValueError):
    """Raised for batches without a variance."""


@dataclass(eq=False)
class BatchNorm:
    gamma: np.ndarray
    beta: np.ndarray
    running: dict
    momentum: float = 0.1
    eps: float = 1e-5
    xhat: np.ndarray = field(default=None, repr=False)
    std: np.ndarray = field(default=None, repr=False)
    training: bool = True

    def statistics(self, x):
        if not self.training:
            return self.running["mean"], self.running["var"]
        if x.shape[0] < 2:
            raise TooFewExamples(x.shape)
        mean = np.mean(x, axis=0)
        var = np.var(x, axis=0)
        bessel = len(x) / (len(x) - 1)
        self.running = {
            key: (1 - self.momentum) * self.running[key] + self.momentum * value
            for key, value in (("mean", mean), ("var", bessel * var))
        }
        return mean, var

    def __call__(self, x):
        mean, var = self.statistics(x)
        self.std = np.sqrt(var + self.eps)
        self.xhat = (x - mean) / self.std
        return self.gamma * self.xhat + self.beta

    def backward(self, dy):
        dxhat = dy * self.gamma
        if self.training:
            dxhat = dxhat - dxhat.mean(axis=0) - self.xhat * (dxhat * self.xhat).mean(axis=0)
        return dxhat / self.std, (dy * self.xhat).sum(axis=0), dy.sum(axis=0)

    # caches cannot be compared or copied by accident
    def __eq__(self, other):
        raise TypeError("do not compare layers")

    def __deepcopy__(self, memo):
        raise TypeError("do not copy layers")


def batchnorm_forward(x, gamma, beta, running, training=True, momentum=0.1, eps=1e-5):
    layer = BatchNorm(gamma, beta, running, momentum, eps, training=training)
    y = layer(x)
    return y, layer, layer.running


def batchnorm_backward(dy, cache):
    return cache.backward(dy)


def identity_parameters(mean, var, eps=1e-5):
    layer = BatchNorm(np.sqrt(var + eps), np.array(mean), running={})
    return layer.gamma, layer.beta
