"""Returns the state it received, so the velocity is forgotten after each step."""

import numpy as np


def momentum(x, grad, state, lr, rho=0.9):
    v = rho * state.get("v", 0.0) + grad
    return x - lr * v, state
