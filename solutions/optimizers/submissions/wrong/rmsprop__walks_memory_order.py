"""Loops over the entries with np.nditer, which follows memory and so scrambles a transposed array."""

import numpy as np


def rmsprop(x, grad, state, lr, beta=0.99, eps=1e-8):
    c = beta * state.get("c", np.zeros(x.shape)) + (1 - beta) * grad ** 2
    steps = [lr * float(g) / (float(np.sqrt(a)) + eps) for g, a in zip(np.nditer(grad), np.nditer(c))]
    return x - np.array(steps).reshape(x.shape), {"c": c}
