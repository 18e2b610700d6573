"""Examples are handled one by one, outer products are summed with functools.reduce, results are put together with itertools."""
import itertools
import math
import operator
from functools import reduce

import numpy as np


def _map(f, *arrays):
    values = list(itertools.starmap(f, zip(*(a.ravel().tolist() for a in arrays))))
    return np.array(values, dtype=float).reshape(arrays[0].shape)


def _s(v):
    if v < 0:
        return 1 - _s(-v) if v > -15 else math.exp(v - math.log1p(math.exp(v)))
    return 1 / (1 + math.exp(-v))


def sigmoid(x):
    return _map(_s, x)


def tanh(x):
    return _map(math.tanh, x)


def relu(x):
    return _map(lambda v: max(0.0, v), x)


def softplus(x):
    return _map(lambda v: math.log1p(math.exp(v)) if v < 30 else v + math.exp(-v), x)


def sigmoid_backward(dy, x):
    return _map(lambda g, v: g * _s(v) * _s(-v), dy, x)


def tanh_backward(dy, x):
    return _map(lambda g, v: g * (1 - math.tanh(v) ** 2), dy, x)


def relu_backward(dy, x):
    return _map(lambda g, v: (0.0, g)[v > 0], dy, x)


def softplus_backward(dy, x):
    return _map(lambda g, v: g * _s(v), dy, x)


def linear_forward(x, W, b):
    rows = [row @ W + b for row in x]
    return np.array(rows), list(zip(x, itertools.repeat(W)))


def linear_backward(dy, cache):
    dx, outer = [], []
    for d, (row, W) in zip(dy, cache):
        dx.append(W @ d)
        outer.append(np.outer(row, d))
    return np.array(dx), reduce(operator.add, outer), reduce(operator.add, dy)


def _one(params, x, t):
    """Loss and gradients of a single example."""
    h = np.tanh(x @ params["W1"] + params["b1"])
    e = h @ params["W2"] + params["b2"] - t
    dz = params["W2"] @ e * (1 - h * h) * 2
    return {"loss": e @ e, "W1": np.outer(x, dz), "b1": dz, "W2": 2 * np.outer(h, e), "b2": 2 * e}


def mlp_loss_and_gradients(params, x, t):
    singles = map(_one, itertools.repeat(params), x, t)
    total = reduce(lambda a, b: {k: a[k] + b[k] for k in a}, singles)
    mean = {k: v / len(x) for k, v in total.items()}
    return mean.pop("loss"), mean
