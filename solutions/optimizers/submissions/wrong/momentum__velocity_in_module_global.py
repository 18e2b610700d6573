"""Keeps the velocity in a module-level variable, so two runs that alternate share it."""

import numpy as np


_momentum_memory = {}


def momentum(x, grad, state, lr, rho=0.9):
    if not state:
        _momentum_memory["v"] = np.zeros_like(grad)
    v = rho * _momentum_memory["v"] + grad
    _momentum_memory["v"] = v
    return x - lr * v, {"started": True}
