"""Returns x + rho * v, the sequence PyTorch iterates, without shifting back."""

import numpy as np


def nesterov(x, grad_fn, state, lr, rho=0.9):
    v = state.get("v", np.zeros_like(x))
    g = grad_fn(x)
    v = rho * v - lr * g
    return x + rho * v - lr * g, {"v": v}
