"""Decorated functions, extra optional parameters, keyword-only switches, **kwargs that swallow the rest."""
import functools
import inspect

import numpy as np

COUNTER = {}


def counted(function):
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        COUNTER[function.__name__] = COUNTER.get(function.__name__, 0) + 1
        return function(*args, **kwargs)
    return wrapper


def same_shape(function):
    signature = inspect.signature(function)

    def wrapper(*args, **kwargs):
        bound = signature.bind(*args, **kwargs)
        bound.apply_defaults()
        out = function(*bound.args, **bound.kwargs)
        assert np.shape(out) == np.shape(bound.arguments["x"]), "shape changed"
        return out
    return wrapper


@counted
@same_shape
def sigmoid(x, alpha=1.0, *, out=None, **options):
    z = alpha * x
    return np.divide(np.exp(np.minimum(z, 0)), 1 + np.exp(-np.abs(z)), out=out)


@counted
@same_shape
def tanh(x, alpha=1, **options):
    return 2 * sigmoid(x, alpha=2 * alpha) - 1


@counted
@same_shape
def relu(x, slope=0.0, *, cap=np.inf):
    return np.minimum(np.where(x > 0, x, slope * x if slope else 0.0), cap)


@counted
@same_shape
def softplus(x, beta=1):
    return np.logaddexp(0, beta * x) / beta


@same_shape
def sigmoid_backward(dy, x, alpha=1.0, from_output=False):
    s = x if from_output else sigmoid(x, alpha)
    return dy * alpha * s * (1 - s)


@same_shape
def tanh_backward(dy, x, alpha=1.0, **ignored):
    return 2 * sigmoid_backward(dy=dy, x=x, alpha=2 * alpha)


@same_shape
def relu_backward(dy, x, slope=0.0, at_zero=0.0):
    return dy * np.select([x > 0, x == 0], [1.0, at_zero], slope)


@same_shape
def softplus_backward(dy, x, beta=1):
    return dy * sigmoid(x=x, alpha=beta)


@counted
def linear_forward(x, W, b=None, *, scale=1.0, **unused):
    if b is None:
        b = 0.0
    return scale * (x @ W) + b, dict(x=x, W=W, scale=scale)


@counted
def linear_backward(dy, cache, *more):
    k = cache["scale"]
    return k * dy @ cache["W"].T, k * cache["x"].T @ dy, dy.sum(axis=0)


@counted
def mlp_loss_and_gradients(params, x, t, *, forward=None, weight_decay=0, reduction="mean"):
    forward = forward or linear_forward
    z, c1 = forward(x=x, W=params["W1"], b=params["b1"])
    f, c2 = forward(b=params["b2"], W=params["W2"], x=tanh(z))
    scale = 1 / len(x) if reduction == "mean" else 1
    loss = scale * np.sum((f - t) ** 2)
    dh, dW2, db2 = linear_backward(2 * scale * (f - t), c2)
    dx, dW1, db1 = linear_backward(tanh_backward(dh, z), c1)
    return loss, {"W1": dW1 + weight_decay * params["W1"], "b1": db1, "W2": dW2 + weight_decay * params["W2"], "b2": db2}
