"""The graded names are functools.partial objects of a few general functions; the cache is a partial that waits for dy."""
import operator
from functools import partial

import numpy as np


def _squash(x, low=0.0, high=1.0, steep=1.0):
    """A logistic curve from low to high."""
    e = np.exp(-np.abs(steep * x))
    s = np.where(x < 0, e, 1.0) / (1.0 + e)
    return low + (high - low) * s


def _squash_backward(dy, x, low=0.0, high=1.0, steep=1.0):
    e = np.exp(-np.abs(steep * x))
    return dy * (high - low) * steep * e / (1.0 + e) ** 2


def _hinge(x, corner=None):
    if corner is None:
        return np.clip(x, 0.0, None)
    return np.maximum(x, 0.0) + corner * np.log1p(np.exp(-np.abs(x) / corner))


def _gate(dy, x, gate):
    return operator.mul(dy, gate(x))


sigmoid = partial(_squash)
tanh = partial(_squash, low=-1.0, steep=2.0)
relu = partial(_hinge)
softplus = partial(_hinge, corner=1.0)
sigmoid_backward = partial(_squash_backward, low=0)
tanh_backward = partial(_squash_backward, low=-1.0, steep=2.0)
relu_backward = partial(_gate, gate=partial(operator.lt, 0.0))
softplus_backward = partial(_gate, gate=sigmoid)


def _pull(x, W, dy):
    return dy @ W.T, x.T @ dy, dy.sum(axis=0)


def _push(x, W, b, pull=None):
    return x @ W + b, partial(pull, x, W)


def _run(dy, cache, scale=2.0):
    return tuple(scale * g for g in cache(dy))


def _mlp(params, x, t, forward=None, act=None, act_backward=None):
    z, pull1 = forward(x, params["W1"], params["b1"])
    f, pull2 = forward(act(z), params["W2"], params["b2"])
    residual = f - t
    dh, dW2, db2 = pull2(residual * (2.0 / len(x)))
    dW1, db1 = pull1(act_backward(dh, z))[1:]
    return (residual ** 2).sum() / len(x), dict(W1=dW1, b1=db1, W2=dW2, b2=db2)


linear_forward = partial(_push, pull=_pull)
linear_backward = partial(_run, scale=1.0)
mlp_loss_and_gradients = partial(_mlp, forward=linear_forward, act=tanh, act_backward=tanh_backward)
