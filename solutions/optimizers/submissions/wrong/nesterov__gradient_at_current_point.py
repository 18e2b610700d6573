"""Evaluates the gradient at x instead of the look-ahead point: plain momentum."""

import numpy as np


def nesterov(x, grad_fn, state, lr, rho=0.9):
    v = state.get("v", np.zeros_like(x))
    v = rho * v - lr * grad_fn(x)
    return x + v, {"v": v}
