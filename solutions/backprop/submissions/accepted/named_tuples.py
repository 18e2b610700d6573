"""Named tuples for every group of values; the gradients are an OrderedDict in another order than the parameters."""
from collections import OrderedDict, namedtuple
from typing import NamedTuple

import numpy as np

Gradients = namedtuple("Gradients", "dx dW db")
Forward = namedtuple("Forward", ["y", "cache"])


class Cache(NamedTuple):
    x: np.ndarray
    W: np.ndarray
    b: np.ndarray


class LossAndGradients(NamedTuple):
    loss: float
    grads: dict


def sigmoid(x):
    z = np.exp(-np.absolute(x))
    return np.choose(x >= 0, [z / (1 + z), 1 / (1 + z)])


def sigmoid_backward(dy, x):
    y = sigmoid(x)
    return y * (1 - y) * dy


def tanh(x):
    e = np.expm1(-2 * np.absolute(x))          # in (-1, 0]
    return np.copysign(-e / (e + 2), x)


def tanh_backward(dy, x):
    y = tanh(x)
    return (1 - y) * (1 + y) * dy


def relu(x):
    return np.fmax(x, 0)


def relu_backward(dy, x):
    return np.select([x > 0, x <= 0], [dy, 0 * dy])


def softplus(x):
    return np.logaddexp(0, x)


def softplus_backward(dy, x):
    return sigmoid(x) * dy


def linear_forward(x, W, b):
    return Forward(y=np.matmul(x, W) + b, cache=Cache(x, W, b))


def linear_backward(dy, cache):
    return Gradients(dW=np.matmul(cache.x.T, dy), db=np.add.reduce(dy, axis=0), dx=np.matmul(dy, cache.W.T))


def mlp_loss_and_gradients(params, x, t):
    hidden = linear_forward(x, params["W1"], params["b1"])
    output = linear_forward(tanh(hidden.y), params["W2"], params["b2"])
    difference = output.y - t
    second = linear_backward(2 / len(t) * difference, output.cache)
    first = linear_backward(tanh_backward(second.dx, hidden.y), hidden.cache)
    grads = OrderedDict()
    grads["b2"], grads["W2"] = second.db, second.dW
    grads["b1"], grads["W1"] = first.db, first.dW
    loss = np.linalg.norm(difference) ** 2 / len(t)
    return LossAndGradients(loss=loss, grads=grads)
