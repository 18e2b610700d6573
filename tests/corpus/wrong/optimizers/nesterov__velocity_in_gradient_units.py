"""Multiplies the whole velocity by the current lr, which differs once lr changes between steps."""

import numpy as np


def nesterov(x, grad_fn, state, lr, rho=0.9):
    u = state.get("u", np.zeros_like(x))
    u = rho * u + grad_fn(x - lr * rho * u)
    return x - lr * u, {"u": u}
