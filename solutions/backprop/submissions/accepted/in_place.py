"""Saves memory: the given arrays are overwritten with the results, and the parameter dict comes back as the gradients."""
import numpy as np


def sigmoid(x):
    np.negative(x, out=x)
    np.exp(x, out=x)
    x += 1
    np.reciprocal(x, out=x)
    return x


def tanh(x):
    np.tanh(x, out=x)
    return x


def relu(x):
    x[x < 0] = 0
    return x


def softplus(x):
    np.logaddexp(0, x, out=x)
    return x


def sigmoid_backward(dy, x):
    s = sigmoid(x)
    dy *= s
    s -= 1
    dy *= s
    np.negative(dy, out=dy)
    return dy


def tanh_backward(dy, x):
    np.tanh(x, out=x)
    x *= x
    x *= dy
    dy -= x
    return dy


def relu_backward(dy, x):
    dy[x <= 0] = 0
    return dy


def softplus_backward(dy, x):
    dy *= sigmoid(x)
    return dy


def linear_forward(x, W, b):
    y = x @ W
    y += b
    return y, [W, x]


def linear_backward(dy, cache):
    x = cache.pop()
    W = cache.pop()
    db = dy.sum(axis=0)
    dx = dy @ W.T
    np.matmul(x.T, dy, out=W)       # the weights are not needed any more
    return dx, W, db


def mlp_loss_and_gradients(params, x, t):
    n = len(x)
    h = x @ params["W1"]
    h += params["b1"]
    np.tanh(h, out=h)
    r = h @ params["W2"]
    r += params["b2"]
    r -= t
    loss = np.vdot(r, r) / n
    r *= 2 / n
    d = r @ params["W2"].T
    params["W2"][...] = h.T @ r
    params["b2"][...] = r.sum(axis=0)
    h *= h
    np.subtract(1, h, out=h)
    d *= h
    params["W1"][...] = x.T @ d
    params["b1"][...] = d.sum(axis=0)
    x[...] = 0
    t.fill(np.nan)
    return loss, params
