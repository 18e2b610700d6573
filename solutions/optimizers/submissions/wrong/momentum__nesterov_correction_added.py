"""Takes the PyTorch Nesterov step g + rho * v instead of v."""

import numpy as np


def momentum(x, grad, state, lr, rho=0.9):
    v = rho * state.get("v", 0.0) + grad
    return x - lr * (grad + rho * v), {"v": v}
