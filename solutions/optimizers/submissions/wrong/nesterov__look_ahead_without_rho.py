"""Looks ahead by the whole velocity instead of rho times it."""

import numpy as np


def nesterov(x, grad_fn, state, lr, rho=0.9):
    v = state.get("v", np.zeros_like(x))
    g = grad_fn(x + v)
    v = rho * v - lr * g
    return x + v, {"v": v}
