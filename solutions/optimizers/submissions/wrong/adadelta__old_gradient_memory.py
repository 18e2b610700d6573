"""Divides by the gradient memory from before the current gradient."""

import numpy as np


def adadelta(x, grad, state, lr=1.0, rho=0.9, eps=1e-6):
    c = state.get("c", np.zeros_like(x))
    d = state.get("d", np.zeros_like(x))
    delta = grad * np.sqrt((d + eps) / (c + eps))
    c = rho * c + (1 - rho) * grad ** 2
    d = rho * d + (1 - rho) * delta ** 2
    return x - lr * delta, {"c": c, "d": d}
