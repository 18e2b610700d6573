"""Adds the new velocity to the look-ahead point instead of to x."""

import numpy as np


def nesterov(x, grad_fn, state, lr, rho=0.9):
    v = state.get("v", np.zeros_like(x))
    ahead = x + rho * v
    v = rho * v - lr * grad_fn(ahead)
    return ahead + v, {"v": v}
