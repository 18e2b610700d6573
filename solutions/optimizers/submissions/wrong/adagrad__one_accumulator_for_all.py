"""Accumulates the squared length of the gradient, one number for all coordinates."""

import numpy as np


def adagrad(x, grad, state, lr, eps=1e-10):
    c = state.get("c", 0.0) + float(np.sum(np.square(grad)))
    return x - lr * grad / (np.sqrt(c) + eps), {"c": c}
