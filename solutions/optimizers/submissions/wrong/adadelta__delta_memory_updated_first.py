"""Updates the memory of squared steps before it is used in the numerator."""

import numpy as np


def adadelta(x, grad, state, lr=1.0, rho=0.9, eps=1e-6):
    c = rho * state.get("c", 0.0) + (1 - rho) * grad ** 2
    d = state.get("d", np.zeros_like(x))
    delta = grad * np.sqrt(d + eps) / np.sqrt(c + eps)
    d = rho * d + (1 - rho) * delta ** 2
    delta = grad * np.sqrt(d + eps) / np.sqrt(c + eps)
    return x - lr * delta, {"c": c, "d": d}
