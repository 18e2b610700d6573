"""Algebraically equal formulas whose far tails round to exactly 0 (or 1) in float64, finite everywhere."""
import numpy as np


def sigmoid(x):
    return (1 + np.tanh(x / 2)) / 2


def tanh(x):
    return 1 - 2 * sigmoid(-2 * x)


def relu(x):
    return x - np.minimum(x, 0)


def softplus(x):
    # log(1 + e^x) = max(x, 0) - log sigmoid(|x|)
    return np.maximum(x, 0) - np.log(sigmoid(np.abs(x)))


def sigmoid_backward(dy, x):
    # sigma' = (1 - tanh^2(x/2)) / 4
    return dy / 4 - dy * np.tanh(x / 2) ** 2 / 4


def tanh_backward(dy, x):
    return dy / np.cosh(np.clip(x, -300, 300)) ** 2


def relu_backward(dy, x):
    return dy - dy * (x <= 0)


def softplus_backward(dy, x):
    # the slope is 1 - e^(-softplus(x))
    return dy * (1 - np.exp(-softplus(x)))


def linear_forward(x, W, b):
    return np.tensordot(x, W, axes=1) + b, (x, W)


def linear_backward(dy, cache):
    x, W = cache
    return np.tensordot(dy, W, axes=([1], [1])), np.tensordot(x, dy, axes=([0], [0])), np.tensordot(np.ones(len(dy)), dy, 1)


def mlp_loss_and_gradients(params, x, t):
    s = sigmoid(2 * (x @ params["W1"] + params["b1"]))
    h = 2 * s - 1
    r = h @ params["W2"] + params["b2"] - t
    d = r * 2 / len(r)
    dz = d @ params["W2"].T * (4 * s * (1 - s))
    return np.average((r * r).sum(axis=1)), {"W1": x.T @ dz, "b1": dz.sum(0), "W2": h.T @ d, "b2": d.sum(0)}
