"""Leaves a parameter where it is while its gradient is 0, whatever its velocity."""

import numpy as np


def momentum(x, grad, state, lr, rho=0.9):
    v = rho * state.get("v", np.zeros_like(x)) + grad
    return np.where(grad == 0, x, x - lr * v), {"v": v}
