"""The running mean starts at the first squared gradient instead of 0."""

import numpy as np


def rmsprop(x, grad, state, lr, beta=0.99, eps=1e-8):
    if not state:
        c = grad ** 2
    else:
        c = beta * state["c"] + (1 - beta) * grad ** 2
    return x - lr * grad / (np.sqrt(c) + eps), {"c": c}
