"""Stores the root of the accumulator and adds squares to it in the next step."""

import numpy as np


def adagrad(x, grad, state, lr, eps=1e-10):
    c = np.sqrt(state.get("c", np.zeros_like(x)) + grad ** 2)
    return x - lr * grad / (c + eps), {"c": c}
