"""Divides by the accumulator from before this step's gradient."""

import numpy as np


def adagrad(x, grad, state, lr, eps=1e-10):
    c = state.get("c", np.zeros_like(x))
    step = lr * grad / (np.sqrt(c) + eps)
    return x - step, {"c": c + grad ** 2}
