"""Several values come back as named tuples, and the cache is one too."""
from collections import namedtuple
from typing import Any, NamedTuple

import numpy as np


class Forward(NamedTuple):
    y: np.ndarray
    cache: Any
    running: dict


class Gradients(NamedTuple):
    dx: np.ndarray
    dgamma: np.ndarray
    dbeta: np.ndarray


Memory = namedtuple("Memory", "centred std gamma batch_size")
Parameters = namedtuple("Parameters", ["gamma", "beta"])


def batchnorm_forward(x, gamma, beta, running, training=True, momentum=0.1, eps=1e-5):
    if training and x.shape[0] < 2:
        raise ValueError("x has only %d row(s)" % x.shape[0])
    new = dict(running)
    if training:
        mean = x.mean(axis=0, keepdims=True)
        var = x.var(axis=0, keepdims=True)
        unbiased = x.var(axis=0, ddof=1)
        new["mean"] = momentum * mean[0] + (1 - momentum) * running["mean"]
        new["var"] = momentum * unbiased + (1 - momentum) * running["var"]
    else:
        mean, var = running["mean"][None], running["var"][None]
    memory = Memory(x - mean, np.sqrt(var + eps), gamma, len(x) if training else None)
    y = memory.centred / memory.std * gamma + beta
    return Forward(y=y, cache=memory, running=new)


def batchnorm_backward(dy, cache):
    m = cache
    xhat = m.centred / m.std
    dgamma = (xhat * dy).sum(axis=0)
    dbeta = dy.sum(axis=0)
    if m.batch_size is None:            # evaluation: mean and variance were constants
        dx = dy * m.gamma / m.std
    else:
        dx = m.gamma / (m.batch_size * m.std) * (m.batch_size * dy - dbeta - xhat * dgamma)
    return Gradients(dbeta=dbeta, dgamma=dgamma, dx=dx)


def identity_parameters(mean, var, eps=1e-5):
    return Parameters(beta=mean, gamma=np.sqrt(np.add(var, eps)))
