"""Ignores the parameter rho and always uses 0.9."""

import numpy as np


def momentum(x, grad, state, lr, rho=0.9):
    v = 0.9 * state.get("v", 0.0) + grad
    return x - lr * v, {"v": v}
