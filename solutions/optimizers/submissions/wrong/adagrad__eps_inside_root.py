"""Adds eps under the root."""

import numpy as np


def adagrad(x, grad, state, lr, eps=1e-10):
    c = state.get("c", 0.0) + grad * grad
    return x - lr * grad / np.sqrt(c + eps), {"c": c}
