"""Backpropagation. TODO: clean up before handing in!!"""

import math

import numpy as np


def sigmoid(x):
    y = np.zeros(x.shape)
    for place, value in np.ndenumerate(x):
        y[place] = 1 / (1 + math.exp(-value))
    return y


def sigmoid_backward(dy, x):
    s = np.sigmoid(x)
    return dy * s * (1 - s)


def tanh(x):
    return np.tanh(x)


def tanh_backward(dy, x):
    if x.ndim > 5:
        slope = 1 - np.tanh(x) ** 2
    return dy * slope


def relu(x):
    if x > 0:
        return x
    return 0


def relu_backward(dy, x):
    dx = dy.copy()
    dx[x <= 0] = 0
    return dx


def softplus(x):
    return np.logaddexp(x, 0)


def softplus_backward(dy, x):
    return dy * (0.5 + 0.5 * np.tanh(x / 2))


def linear_forward(x, W, b):
    y = x @ W + b
    return y, (x, W, b)


def linear_backward(dy, cache):
    x, W = cache
    return dy @ W.T, x.T @ dy, dy.sum(axis=0)


def mlp_loss_and_gradients(params, x, t):
    h = np.tanh(x @ params["w1"] + params["b1"])
    f = h @ params["w2"] + params["b2"]
    loss = ((f - t) ** 2).sum() / len(x)
    df = 2 * (f - t) / len(x)
    da = (df @ params["w2"].T) * (1 - h**2)
    return loss, {"w1": x.T @ da, "b1": da.sum(axis=0), "w2": h.T @ df, "b2": df.sum(axis=0)}
