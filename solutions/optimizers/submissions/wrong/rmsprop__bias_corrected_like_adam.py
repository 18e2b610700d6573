"""Divides the running mean by 1 - beta**t, which only Adam does."""

import numpy as np


def rmsprop(x, grad, state, lr, beta=0.99, eps=1e-8):
    t = state.get("t", 0) + 1
    c = beta * state.get("c", 0.0) + (1 - beta) * grad ** 2
    c_hat = c / (1 - beta ** t)
    return x - lr * grad / (np.sqrt(c_hat) + eps), {"c": c, "t": t}
