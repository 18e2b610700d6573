"""Leaves lr out because the method is said to need none."""

import numpy as np


def adadelta(x, grad, state, lr=1.0, rho=0.9, eps=1e-6):
    c = rho * state.get("c", 0.0) + (1 - rho) * grad ** 2
    d = state.get("d", 0.0)
    delta = grad * np.sqrt(d + eps) / np.sqrt(c + eps)
    return x - delta, {"c": c, "d": rho * d + (1 - rho) * delta ** 2}
