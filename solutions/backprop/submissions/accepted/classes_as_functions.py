"""Classes under the graded names (their __new__ returns the value) and instances with __call__."""
import numpy as np


class sigmoid:
    def __new__(cls, x):
        out = np.empty(np.shape(x))
        pos = x >= 0
        out[pos] = 1 / (1 + np.exp(-x[pos]))
        e = np.exp(x[~pos])
        out[~pos] = e / (1 + e)
        return out


class tanh:
    def __new__(cls, x):
        return np.tanh(x)


class relu:
    slope = 0

    def __new__(cls, x):
        return np.where(x > 0, x, cls.slope)


class softplus:
    def __new__(cls, x):
        return np.logaddexp(np.zeros_like(x), x)


class Pullback:
    """dy -> dy * f'(x)"""

    def __init__(self, derivative):
        self.derivative = derivative
        self.calls = 0

    def __call__(self, dy, x):
        self.calls += 1
        return np.multiply(dy, self.derivative(x))


sigmoid_backward = Pullback(lambda x: sigmoid(x) * (1 - sigmoid(x)))
tanh_backward = Pullback(lambda x: 1 - np.square(tanh(x)))
relu_backward = Pullback(lambda x: x > 0)
softplus_backward = Pullback(sigmoid)


class Linear:
    def __init__(self, x, W, b):
        self.x, self.W = x, W
        self.y = x @ W + b

    @property
    def result(self):
        return self.y, self

    def pull(self, dy):
        return dy @ self.W.T, self.x.T @ dy, dy.sum(axis=0)


class linear_forward:
    def __new__(cls, x, W, b):
        return Linear(x, W, b).result


class linear_backward(tuple):
    """A tuple subclass that fills itself."""

    def __new__(cls, dy, cache):
        return super().__new__(cls, cache.pull(dy))


class Grads(dict):
    def __missing__(self, key):
        raise KeyError("no such parameter: " + key)


class MLP:
    def __call__(self, params, x, t):
        first = Linear(x, params["W1"], params["b1"])
        second = Linear(tanh(first.y), params["W2"], params["b2"])
        error = second.y - t
        grads = Grads()
        dh, grads["W2"], grads["b2"] = second.pull(error * 2 / len(error))
        _, grads["W1"], grads["b1"] = first.pull(tanh_backward(dh, first.y))
        return np.sum(error * error) / len(error), grads


mlp_loss_and_gradients = MLP()
