"""Allocates its memory with len(x), so a 0-d parameter raises an error."""

import numpy as np


def rmsprop(x, grad, state, lr, beta=0.99, eps=1e-8):
    c = state["c"] if state else np.zeros((len(x),) + x.shape[1:])
    c = beta * c + (1 - beta) * grad ** 2
    return x - lr * grad / (np.sqrt(c) + eps), {"c": c}
