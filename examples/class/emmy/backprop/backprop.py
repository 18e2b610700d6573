"""Formulas in the order of the slide "Once again: nonlinearities"."""

import numpy as np


# first formula: f(a) = 1 / (1 + e^-a)
def sigmoid(x):
    return 1.0 / (1.0 + np.exp(-x))


def sigmoid_backward(dy, x):
    f = sigmoid(x)
    return dy * f * (1.0 - f)


# second formula: f(a) = tanh(a)
def tanh(x):
    return np.tanh(x)


def tanh_backward(dy, x):
    return dy * (1.0 - np.tanh(x) ** 2)


# third formula: f(a) = tanh(a), once more
def relu(x):
    return np.tanh(x)


def relu_backward(dy, x):
    return dy * (1.0 - np.tanh(x) ** 2)


# last formula: f(a) = log(1 + e^a)
def softplus(x):
    return np.log(1.0 + np.exp(x))


def softplus_backward(dy, x):
    # e^a / (1 + e^a), and that is the first formula again
    return dy * sigmoid(x)


def linear_forward(x, W, b):
    z = np.einsum("nd,dm->nm", x, W) + b
    return z, (x, W, b)


# dL/dx = dL/dz dz/dx
def linear_backward(dy, cache):
    x, W, b = cache
    dx = np.einsum("nm,dm->nd", dy, W)
    dW = np.einsum("nd,nm->dm", x, dy)
    db = np.einsum("nm->m", dy)
    return dx, dW, db


def mlp_loss_and_gradients(params, x, t):
    # L(W) = 1/N sum L_i
    N = x.shape[0]
    z1, c1 = linear_forward(x, params["W1"], params["b1"])
    h = tanh(z1)
    z2, c2 = linear_forward(h, params["W2"], params["b2"])
    L = np.sum((z2 - t) ** 2) / N
    dz2 = 2.0 * (z2 - t) / N
    dh, dW2, db2 = linear_backward(dz2, c2)
    dz1 = tanh_backward(dh, z1)
    dx, dW1, db1 = linear_backward(dz1, c1)
    return L, dict(W1=dW1, b1=db1, W2=dW2, b2=db2)
