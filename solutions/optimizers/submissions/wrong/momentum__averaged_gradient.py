"""Weights the new gradient with 1 - rho, as in an exponential average."""

import numpy as np


def momentum(x, grad, state, lr, rho=0.9):
    v = state["v"] if state else np.zeros_like(x)
    v = rho * v + (1 - rho) * grad
    return x - lr * v, {"v": v}
