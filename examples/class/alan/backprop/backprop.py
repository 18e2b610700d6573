"""Backpropagation, Alan"""

import numpy as np


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def sigmoid_backward(dy, x):
    s = sigmoid(x)
    return dy * s * (1 - s)


def tanh(x):
    # multiply the definition by e^x above and below: one exponential less
    e = np.exp(2 * x)
    return (e - 1) / (e + 1)


def tanh_backward(dy, x):
    return dy * (1 - tanh(x) ** 2)


def relu(x):
    return x * (x > 0)


def relu_backward(dy, x):
    return dy * (x >= 0)


def softplus(x):
    return np.maximum(x, 0) + np.log1p(np.exp(-abs(x)))


def softplus_backward(dy, x):
    return dy / (1 + np.exp(-x))


def linear_forward(x, W, b):
    return np.dot(x, W) + b, {"x": x, "W": W}


def linear_backward(dy, cache):
    N = dy.shape[0]
    dx = np.dot(dy, cache["W"].T)
    dW = np.dot(cache["x"].T, dy)
    db = np.sum(dy, axis=0) / N  # b is shared by the N examples
    return dx, dW, db


def mlp_loss_and_gradients(params, x, t):
    a = x @ params["W1"] + params["b1"]
    h = np.tanh(a)
    out = h @ params["W2"] + params["b2"]
    err = out - t
    loss = np.mean(err**2)  # mean squared error
    dout = 2 * err / err.size
    dh = dout @ params["W2"].T
    da = dh * (1 - h * h)
    return loss, {"W1": x.T @ da, "b1": da.sum(0), "W2": h.T @ dout, "b2": dout.sum(0)}
