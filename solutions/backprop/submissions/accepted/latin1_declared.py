# -*- coding: latin-1 -*-
"""Saved as latin-1 with a declared encoding; identifiers and comments in German with umlauts and a degree sign °."""
import numpy as np

# Übung 1: Rückwärtsschritt, Lösung von Jürgen Groß


def sigmoid(x):
    # für große negative x läuft exp(-x) über, das ist hier egal: 1/inf = 0
    with np.errstate(over="ignore"):
        return 1.0 / (1.0 + np.exp(-x))


def tanh(x):
    # tanh(x) = 2 sigma(2x) - 1
    return 2.0 * sigmoid(2.0 * x) - 1.0


def relu(x):
    größer = x > 0
    return größer * x


def softplus(x):
    # für x > 30 ist softplus(x) = x auf 13 Stellen genau
    return np.where(x > 30, x, np.log1p(np.exp(np.minimum(x, 30))))


def sigmoid_backward(dy, x):
    sigma = sigmoid(x)
    return dy * sigma * (1 - sigma)


def tanh_backward(dy, x):
    # Kettenregel: 2 * 2 * sigma'(2x)
    return 4.0 * sigmoid_backward(dy, 2.0 * x)


def relu_backward(dy, x):
    größer = x > 0
    return größer * dy


def softplus_backward(dy, x):
    return dy * sigmoid(x)


def linear_forward(x, W, b):
    return b + x @ W, {"Gedächtnis": [x, W]}


def linear_backward(dy, cache):
    x, W = cache["Gedächtnis"]
    return (W @ dy.T).T, (dy.T @ x).T, np.ones(len(dy)) @ dy


def mlp_loss_and_gradients(params, x, t):
    W1, b1, W2, b2 = (params[schlüssel] for schlüssel in ("W1", "b1", "W2", "b2"))
    h = tanh(b1 + x @ W1)
    rückstand = b2 + h @ W2 - t
    delta2 = 2.0 / len(x) * rückstand
    delta1 = (delta2 @ W2.T) * (1.0 - h ** 2)
    grads = {"W1": x.T @ delta1, "b1": delta1.sum(axis=0), "W2": h.T @ delta2, "b2": delta2.sum(axis=0)}
    return (rückstand ** 2).sum() / len(x), grads
