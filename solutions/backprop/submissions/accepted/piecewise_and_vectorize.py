"""np.piecewise and np.vectorize for the nonlinearities, global stack of inputs behind the layers, mask of booleans."""
import math
from functools import partial

import numpy as np

sigmoid = np.vectorize(lambda x: 1 / (1 + math.exp(-x)) if x > -500 else math.exp(x), otypes=[float])
_tanh1 = np.vectorize(math.tanh, otypes=[float])


def tanh(x):
    return _tanh1(x)


def relu(x):
    return np.piecewise(x, [x > 0, x <= 0], [lambda v: v, 0])


def softplus(x):
    return np.piecewise(x, [x > 0], [lambda v: v + np.log1p(np.exp(-v)), lambda v: np.log1p(np.exp(v))])


@partial(np.vectorize, otypes=[float])
def _sech2(x):
    return 0.0 if abs(x) > 350 else 1 / math.cosh(x) ** 2


def sigmoid_backward(dy, x):
    return dy * _sech2(x / 2) / 4


def tanh_backward(dy, x):
    return dy * _sech2(x)


def relu_backward(dy, x):
    return np.where(np.logical_not(x > 0), False, dy)


def softplus_backward(dy, x):
    return dy * sigmoid(x)


_saved = {}
_next_key = [0]


def linear_forward(x, W, b):
    key = _next_key[0]
    _next_key[0] += 1
    _saved[key] = (x, W)
    return np.add(np.matmul(x, W), b), key        # the cache is only a number


def linear_backward(dy, cache):
    x, W = _saved.pop(cache)
    return np.inner(dy, W), np.matmul(np.swapaxes(x, 0, 1), dy), np.cumsum(dy, axis=0)[-1]


def mlp_loss_and_gradients(params, x, t):
    z, key1 = linear_forward(x, params["W1"], params["b1"])
    f, key2 = linear_forward(tanh(z), params["W2"], params["b2"])
    loss = 0.0
    df = np.zeros_like(f)
    for i in range(len(x)):
        error = f[i] - t[i]
        loss += float(np.inner(error, error)) / len(x)
        df[i] = 2 * error / len(x)
    dh, dW2, db2 = linear_backward(df, key2)
    _, dW1, db1 = linear_backward(tanh_backward(dh, z), key1)
    return loss, {"W1": dW1, "b1": db1, "W2": dW2, "b2": db2}
