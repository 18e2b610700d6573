"""Remembers the squares of lr times the step, which matters unless lr is 1."""

import numpy as np


def adadelta(x, grad, state, lr=1.0, rho=0.9, eps=1e-6):
    c = rho * state.get("c", 0.0) + (1 - rho) * grad ** 2
    d = state.get("d", 0.0)
    step = lr * grad * np.sqrt(d + eps) / np.sqrt(c + eps)
    return x - step, {"c": c, "d": rho * d + (1 - rho) * step ** 2}
